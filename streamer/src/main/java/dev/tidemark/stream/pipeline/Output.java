package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.Rows;

import java.util.HashMap;
import java.util.Map;

/** A table that the pipeline appends to: rows on their way into it, and how far they will take it. */
final class Output {

    private final String path;
    private final DeltaTable table;
    private final Map<String, Long> moved = new HashMap<>();
    private Rows rows;
    private long through;

    Output(String path, DeltaTable table) {
        this.path = path;
        this.table = table;
        this.rows = table.newRows();
        this.through = table.transactions().getOrDefault(TransactionIds.INGESTED, Long.MIN_VALUE);
    }

    String path() {
        return path;
    }

    DeltaTable table() {
        return table;
    }

    /** Rows on their way; others after columns were added. */
    Rows rows() {
        return rows;
    }

    /** {@code ingested_at} of the last batch that the table and the rows on their way hold; {@link Long#MIN_VALUE} if there is none. */
    long through() {
        return through;
    }

    /** Whether a batch is not in the table yet, nor on its way. */
    boolean lacks(long ingestedAt) {
        return ingestedAt > through;
    }

    /** The rows on their way hold a batch now, whatever rows it had. */
    void hold(String position, long number, long ingestedAt) {
        moved.put(position, number);
        moved.put(TransactionIds.INGESTED, ingestedAt);
        through = ingestedAt;
    }

    /** What the table should hold up to this batch, it does without: it begins later. */
    void begin(long ingestedAt) {
        move(TransactionIds.INGESTED, ingestedAt);
        through = ingestedAt;
    }

    /** Another transaction for the next commit. */
    void move(String id, long version) {
        moved.put(id, version);
    }

    /** Whether a commit would change anything. */
    boolean pending() {
        return !moved.isEmpty();
    }

    /** Rows of a table whose columns have grown. There must be none on their way. */
    void renew() {
        rows = table.newRows();
    }

    /** One attempt to commit; after {@link CommitOutcome.Done} nothing is on its way any more. */
    CommitOutcome commit() {
        CommitOutcome outcome = table.append(rows, moved, Map.of());
        if (outcome instanceof CommitOutcome.Done) {
            moved.clear();
            rows.clear();
        }
        return outcome;
    }
}
