package dev.tidemark.ui.live;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ActivityTest {

    private static final long MINUTE = 60_000_000L;
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private final Activity activity = new Activity(MINUTE);

    private void minute(String device, int minute, long count) {
        activity.closed(device, minute * MINUTE, count, (minute + 1) * MINUTE - 1);
    }

    @Test
    void counts_of_all_devices_and_measures_make_the_rate() {
        minute("a", 0, 60);
        minute("b", 0, 40);
        minute("a", 1, 50);
        assertThat(activity.now(TWO_MINUTES).perMinute()).containsExactly(100, 50);
    }

    @Test
    void a_window_shorter_than_a_minute_is_told_by_the_minute() {
        Activity tens = new Activity(MINUTE / 6);
        tens.closed("a", 0, 10, 1);
        assertThat(tens.now(TWO_MINUTES).perMinute()).containsExactly(60);
    }

    @Test
    void a_minute_without_a_window_counts_nothing() {
        minute("a", 0, 60);
        minute("a", 2, 60);
        assertThat(activity.now(TWO_MINUTES).perMinute()).containsExactly(60, 0, 60);
    }

    @Test
    void what_is_older_than_an_hour_no_longer_counts() {
        minute("old", 0, 60);
        minute("a", 100, 60);
        assertThat(activity.now(TWO_MINUTES).perMinute()).containsExactly(60);
        assertThat(activity.now(TWO_MINUTES).devices()).isEqualTo(1);
    }

    @Test
    void a_device_not_heard_for_two_minutes_while_others_go_on_is_silent() {
        minute("a", 0, 60);
        minute("b", 0, 60);
        minute("b", 5, 60);
        Activity.Figures figures = activity.now(TWO_MINUTES);
        assertThat(figures.devices()).isEqualTo(2);
        assertThat(figures.silent()).containsExactly("a");
    }

    @Test
    void an_event_in_an_open_window_breaks_the_silence() {
        minute("a", 0, 60);
        minute("b", 5, 60);
        activity.heard("a", 6 * MINUTE);
        assertThat(activity.now(TWO_MINUTES).silent()).isEmpty();
    }

    @Test
    void when_all_have_stopped_none_is_silent_for_then_it_is_not_the_sensors() {
        minute("a", 0, 60);
        minute("b", 0, 60);
        assertThat(activity.now(TWO_MINUTES).silent()).isEmpty();
    }

    @Test
    void nothing_heard_is_no_device_and_no_rate() {
        Activity.Figures figures = activity.now(TWO_MINUTES);
        assertThat(figures.devices()).isZero();
        assertThat(figures.perMinute()).isEmpty();
        assertThat(figures.newest()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void a_row_costs_the_same_however_many_devices_there_are() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            // Looks at every device would be eighteen billion.
            for (int minute = 0; minute < 20; minute++) {
                for (int device = 0; device < 30_000; device++) {
                    minute("device-" + device, minute, 60);
                }
            }
        });
        assertThat(activity.now(TWO_MINUTES).devices()).isEqualTo(30_000);
    }
}
