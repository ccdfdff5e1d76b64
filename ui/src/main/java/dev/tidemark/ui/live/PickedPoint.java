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
 * @param span        for how long rows are brought together in this point, in microseconds, where there are too many to hold each; 0 if it is of one moment
 */
public record PickedPoint(Asked asked, long version, String measure, String series, String label, long time, double value, int samples, boolean provisional, long span) {

    /** A point of one moment. */
    public PickedPoint(Asked asked, long version, String measure, String series, String label, long time, double value, int samples, boolean provisional) {
        this(asked, version, measure, series, label, time, value, samples, provisional, 0);
    }

    /** A row that is part of this point, as a point of its own. */
    public PickedPoint row(long at, double of) {
        return new PickedPoint(asked, version, measure, series, label, at, of, 1, provisional, 0);
    }
}
