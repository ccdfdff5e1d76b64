package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

/**
 * One row of {@code gold/alerts}: one change of one alert. Times are microseconds since 1970-01-01T00:00Z.
 *
 * @param alertId   the same for all changes of one alert
 * @param sequence  0 for the first, then counting up
 * @param kind      what the rule is about, as the table has it: {@code threshold}, {@code missing_data} …
 * @param step      what happened
 * @param location  "" if unknown
 * @param value     what was measured; NaN if there is no number to it
 * @param limit     what it should not have passed; NaN if there is no number to it
 * @param message   a sentence for the operator
 * @param eventTime when it happened, by the devices' clocks
 * @param told      when it was found and written
 */
public record AlertChange(String alertId, long sequence, AlarmKey alarm, String kind, Severity severity, Step step, String location,
                          double value, double limit, String message, long eventTime, long told) {

    /** What happened to an alert. */
    public enum Step { RAISED, CHANGED, CLEARED }
}
