package dev.tidemark.ui.chart;

/**
 * The columns of pixels of a plot, laid on an absolute grid of time: a sample belongs to the same column in every frame while the
 * span stays, however the view slides. Without that, lowest and highest of a column would change from frame to frame and dense
 * lines would shimmer.
 *
 * @param first number of the leftmost column since 1970
 * @param micros µs a column
 * @param count  columns, which is the width in device pixels
 */
record Columns(long first, double micros, int count) {

    /** The columns of a range over so many device pixels; the range moves by less than a pixel. */
    static Columns of(TimeRange range, int count) {
        double micros = (double) range.span() / count;
        return new Columns((long) Math.floor(range.from() / micros), micros, count);
    }

    /** First instant of column {@code c}. */
    long start(int c) {
        return (long) Math.ceil((first + c) * micros);
    }

    /** The column that holds an instant; below 0 or from {@link #count} on if it is out of view. */
    int column(long time) {
        int c = (int) Math.max(Integer.MIN_VALUE + 1, Math.min(Integer.MAX_VALUE - 1, Math.floor(x(time))));
        // Rounding may put an instant at a border on the wrong side of it.
        return start(c) > time ? c - 1 : start(c + 1) <= time ? c + 1 : c;
    }

    /** Horizontal place of an instant, in device pixels from the left. */
    double x(long time) {
        return (time - first * micros) / micros;
    }

    /** The instant at a horizontal place, in device pixels from the left. */
    long time(double x) {
        return Math.round((first + x) * micros);
    }

    /** What is shown. */
    TimeRange range() {
        return TimeRange.near(start(0), start(count));
    }
}
