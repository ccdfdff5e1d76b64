package dev.tidemark.ui.live;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.text.Micros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The rows of an answer as lines: measure → series → points. Belongs to one thread; the lines it gives away may be read by any. */
final class Readings {

    /** What is read of commits to a table of windows. */
    static final List<String> WINDOW_COLUMNS = List.of("window", "window_start", "grain", "device_id", "location", "measure",
            "unit", "count", "avg", "min", "max", "last_event_time");
    /** What activity is judged by. */
    static final List<String> ACTIVITY_COLUMNS = List.of("window", "window_start", "grain", "device_id", "count", "last_event_time");
    /** More points than that are not held, about 50 MB: a hundred series over weeks are drawn in longer steps. */
    private static final int MOST_POINTS = 600_000;
    /** So many steps the range has at first when points are too many, far more than a screen has pixels. */
    private static final int STEPS = 8_192;

    private final Asked asked;
    private final String activityWindow;
    private final Map<String, Map<String, Line>> lines = new LinkedHashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Activity activity;
    private final Roster roster;
    private final long most;
    /** What a point stands for at least, in microseconds; 0 while all of them can be held. */
    private long step;
    private String stray;

    /** @param activityWindow name of the windows by which activity is judged; null for none */
    Readings(Asked asked, String activityWindow, Roster roster) {
        this(asked, activityWindow, roster, MOST_POINTS);
    }

    /** @param most so many points are held, of more each stands for a longer time */
    Readings(Asked asked, String activityWindow, Roster roster, long most) {
        this.asked = asked;
        this.most = most;
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

    /** What lines are made of. */
    static List<String> columns(Asked asked) {
        TableShape.Named named = asked.shape().named();
        Stream<String> where = Stream.of(asked.timePath(), asked.split());
        Stream<String> windows = asked.shape().kind() == TableShape.Kind.WINDOWS ? Stream.of("window", "grain") : Stream.empty();
        Stream<String> what = named == null ? asked.columns().stream() : Stream.of(named.by(), named.value(), named.low(), named.high(), named.count(), named.unit());
        return Stream.of(windows, where, what).flatMap(Function.identity()).filter(Objects::nonNull).distinct().toList();
    }

    /** Rows of a commit, for lines and activity; those that were not asked for are passed over. */
    void add(Batch batch) {
        if (asked.shape().kind() == TableShape.Kind.WINDOWS) {
            addActivity(batch, false);
        }
        addLines(batch);
    }

    /** Rows of windows that are still open. */
    void addOpen(Batch batch) {
        addActivity(batch, true);
        addNamed(batch, true);
    }

    /** Rows for lines alone. */
    void addLines(Batch batch) {
        if (asked.shape().named() != null) {
            addNamed(batch, false);
        } else {
            addWide(batch);
        }
    }

    /** Rows of a table of windows, for activity alone. */
    void addActivity(Batch batch, boolean open) {
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

    private void addNamed(Batch batch, boolean open) {
        TableShape.Named named = asked.shape().named();
        boolean windows = asked.shape().kind() == TableShape.Kind.WINDOWS;
        Column.Strings measures = batch.strings(named.by());
        Column.Strings units = named.unit() == null ? null : batch.strings(named.unit());
        Column.Strings keys = asked.split() == null ? null : texts(batch.column(asked.split()));
        long[] times = times(batch);
        double[] values = numbers(batch.column(named.value()));
        double[] lows = named.low() == null ? values : numbers(batch.column(named.low()));
        double[] highs = named.high() == null ? values : numbers(batch.column(named.high()));
        double[] counts = named.count() == null ? null : numbers(batch.column(named.count()));
        int[] windowCodes = windows ? batch.strings("window").codes() : null;
        int[] grainCodes = windows ? batch.strings("grain").codes() : null;
        int window = windows ? code(batch.strings("window"), asked.window()) : 0;
        int grain = windows ? code(batch.strings("grain"), asked.grain()) : 0;

        List<Map<String, Line>> byMeasure = new ArrayList<>();
        for (String measure : measures.dictionary()) {
            byMeasure.add(lines.get(measure));
        }
        int width = keys == null ? 1 : keys.dictionary().length + 1;
        boolean[] passed = keys == null ? new boolean[1] : passed(keys);
        // Commits bring rows of any time: a replay writes old windows while the page looks at new ones.
        long from = asked.range().from() - asked.windowMicros();
        long to = asked.wanted() instanceof Question.Between ? asked.range().to() : Long.MAX_VALUE;
        boolean[] heard = new boolean[width];
        Line[] memo = new Line[measures.dictionary().length * width];
        for (int i = 0; i < batch.rows(); i++) {
            int measure = measures.codes()[i];
            if (windows && (windowCodes[i] != window || grainCodes[i] != grain) || measure < 0 || byMeasure.get(measure) == null || Double.isNaN(values[i]) || times[i] < from || times[i] >= to) {
                continue;
            }
            int key = keys == null ? 0 : keys.codes()[i] + 1;
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
                if (units != null && !units.isNull(i)) {
                    this.units.putIfAbsent(measures.dictionary()[measure], units.get(i));
                }
            }
            double low = Double.isNaN(lows[i]) ? values[i] : lows[i];
            double high = Double.isNaN(highs[i]) ? values[i] : highs[i];
            long count = counts == null || !(counts[i] >= 1) ? 1 : (long) counts[i];
            if (open) {
                line.addOpen(times[i], values[i], low, high, count);
            } else {
                line.add(times[i], values[i], low, high, count);
            }
        }
        bound();
    }

    private long[] times(Batch batch) {
        Column column = batch.column(asked.timePath());
        long[] times = asked.shape().time().micros(column);
        if (stray == null && asked.shape().time().spelling() == RowTime.Spelling.TEXT) {
            for (int i = 0; i < times.length && stray == null; i++) {
                stray = times[i] == Long.MIN_VALUE ? (String) column.value(i) : null;
            }
        }
        return times;
    }

    /** A value of the column of time that is none, if one was met; null for none. */
    void stray(String value) {
        stray = value;
    }

    String stray() {
        return stray;
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

    /** Brings together what lies in the same steps, as rows that came in no order do, then in twice as long ones, until what is held is bounded again. */
    private void bound() {
        long shortest = asked.windowMicros() > 0 ? 2 * asked.windowMicros() : Math.max(1_000, asked.range().span() / STEPS);
        for (long longer = step > 0 ? step : shortest; held() > most && longer < 2 * asked.range().span(); longer *= 2) {
            step = longer;
            lines.values().forEach(series -> series.values().forEach(line -> line.coarsen(step)));
        }
    }

    private long held() {
        return lines.values().stream().flatMap(series -> series.values().stream()).mapToLong(Line::size).sum();
    }

    /** What a point stands for at least, in microseconds, where there are too many to hold; else 0. */
    long step() {
        return step;
    }

    private void addWide(Batch batch) {
        long[] times = times(batch);
        Column.Strings keys = asked.split() == null ? null : texts(batch.column(asked.split()));
        boolean[] passed = keys == null ? new boolean[1] : passed(keys);
        long from = asked.range().from();
        long to = asked.wanted() instanceof Question.Between ? asked.range().to() : Long.MAX_VALUE;
        if (keys != null) {
            for (String name : keys.dictionary()) {
                roster.learn(name);
            }
        }
        for (String measure : asked.columns()) {
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

    /** A column as numbers; NaN where there is none. */
    static double[] numbers(Column column) {
        if (column instanceof Column.Doubles doubles && doubles.nulls() == null) {
            return doubles.values();
        }
        double[] numbers = new double[column.size()];
        Arrays.setAll(numbers, i -> number(column, i));
        return numbers;
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
