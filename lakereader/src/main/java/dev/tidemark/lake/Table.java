package dev.tidemark.lake;

import java.time.Instant;
import java.util.List;

/**
 * One Delta table. Thread-safe. Keeps what it has learned of the log (the newest snapshot, recent commits), so that asking again
 * costs only what is new. Every method that reads throws {@link LakeException} with a message for the user.
 */
public final class Table {

    private Table() {
    }

    /** Path below the lake's root with forward slashes; "" for the root itself. */
    public String path() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Absolute place of the table: a path for a local table, else the URL. */
    public String location() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether there is a Delta log here now. */
    public boolean exists() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The newest version; asks the log only for what came after the last call. */
    public Snapshot snapshot() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The table as of a version. VERSION_GONE says which versions are left. */
    public Snapshot snapshot(long version) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The table as of a time: the last version committed at or before it. VERSION_GONE if there is none. */
    public Snapshot snapshot(Instant time) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Number of the newest version, found by asking for the next one from the last one known. */
    public long latestVersion() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Number of the oldest version that the log can still rebuild. */
    public long earliestVersion() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Number of the last version committed at or before a time. VERSION_GONE if there is none. */
    public long versionAt(Instant time) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All commits the log still holds, oldest first. Commits once read are kept. */
    public List<Commit> history() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The commits {@code from} to {@code to}, both included, oldest first. */
    public List<Commit> history(long from, long to) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Follows the table: {@code listener} hears every commit after {@code version}, in order, on a thread of the tail.
     * A new commit is noticed without listing the log. Close the tail to end it.
     */
    public Tail follow(long version, Tail.Listener listener) {
        throw new UnsupportedOperationException("not yet");
    }
}
