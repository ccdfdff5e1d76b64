package dev.tidemark.stream.alert.delivery;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.alert.AlertReader;

import java.util.function.Consumer;

/** {@code gold/alerts}, read by a channel. What one batch raised is in the table as a whole or not at all, so its time tells how far a channel has come. */
final class Outbox {

    private final Table table;
    private long seen = -1;

    Outbox(Lake lake, String path) {
        this.table = lake.table(path);
    }

    /** Whether there is a version that was not read yet. */
    boolean hasNews() {
        return table.exists() && table.latestVersion() != seen;
    }

    /** Reads all that was raised after this; a row at a time is in memory, beside the file that it comes from. */
    void read(long after, Pending pending) {
        if (!table.exists()) {
            return;
        }
        var snapshot = table.snapshot();
        Scan scan = Scan.of(snapshot).cache(new ColumnCache(0)).columns(AlertReader.COLUMNS);
        if (after != Long.MIN_VALUE) {
            scan = scan.where(new Condition.Range("raised_at", after + 1, null));
        }
        Consumer<Batch> rows = batch -> {
            AlertReader reader = new AlertReader(batch);
            for (int i = 0; i < batch.rows(); i++) {
                pending.add(reader.row(i));
            }
        };
        scan.read(rows);
        seen = snapshot.version();
    }

    /** There is something to read, whatever was read. */
    void again() {
        seen = -1;
    }
}
