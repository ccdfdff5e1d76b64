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

    /** Horizontal place of an instant, in device pixels from the left. */
    double x(long time) {
        return (time - start(0)) / micros;
    }

    /** The instant at a horizontal place, in device pixels from the left. */
    long time(double x) {
        return start(0) + Math.round(x * micros);
    }

    /** What is shown. */
    TimeRange range() {
        return TimeRange.near(start(0), start(count));
    }
}
