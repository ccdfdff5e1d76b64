package dev.tidemark.stream.window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"250ms,250000", "10s,10000000", "5m,300000000", "1h,3600000000", "2d,172800000000", "0s,0"})
    void a_number_and_a_unit_is_a_time_span(String text, long micros) {
        assertThat(TimeSpan.parse(text).micros()).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource({"90s,90s", "60s,1m", "120m,2h", "1500ms,1500ms", "0s,0ms", "48h,2d"})
    void it_is_written_in_the_largest_unit_that_fits(String text, String written) {
        assertThat(TimeSpan.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "1 s", "1S", "10y", "9999999999999s"})
    void anything_else_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected");
    }

    @Test
    void a_span_that_no_window_needs_is_refused() {
        assertThatThrownBy(() -> TimeSpan.parse("999999999999d")).hasMessageContaining("at most 3660d");
    }
}
