package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Answers questions by reading a table, blocking. Belongs to one thread. */
final class Reader {

    /** So few are read at once, and then it is seen which series there are. */
    private static final double FEW_ROWS = 100_000;
    /** So many of the newest rows tell which series there are. */
    private static final long NEWEST_ROWS = 300_000;
    /** What is gone through for the first of them, at most: windows of a day come once a day. */
    private static final long MOST_ROWS = 20_000_000;
    /** Events this far behind the clock are still "now"; windows close and commits come a little later than events. */
    private static final Duration CURRENT = Duration.ofMinutes(5);
    private static final int CHARTS = 4;
    private static final long HOUR = Micros.of(Duration.ofHours(1));

    /** More measures than that are no measures but names of series: a chart for each would be none. */
    private static final int MOST_MEASURES = 60;

    private Catalogue catalogue = new Catalogue(null);
    /** A value of the column of time that is none; null where none was met. */
    private String stray;

    /**
     * Reads an answer.
     *
     * @param open the table of windows that are still open, if there is one and the answer is to hold them
     * @param now  the time the answer is for: the clock's, or that of a version of the past
     * @param early gets the answer as soon as its lines are read, where counting who sends takes longer
     * @throws LakeException if the table cannot be read, or is not recognised (INVALID)
     */
    Answer read(Question question, Snapshot snapshot, Optional<Snapshot> open, Instant now, Slot.Progress progress, Consumer<Answer> early) {
        TimeColumns written = TimeColumns.of(snapshot);
        TableShape shape = shape(question.roles(), written, snapshot);
        stray = written.others().get(shape.time().column());
        Extent extent = extent(snapshot, shape);
        if (open.isPresent()) {
            catalogue.learn(open.get());
            // A row of ten years ago beside one of now: the bounds of the file would span them both.
            extent = extent.with(scannedOpen(open.get()));
        }
        Asked asked = resolve(question, snapshot, shape, extent, Micros.of(now));
        Roster roster = new Roster();
        open.filter(live -> asked.split() != null && !asked.measures().isEmpty())
                .ifPresent(live -> lines(Scan.of(live), asked).columns(Roster.columns(asked)).read(batch -> roster.learn(batch, asked)));
        if (FirstRange.rowsSince(snapshot, shape.time(), asked.range().from()) <= FEW_ROWS) {
            Answer all = answer(asked, snapshot, extent, roster, progress, early);
            if (roster.chosen(question.series()) == null) {
                return all;
            }
        }
        newest(snapshot, asked, roster);
        return answer(asked.withSeries(roster.chosen(question.series())), snapshot, extent, roster, progress, early);
    }

    /** What the columns mean, with what their rows say where they name their measures. */
    private TableShape shape(Question.Roles roles, TimeColumns written, Snapshot snapshot) {
        TableShape shape = TableShape.of(snapshot.schema(), written, roles).orElseThrow(() -> new LakeException(LakeException.Reason.INVALID,
                "Cannot draw " + snapshot.table() + ": no column of " + TableShape.lack(snapshot.schema(), written) + " found (expected a timestamp, a date, or times as text or as a "
                        + "number since 1970, and at least one number to draw, actual columns " + String.join(", ", snapshot.schema().names()) + written.others().entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(other -> "; " + other.getKey() + " holds '" + other.getValue() + "', which is no time").collect(Collectors.joining())
                        + "). Its schema, commits and files are on the page of tables."));
        if (shape.named() == null) {
            return shape;
        }
        if (!catalogue.isOf(shape)) {
            catalogue = new Catalogue(shape);
        }
        catalogue.learn(snapshot);
        boolean tooMany = shape.kind() == TableShape.Kind.LONG && roles.name() == null && catalogue.measures().size() > MOST_MEASURES;
        return tooMany ? shape(roles.withName(Question.Roles.NO_NAME), written, snapshot) : shape;
    }

    private Answer answer(Asked asked, Snapshot snapshot, Extent extent, Roster roster, Slot.Progress progress, Consumer<Answer> early) {
        boolean windows = asked.shape().kind() == TableShape.Kind.WINDOWS;
        Readings readings = new Readings(asked, windows ? activityWindow() : null, roster);
        readings.stray(stray);
        Answer answer = new Answer(asked, snapshot, catalogue, readings, extent);
        if (asked.measures().isEmpty()) {
            return answer;
        }
        // The series first: of thousands a few are left, and the other conditions are asked of their rows alone.
        Sweep lines = new Sweep(ranged(lines(chosen(Scan.of(snapshot).columns(Readings.columns(asked)), asked), asked), asked), slicedBy(asked.shape()));
        lines.forward(readings::addLines, progress, 0, windows ? 0.9 : 1);
        if (windows) {
            countSenders(answer, snapshot, extent, readings, progress, early);
        }
        return answer;
    }

    /** Which series there are in the range, by its newest rows. */
    private static void newest(Snapshot snapshot, Asked asked, Roster roster) {
        if (asked.split() == null || asked.measures().isEmpty()) {
            return;
        }
        boolean[] found = new boolean[1];
        new Sweep(ranged(lines(Scan.of(snapshot).columns(Roster.columns(asked)), asked), asked), slicedBy(asked.shape())).backward(batch -> {
            roster.learn(batch, asked);
            found[0] = true;
        }, NEWEST_ROWS, () -> found[0], MOST_ROWS);
    }

    /** Only rows of the series that are read; their names are text, as they stand in the table or as a number. */
    private static Scan chosen(Scan scan, Asked asked) {
        if (asked.series() == null || asked.series().contains("")) {
            return scan;
        }
        Type type = scan.snapshot().schema().field(asked.split()).orElseThrow().type();
        Set<Object> keys = new HashSet<>(asked.series());
        if (type == Type.Primitive.LONG || type == Type.Primitive.INTEGER || type == Type.Primitive.SHORT) {
            keys = asked.series().stream().filter(key -> key.matches("-?\\d{1,18}")).map(Long::valueOf).collect(Collectors.toSet());
        }
        return scan.where(new Condition.In(asked.split(), keys));
    }

    /** Only rows of what is asked for, where rows say what they are of. */
    private static Scan lines(Scan scan, Asked asked) {
        Scan lines = scan;
        if (asked.shape().kind() == TableShape.Kind.WINDOWS) {
            lines = lines.where(new Condition.In("window", Set.of(asked.window()))).where(new Condition.In("grain", Set.of(asked.grain())));
        }
        return asked.shape().named() == null ? lines : lines.where(new Condition.In(asked.shape().named().by(), Set.copyOf(asked.measures())));
    }

    /** Whether the newest event is of now, as far as windows of this length can tell. All in microseconds. */
    static boolean current(long newest, long now, long window) {
        return now - newest < Math.max(Micros.of(CURRENT), 3 * window);
    }

    private Asked resolve(Question question, Snapshot snapshot, TableShape shape, Extent extent, long now) {
        boolean windows = shape.kind() == TableShape.Kind.WINDOWS;
        long asked = question.window() == null ? 0 : Windows.length(question.window()).map(Micros::of).orElse(0L);
        boolean current = extent.isEmpty() || current(extent.newest().to(), now, asked);
        Question.Range wanted = question.range() == null ? FirstRange.of(snapshot, shape.time(), extent, current, now) : question.range();
        long end = current ? Math.max(now, extent.isEmpty() ? now : extent.newest().to()) : extent.newest().to();
        TimeRange range;
        if (wanted instanceof Question.Between between) {
            range = TimeRange.near(between.from(), between.to());
        } else if (wanted instanceof Question.Last last) {
            range = TimeRange.near(end - Micros.of(last.length()), end);
        } else {
            range = extent.isEmpty() ? TimeRange.near(end - Micros.of(FirstRange.SHORTEST), end) : TimeRange.near(extent.all().from(), end);
        }
        List<String> measures = question.measures() != null ? question.measures()
                : firstFew(shape.named() != null ? catalogue.measures() : shape.measures());
        String window = null;
        if (windows) {
            window = question.window() != null ? question.window()
                    : Windows.suiting(catalogue.windows(), Micros.duration(range.span())).orElse("1m");
        }
        List<String> splits = windows ? catalogue.splits(shape.keys()) : shape.keys();
        String split = question.split() != null && splits.contains(question.split()) ? question.split() : splits.stream().findFirst().orElse(null);
        return new Asked(shape, window, split, measures, wanted, range, null);
    }

    /** What would be drawn now of a table whose rows name their measures if nobody chose. */
    List<String> suitingMeasures() {
        return firstFew(catalogue.measures());
    }

    private static List<String> firstFew(List<String> measures) {
        return measures.subList(0, Math.min(CHARTS, measures.size()));
    }

    /** The shortest tumbling window: its counts tell soonest how much comes in. */
    private String activityWindow() {
        return catalogue.windows().stream().filter(name -> Windows.step(name).isPresent() && !name.contains("/"))
                .filter(name -> Windows.length(name).orElseThrow().compareTo(Duration.ofSeconds(10)) >= 0).findFirst().orElse(null);
    }

    private void countSenders(Answer answer, Snapshot snapshot, Extent extent, Readings readings, Slot.Progress progress, Consumer<Answer> early) {
        if (activityWindow() != null && !extent.isEmpty()) {
            long from = extent.newest().to() - Micros.of(Activity.HORIZON) - readings.activity().window();
            Scan counts = Scan.of(snapshot).columns(Readings.ACTIVITY_COLUMNS).where(new Condition.In("window", Set.of(activityWindow())))
                    .where(new Condition.In("grain", Set.of("device")))
                    .where(new Condition.Range("window_start", from, null));
            if (counts.filesToRead().stream().mapToLong(file -> file.statistics().map(DataFile.Statistics::rows).orElse(0L)).sum() > NEWEST_ROWS) {
                early.accept(answer);
            }
            new Sweep(counts, "window_start").forward(batch -> readings.addActivity(batch, false), progress, 0.9, 1);
        }
    }

    private static Scan ranged(Scan scan, Asked asked) {
        // One window more at the left, so that the line does not begin inside the frame.
        long from = asked.range().from() - asked.windowMicros();
        Long to = asked.wanted() instanceof Question.Between ? (Long) asked.range().to() : null;
        return timed(scan, asked.shape()).where(asked.shape().time().within(from, to));
    }

    /** Times that are texts are hardly ever the same: as strings they would take more room than all else. */
    private static Scan timed(Scan scan, TableShape shape) {
        return shape.time().spelling() == RowTime.Spelling.TEXT ? scan.utf8(shape.timePath()) : scan;
    }

    /** By days and by texts row groups are not cut. */
    private static String slicedBy(TableShape shape) {
        RowTime.Spelling spelling = shape.time().spelling();
        return spelling == RowTime.Spelling.STAMP || spelling.isNumber() ? shape.timePath() : null;
    }

    /** By statistics if every file has them, else by reading the column of time. */
    private static Extent extent(Snapshot snapshot, TableShape shape) {
        return Extent.of(snapshot, shape.time()).orElseGet(() -> scanned(snapshot, shape));
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
        timed(Scan.of(snapshot).columns(List.of(shape.timePath())), shape).read(batch -> {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (long time : shape.time().micros(batch.column(shape.timePath()))) {
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
