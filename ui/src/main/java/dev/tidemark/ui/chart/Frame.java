package dev.tidemark.ui.chart;

/**
 * A painted picture and the axes that belong to it, so that labels never run ahead of the lines.
 *
 * @param order      what was asked for
 * @param values     range of the value axis
 * @param scaled     whether data have ever given the value axis its range; otherwise its ticks mean nothing
 * @param loose      whether the value axis will shrink if nothing else happens
 * @param ticks      of the time axis
 * @param empty      whether no sample lies in view
 * @param paintNanos time it took
 */
record Frame(PaintOrder order, ValueAxis.Range values, boolean scaled, boolean loose, TimeTicks ticks, boolean empty, long paintNanos) {

    /** Vertical place of a value, in device pixels from the top. */
    double y(double value) {
        return ChartPainter.y(value, values, order.height());
    }

    /** The value at a vertical place, in device pixels from the top. */
    double value(double y) {
        return values.high() - y / order.height() * (values.high() - values.low());
    }
}
