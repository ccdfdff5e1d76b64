package dev.tidemark.ui.chart;

/**
 * A painted picture and the axes that belong to it, so that labels never run ahead of the lines.
 *
 * @param order      what was asked for
 * @param values     range of the value axis
 * @param ticks      of the time axis
 * @param empty      whether no sample lies in view
 * @param paintNanos time it took
 */
record Frame(PaintOrder order, ValueAxis.Range values, TimeTicks ticks, boolean empty, long paintNanos) {

    /** Vertical place of a value, in device pixels from the top. */
    double y(double value) {
        return ChartPainter.y(value, values, order.height());
    }
}
