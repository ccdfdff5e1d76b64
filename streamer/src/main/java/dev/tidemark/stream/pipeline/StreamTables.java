package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.TableLayout;

import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that are appended to, in the order in which a cut commits them: each one holds all that those behind it hold, so that what is missing
 * somewhere can be made from what stands before it. {@code silver/rejects} comes before {@code silver/readings}: what the latter holds needs no
 * look at {@code bronze/events} any more, and by then its rejects are safe.
 */
final class StreamTables implements AutoCloseable {

    private final Lake lake;
    private final Output bronze;
    private final Output rejects;
    private final Output silver;
    private final Output alerts;
    private final Output windows;

    private StreamTables(Lake lake, Output bronze, Output rejects, Output silver, Output alerts, Output windows) {
        this.lake = lake;
        this.bronze = bronze;
        this.rejects = rejects;
        this.silver = silver;
        this.alerts = alerts;
        this.windows = windows;
    }

    /**
     * Opens the tables, or makes them.
     *
     * @param durable    whether commits are forced to the disk
     * @param retentions path → how long a table keeps what it had; of the others nothing is said
     * @throws dev.tidemark.lake.LakeException if one cannot be written
     * @throws StreamException                 if they do not belong together
     */
    static StreamTables open(Lake lake, InstantSource clock, boolean durable, Map<String, Retention> retentions) {
        Place place = Place.of(lake.root());
        if (place.isLocal() && Files.exists(place.path()) && !Files.isDirectory(place.path())) {
            throw new StreamException("Cannot use lake " + lake.root() + ": it is a file (expected a folder, which may be missing); name another");
        }
        // The last one first: if another streamer is still at work, a table is seen later than those that are made from it, never sooner.
        Output windows = open(lake, LakeTables.GOLD_WINDOWS, clock, durable, retentions);
        Output alerts = open(lake, LakeTables.GOLD_ALERTS, clock, durable, retentions);
        Output silver = open(lake, LakeTables.SILVER_READINGS, clock, durable, retentions);
        Output rejects = open(lake, LakeTables.SILVER_REJECTS, clock, durable, retentions);
        StreamTables tables = new StreamTables(lake, open(lake, LakeTables.BRONZE_EVENTS, clock, durable, retentions), rejects, silver, alerts, windows);
        requireAhead(lake, tables.bronze, tables.silver);
        requireAhead(lake, tables.bronze, tables.rejects);
        requireAhead(lake, tables.silver, tables.windows);
        requireAhead(lake, tables.bronze, tables.alerts);
        requireAlerts(lake, tables.alerts, tables.windows);
        return tables;
    }

    private static Output open(Lake lake, LakeTables kind, InstantSource clock, boolean durable, Map<String, Retention> retentions) {
        Table table = lake.table(kind.path());
        if (table.exists()) {
            // Recovery will read it anyway, and the reader knows best what is wrong with a table.
            table.snapshot();
        }
        TableLayout layout = kind.layout();
        Map<String, String> kept = retentions.containsKey(kind.path()) ? retentions.get(kind.path()).properties() : Map.of();
        Map<String, String> properties = new HashMap<>(layout.properties());
        properties.putAll(kept);
        DeltaTable opened = DeltaTable.open(lake, kind.path(), new TableLayout(layout.schema(), layout.partitionColumns(), properties, durable), clock);
        if (!kept.isEmpty() && !table.snapshot().properties().entrySet().containsAll(kept.entrySet())) {
            opened.setProperties(kept);
        }
        return new Output(kind.path(), opened);
    }

    private static void requireAhead(Lake lake, Output first, Output second) {
        if (first.through() < second.through()) {
            throw new StreamException("Cannot continue lake " + lake.root() + ": " + first.path() + " holds less than " + second.path()
                    + ", which was made from it (expected everything up to batch " + second.through() + ", actual "
                    + (first.through() == Long.MIN_VALUE ? "nothing" : "up to " + first.through()) + "); restore " + first.path()
                    + ", or begin with an empty lake");
        }
    }

    /** Without any alerts they begin now; with some, those between would be missing. */
    private static void requireAlerts(Lake lake, Output alerts, Output windows) {
        if (alerts.through() != Long.MIN_VALUE && alerts.through() < windows.through()) {
            throw new StreamException("Cannot continue lake " + lake.root() + ": " + alerts.path() + " holds less than " + windows.path()
                    + " (expected everything up to batch " + windows.through() + ", actual up to " + alerts.through() + "); restore " + alerts.path()
                    + ", or move it away: alerts begin anew");
        }
    }

    Lake lake() {
        return lake;
    }

    Output bronze() {
        return bronze;
    }

    Output rejects() {
        return rejects;
    }

    Output silver() {
        return silver;
    }

    Output alerts() {
        return alerts;
    }

    Output windows() {
        return windows;
    }

    List<Output> all() {
        return List.of(bronze, rejects, silver, alerts, windows);
    }

    /** A batch is on its way into every table that lacked it. */
    void hold(String position, long number, long ingestedAt) {
        for (Output output : all()) {
            if (output.lacks(ingestedAt)) {
                output.hold(position, number, ingestedAt);
            }
        }
    }

    /** A partition has come this far without a batch: it ended. */
    void move(String position, long number) {
        for (Output output : all()) {
            output.move(position, number);
        }
    }

    /** Everything that {@code bronze/events} holds has come through: the others stand where it stands. */
    void align() {
        Map<String, Long> positions = TransactionIds.positions(bronze.table().transactions());
        for (Output output : List.of(rejects, silver, alerts, windows)) {
            Map<String, Long> own = output.table().transactions();
            positions.forEach((position, number) -> {
                if (!number.equals(own.get(position))) {
                    output.move(position, number);
                }
            });
        }
    }

    /** Whether messages are on their way. */
    boolean pending() {
        return bronze.pending() || silver.pending();
    }

    /** Bytes of all rows on their way. */
    long bytes() {
        return all().stream().mapToLong(output -> output.rows().bytes()).sum();
    }

    /** Messages on their way. */
    int size() {
        return Math.max(bronze.rows().size(), silver.rows().size() + rejects.rows().size());
    }

    @Override
    public void close() {
        all().forEach(output -> output.table().close());
    }
}
