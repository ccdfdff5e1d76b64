package dev.tidemark.ui.chart;

import dev.tidemark.ui.chart.MinMaxIndex.Summary;
import java.util.Arrays;

/**
 * The samples of one series at one moment: the settled ones, then a provisional tail (windows that are still open). Immutable and
 * safe to hand between threads; snapshots of one {@link SeriesWriter} share their arrays, so taking one costs nothing.
 *
 * <p>A sample is a time (µs UTC, strictly ascending), a value (usually an average), optionally the lowest and highest reading and
 * the number of readings behind it. A value that is not finite is a gap. Where two samples lie more than one and a half times the
 * {@linkplain #spacing() spacing} apart, a window is missing and the line is broken.
 */
public final class SeriesData {

    /** No samples. */
    public static final SeriesData EMPTY = new SeriesWriter(0).snapshot();

    private final long spacing;
    private final Samples settled;
    private final MinMaxIndex index;
    private final Samples tail;

    SeriesData(long spacing, Samples settled, MinMaxIndex index, Samples tail) {
        this.spacing = spacing;
        this.settled = settled;
        this.index = index;
        this.tail = tail;
    }

    /** Parallel columns; {@code min}, {@code max} and {@code count} may be null. Only the first {@code size} entries are meant. */
    record Samples(int size, long[] time, double[] value, double[] min, double[] max, long[] count) {

        static final Samples NONE = new Samples(0, new long[0], new double[0], null, null, null);

        int firstAtOrAfter(long micros, int from) {
            int at = Arrays.binarySearch(time, from, size, micros);
            return at < 0 ? -at - 1 : at;
        }
    }

    /**
     * A snapshot of whole columns, all of them settled. The arrays are taken over, not copied: do not write into them afterwards.
     *
     * @param spacing expected distance of samples in µs (the window's length), 0 if there is none
     * @param min     lowest reading of each sample, or null
     * @param max     highest reading of each sample, or null (exactly when {@code min} is)
     * @param count   readings behind each sample, or null
     * @throws IllegalArgumentException if lengths differ or the times do not ascend
     */
    public static SeriesData of(long spacing, long[] time, double[] value, double[] min, double[] max, long[] count) {
        int n = time.length;
        if (value.length != n || (min == null) != (max == null) || min != null && (min.length != n || max.length != n)
                || count != null && count.length != n) {
            throw new IllegalArgumentException("Cannot take columns of different lengths (expected " + n + " of each)");
        }
        MinMaxIndex index = MinMaxIndex.empty();
        for (int i = 0; i < n; i++) {
            if (i > 0 && time[i] <= time[i - 1]) {
                throw new IllegalArgumentException("Cannot take sample " + i + ": times must ascend (expected after "
                        + time[i - 1] + " µs, actual " + time[i] + " µs)");
            }
            if ((i + 1 & 15) == 0) {
                index.close(i + 1, value, min, max);
            }
        }
        return new SeriesData(spacing, new Samples(n, time, value, min, max, count), index, Samples.NONE);
    }

    /** Number of samples, the provisional ones included. */
    public int size() {
        return settled.size + tail.size;
    }

    /** Index of the first provisional sample; {@link #size()} if there is none. */
    public int settled() {
        return settled.size;
    }

    /** Expected distance of two samples in µs; 0 if there is none, and then only values that are not finite make gaps. */
    public long spacing() {
        return spacing;
    }

    /** Time of sample {@code i}, µs UTC. */
    public long time(int i) {
        return i < settled.size ? settled.time[i] : tail.time[i - settled.size];
    }

    /** Value of sample {@code i}; not finite if it is a gap. */
    public double value(int i) {
        return i < settled.size ? settled.value[i] : tail.value[i - settled.size];
    }

    /** Lowest reading of sample {@code i}; its value if that is not known. */
    public double min(int i) {
        Samples s = i < settled.size ? settled : tail;
        int at = i < settled.size ? i : i - settled.size;
        return s.min == null ? s.value[at] : s.min[at];
    }

    /** Highest reading of sample {@code i}; its value if that is not known. */
    public double max(int i) {
        Samples s = i < settled.size ? settled : tail;
        int at = i < settled.size ? i : i - settled.size;
        return s.max == null ? s.value[at] : s.max[at];
    }

    /** Readings behind sample {@code i}; -1 if that is not known. */
    public long count(int i) {
        Samples s = i < settled.size ? settled : tail;
        return s.count == null ? -1 : s.count[i < settled.size ? i : i - settled.size];
    }

    /** Whether samples carry a lowest and a highest reading. */
    public boolean hasEnvelope() {
        return settled.min != null || tail.min != null;
    }

    /** Index of the first sample at or after {@code micros}; {@link #size()} if there is none. */
    public int firstAtOrAfter(long micros) {
        return firstAtOrAfter(micros, 0);
    }

    /** As {@link #firstAtOrAfter(long)}, knowing that it is not before {@code from}: searches outwards from there. */
    int firstAtOrAfter(long micros, int from) {
        if (from >= settled.size) {
            return settled.size + tail.firstAtOrAfter(micros, from - settled.size);
        }
        int low = from;
        int step = 1;
        while (low + step < settled.size && settled.time[low + step] < micros) {
            low += step;
            step <<= 1;
        }
        int at = Arrays.binarySearch(settled.time, low, Math.min(low + step + 1, settled.size), micros);
        at = at < 0 ? -at - 1 : at;
        return at < settled.size ? at : settled.size + tail.firstAtOrAfter(micros, 0);
    }

    /** Whether nothing is missing between samples {@code i} and {@code i + 1}. */
    boolean joined(int i) {
        return Double.isFinite(value(i)) && Double.isFinite(value(i + 1))
                && (spacing <= 0 || time(i + 1) - time(i) <= spacing + spacing / 2);
    }

    /** Adds samples {@code [from, to)} to {@code summary}. */
    void addTo(Summary summary, int from, int to) {
        int end = Math.min(to, settled.size);
        if (from < end) {
            index.addTo(summary, from, end, settled.value, settled.min, settled.max);
        }
        for (int i = Math.max(from, settled.size); i < to; i++) {
            summary.add(value(i), min(i), max(i));
        }
    }
}
