package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.alert.AlertReader;
import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.alert.AlertState;
import dev.tidemark.stream.alert.Alerts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The alerts of {@code gold/alerts} that are not cleared. The order of the rows does not matter; in memory are those that are open, and the ids of the others. */
final class OpenAlerts {

    private final Map<String, Alerts.Open> open = new HashMap<>();
    private final Set<String> cleared = new HashSet<>();

    private OpenAlerts() {
    }

    /** Of a version of the table; in the order in which they were raised. */
    static List<Alerts.Open> read(Snapshot snapshot) {
        OpenAlerts alerts = new OpenAlerts();
        Scan.of(snapshot).cache(new ColumnCache(0)).columns(AlertReader.COLUMNS).read(alerts::take);
        return alerts.open.values().stream().sorted((a, b) -> {
            int byTime = Long.compare(a.first().raisedAt(), b.first().raisedAt());
            return byTime != 0 ? byTime : a.first().alertId().compareTo(b.first().alertId());
        }).toList();
    }

    private void take(Batch batch) {
        AlertReader reader = new AlertReader(batch);
        for (int i = 0; i < batch.rows(); i++) {
            if (cleared.contains(reader.id(i))) {
                continue;
            }
            AlertRow row = reader.row(i);
            if (row.state() == AlertState.CLEARED) {
                open.remove(row.alertId());
                cleared.add(row.alertId());
            } else {
                open.merge(row.alertId(), new Alerts.Open(row, row), (a, b) -> new Alerts.Open(a.first().sequence() <= row.sequence() ? a.first() : row,
                        a.last().sequence() >= row.sequence() ? a.last() : row));
            }
        }
    }
}
