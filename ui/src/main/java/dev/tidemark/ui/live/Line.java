package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.SeriesWriter;

import java.util.Arrays;

/**
 * One series of one measure as it grows: rows come in any order, {@link #settle()} puts them in the order of time, merging those of
 * the same time by their counts. Belongs to one thread; the data it gives away may be read by any.
 */
final class Line {

    /** From so many points on the usual distance between them can be told. */
    private static final int ENOUGH_TO_JUDGE = 8;

    private final long window;
    private SeriesWriter writer;
    private long spacing;
    /** What a point stands for at least, in microseconds; 0 for the points as they come. */
    private long step;
    private int judgedAt = ENOUGH_TO_JUDGE;
    private Rows pending = new Rows(16);
    private Rows open = new Rows(4);
    private SeriesData data = SeriesData.EMPTY;

    /** @param window length of a window in microseconds; 0 if points have no length */
    Line(long window) {
        this.window = window;
        this.spacing = window;
        this.writer = new SeriesWriter(window);
    }

    /** A closed window, or a reading. Weight: how many readings it stands for, at least 1. */
    void add(long time, double value, double low, double high, long weight) {
        pending.merge(stepped(time), value, low, high, weight);
    }

    /** Points held. */
    int size() {
        return data.settled() + pending.size;
    }

    /** From now on a point stands for that long at least, in microseconds; those that are there are brought together. */
    void coarsen(long longer) {
        step = longer;
        spacing = Math.max(spacing, step);
        pending = stepped(pending.ordered());
        rebuild(stepped(Rows.of(data)));
    }

    private long stepped(long time) {
        return step == 0 ? time : time - Math.floorMod(time, step);
    }

    private Rows stepped(Rows ordered) {
        Rows rows = new Rows(16);
        for (int i = 0; i < ordered.size; i++) {
            rows.merge(stepped(ordered.times[i]), ordered.values[i], ordered.lows[i], ordered.highs[i], ordered.weights[i]);
        }
        return rows;
    }

    /** A window that is still open. */
    void addOpen(long time, double value, double low, double high, long weight) {
        open.add(stepped(time), value, low, high, weight);
    }

    /** Forgets the open windows; those that are still open will be added again. */
    void clearOpen() {
        open = new Rows(4);
    }

    /** The line with all that was added. */
    SeriesData settle() {
        if (pending.size > 0) {
            Rows rows = pending.ordered();
            pending = new Rows(16);
            int settled = data.settled();
            if (settled > 0 && rows.times[0] <= data.time(settled - 1)) {
                rows = Rows.of(data).with(rows).ordered();
                writer = new SeriesWriter(spacing);
            }
            rows.into(writer);
            data = writer.snapshot();
        }
        judgeSpacing();
        Rows tail = open.ordered();
        writer.provisional(tail.column(tail.times), tail.column(tail.values), tail.column(tail.lows), tail.column(tail.highs),
                tail.column(tail.weights));
        data = writer.snapshot();
        return data;
    }

    /** Forgets closed windows before a time, once they are so many that it pays. */
    void forget(long before) {
        int gone = Math.min(data.firstAtOrAfter(before), data.settled());
        if (gone > 4096 && gone > data.settled() - gone) {
            rebuild(Rows.of(data).after(gone));
        }
    }

    /**
     * A gap is where points are missing that should be there. Of a device that reports less often than a window is long,
     * windows are always missing: then what counts is a distance that only one pair of neighbours in twenty exceeds.
     */
    private void judgeSpacing() {
        int settled = data.settled();
        if (settled < judgedAt) {
            return;
        }
        judgedAt = settled * 2;
        int samples = Math.min(settled - 1, 511);
        long[] distances = new long[samples];
        for (int i = 0; i < samples; i++) {
            int at = (int) ((long) i * (settled - 1) / samples);
            distances[i] = data.time(at + 1) - data.time(at);
        }
        Arrays.sort(distances);
        long judged = Math.max(Math.max(window, step), distances[samples * 19 / 20]);
        if (judged != spacing) {
            spacing = judged;
            rebuild(Rows.of(data));
        }
    }

    private void rebuild(Rows rows) {
        writer = new SeriesWriter(spacing);
        rows.into(writer);
        data = writer.snapshot();
    }

    /** Growing columns of points. */
    private static final class Rows {
        private long[] times;
        private double[] values;
        private double[] lows;
        private double[] highs;
        private long[] weights;
        private int size;

        Rows(int capacity) {
            times = new long[capacity];
            values = new double[capacity];
            lows = new double[capacity];
            highs = new double[capacity];
            weights = new long[capacity];
        }

        static Rows of(SeriesData data) {
            Rows rows = new Rows(Math.max(1, data.settled()));
            for (int i = 0; i < data.settled(); i++) {
                rows.add(data.time(i), data.value(i), data.min(i), data.max(i), Math.max(1, data.count(i)));
            }
            return rows;
        }

        void add(long time, double value, double low, double high, long weight) {
            if (size == times.length) {
                int capacity = size * 2;
                times = Arrays.copyOf(times, capacity);
                values = Arrays.copyOf(values, capacity);
                lows = Arrays.copyOf(lows, capacity);
                highs = Arrays.copyOf(highs, capacity);
                weights = Arrays.copyOf(weights, capacity);
            }
            times[size] = time;
            values[size] = value;
            lows[size] = low;
            highs[size] = high;
            weights[size++] = weight;
        }

        Rows with(Rows others) {
            for (int i = 0; i < others.size; i++) {
                add(others.times[i], others.values[i], others.lows[i], others.highs[i], others.weights[i]);
            }
            return this;
        }

        Rows after(int first) {
            Rows rows = new Rows(Math.max(1, size - first));
            for (int i = first; i < size; i++) {
                rows.add(times[i], values[i], lows[i], highs[i], weights[i]);
            }
            return rows;
        }

        /** By ascending time, each time once. */
        Rows ordered() {
            boolean ascending = true;
            for (int i = 1; i < size && ascending; i++) {
                ascending = times[i] > times[i - 1];
            }
            if (ascending) {
                return this;
            }
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b]));
            Rows rows = new Rows(size);
            for (int i : order) {
                rows.merge(times[i], values[i], lows[i], highs[i], weights[i]);
            }
            return rows;
        }

        /** Adds a point, or brings it together with the one before if that is of the same time. */
        void merge(long time, double value, double low, double high, long weight) {
            int last = size - 1;
            if (last < 0 || times[last] != time) {
                add(time, value, low, high, weight);
                return;
            }
            long both = weights[last] + weight;
            values[last] = (values[last] * weights[last] + value * weight) / both;
            lows[last] = Math.min(lows[last], low);
            highs[last] = Math.max(highs[last], high);
            weights[last] = both;
        }

        void into(SeriesWriter writer) {
            for (int i = 0; i < size; i++) {
                writer.append(times[i], values[i], lows[i], highs[i], weights[i]);
            }
        }

        long[] column(long[] array) {
            return Arrays.copyOf(array, size);
        }

        double[] column(double[] array) {
            return Arrays.copyOf(array, size);
        }
    }
}
