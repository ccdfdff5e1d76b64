package dev.tidemark.ui.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class MicrosTest {

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-21T10:00:00.123456Z", "1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
    void a_time_is_the_same_there_and_back_in_every_year_that_a_table_can_hold(String text) {
        Instant time = Instant.parse(text);
        assertThat(Micros.instant(Micros.of(time))).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1.000001S", "PT-0.5S", "P999999D"})
    void a_length_of_time_is_the_same_there_and_back(String text) {
        Duration length = Duration.parse(text);
        assertThat(Micros.duration(Micros.of(length))).isEqualTo(length);
    }
}
