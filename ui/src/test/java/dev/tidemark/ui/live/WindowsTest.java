package dev.tidemark.ui.live;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WindowsTest {

    @Test
    void windows_are_ordered_by_length_with_sliding_ones_and_sessions_behind() {
        assertThat(Windows.ordered(List.of("1h", "session-10m", "5m/1m", "10s", "odd", "1m", "5m")))
                .containsExactly("10s", "1m", "5m", "1h", "5m/1m", "odd", "session-10m");
    }

    @Test
    void a_stretch_is_drawn_with_the_shortest_window_that_a_screen_can_show() {
        List<String> names = List.of("10s", "1m", "5m", "1h", "5m/1m", "session-10m");
        assertThat(Windows.suiting(names, Duration.ofMinutes(15))).contains("10s");
        assertThat(Windows.suiting(names, Duration.ofHours(24))).contains("1m");
        assertThat(Windows.suiting(names, Duration.ofDays(7))).contains("5m");
        assertThat(Windows.suiting(names, Duration.ofDays(30))).contains("1h");
        assertThat(Windows.suiting(names, Duration.ofDays(3650))).contains("1h");
    }

    @Test
    void without_tumbling_windows_any_will_do() {
        assertThat(Windows.suiting(List.of("session-10m"), Duration.ofHours(1))).contains("session-10m");
        assertThat(Windows.suiting(List.of(), Duration.ofHours(1))).isEmpty();
    }

    @Test
    void the_step_of_a_sliding_window_is_how_far_its_points_lie_apart() {
        assertThat(Windows.step("5m/1m")).contains(Duration.ofMinutes(1));
        assertThat(Windows.length("5m/1m")).contains(Duration.ofMinutes(5));
        assertThat(Windows.step("session-10m")).isEmpty();
        assertThat(Windows.length("whatever")).isEmpty();
    }

    @Test
    void names_are_spelled_for_people() {
        assertThat(Windows.spelled("10s").replace('\u2009', ' ')).isEqualTo("10 s");
        assertThat(Windows.spelled("5m/1m").replace('\u2009', ' ')).isEqualTo("5 min every 1 min");
        assertThat(Windows.spelled("session-10m").replace('\u2009', ' ')).isEqualTo("sessions, 10 min apart");
        assertThat(Windows.spelled("odd")).isEqualTo("odd");
    }
}
