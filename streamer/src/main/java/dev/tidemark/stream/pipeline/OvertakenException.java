package dev.tidemark.stream.pipeline;

/**
 * The tables moved between the moment at which a run looked at them and its first commit: another streamer was still at work. Nothing of this run is in
 * the tables, and it can begin again where they are now.
 */
public final class OvertakenException extends StreamException {

    private static final long serialVersionUID = 1L;

    public OvertakenException(String message) {
        super(message);
    }
}
