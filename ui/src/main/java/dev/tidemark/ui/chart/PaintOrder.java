package dev.tidemark.ui.chart;

import java.util.List;

/**
 * Everything a picture of a plot depends on. Immutable; two equal orders give the same pixels, apart from the value axis' memory.
 *
 * @param columns the range of time and the width in device pixels
 * @param height  in device pixels
 * @param scale   device pixels a logical pixel
 * @param lines   what is drawn, the first on top
 * @param palette its colours
 */
record PaintOrder(Columns columns, int height, double scale, List<Line> lines, List<Limit> limits, List<Mark> marks,
                  ChartPalette palette) {

    /**
     * One visible series.
     *
     * @param filled whether the area below is tinted
     */
    record Line(Series series, SeriesData data, boolean filled) { }

    /** Whether the operator changed what is shown since {@code before}: other series, a closer or wider view, another size. */
    boolean refits(PaintOrder before) {
        return before == null || columns.micros() != before.columns.micros() || columns.count() != before.columns.count()
                || lines.size() != before.lines.size()
                || !lines.stream().map(Line::series).toList().equals(before.lines.stream().map(Line::series).toList());
    }
}
