package dev.tidemark.stream.source;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.core.exception.ClientAuthenticationException;
import reactor.core.Exceptions;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What a hub, or the way to it, has against us: in words for the user, and whether trying again can help. */
final class HubFailure {

    private HubFailure() {
    }

    /** Whether trying again is no use: refused, not found, taken over by another receiver. */
    static boolean isFinal(Throwable thrown) {
        Throwable problem = Exceptions.unwrap(thrown);
        if (problem instanceof AmqpException amqp) {
            // The answer that a name is unknown is marked as transient when it comes from the hub's management.
            return !amqp.isTransient() || amqp.getErrorCondition() == AmqpErrorCondition.NOT_FOUND;
        }
        return !(problem instanceof TimeoutException || problem instanceof IOException || problem instanceof ClientAuthenticationException);
    }

    /** Whether another receiver has the partition now. */
    static boolean isTakenOver(Throwable thrown) {
        return Exceptions.unwrap(thrown) instanceof AmqpException amqp && amqp.getErrorCondition() == AmqpErrorCondition.LINK_STOLEN;
    }

    /** Why, and what to do about it; one line, without secrets. */
    static String reason(Throwable thrown) {
        Throwable problem = Exceptions.unwrap(thrown);
        AmqpErrorCondition condition = problem instanceof AmqpException amqp ? amqp.getErrorCondition() : null;
        if (isTakenOver(problem)) {
            return "another receiver of the same consumer group took it over; let only one read, or give this one another consumer-group or a higher"
                    + " owner-level (" + text(problem) + ")";
        }
        if (condition == AmqpErrorCondition.UNAUTHORIZED_ACCESS) {
            return "access was refused; check that the key is the right one, still valid, and allows to listen or send (" + text(problem) + ")";
        }
        if (condition == AmqpErrorCondition.NOT_FOUND) {
            return "there is no such hub, consumer group or partition; check the names (" + text(problem) + ")";
        }
        if (problem instanceof ClientAuthenticationException) {
            return "signing in failed; sign in with 'az login', or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate (" + text(problem) + ")";
        }
        if (problem instanceof TimeoutException) {
            return "it did not answer in time";
        }
        return text(problem);
    }

    /** The first line of the message, without the SDK's notes about its links. */
    private static String text(Throwable problem) {
        String message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        int notes = line.indexOf(", errorContext[");
        String text = notes < 0 ? line : line.substring(0, notes);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
