package dev.tidemark.lake;

/** A reader that follows a table from one version on. Owns one thread; {@link #close()} ends it and waits for it. */
public interface Tail extends AutoCloseable {

    /**
     * Hears of a followed table, on the tail's thread: it must return soon. What it throws ends the tail, and is told by {@link #ended}: who did not take a commit
     * in must not be told of the next as if he had, and to tell him again could do twice what he did before he failed.
     */
    interface Listener {
        /** The next commit; every version comes once, in order. */
        void committed(Commit commit);

        /**
         * The commits between what was last heard and {@code resumeAt} are gone (the log was cleaned, or the table
         * made anew): read a snapshot at {@code resumeAt} and go on with the commits after it, which follow.
         */
        void fellBehind(long resumeAt);

        /**
         * The same with the state to go on from, for whoever wants no snapshot of his own. Only this one of the two is called, unless the state cannot be
         * read (then it is {@link #fellBehind(long)}); as it is, it passes on to the other.
         *
         * @param lastHeard the last version heard of before; none of {@code lastHeard + 1} to the state's version will be heard
         */
        default void fellBehind(long lastHeard, Snapshot state) {
            fellBehind(state.version());
        }

        /** The table cannot be read now; the tail goes on trying. Told once for each change of the reason. */
        void failed(LakeException problem);

        /** The table can be read again. */
        void recovered();

        /**
         * This listener threw something, or interrupted the tail's thread, and will hear nothing more; {@link Tail#pulse()} is {@link Pulse.State#ENDED} from now on.
         * As it is, gives it to the thread's handler of uncaught exceptions, which prints it unless the program has set another.
         */
        default void ended(Throwable cause) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
        }
    }

    /** The last version the listener has heard of. */
    long version();

    /** How the table does now; asks nobody, so that it may be called at any rate on any thread. */
    Pulse pulse();

    @Override
    void close();
}
