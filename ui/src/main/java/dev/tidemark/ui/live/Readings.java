package dev.tidemark.ui.live;

import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of an answer as lines: measure → series → points. Belongs to one thread; the lines it gives away may be read by any. */
final class Readings {

    /** What is read of a table of windows. */
    static final List<String> WINDOW_COLUMNS = List.of("window", "window_start", "grain", "device_id", "location", "measure",
            "unit", "count", "avg", "min", "max", "last_event_time");
    static final long DAY = Micros.of(Duration.ofDays(1));
    /** More points than that are not held, about 200 MB: thousands of series over weeks are drawn in longer steps. */
    private static final int MOST_POINTS = 2_500_000;
    /** So many steps the range has at first when points are too many, far more than a screen has pixels. */
    private static final int STEPS = 8_192;

    private final Asked asked;
    private final String activityWindow;
    private final Map<String, Map<String, Line>> lines = new LinkedHashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Activity activity;
    /** What a point stands for at least, in microseconds; 0 while all of them can be held. */
    private long step;

    /** @param activityWindow name of the windows by which activity is judged; null for none */
    Readings(Asked asked, String activityWindow) {
        this.asked = asked;
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

    /** Rows of a table of windows, with {@link #WINDOW_COLUMNS}; those that were not asked for are passed over. */
    void addWindows(Batch batch, Purpose purpose, boolean open) {
        Column.Strings windows = batch.strings("window");
        Column.Strings grains = batch.strings("grain");
        Column.Strings measures = batch.strings("measure");
        Column.Strings units = batch.strings("unit");
        Column.Strings devices = batch.strings("device_id");
        Column.Strings keys = batch.strings(asked.split());
        long[] starts = batch.longs("window_start").values();
        long[] counts = batch.longs("count").values();
        Column.Longs lastEvents = batch.longs("last_event_time");
        Column.Doubles averages = batch.doubles("avg");
        double[] lows = batch.doubles("min").values();
        double[] highs = batch.doubles("max").values();

        List<Map<String, Line>> byMeasure = new ArrayList<>();
        for (String measure : measures.dictionary()) {
            byMeasure.add(lines.get(measure));
        }
        int asked = code(windows, this.asked.window());
        int grain = code(grains, this.asked.grain());
        int active = code(windows, activityWindow);
        int device = code(grains, "device");
        // Commits bring rows of any time: a replay writes old windows while the page looks at new ones.
        long from = this.asked.range().from() - this.asked.windowMicros();
        long to = this.asked.wanted() instanceof Question.Between ? this.asked.range().to() : Long.MAX_VALUE;
        Line[] memo = new Line[measures.dictionary().length * (keys.dictionary().length + 1)];
        for (int i = 0; i < batch.rows(); i++) {
            int window = windows.codes()[i];
            if (purpose != Purpose.LINES && window == active && grains.codes()[i] == device && !devices.isNull(i)) {
                long heard = lastEvents.isNull(i) ? starts[i] : lastEvents.values()[i];
                if (open) {
                    activity.heard(devices.get(i), heard);
                } else {
                    activity.closed(devices.get(i), starts[i], counts[i], heard);
                }
            }
            int measure = measures.codes()[i];
            if (purpose == Purpose.ACTIVITY || window != asked || grains.codes()[i] != grain || measure < 0
                    || byMeasure.get(measure) == null || averages.isNull(i) || starts[i] < from || starts[i] >= to) {
                continue;
            }
            int key = keys.codes()[i];
            int slot = measure * (keys.dictionary().length + 1) + key + 1;
            Line line = memo[slot];
            if (line == null) {
                line = byMeasure.get(measure).computeIfAbsent(key < 0 ? "" : keys.dictionary()[key], name -> line(this.asked.windowMicros()));
                memo[slot] = line;
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
        long[] times = times(batch.column(asked.shape().time()), asked.shape().timePart());
        String[] keys = asked.split() == null ? null : texts(batch.column(asked.split()));
        long from = asked.range().from();
        long to = asked.wanted() instanceof Question.Between ? asked.range().to() : Long.MAX_VALUE;
        for (String measure : asked.measures()) {
            Map<String, Line> series = lines.get(measure);
            Column column = batch.column(measure);
            String before = null;
            Line line = null;
            for (int i = 0; i < batch.rows(); i++) {
                double value = number(column, i);
                if (times[i] < from || times[i] >= to || Double.isNaN(value)) {
                    continue;
                }
                String key = keys == null ? "" : keys[i];
                if (line == null || !key.equals(before)) {
                    line = series.computeIfAbsent(key, name -> line(0));
                    before = key;
                }
                line.add(times[i], value, value, value, 1);
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

    /**
     * A column of time in microseconds, {@link Long#MIN_VALUE} where there is none.
     *
     * @param part of a struct, the field that is meant
     */
    static long[] times(Column column, String part) {
        long[] times = new long[column.size()];
        for (int i = 0; i < times.length; i++) {
            Object value = column.isNull(i) ? null
                    : column instanceof Column.Longs longs ? (Object) longs.values()[i]
                    : column.value(i) instanceof Map<?, ?> struct ? struct.get(part) : null;
            times[i] = !(value instanceof Long time) ? Long.MIN_VALUE : column.type() == Type.Primitive.DATE ? time * DAY : time;
        }
        return times;
    }

    private static String[] texts(Column column) {
        String[] texts = new String[column.size()];
        for (int i = 0; i < texts.length; i++) {
            Object value = column.value(i);
            texts[i] = value == null ? "" : value.toString();
        }
        return texts;
    }

    private static double number(Column column, int i) {
        if (column.isNull(i)) {
            return Double.NaN;
        }
        if (column instanceof Column.Doubles doubles) {
            return doubles.values()[i];
        }
        return column.value(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
