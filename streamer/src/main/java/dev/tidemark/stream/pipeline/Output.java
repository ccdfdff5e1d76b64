package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Schema;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.Rows;

import java.util.HashMap;
import java.util.Map;

/**
 * A table that the pipeline appends to: rows on their way into it, and how far they will take it. While what was {@linkplain #take taken} is being committed,
 * other rows gather. For one thread, the pipeline's, but for {@link Load}.
 */
final class Output {

    private final String path;
    private final DeltaTable table;
    private Map<String, Long> moved = new HashMap<>();
    private StringBuilder judged = new StringBuilder();
    private Schema schema;
    private Rows rows;
    private Rows spare;
    private long through;

    Output(String path, DeltaTable table) {
        this.path = path;
        this.table = table;
        this.through = table.transactions().getOrDefault(TransactionIds.INGESTED, Long.MIN_VALUE);
        renew();
    }

    String path() {
        return path;
    }

    /** The table itself. Not to be touched while anything is being committed to it. */
    DeltaTable table() {
        return table;
    }

    /** The table's columns, also while something is being committed to it. */
    Schema schema() {
        return schema;
    }

    /** Rows on their way; others after columns were added, or after they were taken. */
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

    /** The next commit says by which watermark a batch was judged. */
    void judged(long ingestedAt, long watermark) {
        judged.append(judged.isEmpty() ? "" : " ").append(JudgedBy.entry(ingestedAt, watermark));
    }

    /** Whether a commit would change anything. */
    boolean pending() {
        return !moved.isEmpty();
    }

    /** Rows of a table whose columns have grown. There must be none on their way, nor any being committed. */
    void renew() {
        schema = table.schema();
        rows = table.newRows();
        spare = table.newRows();
    }

    /** What is on its way, to be committed by another thread. The one taken before must have been committed. */
    Load take() {
        Load load = new Load(rows, moved, judged.isEmpty() ? Map.of() : Map.of(JudgedBy.PARAMETER, judged.toString()));
        rows = spare;
        spare = load.rows;
        moved = new HashMap<>();
        judged = new StringBuilder();
        return load;
    }

    /** Rows and positions that go into one commit. */
    final class Load {

        private final Rows rows;
        private final Map<String, Long> moved;
        private final Map<String, String> parameters;

        private Load(Rows rows, Map<String, Long> moved, Map<String, String> parameters) {
            this.rows = rows;
            this.moved = moved;
            this.parameters = parameters;
        }

        String path() {
            return path;
        }

        /** One attempt to commit; after {@link CommitOutcome.Done} its rows are gone. */
        CommitOutcome commit() {
            CommitOutcome outcome = table.append(rows, moved, parameters);
            if (outcome instanceof CommitOutcome.Done) {
                rows.clear();
            }
            return outcome;
        }
    }
}
