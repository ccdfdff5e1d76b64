package dev.tidemark.ui.chart;

/**
 * A range of time, {@code [from, to)}, in microseconds UTC; at least {@link #SHORTEST} long and within the years 1 to 9999.
 *
 * @param from first instant
 * @param to   end, exclusive
 */
public record TimeRange(long from, long to) {

    /** A millisecond: below, microsecond times leave nothing to see. */
    public static final long SHORTEST = 1_000;
    private static final long EARLIEST = -62_135_596_800_000_000L;
    private static final long LATEST = 253_402_300_800_000_000L;

    /** @throws IllegalArgumentException if it is shorter than {@link #SHORTEST} or leaves the years 1 to 9999 */
    public TimeRange {
        if (from < EARLIEST || to > LATEST || to - from < SHORTEST) {
            throw new IllegalArgumentException("Cannot show a time range of " + from + " to " + to
                    + " µs (expected at least " + SHORTEST + " µs within the years 1 to 9999)");
        }
    }

    /** The range nearest to {@code [from, to)} that is allowed: widened around its middle, or moved back into the years 1 to 9999. */
    public static TimeRange near(double from, double to) {
        double span = Math.min(Math.max(to - from, SHORTEST), (double) LATEST - EARLIEST);
        double start = (from + to - span) / 2;
        long width = (long) span;
        long first = (long) Math.min(Math.max(start, EARLIEST), LATEST - span);
        first = Math.max(EARLIEST, Math.min(first, LATEST - width));
        return new TimeRange(first, first + width);
    }

    /** Length in microseconds. */
    public long span() {
        return to - from;
    }

    /** Whether the instant lies within. */
    public boolean contains(long micros) {
        return micros >= from && micros < to;
    }

    /** This range moved by {@code micros}; stops at the years 1 and 9999 and keeps its length. */
    public TimeRange shifted(double micros) {
        long first = (long) Math.max(EARLIEST, Math.min((double) from + micros, (double) LATEST - span()));
        first = Math.max(EARLIEST, Math.min(first, LATEST - span()));
        return new TimeRange(first, first + span());
    }

    /** This range scaled by {@code factor} (below 1 is closer), with {@code anchor} staying where it is on the screen. */
    public TimeRange scaled(double factor, long anchor) {
        double left = (double) (anchor - from) * factor;
        double right = (double) (to - anchor) * factor;
        if (left + right < SHORTEST) {
            double share = span() == 0 ? 0.5 : (double) (anchor - from) / span();
            left = SHORTEST * share;
            right = SHORTEST - left;
        }
        return near(anchor - left, anchor + right);
    }
}
