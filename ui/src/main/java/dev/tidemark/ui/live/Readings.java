package dev.tidemark.ui.live;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of an answer as lines: measure → series → points. Belongs to one thread; the lines it gives away may be read by any. */
final class Readings {

    /** What is read of commits to a table of windows. */
    static final List<String> WINDOW_COLUMNS = List.of("window", "window_start", "grain", "device_id", "location", "measure",
            "unit", "count", "avg", "min", "max", "last_event_time");
    /** What activity is judged by. */
    static final List<String> ACTIVITY_COLUMNS = List.of("window", "window_start", "grain", "device_id", "count", "last_event_time");
    static final long DAY = Micros.of(Duration.ofDays(1));
    /** More points than that are not held, about 100 MB: a hundred series over weeks are drawn in longer steps. */
    private static final int MOST_POINTS = 1_200_000;
    /** So many steps the range has at first when points are too many, far more than a screen has pixels. */
    private static final int STEPS = 8_192;

    private final Asked asked;
    private final String activityWindow;
    private final Map<String, Map<String, Line>> lines = new LinkedHashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Activity activity;
    private final Roster roster;
    /** What a point stands for at least, in microseconds; 0 while all of them can be held. */
    private long step;

    /** @param activityWindow name of the windows by which activity is judged; null for none */
    Readings(Asked asked, String activityWindow, Roster roster) {
        this.asked = asked;
        this.roster = roster;
        this.activityWindow = activityWindow;
        this.activity = new Activity(activityWindow == null ? 0 : Windows.length(activityWindow).map(Micros::of).orElse(0L));
        asked.measures().forEach(measure -> lines.put(measure, new TreeMap<>()));
    }

    Asked asked() {
        return asked;
    }

    Activity activity() {
        return activity;
    }

    /** Which part of the rows a batch was read for. */
    enum Purpose { LINES, ACTIVITY, BOTH }

    /** What lines are made of, in a table of windows. */
    static List<String> lineColumns(Asked asked) {
        return List.of("window", "window_start", "grain", asked.split(), "measure", "unit", "count", "avg", "min", "max");
    }

    /** Rows of a table of windows; those that were not asked for are passed over. */
    void addWindows(Batch batch, Purpose purpose, boolean open) {
        if (purpose != Purpose.LINES) {
            addActivity(batch, open);
        }
        if (purpose != Purpose.ACTIVITY) {
            addLines(batch, open);
        }
    }

    private void addActivity(Batch batch, boolean open) {
        Column.Strings windows = batch.strings("window");
        Column.Strings grains = batch.strings("grain");
        Column.Strings devices = batch.strings("device_id");
        long[] starts = batch.longs("window_start").values();
        long[] counts = batch.longs("count").values();
        Column.Longs lastEvents = batch.longs("last_event_time");
        int active = code(windows, activityWindow);
        int device = code(grains, "device");
        // A row only adds and compares: thousands of devices times the windows of an hour are a million rows.
        long[] heard = new long[devices.dictionary().length];
        Arrays.fill(heard, Long.MIN_VALUE);
        long start = 0;
        long count = 0;
        for (int i = 0; i < batch.rows(); i++) {
            int name = devices.codes()[i];
            if (windows.codes()[i] != active || grains.codes()[i] != device || name < 0) {
                continue;
            }
            heard[name] = Math.max(heard[name], lastEvents.isNull(i) ? starts[i] : lastEvents.values()[i]);
            if (count > 0 && starts[i] != start && !open) {
                activity.counted(start, count);
                count = 0;
            }
            start = starts[i];
            count += counts[i];
        }
        if (count > 0 && !open) {
            activity.counted(start, count);
        }
        for (int name = 0; name < heard.length; name++) {
            if (heard[name] != Long.MIN_VALUE) {
                activity.heard(devices.dictionary()[name], heard[name]);
            }
        }
    }

    private void addLines(Batch batch, boolean open) {
        Column.Strings windows = batch.strings("window");
        Column.Strings grains = batch.strings("grain");
        Column.Strings measures = batch.strings("measure");
        Column.Strings units = batch.strings("unit");
        Column.Strings keys = batch.strings(asked.split());
        long[] starts = batch.longs("window_start").values();
        long[] counts = batch.longs("count").values();
        Column.Doubles averages = batch.doubles("avg");
        double[] lows = batch.doubles("min").values();
        double[] highs = batch.doubles("max").values();

        List<Map<String, Line>> byMeasure = new ArrayList<>();
        for (String measure : measures.dictionary()) {
            byMeasure.add(lines.get(measure));
        }
        int window = code(windows, asked.window());
        int grain = code(grains, asked.grain());
        boolean[] passed = passed(keys);
        // Commits bring rows of any time: a replay writes old windows while the page looks at new ones.
        long from = asked.range().from() - asked.windowMicros();
        long to = asked.wanted() instanceof Question.Between ? asked.range().to() : Long.MAX_VALUE;
        int width = keys.dictionary().length + 1;
        boolean[] heard = new boolean[width];
        Line[] memo = new Line[measures.dictionary().length * width];
        for (int i = 0; i < batch.rows(); i++) {
            int measure = measures.codes()[i];
            int key = keys.codes()[i] + 1;
            if (windows.codes()[i] != window || grains.codes()[i] != grain || measure < 0 || byMeasure.get(measure) == null || averages.isNull(i)
                    || starts[i] < from || starts[i] >= to) {
                continue;
            }
            String name = key == 0 ? "" : keys.dictionary()[key - 1];
            if (!heard[key]) {
                heard[key] = true;
                roster.learn(name);
            }
            Line line = memo[measure * width + key];
            if (passed[key]) {
                continue;
            }
            if (line == null) {
                line = byMeasure.get(measure).computeIfAbsent(name, series -> line(asked.windowMicros()));
                memo[measure * width + key] = line;
                if (!units.isNull(i)) {
                    this.units.putIfAbsent(measures.dictionary()[measure], units.get(i));
                }
            }
            if (open) {
                line.addOpen(starts[i], averages.values()[i], lows[i], highs[i], Math.max(1, counts[i]));
            } else {
                line.add(starts[i], averages.values()[i], lows[i], highs[i], Math.max(1, counts[i]));
            }
        }
        bound();
    }

    /** Which of the keys of a batch are not read; the first stands for rows without one. */
    private boolean[] passed(Column.Strings keys) {
        boolean[] passed = new boolean[keys.dictionary().length + 1];
        if (asked.series() != null) {
            passed[0] = !asked.series().contains("");
            for (int i = 1; i < passed.length; i++) {
                passed[i] = !asked.series().contains(keys.dictionary()[i - 1]);
            }
        }
        return passed;
    }

    /** All series that were heard of. */
    Roster roster() {
        return roster;
    }

    private Line line(long window) {
        Line line = new Line(window);
        if (step > 0) {
            line.coarsen(step);
        }
        return line;
    }

    /** Twice as long steps, until what is held is bounded again. */
    private void bound() {
        while (lines.values().stream().flatMap(series -> series.values().stream()).mapToLong(Line::size).sum() > MOST_POINTS && step < asked.range().span()) {
            step = step > 0 ? 2 * step : asked.windowMicros() > 0 ? 2 * asked.windowMicros() : Math.max(1_000, asked.range().span() / STEPS);
            lines.values().forEach(series -> series.values().forEach(line -> line.coarsen(step)));
        }
    }

    /** What a point stands for at least, in microseconds, where there are too many to hold; else 0. */
    long step() {
        return step;
    }

    /** Rows of a table with one column a measure. */
    void addWide(Batch batch) {
        long[] times = times(batch.column(asked.timePath()));
        Column.Strings keys = asked.split() == null ? null : texts(batch.column(asked.split()));
        boolean[] passed = keys == null ? new boolean[1] : passed(keys);
        long from = asked.range().from();
        long to = asked.wanted() instanceof Question.Between ? asked.range().to() : Long.MAX_VALUE;
        if (keys != null) {
            for (String name : keys.dictionary()) {
                roster.learn(name);
            }
        }
        for (String measure : asked.measures()) {
            Map<String, Line> series = lines.get(measure);
            Column column = batch.column(measure);
            Line[] memo = new Line[passed.length];
            for (int i = 0; i < batch.rows(); i++) {
                int key = keys == null ? 0 : keys.codes()[i] + 1;
                double value = passed[key] ? Double.NaN : number(column, i);
                if (times[i] < from || times[i] >= to || Double.isNaN(value)) {
                    continue;
                }
                if (memo[key] == null) {
                    memo[key] = series.computeIfAbsent(key == 0 ? "" : keys.dictionary()[key - 1], name -> line(0));
                }
                memo[key].add(times[i], value, value, value, 1);
            }
        }
        bound();
    }

    /** The open windows are about to be told anew. */
    void clearOpen() {
        lines.values().forEach(series -> series.values().forEach(Line::clearOpen));
    }

    /** Forgets points before a time. */
    void forget(long before) {
        lines.values().forEach(series -> series.values().forEach(line -> line.forget(before)));
    }

    /** The lines now: measure → series → points, series by name. */
    Map<String, Map<String, SeriesData>> settle() {
        Map<String, Map<String, SeriesData>> now = new LinkedHashMap<>();
        lines.forEach((measure, series) -> {
            Map<String, SeriesData> settled = new LinkedHashMap<>();
            series.forEach((key, line) -> settled.put(key, line.settle()));
            now.put(measure, settled);
        });
        return now;
    }

    /** Measure → unit, where the rows say one. */
    Map<String, String> units() {
        return Map.copyOf(units);
    }

    private static int code(Column.Strings column, String text) {
        for (int i = 0; i < column.dictionary().length; i++) {
            if (column.dictionary()[i].equals(text)) {
                return i;
            }
        }
        return -2;
    }

    /** A column of time in microseconds, {@link Long#MIN_VALUE} where there is none. */
    static long[] times(Column column) {
        Column.Longs longs = (Column.Longs) column;
        boolean days = column.type() == Type.Primitive.DATE;
        if (longs.nulls() == null && !days) {
            return longs.values();
        }
        long[] times = new long[longs.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = longs.isNull(i) ? Long.MIN_VALUE : days ? longs.values()[i] * DAY : longs.values()[i];
        }
        return times;
    }

    /** A column as text; numbers as they are written. */
    static Column.Strings texts(Column column) {
        if (column instanceof Column.Strings strings) {
            return strings;
        }
        Map<Object, Integer> codes = new LinkedHashMap<>();
        int[] coded = new int[column.size()];
        for (int i = 0; i < coded.length; i++) {
            Object value = column.value(i);
            coded[i] = value == null ? -1 : codes.computeIfAbsent(value, each -> codes.size());
        }
        return new Column.Strings(Type.Primitive.STRING, coded, codes.keySet().stream().map(Object::toString).toArray(String[]::new));
    }

    /** A value as a number; NaN where there is none. */
    static double number(Column column, int i) {
        if (column.isNull(i)) {
            return Double.NaN;
        }
        if (column instanceof Column.Doubles doubles) {
            return doubles.values()[i];
        }
        if (column instanceof Column.Longs longs) {
            return longs.values()[i];
        }
        return column.value(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
