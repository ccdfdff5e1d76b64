package dev.tidemark.stream.pipeline;

/**
 * The tables moved between the moment at which a run looked at them and its first commit to {@code bronze/events}: another streamer was still at work.
 * Nothing that this run has read is in the tables, and it can begin again where they are now.
 */
public final class OvertakenException extends StreamException {

    private static final long serialVersionUID = 1L;

    private final boolean advanced;

    /** @param advanced see {@link #advanced} */
    public OvertakenException(String message, boolean advanced) {
        super(message);
        this.advanced = advanced;
    }

    /**
     * Whether the run has brought other tables nearer to where {@code bronze/events} ends: then the streamer that was at work ends, because it finds there what it
     * had still to commit.
     */
    public boolean advanced() {
        return advanced;
    }
}
