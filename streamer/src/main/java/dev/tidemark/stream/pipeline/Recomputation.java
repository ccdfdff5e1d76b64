package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.Watermarks;
import dev.tidemark.stream.window.WindowRow;
import dev.tidemark.stream.window.WindowSpec;
import dev.tidemark.stream.window.Windows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code gold/windows} would hold if no reading had been late: made from {@code silver/readings}, in the order in which they came. Where none was late, the rows are
 * those that the streamer made, to the bit. Times are microseconds since 1970-01-01T00:00Z. Not thread-safe.
 */
public final class Recomputation {

    private static final long HOUR = 3_600_000_000L;
    /** No session is longer. */
    private static final long LONGEST = 100L * 366 * 24 * HOUR;

    private final Snapshot silver;
    private final ReferenceHistory references;
    private final List<WindowSpec> fixed;
    private final List<WindowSpec> sessions;
    private final long step;
    private long readings;

    private Recomputation(Snapshot silver, ReferenceHistory references, List<WindowSpec> windows) {
        this.silver = silver;
        this.references = references;
        this.fixed = windows.stream().filter(window -> window.kind() != WindowSpec.Kind.SESSION).toList();
        this.sessions = windows.stream().filter(window -> window.kind() == WindowSpec.Kind.SESSION).toList();
        this.step = Math.max(HOUR, fixed.stream().mapToLong(WindowSpec::length).max().orElse(0));
    }

    /**
     * Takes the readings of a lake as they are now.
     *
     * @param windows which are recomputed
     * @throws dev.tidemark.lake.LakeException if they cannot be read
     */
    public static Recomputation of(Lake lake, List<WindowSpec> windows) {
        Snapshot silver = lake.table(LakeTables.SILVER_READINGS.path()).snapshot();
        Table bronze = lake.table(LakeTables.BRONZE_EVENTS.path());
        Long reference = bronze.exists() ? bronze.snapshot().transactions().get(ReferenceHistory.ID) : null;
        return new Recomputation(silver, ReferenceHistory.open(Place.of(lake.root()).path(), reference, () -> Reference.NONE), windows);
    }

    /** How much time is best recomputed at once: the windows that begin within it are in memory. */
    public long step() {
        return step;
    }

    /** Readings that were read so far; one that is read twice counts twice. */
    public long readings() {
        return readings;
    }

    /** The rows of all windows of a fixed length that begin from one time to before another. */
    public void windows(long from, long to, Consumer<WindowRow> rows) {
        if (fixed.isEmpty() || from >= to) {
            return;
        }
        long end = to;
        for (WindowSpec window : fixed) {
            end = Math.max(end, window.latestStart(to - 1) + window.length());
        }
        Windows windows = new Windows(fixed, Watermarks.NONE);
        read(from, end, windows);
        windows.closeAll(row -> {
            if (row.start() >= from && row.start() < to) {
                rows.accept(row);
            }
        });
    }

    /** The rows of all sessions that have a part from one time to before another, whole. Reads as far beyond as they reach. */
    public void sessions(long from, long to, Consumer<WindowRow> rows) {
        if (sessions.isEmpty() || from >= to) {
            return;
        }
        long gap = sessions.stream().mapToLong(WindowSpec::length).max().orElse(0);
        long margin = gap;
        while (true) {
            long first = from - margin;
            long last = to + margin;
            Windows windows = new Windows(sessions, Watermarks.NONE);
            Extent all = read(first, last, windows);
            long[] reach = {Long.MAX_VALUE, Long.MIN_VALUE};
            List<WindowRow> found = new ArrayList<>();
            windows.closeAll(row -> {
                if (row.start() < to && row.end() > from) {
                    reach[0] = Math.min(reach[0], row.start());
                    reach[1] = Math.max(reach[1], row.end());
                    found.add(row);
                }
            });
            // A session that comes near the edge of what was read may go on beyond it.
            boolean whole = (reach[0] - gap > first || all.isFirst) && (reach[1] < last || all.isLast);
            if (found.isEmpty() || whole || margin > LONGEST) {
                found.forEach(rows);
                return;
            }
            margin *= 4;
        }
    }

    /** Whether there is nothing before, or nothing after, what was read. */
    private record Extent(boolean isFirst, boolean isLast) {
    }

    private Extent read(long from, long to, Windows windows) {
        SilverReader reader = new SilverReader(silver.schema(), references);
        InOrder.read(within(from, to).columns(reader.columns()), (batch, row) -> {
            Reading reading = reader.reading(batch, row);
            windows.add(reading);
            readings++;
        });
        return new Extent(isEmpty(null, from), isEmpty(to, null));
    }

    private Scan within(Long from, Long to) {
        return Scan.of(silver).cache(new ColumnCache(0)).where(new Condition.Range("date", from == null ? null : LakeTables.day(from), to == null ? null : LakeTables.day(to - 1) + 1))
                .where(new Condition.Range("event_time", from, to));
    }

    private boolean isEmpty(Long from, Long to) {
        return sessions.isEmpty() || within(from == null ? null : from, to).filesToRead().isEmpty();
    }
}
