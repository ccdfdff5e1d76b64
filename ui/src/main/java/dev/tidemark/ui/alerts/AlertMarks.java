package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Limit;
import dev.tidemark.ui.chart.Mark;
import dev.tidemark.ui.live.Annotations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alerts as they are drawn over the trends: a mark from raised to cleared, and the limits that were passed. Pure. */
final class AlertMarks {

    /** More marks on one chart tell nothing any more; the newest are kept. */
    private static final int MOST_MARKS = 120;
    private static final int MOST_LIMITS = 3;

    private AlertMarks() {
    }

    /**
     * What is drawn over each measure.
     *
     * @param selected id of the alert that stands out
     */
    static Map<String, Annotations> of(AlertBoard board, String selected) {
        Map<String, List<Alert>> measures = new HashMap<>();
        for (Alert alert : board.alerts()) {
            if (!alert.alarm().measure().isEmpty()) {
                measures.computeIfAbsent(alert.alarm().measure(), name -> new ArrayList<>()).add(alert);
            }
        }
        Map<String, Annotations> annotations = new HashMap<>();
        measures.forEach((measure, alerts) -> annotations.put(measure, annotate(alerts, selected, board.at())));
        return annotations;
    }

    private static Annotations annotate(List<Alert> alerts, String selected, long now) {
        List<Alert> newest = alerts.stream().filter(alert -> !alert.state().isSuppressed() || alert.id().equals(selected))
                .sorted(Comparator.comparing((Alert alert) -> alert.id().equals(selected)).thenComparing(Alert::raised).reversed()).limit(MOST_MARKS).toList();
        List<Mark> marks = new ArrayList<>();
        Map<String, Limit> limits = new LinkedHashMap<>();
        for (Alert alert : newest) {
            boolean standsOut = alert.id().equals(selected);
            long end = alert.active() ? Math.max(alert.raised(), now) : Math.max(alert.raised(), alert.cleared());
            marks.add(new Mark(alert.raised(), end, alert.message(), alert.severity(), standsOut));
            if (alert.kind().equals("threshold") && !Double.isNaN(alert.limit()) && (alert.active() || standsOut) && limits.size() < MOST_LIMITS) {
                limits.putIfAbsent(alert.alarm().rule() + alert.limit(), new Limit(alert.alarm().rule(), alert.limit(), alert.severity()));
            }
        }
        return new Annotations(List.copyOf(limits.values()), marks);
    }
}
