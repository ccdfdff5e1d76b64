package dev.tidemark.ui.chart;

import java.util.Arrays;

/**
 * Lowest, highest, sum and number of valid samples over blocks of 16 and of 256, so that a column of pixels costs tens of steps
 * however many samples lie behind it. Blocks are written once, when their last sample comes, and never again: a snapshot that
 * holds the arrays and its own length may be read while the writer goes on.
 */
final class MinMaxIndex {

    static final int SHIFT = 4;
    private static final int BLOCK = 1 << SHIFT;

    private Level fine = new Level(4);
    private Level coarse = new Level(1);

    private MinMaxIndex() { }

    static MinMaxIndex empty() {
        return new MinMaxIndex();
    }

    /** The same contents; blocks added to one are not seen by the other. */
    MinMaxIndex view() {
        MinMaxIndex view = new MinMaxIndex();
        view.fine = fine;
        view.coarse = coarse;
        return view;
    }

    /** Takes over the block that ends at sample {@code end} (exclusive, a multiple of 16). */
    void close(int end, double[] value, double[] min, double[] max) {
        Summary summary = new Summary();
        for (int i = end - BLOCK; i < end; i++) {
            summary.add(value[i], min == null ? value[i] : min[i], max == null ? value[i] : max[i]);
        }
        fine = fine.set((end >> SHIFT) - 1, summary);
        if ((end & (BLOCK * BLOCK - 1)) == 0) {
            Summary large = new Summary();
            int first = (end >> SHIFT) - BLOCK;
            for (int b = first; b < first + BLOCK; b++) {
                fine.addTo(large, b);
            }
            coarse = coarse.set((end >> 2 * SHIFT) - 1, large);
        }
    }

    /** Adds samples {@code [from, to)} to {@code summary}; every full block in it must have been closed. */
    void addTo(Summary summary, int from, int to, double[] value, double[] min, double[] max) {
        int i = from;
        while (i < to) {
            if ((i & (BLOCK * BLOCK - 1)) == 0 && to - i >= BLOCK * BLOCK) {
                coarse.addTo(summary, i >> 2 * SHIFT);
                i += BLOCK * BLOCK;
            } else if ((i & (BLOCK - 1)) == 0 && to - i >= BLOCK) {
                fine.addTo(summary, i >> SHIFT);
                i += BLOCK;
            } else {
                summary.add(value[i], min == null ? value[i] : min[i], max == null ? value[i] : max[i]);
                i++;
            }
        }
    }

    /** What is known of a run of samples. Not thread-safe. */
    static final class Summary {
        double low;
        double high;
        double sum;
        int valid;

        Summary() {
            clear();
        }

        void clear() {
            low = Double.POSITIVE_INFINITY;
            high = Double.NEGATIVE_INFINITY;
            sum = 0;
            valid = 0;
        }

        void add(double value, double min, double max) {
            if (Double.isFinite(value)) {
                low = Math.min(low, Double.isFinite(min) ? Math.min(min, value) : value);
                high = Math.max(high, Double.isFinite(max) ? Math.max(max, value) : value);
                sum += value;
                valid++;
            }
        }

        double mean() {
            return sum / valid;
        }
    }

    private record Level(double[] low, double[] high, double[] sum, int[] valid) {

        Level(int capacity) {
            this(new double[capacity], new double[capacity], new double[capacity], new int[capacity]);
        }

        Level set(int block, Summary s) {
            Level level = this;
            if (block >= low.length) {
                int capacity = low.length * 2;
                level = new Level(Arrays.copyOf(low, capacity), Arrays.copyOf(high, capacity),
                        Arrays.copyOf(sum, capacity), Arrays.copyOf(valid, capacity));
            }
            level.low[block] = s.low;
            level.high[block] = s.high;
            level.sum[block] = s.sum;
            level.valid[block] = s.valid;
            return level;
        }

        void addTo(Summary s, int block) {
            s.low = Math.min(s.low, low[block]);
            s.high = Math.max(s.high, high[block]);
            s.sum += sum[block];
            s.valid += valid[block];
        }
    }
}
