package dev.tidemark.stream.alert;

/**
 * A row of {@code gold/alerts}: one change of one alert. Times are microseconds since 1970-01-01T00:00Z.
 *
 * @param alertId   the same for all rows of one episode; made from rule, device, location, measure and the beginning, so that a replay gives the same
 * @param rule      name of the rule
 * @param kind      what the rule is about
 * @param severity  how soon somebody must act
 * @param state     what happened
 * @param deviceId  the device, never null; for {@code schema_drift} the one that was first
 * @param location  null if unknown
 * @param measure   the measure, {@code status}, or the column of {@code schema_drift}; null for {@code missing_data}
 * @param value     what was measured; NaN if there is no number to it
 * @param limit     what it should not have passed; NaN if there is no number to it
 * @param message   a sentence for the operator
 * @param eventTime when it happened by the devices' clocks
 * @param raisedAt  {@code ingested_at} of the batch in which it was found
 * @param sequence  0 for the first row of the episode, then counting up
 */
public record AlertRow(String alertId, String rule, AlertKind kind, Severity severity, AlertState state, String deviceId, String location, String measure,
                       double value, double limit, String message, long eventTime, long raisedAt, long sequence) {
}
