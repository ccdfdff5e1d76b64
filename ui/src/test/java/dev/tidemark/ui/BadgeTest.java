package dev.tidemark.ui;

import dev.tidemark.ui.live.Standing.Absence;
import dev.tidemark.ui.live.Standing.State;
import dev.tidemark.ui.travel.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class BadgeTest {

    private static Badge shown(Position position, long newer) {
        return Badge.of(State.SHOWN, Absence.NO_LAKE, true, false, position, 18391, newer);
    }

    @Test
    void the_newest_version_is_live_and_nothing_abnormal() {
        assertThat(shown(Position.LIVE, 0)).isEqualTo(new Badge("LIVE", ""));
    }

    @Test
    void what_is_not_the_newest_says_what_it_is_instead() {
        assertThat(shown(Position.HELD, 0)).isEqualTo(new Badge("PAUSED", "abnormal"));
        assertThat(shown(Position.HELD, 1_200)).isEqualTo(new Badge("PAUSED \u00b7 1\u2009200 newer", "abnormal"));
        assertThat(shown(new Position.At(18391), 3)).isEqualTo(new Badge("AS OF v\u200918\u2009391", "abnormal"));
    }

    @Test
    void a_table_that_is_read_for_the_first_time_is_being_read_and_faded() {
        assertThat(Badge.of(State.LOADING, Absence.NO_LAKE, false, false, Position.LIVE, 0, 0)).isEqualTo(new Badge("READING", "idle"));
        assertThat(Badge.of(State.NOTHING, Absence.OPENING, false, false, Position.LIVE, 0, 0)).isEqualTo(new Badge("READING", "idle"));
    }

    @Test
    void a_table_that_is_read_again_stays_what_it_is_because_what_is_shown_stays() {
        assertThat(Badge.of(State.LOADING, Absence.NO_LAKE, true, false, Position.LIVE, 7, 0)).isEqualTo(new Badge("LIVE", ""));
        assertThat(Badge.of(State.NO_DATA_IN_RANGE, Absence.NO_LAKE, true, false, new Position.At(7), 7, 0).text()).isEqualTo("AS OF v\u20097");
    }

    @ParameterizedTest
    @EnumSource(names = {"VANISHED", "CANNOT_READ"})
    void a_table_that_is_lost_is_never_called_live_not_even_while_its_last_figures_are_kept(State lost) {
        for (boolean shown : new boolean[] {true, false}) {
            assertThat(Badge.of(lost, Absence.NO_LAKE, shown, false, Position.LIVE, 7, 0)).isEqualTo(new Badge("NOT CONNECTED", "abnormal"));
        }
    }

    @ParameterizedTest
    @CsvSource({"NO_LAKE, NOT CONNECTED, idle", "UNDRAWABLE, NO CHARTS, idle", "CANNOT_OPEN, NOT CONNECTED, abnormal", "OPENING, READING, idle"})
    void without_a_table_it_says_whether_something_is_wrong(Absence absence, String text, String style) {
        assertThat(Badge.of(State.NOTHING, absence, false, false, Position.LIVE, 0, 0)).isEqualTo(new Badge(text, style));
    }

    @Test
    void a_lake_without_tables_waits_for_them() {
        assertThat(Badge.of(State.NOTHING, Absence.WAITING, false, false, Position.LIVE, 0, 0)).isEqualTo(new Badge("WAITING", "idle"));
    }

    @Test
    void a_table_that_cannot_be_drawn_is_neither_waited_for_nor_unconnected() {
        assertThat(Badge.of(State.CANNOT_READ, Absence.UNDRAWABLE, false, false, Position.LIVE, 0, 0).text()).isEqualTo("NO CHARTS");
    }

    @Test
    void a_table_that_nobody_writes_to_any_more_is_at_rest_and_not_live_but_its_past_is_told_as_any_other() {
        assertThat(Badge.of(State.SHOWN, Absence.NO_LAKE, true, true, Position.LIVE, 5, 0)).isEqualTo(new Badge("AT REST", "idle"));
        assertThat(Badge.of(State.SHOWN, Absence.NO_LAKE, true, true, new Position.At(3), 3, 0).text()).isEqualTo("AS OF v\u20093");
    }
}
