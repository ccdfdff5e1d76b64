package dev.tidemark.stream.source;

/** Why a source that was open cannot be read on. The message is for the user: what, why, and what to do next; it never holds a secret. */
public final class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
