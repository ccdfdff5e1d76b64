package dev.tidemark.lake;


/** A reader that follows a table from one version on. Owns one thread; {@link #close()} ends it and waits for it. */
public interface Tail extends AutoCloseable {

    /** Hears of a followed table, on the tail's thread: it must return soon, and what it throws is logged and ends the tail. */
    interface Listener {
        /** The next commit; every version comes once, in order. */
        void committed(Commit commit);

        /**
         * The commits between what was last heard and {@code oldestLeft} are gone (the log was cleaned, or the table
         * made anew): read a snapshot at {@code resumeAt} and go on with the commits after it, which follow.
         */
        void fellBehind(long resumeAt);

        /** The table cannot be read now; the tail goes on trying. Told once for each change of the reason. */
        void failed(LakeException problem);

        /** The table can be read again. */
        void recovered();
    }

    /** The last version the listener has heard of. */
    long version();

    @Override
    void close();
}
