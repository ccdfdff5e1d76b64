package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;

import java.util.List;
import java.util.function.Consumer;

/**
 * A question to a snapshot: which columns of which rows. Immutable; each {@code with} gives a new one. Files, row groups and pages
 * that cannot hold an answer are not read.
 */
public final class Scan {

    private Scan() {
    }

    /** All columns of all rows. */
    public static Scan of(Snapshot snapshot) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Only these columns, in this order. LakeException INVALID for a name the table does not have. */
    public Scan columns(List<String> names) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Only rows that satisfy this too. */
    public Scan where(Condition condition) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Only these files of the snapshot (what a commit added, say). */
    public Scan files(List<DataFile> files) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The files that have to be opened, after partitions and statistics have spoken. */
    public List<DataFile> filesToRead() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Reads in the order of the snapshot's files, a batch a row group, on the caller's thread. An interrupt ends it with a
     * {@link java.util.concurrent.CancellationException}.
     */
    public void read(Consumer<Batch> consumer) {
        throw new UnsupportedOperationException("not yet");
    }

    /** All of it in one batch. */
    public Batch readAll() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Number of rows; from statistics alone where no condition is set and every file has them. */
    public long count() {
        throw new UnsupportedOperationException("not yet");
    }
}
