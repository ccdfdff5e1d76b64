package dev.tidemark.ui.chart;

/**
 * What was clicked on a chart.
 *
 * @param time        of the sample, or of the first of those that are drawn there, µs UTC
 * @param samples     how many are drawn there
 * @param provisional whether it may still change
 */
public record PickedReading(Series series, long time, double value, int samples, boolean provisional) {
}
