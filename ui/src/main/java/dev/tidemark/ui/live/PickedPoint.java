package dev.tidemark.ui.live;

/**
 * A point of a chart that the operator has clicked.
 *
 * @param asked       what the charts showed
 * @param version     of the table
 * @param series      its key
 * @param time        in microseconds since 1970-01-01T00:00Z
 * @param samples     how many points of the table are drawn as this one; more than one where the chart is zoomed out
 * @param provisional whether its window is still open
 */
public record PickedPoint(Asked asked, long version, String measure, String series, String label, long time, double value, int samples, boolean provisional) {
}
