package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was read for one question at one version, and what commits have added to it since. Belongs to one thread; the frames it
 * gives are for any.
 */
final class Answer {

    /** A file of open windows is replaced within a second, and nobody reads it twice. */
    private static final ColumnCache NOTHING_KEPT = new ColumnCache(0);

    private final Asked asked;
    private final Snapshot base;
    private final Catalogue catalogue;
    private final Readings readings;
    private Extent extent;
    private long version;
    private long rows;

    Answer(Asked asked, Snapshot base, Catalogue catalogue, Readings readings, Extent extent) {
        this.asked = asked;
        this.base = base;
        this.catalogue = catalogue;
        this.readings = readings;
        this.extent = extent;
        this.version = base.version();
        this.rows = base.rows();
    }

    Asked asked() {
        return asked;
    }

    long version() {
        return version;
    }

    /**
     * Takes a commit that follows this version.
     *
     * @return false if it did what cannot be added (rows went, the schema changed, the first values tell how times are written): the question has to be asked anew
     */
    boolean add(Commit commit) {
        switch (commit.kind()) {
            case APPEND -> {
                if (asked.shape().time().spelling() == RowTime.Spelling.UNSEEN && !commit.added().isEmpty()) {
                    return false;
                }
                for (Batch batch : read(Scan.of(base), commit)) {
                    if (asked.shape().named() != null) {
                        catalogue.learn(batch);
                    }
                    readings.add(batch);
                }
                rows = rows < 0 || commit.rowsAdded() < 0 ? -1 : rows + commit.rowsAdded();
            }
            case REWRITE, MAINTENANCE -> { }
            default -> {
                return false;
            }
        }
        version = commit.version();
        return true;
    }

    /** Takes the open windows, which stand in a table of their own, in place of those before. */
    void open(Snapshot live, Commit commit) {
        readings.clearOpen();
        read(Scan.of(live).cache(NOTHING_KEPT), commit).forEach(readings::addOpen);
    }

    /** Forgets what lies before the range as it has moved on. */
    void forget(long before) {
        readings.forget(before);
    }

    private List<Batch> read(Scan scan, Commit commit) {
        List<String> columns = asked.shape().kind() == TableShape.Kind.WINDOWS ? Readings.WINDOW_COLUMNS : Readings.columns(asked);
        return commit.added().isEmpty() ? List.of() : List.of(scan.columns(columns).files(commit.added()).readAll());
    }

    /** What is shown now. */
    Frame frame(Instant now) {
        Map<String, Map<String, SeriesData>> lines = readings.settle();
        long newest = readings.activity().newest();
        for (Map<String, SeriesData> series : lines.values()) {
            for (SeriesData data : series.values()) {
                if (data.size() > 0) {
                    newest = Math.max(newest, data.time(data.size() - 1));
                }
            }
        }
        if (newest != Long.MIN_VALUE) {
            extent = extent.with(TimeRange.near(newest, newest + TimeRange.SHORTEST));
        }
        boolean windows = asked.shape().kind() == TableShape.Kind.WINDOWS;
        Choices choices = new Choices(windows ? catalogue.windows() : List.of(), windows ? catalogue.splits(asked.shape().keys()) : asked.shape().keys(),
                asked.shape().named() != null ? catalogue.measures() : asked.shape().measures(), extent, asked.series() == null ? List.of() : readings.roster().names());
        return new Frame(asked, choices, version, rows, lines, readings.units(),
                readings.activity().now(silentAfter()), newest,
                newest != Long.MIN_VALUE && Reader.current(newest, Micros.of(now), asked.windowMicros()), readings.step(), readings.stray());
    }

    /** Two minutes, or three windows of the shortest kind if that is longer. */
    private Duration silentAfter() {
        Duration three = Micros.duration(3 * readings.activity().window());
        Duration two = Duration.ofMinutes(2);
        return three.compareTo(two) > 0 ? three : two;
    }
}
