package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;

/** What a client asked for and does not get: the condition is for its program (AMQP 1.0 part 2, 2.8.15, and Event Hubs' own), the message for its user. */
final class AmqpError extends Exception {

    private static final long serialVersionUID = 1L;

    static final Symbol NOT_FOUND = Symbol.valueOf("amqp:not-found");
    static final Symbol UNAUTHORIZED = Symbol.valueOf("amqp:unauthorized-access");
    static final Symbol INVALID_FIELD = Symbol.valueOf("amqp:invalid-field");
    static final Symbol DECODE = Symbol.valueOf("amqp:decode-error");
    static final Symbol LIMIT_EXCEEDED = Symbol.valueOf("amqp:resource-limit-exceeded");
    static final Symbol INTERNAL = Symbol.valueOf("amqp:internal-error");
    static final Symbol STOLEN = Symbol.valueOf("amqp:link:stolen");
    static final Symbol TOO_LARGE = Symbol.valueOf("amqp:link:message-size-exceeded");
    static final Symbol FORCED = Symbol.valueOf("amqp:connection:forced");
    /** Clients try again later. */
    static final Symbol BUSY = Symbol.valueOf("com.microsoft:server-busy");

    private final transient Symbol condition;

    AmqpError(Symbol condition, String message) {
        super(message, null, false, false);
        this.condition = condition;
    }

    ErrorCondition condition() {
        return new ErrorCondition(condition, getMessage());
    }
}
