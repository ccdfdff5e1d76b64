package dev.tidemark.ui.chart;

/**
 * Chooses the range of the value axis so that it is easy to read and does not jump: it grows at once, and shrinks only when the
 * data have needed much less for a while. For one thread.
 */
final class ValueAxis {

    /** Data that need less than this part of the range let it shrink. */
    private static final double WORTH_SHRINKING = 0.6;
    private static final long SHRINK_AFTER_NANOS = 4_000_000_000L;
    /** Beyond, sums and differences overflow; no sensor goes there. */
    private static final double LARGEST = 1e300;

    /**
     * A range whose ends are multiples of its step.
     *
     * @param step distance of two ticks, 1, 2 or 5 times a power of ten
     */
    record Range(double low, double high, double step) {

        int ticks() {
            return (int) Math.round((high - low) / step) + 1;
        }

        double tick(int i) {
            double value = (Math.round(low / step) + i) * step;
            return Math.abs(value) < step / 2 ? 0 : value;
        }
    }

    private Range range;
    private int intervals;
    private long looseSince = Long.MIN_VALUE;

    /**
     * The range to show.
     *
     * @param low       lowest value in view
     * @param high      highest value in view; below {@code low} if there is none, which keeps the range as it is
     * @param intervals most distances between ticks that there is room for
     * @param finest    no two ticks are closer than that; 0 for as close as they need be
     * @param refit     whether the operator changed what is shown: then the range fits at once
     * @param nanos     now, of a clock that never goes back
     */
    Range fit(double low, double high, int intervals, double finest, boolean refit, long nanos) {
        if (low > high) {
            return range == null ? nice(0, 1, intervals, finest, true) : range;
        }
        double bottom = Math.max(low, -LARGEST);
        double top = Math.min(high, LARGEST);
        Range wanted = nice(bottom, top, intervals, finest, true);
        if (range == null || refit || intervals != this.intervals) {
            range = wanted;
            looseSince = Long.MIN_VALUE;
        } else if (bottom < range.low || top > range.high) {
            range = nice(Math.min(bottom, range.low), Math.max(top, range.high), intervals, finest, false);
            looseSince = Long.MIN_VALUE;
        } else if (wanted.high - wanted.low > WORTH_SHRINKING * (range.high - range.low)) {
            looseSince = Long.MIN_VALUE;
        } else if (looseSince == Long.MIN_VALUE) {
            looseSince = nanos;
        } else if (nanos - looseSince >= SHRINK_AFTER_NANOS) {
            range = wanted;
            looseSince = Long.MIN_VALUE;
        }
        this.intervals = intervals;
        return range;
    }

    /** Whether data have ever given it a range. */
    boolean isFitted() {
        return range != null;
    }

    /** Whether it waits to shrink, and so wants to be asked again later. */
    boolean isLoose() {
        return looseSince != Long.MIN_VALUE;
    }

    static Range nice(double low, double high, int intervals) {
        return nice(low, high, intervals, 0, true);
    }

    private static Range nice(double low, double high, int intervals, double finest, boolean roomy) {
        double span = high - low;
        if (span <= Math.max(Math.abs(low), Math.abs(high)) * 1e-12) {
            double pad = low == 0 ? 1 : Math.abs(low) * 0.05;
            return nice(low - pad, high + pad, intervals, finest, false);
        }
        double pad = roomy ? span * 0.03 : 0;
        double bottom = low >= 0 && (low - pad < 0 || low <= span / 2) ? 0 : low - pad;
        double top = high <= 0 && (high + pad > 0 || -high <= span / 2) ? 0 : high + pad;
        double step = Math.max(finest, stepAbove((top - bottom) / Math.max(1, intervals) * (1 - 1e-9)));
        while (Math.ceil(top / step - 1e-9) - Math.floor(bottom / step + 1e-9) > Math.max(1, intervals)
                && step < LARGEST) {
            step = stepAbove(step * 1.5);
            if (intervals <= 1 && bottom < 0 && top > 0) {
                break;
            }
        }
        return new Range(Math.floor(bottom / step + 1e-9) * step, Math.ceil(top / step - 1e-9) * step, step);
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below {@code wanted}. */
    static double stepAbove(double wanted) {
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double lead = wanted / power;
        double step = lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10;
        return step * power;
    }
}
