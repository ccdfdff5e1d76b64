package dev.tidemark.ui.chart;

import dev.tidemark.ui.chart.SeriesData.Samples;
import java.util.Arrays;

/**
 * Gathers the samples of one series and publishes snapshots of them. Appending costs amortised constant time, a snapshot constant
 * time; snapshots share the writer's arrays. For one thread at a time; the snapshots are for any.
 */
public final class SeriesWriter {

    private final long spacing;
    private final MinMaxIndex index = MinMaxIndex.empty();
    private long[] time = new long[64];
    private double[] value = new double[64];
    private double[] min;
    private double[] max;
    private long[] count;
    private int size;
    private Samples tail = Samples.NONE;

    /** @param spacing expected distance of samples in µs (the window's length), 0 if there is none */
    public SeriesWriter(long spacing) {
        this.spacing = spacing;
    }

    /**
     * Adds a settled sample without an envelope.
     *
     * @throws IllegalArgumentException if the time is not after the last settled sample's
     */
    public void append(long micros, double value) {
        append(micros, value, Double.NaN, Double.NaN, -1);
    }

    /**
     * Adds a settled sample. Provisional samples up to its time are dropped: it takes their place.
     *
     * @param micros time in µs UTC
     * @param value  its value, usually an average; not finite for a gap
     * @param min    lowest reading, NaN if not known
     * @param max    highest reading, NaN if not known
     * @param count  readings behind it, -1 if not known
     * @throws IllegalArgumentException if the time is not after the last settled sample's
     */
    public void append(long micros, double value, double min, double max, long count) {
        if (size > 0 && micros <= time[size - 1]) {
            throw new IllegalArgumentException("Cannot append a sample: times must ascend (expected after "
                    + time[size - 1] + " µs, actual " + micros + " µs)");
        }
        reserve(!Double.isNaN(min) && !Double.isNaN(max), count >= 0);
        time[size] = micros;
        this.value[size] = value;
        if (this.min != null) {
            this.min[size] = Double.isNaN(min) ? value : min;
            this.max[size] = Double.isNaN(max) ? value : max;
        }
        if (this.count != null) {
            this.count[size] = count;
        }
        size++;
        if ((size & 15) == 0) {
            index.close(size, this.value, this.min, this.max);
        }
    }

    /**
     * Replaces the provisional tail. Samples that are not after the last settled one are left out: what is settled wins.
     * The arrays are copied.
     *
     * @param min   lowest readings, or null
     * @param max   highest readings, or null (exactly when {@code min} is)
     * @param count readings behind each, or null
     * @throws IllegalArgumentException if the times do not ascend
     */
    public void provisional(long[] time, double[] value, double[] min, double[] max, long[] count) {
        for (int i = 1; i < time.length; i++) {
            if (time[i] <= time[i - 1]) {
                throw new IllegalArgumentException("Cannot take provisional sample " + i + ": times must ascend (expected after "
                        + time[i - 1] + " µs, actual " + time[i] + " µs)");
            }
        }
        tail = after(new Samples(time.length, time, value, min, max, count), size == 0 ? Long.MIN_VALUE : this.time[size - 1]);
    }

    /** What has been gathered so far. */
    public SeriesData snapshot() {
        if (size > 0 && tail.size() > 0 && tail.time()[0] <= time[size - 1]) {
            tail = after(tail, time[size - 1]);
        }
        return new SeriesData(spacing, new Samples(size, time, value, min, max, count), index.view(), tail);
    }

    private static Samples after(Samples s, long micros) {
        int from = 0;
        while (from < s.size() && s.time()[from] <= micros) {
            from++;
        }
        int to = s.size();
        return from == to ? Samples.NONE : new Samples(to - from, Arrays.copyOfRange(s.time(), from, to),
                Arrays.copyOfRange(s.value(), from, to), s.min() == null ? null : Arrays.copyOfRange(s.min(), from, to),
                s.max() == null ? null : Arrays.copyOfRange(s.max(), from, to),
                s.count() == null ? null : Arrays.copyOfRange(s.count(), from, to));
    }

    private void reserve(boolean envelope, boolean counted) {
        if (size == time.length) {
            int capacity = size + (size >> 1);
            time = Arrays.copyOf(time, capacity);
            value = Arrays.copyOf(value, capacity);
            min = min == null ? null : Arrays.copyOf(min, capacity);
            max = max == null ? null : Arrays.copyOf(max, capacity);
            count = count == null ? null : Arrays.copyOf(count, capacity);
        }
        if (envelope && min == null) {
            min = Arrays.copyOf(value, value.length);
            max = Arrays.copyOf(value, value.length);
        }
        if (counted && count == null) {
            count = new long[time.length];
            Arrays.fill(count, 0, size, -1);
        }
    }
}
