package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Answers questions by reading a table, blocking. Belongs to one thread, but for {@link #wideColumns}. */
final class Reader {

    private static final long ROWS_AT_ONCE = 500_000;
    /** A file that is ordered otherwise is gone through as often: not too often. */
    private static final int MOST_PIECES = 16;
    /** Events this far behind the clock are still "now"; windows close and commits come a little later than events. */
    private static final Duration CURRENT = Duration.ofMinutes(5);
    private static final List<Duration> RANGES = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1),
            Duration.ofHours(6), Duration.ofHours(24));
    private static final int CHARTS = 4;
    private static final long HOUR = Micros.of(Duration.ofHours(1));

    private final Catalogue catalogue = new Catalogue();

    /**
     * Reads an answer.
     *
     * @param open the table of windows that are still open, if there is one and the answer is to hold them
     * @param now  the time the answer is for: the clock's, or that of a version of the past
     * @throws LakeException if the table cannot be read, or is not recognised (INVALID)
     */
    Answer read(Question question, Snapshot snapshot, Optional<Snapshot> open, Instant now, Slot.Progress progress) {
        TableShape shape = TableShape.of(snapshot.schema()).orElseThrow(() -> new LakeException(LakeException.Reason.INVALID,
                "Cannot draw " + snapshot.table() + ": no column of time and numbers found (expected a timestamp and at least one "
                        + "number, actual columns " + String.join(", ", snapshot.schema().names()) + ")"));
        boolean windows = shape.kind() == TableShape.Kind.WINDOWS;
        Extent extent = extent(snapshot, shape);
        if (windows) {
            catalogue.learn(snapshot);
        }
        if (open.isPresent()) {
            catalogue.learn(open.get());
            // A row of ten years ago beside one of now: the bounds of the file would span them both.
            extent = extent.with(scannedOpen(open.get()));
        }
        Asked asked = resolve(question, shape, extent, Micros.of(now));
        Readings readings = new Readings(asked, windows ? activityWindow() : null);
        if (windows) {
            readWindows(snapshot, asked, extent, readings, progress);
        } else {
            read(ranged(Scan.of(snapshot).columns(wideColumns(asked)), snapshot, asked), slicedBy(snapshot, shape), readings::addWide, progress, 0, 1);
        }
        return new Answer(asked, snapshot, catalogue, readings, extent);
    }

    /** Columns of a table with one column a measure. */
    static List<String> wideColumns(Asked asked) {
        List<String> columns = new ArrayList<>(List.of(asked.shape().time()));
        if (asked.split() != null) {
            columns.add(asked.split());
        }
        asked.measures().stream().filter(measure -> !columns.contains(measure)).forEach(columns::add);
        return columns;
    }

    /** Whether the newest event is of now, as far as windows of this length can tell. All in microseconds. */
    static boolean current(long newest, long now, long window) {
        return now - newest < Math.max(Micros.of(CURRENT), 3 * window);
    }

    private Asked resolve(Question question, TableShape shape, Extent extent, long now) {
        boolean windows = shape.kind() == TableShape.Kind.WINDOWS;
        long asked = question.window() == null ? 0 : Windows.length(question.window()).map(Micros::of).orElse(0L);
        boolean current = extent.isEmpty() || current(extent.newest().to(), now, asked);
        Question.Range wanted = question.range() == null ? suitingRange(extent, current, now) : question.range();
        long end = current ? Math.max(now, extent.isEmpty() ? now : extent.newest().to()) : extent.newest().to();
        TimeRange range;
        if (wanted instanceof Question.Between between) {
            range = TimeRange.near(between.from(), between.to());
        } else if (wanted instanceof Question.Last last) {
            range = TimeRange.near(end - Micros.of(last.length()), end);
        } else {
            range = extent.isEmpty() ? TimeRange.near(end - Micros.of(RANGES.get(0)), end) : TimeRange.near(extent.all().from(), end);
        }
        List<String> measures = question.measures() != null ? question.measures()
                : firstFew(windows ? catalogue.measures() : shape.measures());
        String window = null;
        if (windows) {
            window = question.window() != null ? question.window()
                    : Windows.suiting(catalogue.windows(), Micros.duration(range.span())).orElse("1m");
        }
        String split = question.split() != null && shape.keys().contains(question.split()) ? question.split()
                : shape.keys().stream().findFirst().orElse(null);
        return new Asked(shape, window, split, measures, wanted, range);
    }

    /** What would be drawn now of a table of windows if nobody chose. */
    List<String> suitingMeasures() {
        return firstFew(catalogue.measures());
    }

    private static List<String> firstFew(List<String> measures) {
        return measures.subList(0, Math.min(CHARTS, measures.size()));
    }

    /** The shortest usual range that holds the newest stretch; of current events at most a day, of old ones all there is. */
    private static Question.Range suitingRange(Extent extent, boolean current, long now) {
        if (!current && extent.stretches().size() <= 1) {
            return new Question.All();
        }
        long length = extent.isEmpty() ? 0 : (current ? now : extent.newest().to()) - extent.newest().from();
        for (Duration range : RANGES) {
            // The window of an hour begins up to an hour before its first event.
            long early = Micros.of(range) >= HOUR ? HOUR : 0;
            if (length <= Micros.of(range) + early) {
                return new Question.Last(range);
            }
        }
        return current ? new Question.Last(Duration.ofHours(6)) : new Question.Between(extent.newest().from(), extent.newest().to() + HOUR);
    }

    /** The shortest tumbling window: its counts tell soonest how much comes in. */
    private String activityWindow() {
        return catalogue.windows().stream().filter(name -> Windows.step(name).isPresent() && !name.contains("/"))
                .filter(name -> Windows.length(name).orElseThrow().compareTo(Duration.ofSeconds(10)) >= 0).findFirst().orElse(null);
    }

    private void readWindows(Snapshot snapshot, Asked asked, Extent extent, Readings readings, Slot.Progress progress) {
        if (asked.measures().isEmpty()) {
            return;
        }
        Scan all = Scan.of(snapshot).columns(Readings.WINDOW_COLUMNS);
        Scan lines = all.where(new Condition.In("window", Set.of(asked.window())))
                .where(new Condition.In("grain", Set.of(asked.grain())))
                .where(new Condition.In("measure", Set.copyOf(asked.measures())));
        read(ranged(lines, snapshot, asked), "window_start", batch -> readings.addWindows(batch, Readings.Purpose.LINES, false), progress, 0, 0.9);
        if (activityWindow() != null && !extent.isEmpty()) {
            long from = extent.newest().to() - Micros.of(Activity.HORIZON) - readings.activity().window();
            Scan counts = all.where(new Condition.In("window", Set.of(activityWindow())))
                    .where(new Condition.In("grain", Set.of("device")))
                    .where(new Condition.Range("window_start", from, null));
            read(counts, "window_start", batch -> readings.addWindows(batch, Readings.Purpose.ACTIVITY, false), progress, 0.9, 1);
        }
    }

    private static Scan ranged(Scan scan, Snapshot snapshot, Asked asked) {
        if (asked.shape().timePart() != null) {
            // Conditions speak of whole columns; rows of a struct are sorted out when they are drawn.
            return scan;
        }
        // One window more at the left, so that the line does not begin inside the frame.
        long from = asked.range().from() - asked.windowMicros();
        Long to = asked.wanted() instanceof Question.Between ? (Long) asked.range().to() : null;
        boolean days = snapshot.schema().field(asked.shape().time()).orElseThrow().type() == Type.Primitive.DATE;
        return scan.where(days
                ? new Condition.Range(asked.shape().time(), Math.floorDiv(from, Readings.DAY), to == null ? null : (Long) (Math.floorDiv(to, Readings.DAY) + 1))
                : new Condition.Range(asked.shape().time(), from, to));
    }

    /**
     * File by file in small groups, large files piece by piece, so that progress can be told, a cancel is heard, and memory is bounded.
     *
     * @param time column by whose values large files are cut into pieces; null for none
     */
    private static void read(Scan scan, String time, Consumer<Batch> consumer, Slot.Progress progress, double from, double to) {
        List<DataFile> files = scan.filesToRead();
        int group = Math.max(1, Math.min(16, files.size() / 20));
        for (int i = 0; i < files.size(); i += group) {
            List<DataFile> some = files.subList(i, Math.min(files.size(), i + group));
            List<DataFile> small = some.stream().filter(file -> pieces(file, time).isEmpty()).toList();
            scan.files(small).read(consumer);
            for (DataFile large : some) {
                List<Condition.Range> pieces = pieces(large, time);
                for (int piece = 0; piece < pieces.size(); piece++) {
                    scan.files(List.of(large)).where(pieces.get(piece)).read(consumer);
                    progress.reached(from + (to - from) * (i + (piece + 1.0) / pieces.size()) / files.size());
                }
            }
            progress.reached(from + (to - from) * Math.min(1, (i + group) / (double) files.size()));
        }
    }

    /** The pieces of a large file: as it is ordered by time, each lies on pages of its own. */
    private static List<Condition.Range> pieces(DataFile file, String time) {
        if (time == null || file.statistics().isEmpty() || file.statistics().get().rows() < 2 * ROWS_AT_ONCE
                || !(file.statistics().get().min().get(time) instanceof Long first) || !(file.statistics().get().max().get(time) instanceof Long last) || last <= first) {
            return List.of();
        }
        int count = (int) Math.min(MOST_PIECES, file.statistics().get().rows() / ROWS_AT_ONCE);
        List<Condition.Range> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new Condition.Range(time, i == 0 ? null : (Long) (first + (last - first) / count * i), i == count - 1 ? null : (Long) (first + (last - first) / count * (i + 1))));
        }
        return pieces;
    }

    /** Columns of time with a day or with a part of a struct are not cut by. */
    private static String slicedBy(Snapshot snapshot, TableShape shape) {
        return shape.timePart() == null && snapshot.schema().field(shape.time()).orElseThrow().type() != Type.Primitive.DATE ? shape.time() : null;
    }

    /** By statistics if every file has them, else by reading the column of time. */
    private static Extent extent(Snapshot snapshot, TableShape shape) {
        String path = shape.timePart() == null ? shape.time() : shape.time() + "." + shape.timePart();
        Optional<Extent> known = snapshot.schema().field(shape.time()).orElseThrow().type() == Type.Primitive.DATE
                ? Optional.empty() : Extent.of(snapshot, path);
        return known.orElseGet(() -> scanned(snapshot, shape));
    }

    /** Of the open windows the shortest: an open hour may have begun long before the first event in it. */
    private Extent scannedOpen(Snapshot open) {
        String shortest = catalogue.windows().stream().findFirst().orElse("");
        List<TimeRange> starts = new ArrayList<>();
        if (!shortest.isEmpty()) {
            Scan.of(open).columns(List.of("window", "window_start")).where(new Condition.In("window", Set.of(shortest))).read(batch -> {
                for (long start : batch.longs("window_start").values()) {
                    starts.add(TimeRange.near(start, start + TimeRange.SHORTEST));
                }
            });
        }
        return Extent.of(starts);
    }

    private static Extent scanned(Snapshot snapshot, TableShape shape) {
        TreeSet<Long> hours = new TreeSet<>();
        List<TimeRange> ends = new ArrayList<>();
        Scan.of(snapshot).columns(List.of(shape.time())).read(batch -> {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (long time : Readings.times(batch.column(shape.time()), shape.timePart())) {
                if (time != Long.MIN_VALUE) {
                    first = Math.min(first, time);
                    last = Math.max(last, time);
                    hours.add(time - Math.floorMod(time, HOUR));
                }
            }
            if (first <= last) {
                ends.add(TimeRange.near(first, first + TimeRange.SHORTEST));
                ends.add(TimeRange.near(last, last + TimeRange.SHORTEST));
            }
        });
        if (!ends.isEmpty()) {
            long first = ends.stream().mapToLong(TimeRange::from).min().getAsLong();
            hours.stream().filter(hour -> hour >= first).forEach(hour -> ends.add(TimeRange.near(hour, hour + TimeRange.SHORTEST)));
        }
        return Extent.of(ends);
    }
}
