package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static dev.tidemark.ui.alerts.Told.act;
import static dev.tidemark.ui.alerts.Told.at;
import static dev.tidemark.ui.alerts.Told.raised;
import static org.assertj.core.api.Assertions.assertThat;

class AlertListTest {

    private static final Severity[] SEVERITIES = Severity.values();

    private final AlertList list = new AlertList();
    private final List<String> heard = new ArrayList<>();

    private static AlertBoard board(List<Alert> alerts) {
        return new AlertBoard(alerts, List.of(), AlarmFigures.of(alerts, at(0), at(100)), at(100));
    }

    private static List<Alert> alerts(int count) {
        AlertBook book = new AlertBook();
        for (int i = 0; i < count; i++) {
            book.add(raised("alert-" + i, "device-" + i, SEVERITIES[i % SEVERITIES.length], i * 0.001));
        }
        return book.alerts(at(100));
    }

    private void listen() {
        list.lines().addListener((ListChangeListener<AlertLine>) change -> {
            while (change.next()) {
                heard.add((change.wasReplaced() ? "replaced " : change.wasAdded() ? "added " : "removed ") + change.getList().size());
            }
        });
    }

    private List<String> keys() {
        return list.lines().stream().map(AlertLine::key).toList();
    }

    private static List<String> wanted(List<Alert> alerts, AlertFilter filter) {
        return AlertLine.of(alerts, filter, AlertLine.Grouping.NONE, List.of(), Collections.emptySet()).stream().map(AlertLine::key).toList();
    }

    @Test
    void thousands_of_new_alerts_are_one_change() {
        listen();
        List<Alert> many = alerts(5_000);
        list.show(board(many));
        assertThat(keys()).isEqualTo(wanted(many, AlertFilter.OPEN));
        assertThat(heard).containsExactly("added 5000");
    }

    @Test
    void an_alert_that_moves_down_leaves_all_others_where_they_are() {
        AlertBook book = new AlertBook();
        for (int i = 0; i < 50; i++) {
            book.add(raised("alert-" + i, "device-" + i, Severity.HIGH, i));
        }
        list.show(board(book.alerts(at(100))));
        String first = keys().get(0);
        listen();
        book.add(act(Act.Kind.ACKNOWLEDGE, first, "device-49", 60));
        list.show(board(book.alerts(at(100))));
        assertThat(keys().get(49)).isEqualTo(first);
        assertThat(heard).containsExactly("removed 49", "added 50");
    }

    @Test
    void whatever_was_shown_before_the_lines_are_those_of_the_board() {
        Random random = new Random(7);
        List<Alert> all = alerts(120);
        AlertFilter[] filters = {AlertFilter.OPEN, AlertFilter.OPEN.withShow(AlertFilter.Show.UNACKNOWLEDGED), AlertFilter.OPEN.withShow(AlertFilter.Show.SUPPRESSED)};
        for (int i = 0; i < 300; i++) {
            List<Alert> some = all.stream().filter(alert -> random.nextBoolean()).toList();
            AlertFilter filter = filters[random.nextInt(filters.length)];
            list.filterProperty().set(filter);
            list.groupingProperty().set(random.nextInt(4) == 0 ? AlertLine.Grouping.values()[random.nextInt(AlertLine.Grouping.values().length)] : AlertLine.Grouping.NONE);
            list.show(board(some));
            assertThat(keys()).isEqualTo(AlertLine.of(some, filter, list.groupingProperty().get(), List.of(), Collections.emptySet()).stream().map(AlertLine::key).toList());
        }
    }
}
