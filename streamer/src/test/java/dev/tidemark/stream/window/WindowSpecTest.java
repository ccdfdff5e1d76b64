package dev.tidemark.stream.window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WindowSpecTest {

    @Test
    void a_length_is_a_tumbling_window() {
        assertThat(WindowSpec.parse("5m")).isEqualTo(new WindowSpec("5m", WindowSpec.Kind.TUMBLING, 300_000_000L, 300_000_000L));
    }

    @Test
    void a_length_and_a_step_is_a_sliding_window() {
        assertThat(WindowSpec.parse("5m/1m")).isEqualTo(new WindowSpec("5m/1m", WindowSpec.Kind.SLIDING, 300_000_000L, 60_000_000L));
    }

    @Test
    void a_gap_is_a_session() {
        assertThat(WindowSpec.parse("session-10m")).isEqualTo(new WindowSpec("session-10m", WindowSpec.Kind.SESSION, 600_000_000L, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "0s", "1m/", "/1m", "1m/5m", "session-", "session-x", "1m/0s"})
    void anything_else_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> WindowSpec.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected").hasMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1m,  2016-01-11T17:30:00Z,        2016-01-11T17:30:00Z",
        "1m,  2016-01-11T17:30:59.999999Z, 2016-01-11T17:30:00Z",
        "1h,  2016-01-11T17:59:59.999999Z, 2016-01-11T17:00:00Z",
        "7m,  1970-01-01T00:06:59Z,        1970-01-01T00:00:00Z",
        "5m,  1969-12-31T23:59:59.999999Z, 1969-12-31T23:55:00Z",
        "1h,  1969-12-31T23:00:00Z,        1969-12-31T23:00:00Z",
        "7m,  1969-12-31T23:53:00Z,        1969-12-31T23:53:00Z",
        "1d,  1960-02-29T12:00:00Z,        1960-02-29T00:00:00Z"})
    void windows_are_aligned_to_1970_before_it_too(String window, Instant time, Instant start) {
        assertThat(WindowSpec.parse(window).latestStart(micros(time))).isEqualTo(micros(start));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
