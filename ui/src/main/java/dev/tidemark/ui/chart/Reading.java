package dev.tidemark.ui.chart;

import dev.tidemark.ui.chart.MinMaxIndex.Summary;

/**
 * What a series says at an instant: the sample nearest to it, or the mean of all samples in its column of pixels where that holds
 * several — always what is drawn there.
 *
 * @param time        of the sample, or of the first in the column, µs UTC
 * @param count       readings behind the sample, -1 if not known; of a column, -1
 * @param samples     samples in the column
 * @param provisional whether it may still change
 */
record Reading(long time, double value, double min, double max, long count, int samples, boolean provisional) {

    /**
     * The reading at {@code micros}; null if there is none near: farther than {@code reach} pixels and than three quarters of the
     * spacing, or in a gap.
     */
    static Reading at(SeriesData data, Columns columns, long micros, double reach) {
        if (data.size() == 0) {
            return null;
        }
        int column = columns.column(micros);
        int from = data.firstAtOrAfter(columns.start(column));
        int to = data.firstAtOrAfter(columns.start(column + 1), from);
        if (to - from > 1) {
            Summary summary = new Summary();
            data.addTo(summary, from, to);
            return summary.valid == 0 ? null : new Reading(data.time(from), summary.mean(), summary.low, summary.high, -1,
                    summary.valid, to > data.settled());
        }
        int after = data.firstAtOrAfter(micros);
        int i = after == data.size() || after > 0 && micros - data.time(after - 1) <= data.time(after) - micros ? after - 1 : after;
        double distance = Math.abs(data.time(i) - micros);
        if (distance > reach * columns.micros() && distance > data.spacing() * 0.75 || !Double.isFinite(data.value(i))) {
            return null;
        }
        return new Reading(data.time(i), data.value(i), data.min(i), data.max(i), data.count(i), 1, i >= data.settled());
    }

    /** Whether there is more to say than the value. */
    boolean hasEnvelope() {
        return min < max;
    }
}
