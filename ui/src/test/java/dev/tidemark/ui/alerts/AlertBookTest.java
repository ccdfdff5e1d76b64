package dev.tidemark.ui.alerts;

import org.junit.jupiter.api.Test;

import java.util.List;

import static dev.tidemark.ui.alerts.Told.act;
import static dev.tidemark.ui.alerts.Told.at;
import static dev.tidemark.ui.alerts.Told.changed;
import static dev.tidemark.ui.alerts.Told.cleared;
import static dev.tidemark.ui.alerts.Told.raised;
import static dev.tidemark.ui.chart.Severity.CRITICAL;
import static dev.tidemark.ui.chart.Severity.HIGH;
import static org.assertj.core.api.Assertions.assertThat;

class AlertBookTest {

    private final AlertBook book = new AlertBook();

    private Alert only(double minute) {
        List<Alert> alerts = book.alerts(at(minute));
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private AlertState state(double minute) {
        return only(minute).state();
    }

    @Test
    void what_was_raised_is_unacknowledged() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        assertThat(state(1)).isEqualTo(AlertState.UNACKNOWLEDGED);
        assertThat(only(1).active()).isTrue();
        assertThat(only(1).cleared()).isEqualTo(Act.NEVER);
    }

    @Test
    void an_acknowledged_alert_stays_open_until_it_is_cleared_and_then_is_over() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1));
        assertThat(state(2)).isEqualTo(AlertState.ACKNOWLEDGED);
        book.add(cleared("e1", "oven-1", HIGH, 3));
        assertThat(state(4)).isEqualTo(AlertState.NORMAL);
    }

    @Test
    void what_cleared_before_anybody_saw_it_waits_to_be_acknowledged() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(cleared("e1", "oven-1", HIGH, 3));
        assertThat(state(4)).isEqualTo(AlertState.RETURNED);
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 5));
        assertThat(state(6)).isEqualTo(AlertState.NORMAL);
    }

    @Test
    void acknowledging_one_episode_says_nothing_about_the_next() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1));
        book.add(cleared("e1", "oven-1", HIGH, 3));
        book.add(raised("e2", "oven-1", HIGH, 5));
        assertThat(book.alerts(at(6))).extracting(Alert::state).containsExactly(AlertState.NORMAL, AlertState.UNACKNOWLEDGED);
    }

    @Test
    void a_value_that_runs_away_at_the_same_severity_stays_acknowledged() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1));
        book.add(changed("e1", "oven-1", HIGH, 2));
        assertThat(state(3)).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(only(3).message()).contains("118");
    }

    @Test
    void what_became_more_severe_since_has_to_be_acknowledged_again() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1));
        book.add(changed("e1", "oven-1", CRITICAL, 2));
        assertThat(state(3)).isEqualTo(AlertState.UNACKNOWLEDGED);
        assertThat(only(3).severity()).isEqualTo(CRITICAL);
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 4));
        assertThat(state(5)).isEqualTo(AlertState.ACKNOWLEDGED);
    }

    @Test
    void a_shelved_alert_comes_back_by_itself_as_it_was() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 1, at(16), ""));
        assertThat(state(15.9)).isEqualTo(AlertState.SHELVED);
        assertThat(only(2).shelvedUntil()).isEqualTo(at(16));
        assertThat(book.nextChange(at(2))).isEqualTo(at(16));
        assertThat(state(16)).isEqualTo(AlertState.UNACKNOWLEDGED);
        assertThat(book.nextChange(at(16))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shelving_holds_for_what_the_alarm_raises_meanwhile() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 1, at(61), ""));
        book.add(cleared("e1", "oven-1", HIGH, 3));
        book.add(raised("e2", "oven-1", HIGH, 5));
        book.add(raised("e3", "oven-2", HIGH, 5));
        assertThat(book.alerts(at(6))).extracting(Alert::state)
                .containsExactly(AlertState.SHELVED, AlertState.SHELVED, AlertState.UNACKNOWLEDGED);
    }

    @Test
    void unshelving_ends_it_at_once_and_shelving_again_moves_its_end() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 1, at(16), ""));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 2, at(60), ""));
        assertThat(state(20)).isEqualTo(AlertState.SHELVED);
        book.add(act(Act.Kind.UNSHELVE, "e1", "oven-1", 21));
        assertThat(state(22)).isEqualTo(AlertState.UNACKNOWLEDGED);
    }

    @Test
    void out_of_service_has_no_end_and_goes_before_shelving() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 1, at(16), ""));
        book.add(act(Act.Kind.OUT_OF_SERVICE, "e1", "oven-1", 2, Act.NEVER, "belt is being changed"));
        assertThat(state(5)).isEqualTo(AlertState.OUT_OF_SERVICE);
        assertThat(state(60 * 24 * 30)).isEqualTo(AlertState.OUT_OF_SERVICE);
        book.add(act(Act.Kind.IN_SERVICE, "e1", "oven-1", 10));
        assertThat(state(11)).isEqualTo(AlertState.SHELVED);
    }

    @Test
    void an_alert_acknowledged_while_shelved_is_acknowledged_afterwards() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 1, at(16), ""));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 2));
        assertThat(state(3)).isEqualTo(AlertState.SHELVED);
        assertThat(state(17)).isEqualTo(AlertState.ACKNOWLEDGED);
    }

    @Test
    void what_is_over_is_not_shelved_any_more() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1));
        book.add(cleared("e1", "oven-1", HIGH, 2));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 3, at(60), ""));
        assertThat(state(4)).isEqualTo(AlertState.NORMAL);
    }

    @Test
    void a_comment_changes_no_state_and_is_part_of_the_story() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(act(Act.Kind.COMMENT, "e1", "oven-1", 1, Act.NEVER, "called maintenance"));
        assertThat(state(2)).isEqualTo(AlertState.UNACKNOWLEDGED);
        assertThat(only(2).acts()).extracting(Act::comment).containsExactly("called maintenance");
    }

    @Test
    void the_order_and_number_of_times_in_which_things_become_known_do_not_matter() {
        Act acknowledged = act(Act.Kind.ACKNOWLEDGE, "e1", "oven-1", 1);
        book.add(act(Act.Kind.UNSHELVE, "e1", "oven-1", 3));
        book.add(acknowledged);
        book.add(cleared("e1", "oven-1", HIGH, 5));
        book.add(act(Act.Kind.SHELVE, "e1", "oven-1", 2, at(60), ""));
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(acknowledged);
        assertThat(state(6)).isEqualTo(AlertState.NORMAL);
        assertThat(only(6).first().value()).isEqualTo(104);
        assertThat(only(6).last().value()).isEqualTo(97);
        assertThat(only(6).acts()).extracting(Act::kind).containsExactly(Act.Kind.ACKNOWLEDGE, Act.Kind.SHELVE, Act.Kind.UNSHELVE);
    }

    @Test
    void an_alert_whose_beginning_is_not_known_is_shown_from_what_is() {
        book.add(changed("e1", "oven-1", HIGH, 2));
        assertThat(state(3)).isEqualTo(AlertState.UNACKNOWLEDGED);
    }

    @Test
    void history_is_forgotten_and_what_is_active_never() {
        book.add(raised("e1", "oven-1", HIGH, 0));
        book.add(raised("e2", "oven-2", HIGH, 0));
        book.add(cleared("e2", "oven-2", HIGH, 1));
        book.add(raised("e3", "oven-3", HIGH, 0));
        book.add(cleared("e3", "oven-3", HIGH, 30));
        book.forget(at(10));
        assertThat(book.alerts(at(40))).extracting(Alert::id).containsExactly("e1", "e3");
    }
}
