package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;

/** Changes of alerts as rows of {@code gold/alerts}. */
final class AlertRows {

    private AlertRows() {
    }

    static void write(Rows rows, AlertRow row) {
        rows.setString(0, row.alertId());
        rows.setString(1, row.rule());
        rows.setString(2, row.kind().toString());
        rows.setString(3, row.severity().toString());
        rows.setString(4, row.state().toString());
        rows.setString(5, row.deviceId());
        rows.setString(6, row.location());
        rows.setString(7, row.measure());
        number(rows, 8, row.value());
        number(rows, 9, row.limit());
        rows.setString(10, row.message());
        rows.setLong(11, row.eventTime());
        rows.setLong(12, row.raisedAt());
        rows.setLong(13, row.sequence());
        rows.setLong(14, LakeTables.day(row.eventTime()));
        rows.end();
    }

    private static void number(Rows rows, int column, double value) {
        if (value == value) {
            rows.setDouble(column, value);
        }
    }
}
