package dev.tidemark.stream.pipeline;

/** Why the streamer cannot go on. The message is for the user: what, where, and what to do next. */
public sealed class StreamException extends RuntimeException permits OvertakenException {

    private static final long serialVersionUID = 1L;

    public StreamException(String message) {
        super(message);
    }

    public StreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
