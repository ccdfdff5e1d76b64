package dev.tidemark.stream.alert;

import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.util.List;
import java.util.Locale;

/** Changes of alerts back from rows of {@code gold/alerts}. Not thread-safe. */
public final class AlertReader {

    /** The columns that a scan must bring. */
    public static final List<String> COLUMNS = List.of("alert_id", "rule", "kind", "severity", "state", "device_id", "location", "measure", "value", "limit",
            "message", "event_time", "raised_at", "sequence");

    private final Batch batch;
    private final Column.Strings id;

    /** @param batch with {@link #COLUMNS} */
    public AlertReader(Batch batch) {
        this.batch = batch;
        this.id = batch.strings("alert_id");
    }

    /** The alert of a row. */
    public String id(int row) {
        return id.get(row);
    }

    /** The change in a row. */
    public AlertRow row(int row) {
        return new AlertRow(id.get(row), text("rule", row), AlertKind.valueOf(upper("kind", row)), Severity.parse(text("severity", row)),
                AlertState.valueOf(upper("state", row)), text("device_id", row), text("location", row), text("measure", row), number("value", row),
                number("limit", row), text("message", row), batch.longs("event_time").values()[row], batch.longs("raised_at").values()[row],
                batch.longs("sequence").values()[row]);
    }

    private String text(String column, int row) {
        return batch.strings(column).get(row);
    }

    private String upper(String column, int row) {
        return text(column, row).toUpperCase(Locale.ROOT);
    }

    private double number(String column, int row) {
        return batch.column(column).isNull(row) ? Double.NaN : ((Column.Doubles) batch.column(column)).values()[row];
    }
}
