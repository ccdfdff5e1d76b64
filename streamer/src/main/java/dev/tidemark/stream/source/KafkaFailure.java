package dev.tidemark.stream.source;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.concurrent.ExecutionException;

/** Says in the user's words why Kafka's client could not do something. */
final class KafkaFailure {

    private KafkaFailure() {
    }

    /** The reason, and what to do about it: half a sentence without a secret. */
    static String reason(Throwable problem, KafkaSpec spec, KafkaSettings settings) {
        Throwable cause = problem;
        while (cause.getCause() != null && (cause instanceof ExecutionException || cause.getClass() == KafkaException.class)) {
            cause = cause.getCause();
        }
        String detail = settings.hide(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().lines().findFirst().orElse(""));
        if (cause instanceof TimeoutException) {
            return "no broker answers at " + spec.servers() + "; is it running, is the port right, and does it want TLS or a login"
                    + (spec.config() == null ? " (config=FILE)?" : " as in " + spec.config() + "?");
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "there is no topic " + spec.topic() + " (or no right to see it); create it or name another";
        }
        if (cause instanceof SslAuthenticationException) {
            return "TLS with the broker fails: " + detail + "; look at ssl.truststore.location and the host's name";
        }
        if (cause instanceof AuthenticationException) {
            return "the broker refuses the login: " + detail + "; look at " + (spec.config() == null ? "config=FILE, which is missing" : spec.config());
        }
        if (cause instanceof AuthorizationException) {
            return "no right to read topic " + spec.topic() + "; grant it to the user of " + spec.config();
        }
        if (cause instanceof ConfigException || cause instanceof IllegalArgumentException) {
            return "the client refuses its settings: " + detail + (spec.config() == null ? "" : "; look at " + spec.config());
        }
        return detail;
    }
}
