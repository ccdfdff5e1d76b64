package dev.tidemark.stream.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionTest {

    @ParameterizedTest
    @CsvSource({"30 days,PT720H", "interval 1 week,PT168H", "INTERVAL 1 day 12 hours,PT36H", "30d,PT720H", "90 minutes,PT90M", "interval 5 milliseconds,PT0.005S", "2w,PT336H", "1 hour,PT1H"})
    void spans_are_read_as_people_and_delta_write_them(String text, Duration span) {
        assertThat(Retention.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "30", "days", "3 months", "-1 days", "1 day and a bit", "1.5 days"})
    void what_is_no_span_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> Retention.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("30 days");
    }

    @Test
    void a_table_that_says_nothing_or_nonsense_keeps_what_delta_does() {
        assertThat(Retention.of(Map.of())).isEqualTo(new Retention(Duration.ofDays(30), Duration.ofDays(7)));
        assertThat(Retention.of(Map.of("delta.logRetentionDuration", "for long"))).isEqualTo(Retention.DEFAULT);
    }

    @Test
    void properties_say_the_same() {
        Retention week = Retention.of(Duration.ofDays(7));
        assertThat(week.properties()).containsValue("interval 7 days");
        assertThat(Retention.of(week.properties())).isEqualTo(week);
        assertThat(Retention.words(Duration.ofHours(1))).isEqualTo("1 hour");
        assertThat(Retention.words(Duration.ofMinutes(90))).isEqualTo("90 minutes");
    }
}
