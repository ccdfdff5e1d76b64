package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static dev.tidemark.ui.alerts.Told.act;
import static dev.tidemark.ui.alerts.Told.at;
import static dev.tidemark.ui.alerts.Told.cleared;
import static dev.tidemark.ui.alerts.Told.raised;
import static org.assertj.core.api.Assertions.assertThat;

class AlertLineTest {

    private final AlertBook book = new AlertBook();

    private List<AlertLine> lines(AlertFilter filter, AlertLine.Grouping grouping, Set<String> opened) {
        List<Alert> alerts = book.alerts(at(100));
        return AlertLine.of(alerts, filter, grouping, Floods.of(alerts.stream().mapToLong(alert -> alert.first().told()).toArray()), opened);
    }

    private List<String> ids(AlertFilter filter) {
        return lines(filter, AlertLine.Grouping.NONE, Set.of()).stream().map(AlertLine::key).toList();
    }

    @Test
    void what_wants_attention_stands_first() {
        book.add(raised("low", "a", Severity.LOW, 3));
        book.add(raised("critical-seen", "b", Severity.CRITICAL, 1));
        book.add(act(Act.Kind.ACKNOWLEDGE, "critical-seen", "b", 2));
        book.add(raised("high-old", "c", Severity.HIGH, 1));
        book.add(raised("high-new", "d", Severity.HIGH, 2));
        book.add(raised("returned", "e", Severity.CRITICAL, 1));
        book.add(cleared("returned", "e", Severity.CRITICAL, 2));
        assertThat(ids(AlertFilter.OPEN)).containsExactly("high-new", "high-old", "low", "returned", "critical-seen");
    }

    @Test
    void a_filter_chooses_by_state_severity_and_words() {
        book.add(raised("one", "oven-1", Severity.HIGH, 1));
        book.add(raised("two", "oven-2", Severity.LOW, 2));
        book.add(act(Act.Kind.SHELVE, "two", "oven-2", 3, at(1000), "noisy sensor"));
        book.add(raised("three", "pump-1", Severity.HIGH, 2));
        book.add(act(Act.Kind.ACKNOWLEDGE, "three", "pump-1", 3));
        assertThat(ids(AlertFilter.OPEN)).containsExactly("one", "three");
        assertThat(ids(AlertFilter.OPEN.withShow(AlertFilter.Show.UNACKNOWLEDGED))).containsExactly("one");
        assertThat(ids(AlertFilter.OPEN.withShow(AlertFilter.Show.SUPPRESSED))).containsExactly("two");
        assertThat(ids(AlertFilter.OPEN.withShow(AlertFilter.Show.ALL).with(Severity.HIGH, false))).containsExactly("two");
        assertThat(ids(AlertFilter.OPEN.withText("OVEN too-hot"))).containsExactly("one");
        assertThat(ids(AlertFilter.OPEN.withText("oven pump"))).isEmpty();
        assertThat(ids(AlertFilter.OPEN.withShow(AlertFilter.Show.ALL).withText("noisy"))).containsExactly("two");
    }

    @Test
    void groups_stand_by_their_worst_alert_and_then_by_name() {
        book.add(raised("one", "oven-2", Severity.LOW, 1));
        book.add(raised("two", "oven-1", Severity.LOW, 2));
        book.add(raised("three", "pump-1", Severity.HIGH, 3));
        List<AlertLine> lines = lines(AlertFilter.OPEN, AlertLine.Grouping.DEVICE, Set.of());
        assertThat(lines).extracting(AlertLine::key).containsExactly("group:DEVICE:pump-1", "three", "group:DEVICE:oven-1", "two", "group:DEVICE:oven-2", "one");
        assertThat(lines(AlertFilter.OPEN, AlertLine.Grouping.LOCATION, Set.of()).get(0).alerts()).hasSize(3);
    }

    @Test
    void a_flood_is_one_line_that_opens_and_hides_nothing_critical() {
        for (int i = 0; i < 30; i++) {
            book.add(raised("e" + i, "oven-" + i, Severity.MEDIUM, i * 0.1));
        }
        book.add(raised("fire", "oven-1", Severity.CRITICAL, 1));
        book.add(raised("later", "oven-1", Severity.LOW, 50));
        List<AlertLine> lines = lines(AlertFilter.OPEN, AlertLine.Grouping.NONE, Set.of());
        assertThat(lines).extracting(AlertLine::key).containsExactly("fire", "flood:" + at(0), "later");
        assertThat(lines.get(1).alerts()).hasSize(30);
        assertThat(lines(AlertFilter.OPEN, AlertLine.Grouping.NONE, Set.of("flood:" + at(0)))).hasSize(33);
    }

    @Test
    void a_flood_of_which_little_is_left_is_not_collapsed_any_more() {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            book.add(raised("e" + i, "oven-" + i, Severity.MEDIUM, i * 0.1));
            if (i < 10) {
                book.add(act(Act.Kind.SHELVE, "e" + i, "oven-" + i, 20, at(1000), ""));
            } else {
                left.add("e" + i);
            }
        }
        assertThat(ids(AlertFilter.OPEN)).containsExactlyInAnyOrderElementsOf(left);
    }
}
