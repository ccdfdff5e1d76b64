package dev.tidemark.stream.reference;

/** Reference data that cannot be used. The message is for the user. */
public final class ReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
