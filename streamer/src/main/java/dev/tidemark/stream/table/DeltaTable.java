package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;

import java.time.InstantSource;
import java.util.Map;

/**
 * A table that the streamer writes: rows to Parquet with statistics, then one commit with positions. Used by one thread.
 */
public final class DeltaTable implements AutoCloseable {

    private DeltaTable() {
    }

    /**
     * Opens the table at {@code path} below the lake, or creates it.
     *
     * @throws dev.tidemark.lake.LakeException with a message for the user if there is a table that cannot be written
     */
    public static DeltaTable open(Lake lake, String path, TableLayout layout, InstantSource clock) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The columns now; they grow by {@link #addColumns}. */
    public Schema schema() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The newest version this writer knows. */
    public long version() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Application id → version, as of the newest version this writer knows. */
    public Map<String, Long> transactions() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Adds nullable columns at the end (one metadata commit). */
    public CommitOutcome addColumns(Schema added) {
        throw new UnsupportedOperationException("not yet");
    }

    /** An empty buffer for rows of the present schema. */
    public Rows newRows() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Appends rows (none is fine: then only positions move) and sets transactions in the same commit.
     *
     * @param transactions application id → version to set
     * @param parameters   for the commit info ({@code operationParameters})
     */
    public CommitOutcome append(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The same, and what the table held before goes in the same commit. */
    public CommitOutcome replace(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {
    }
}
