package dev.tidemark.stream.alert.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.alert.AlertState;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What is told: one change of an alert, or a summary of many. Immutable.
 *
 * @param key     the same whenever the same is told again: by it a receiver knows what it has already
 * @param subject a line
 * @param text    some lines
 * @param json    all of it, for programs
 */
public record Notice(String key, String subject, String text, String json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of one change. */
    static Notice of(AlertRow row) {
        String key = row.alertId() + "-" + row.sequence();
        String subject = (row.state() == AlertState.CLEARED ? "Cleared" : row.severity().toString().toUpperCase(Locale.ROOT)) + ": " + row.message();
        StringBuilder text = new StringBuilder(row.message()).append('\n');
        line(text, "State", row.state());
        line(text, "Severity", row.severity());
        line(text, "Device", row.deviceId());
        line(text, "Location", row.location());
        line(text, "Measure", row.measure());
        line(text, "Time", time(row.eventTime()));
        line(text, "Rule", row.rule());
        line(text, "Alert", row.alertId());
        ObjectNode json = JSON.createObjectNode().put("idempotency_key", key).put("type", "alert").put("alert_id", row.alertId()).put("sequence", row.sequence())
                .put("rule", row.rule()).put("kind", row.kind().toString()).put("severity", row.severity().toString()).put("state", row.state().toString())
                .put("device_id", row.deviceId()).put("location", row.location()).put("measure", row.measure()).put("value", number(row.value()))
                .put("limit", number(row.limit())).put("message", row.message()).put("event_time", time(row.eventTime())).put("raised_at", time(row.raisedAt()));
        return new Notice(key, oneLine(subject), text.toString(), json.toString());
    }

    /** Of more changes than anybody would read. */
    static Notice of(Pending pending) {
        String key = "summary-" + pending.from() + "-" + pending.through();
        String subject = pending.total() + " changes of alerts: " + pending.raised() + " raised, " + pending.cleared() + " cleared";
        StringBuilder text = new StringBuilder(subject).append('\n');
        ObjectNode json = JSON.createObjectNode().put("idempotency_key", key).put("type", "summary").put("changes", pending.total())
                .put("raised", pending.raised()).put("cleared", pending.cleared()).put("message", subject).put("raised_at", time(pending.through()));
        ObjectNode kinds = json.putObject("raised_by_kind");
        pending.kinds().forEach((kind, count) -> {
            line(text, kind, count);
            kinds.put(kind, count);
        });
        text.append("The first of them:\n");
        pending.first().stream().limit(5).forEach(row -> line(text, row.severity().toString(), row.message()));
        text.append("All are in gold/alerts.\n");
        return new Notice(key, subject, text.toString(), json.toString());
    }

    private static void line(StringBuilder text, String name, Object value) {
        if (value != null) {
            text.append(name).append(": ").append(oneLine(value.toString())).append('\n');
        }
    }

    /** Devices choose their names: none may begin another header or line. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
