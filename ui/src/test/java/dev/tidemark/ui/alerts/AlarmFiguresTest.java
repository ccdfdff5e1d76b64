package dev.tidemark.ui.alerts;

import dev.tidemark.ui.alerts.AlarmFigures.Verdict;
import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;

import static dev.tidemark.ui.alerts.Told.act;
import static dev.tidemark.ui.alerts.Told.at;
import static dev.tidemark.ui.alerts.Told.cleared;
import static dev.tidemark.ui.alerts.Told.raised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AlarmFiguresTest {

    private static final double DAY = 24 * 60;

    private final AlertBook book = new AlertBook();

    private AlarmFigures figures(double from, double to) {
        return AlarmFigures.of(book.alerts(at(to)), at(from), at(to));
    }

    private void steadily(int count, double minutes, Severity severity) {
        for (int i = 0; i < count; i++) {
            book.add(raised(severity + "-" + i, "oven-" + i % 3, severity, i * minutes));
            book.add(cleared(severity + "-" + i, "oven-" + i % 3, severity, i * minutes + 1));
        }
    }

    @Test
    void one_in_ten_minutes_all_day_is_acceptable() {
        steadily(144, 10, Severity.LOW);
        AlarmFigures day = figures(0, DAY);
        assertThat(day.raised()).isEqualTo(144);
        assertThat(day.perTenMinutes()).isCloseTo(1, within(1e-9));
        assertThat(day.perHour()).isCloseTo(6, within(1e-9));
        assertThat(day.rate()).isEqualTo(Verdict.GOOD);
        assertThat(day.floodShare()).isZero();
    }

    @Test
    void two_are_manageable_and_more_are_too_many() {
        steadily(200, 5, Severity.LOW);
        assertThat(figures(0, 1000).rate()).isEqualTo(Verdict.WATCH);
        assertThat(figures(0, 900).rate()).isEqualTo(Verdict.WATCH);
        steadily(1000, 1, Severity.MEDIUM);
        assertThat(figures(0, 1000).rate()).isEqualTo(Verdict.BAD);
    }

    @Test
    void a_flood_is_measured_by_its_time_and_its_peak() {
        steadily(60, 0.1, Severity.LOW);
        AlarmFigures day = figures(-DAY, 94);
        assertThat(day.peak()).isEqualTo(60);
        assertThat(day.peaks()).isEqualTo(Verdict.BAD);
        assertThat(day.floodShare()).isCloseTo(10.0 / 94, within(1e-9));
        assertThat(day.flood()).isEqualTo(Verdict.BAD);
    }

    @Test
    void a_table_that_begins_later_is_measured_from_there() {
        steadily(12, 10, Severity.LOW);
        assertThat(figures(-7 * DAY, 120).hours()).isCloseTo(2, within(1e-9));
        assertThat(figures(-7 * DAY, 120).perTenMinutes()).isCloseTo(1, within(1e-9));
    }

    @Test
    void an_hour_that_is_told_at_once_is_no_flood_of_now() {
        for (int i = 0; i < 12; i++) {
            book.add(Told.late(raised("r" + i, "oven-1", Severity.LOW, i * 10), 120));
        }
        AlarmFigures figures = figures(-DAY, 120.5);
        assertThat(figures.hours()).isCloseTo(120.5 / 60, within(1e-9));
        assertThat(figures.peak()).isEqualTo(1);
        assertThat(figures.rate()).isEqualTo(Verdict.GOOD);
        assertThat(figures.floodShare()).isZero();
        assertThat(AlertBoard.of(book, at(120.5), at(DAY) - at(0)).floods()).isEmpty();
    }

    @Test
    void a_device_whose_clock_is_ahead_is_counted_when_it_was_told() {
        book.add(Told.late(raised("ahead", "oven-1", Severity.LOW, 300), 100));
        assertThat(figures(0, 120).raised()).isEqualTo(1);
    }

    @Test
    void standing_is_what_is_active_for_more_than_a_day_and_not_hidden() {
        book.add(raised("old", "oven-1", Severity.LOW, 0));
        book.add(raised("hidden", "oven-2", Severity.LOW, 0));
        book.add(act(Act.Kind.OUT_OF_SERVICE, "hidden", "oven-2", 1));
        book.add(raised("new", "oven-3", Severity.LOW, DAY));
        assertThat(figures(0, DAY + 1).standing()).isEqualTo(1);
        assertThat(figures(0, DAY + 1).stale()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void the_mix_of_priorities_is_judged_by_what_is_urgent() {
        steadily(80, 1, Severity.LOW);
        steadily(15, 1, Severity.MEDIUM);
        steadily(5, 1, Severity.HIGH);
        AlarmFigures well = figures(0, 100);
        assertThat(well.share(Severity.LOW)).isCloseTo(0.8, within(1e-9));
        assertThat(well.share(Severity.HIGH)).isCloseTo(0.05, within(1e-9));
        assertThat(well.priorities()).isEqualTo(Verdict.GOOD);
        steadily(100, 1, Severity.CRITICAL);
        assertThat(figures(0, 100).priorities()).isEqualTo(Verdict.BAD);
    }

    @Test
    void the_alarms_that_raise_most_are_named_first() {
        steadily(10, 1, Severity.LOW);
        assertThat(figures(0, 60).frequent()).extracting(often -> often.alarm().device()).containsExactly("oven-0", "oven-1", "oven-2");
        assertThat(figures(0, 60).frequent()).extracting(AlarmFigures.Often::raised).containsExactly(4, 3, 3);
    }

    @Test
    void a_quiet_plant_has_no_figures_to_worry_about() {
        AlarmFigures none = figures(0, 60);
        assertThat(none.raised()).isZero();
        assertThat(none.rate()).isEqualTo(Verdict.GOOD);
        assertThat(none.priorities()).isEqualTo(Verdict.GOOD);
        assertThat(none.frequent()).isEmpty();
    }
}
