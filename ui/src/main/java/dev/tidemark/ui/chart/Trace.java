package dev.tidemark.ui.chart;

import dev.tidemark.ui.chart.MinMaxIndex.Summary;
import java.util.Arrays;

/**
 * One series reduced to the columns of a plot: where a column holds one sample, the sample itself at its exact place; where it
 * holds several, their mean in the middle of the column with lowest and highest. One more sample on either side lets the line run
 * out of the plot. Reused from frame to frame; for one thread.
 */
final class Trace {

    /** Number of vertices. */
    int size;
    /** Horizontal place in device pixels. */
    double[] x = new double[64];
    /** Sample or mean. */
    double[] value = new double[64];
    double[] low = new double[64];
    double[] high = new double[64];
    /** Samples behind the vertex. */
    int[] samples = new int[64];
    /** Whether nothing is missing between the vertex and the one before. */
    boolean[] joined = new boolean[64];
    /** Whether the newest sample behind the vertex is provisional. */
    boolean[] provisional = new boolean[64];
    /** Whether lowest and highest differ anywhere. */
    boolean enveloped;

    private final Summary summary = new Summary();

    void reduce(SeriesData data, Columns columns) {
        size = 0;
        enveloped = false;
        int n = data.size();
        int i = data.firstAtOrAfter(columns.start(0));
        boolean joins = false;
        if (i > 0) {
            joins = add(data, columns, i - 1, i, false) && i < n && data.joined(i - 1);
        }
        long end = columns.start(columns.count());
        while (i < n && data.time(i) < end) {
            int next = data.firstAtOrAfter(columns.start(columns.column(data.time(i)) + 1), i);
            add(data, columns, i, next, joins);
            joins = next < n && data.joined(next - 1);
            i = next;
        }
        if (i < n) {
            add(data, columns, i, i + 1, joins);
        }
    }

    /** Whether most columns hold several samples. */
    boolean dense() {
        long behind = 0;
        for (int v = 0; v < size; v++) {
            behind += samples[v];
        }
        return behind > 2L * size;
    }

    /** Lowest value in view, the line's ends at the borders included; above {@link #highest} if there is none. */
    double lowest(int width) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int v = 0; v < size; v++) {
            if (x[v] >= 0 && x[v] <= width) {
                lowest = Math.min(lowest, low[v]);
            }
        }
        return Math.min(lowest, Math.min(crossing(0, Double.POSITIVE_INFINITY), crossing(width, Double.POSITIVE_INFINITY)));
    }

    /** Highest value in view, the line's ends at the borders included. */
    double highest(int width) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < size; v++) {
            if (x[v] >= 0 && x[v] <= width) {
                highest = Math.max(highest, high[v]);
            }
        }
        return Math.max(highest, Math.max(crossing(0, Double.NEGATIVE_INFINITY), crossing(width, Double.NEGATIVE_INFINITY)));
    }

    private double crossing(double at, double none) {
        int v = at == 0 ? 1 : size - 1;
        if (v < 1 || v >= size || !joined[v] || x[v - 1] >= at || x[v] <= at) {
            return none;
        }
        return value[v - 1] + (value[v] - value[v - 1]) * (at - x[v - 1]) / (x[v] - x[v - 1]);
    }

    private boolean add(SeriesData data, Columns columns, int from, int to, boolean joins) {
        summary.clear();
        data.addTo(summary, from, to);
        if (summary.valid == 0) {
            return false;
        }
        if (size == x.length) {
            grow();
        }
        long time = data.time(from);
        x[size] = to - from == 1 ? columns.x(time) : columns.column(time) + 0.5;
        value[size] = summary.mean();
        low[size] = summary.low;
        high[size] = summary.high;
        samples[size] = summary.valid;
        joined[size] = joins && size > 0;
        provisional[size] = to > data.settled();
        enveloped |= summary.low < summary.high;
        size++;
        return true;
    }

    private void grow() {
        int capacity = size * 2;
        x = Arrays.copyOf(x, capacity);
        value = Arrays.copyOf(value, capacity);
        low = Arrays.copyOf(low, capacity);
        high = Arrays.copyOf(high, capacity);
        samples = Arrays.copyOf(samples, capacity);
        joined = Arrays.copyOf(joined, capacity);
        provisional = Arrays.copyOf(provisional, capacity);
    }
}
