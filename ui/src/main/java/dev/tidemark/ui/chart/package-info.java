/**
 * The trend chart: decimation and painting off the FX thread into a pixel buffer, blitted at the pulse; axes, crosshair, zoom history.
 *
 * <p>A reading's last steps go {@link dev.tidemark.ui.chart.SeriesWriter} → {@link dev.tidemark.ui.chart.SeriesData} (an immutable
 * snapshot) → one column a pixel → coverage → pixels. All charts share one painting thread; the FX thread only swaps buffers and
 * moves labels. All times are microseconds since 1970-01-01T00:00Z.
 */
package dev.tidemark.ui.chart;
