package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RuleTest {

    private static Rule between(String below, String above) {
        return new Rule("hot", Rule.Kind.THRESHOLD, Severity.HIGH, "temp*", Rule.limit(above), Rule.limit(below), 0, null, null, "", 1, "1", "1");
    }

    @Test
    void one_limit_is_enough_and_a_comma_is_a_decimal_sign_too() {
        assertThat(between("", "80").mistakes()).isEmpty();
        assertThat(between("-1,5", " ").mistakes()).isEmpty();
        assertThat(between("", "").mistakes()).containsExactly("rules.wrong.limits");
        assertThat(between("80", "80").mistakes()).containsExactly("rules.wrong.limits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8o", "80 °C", "-", "Infinity", "NaN"})
    void a_limit_that_is_no_number_is_a_mistake_and_not_no_limit(String written) {
        assertThat(between("10", written).mistakes()).containsExactly("rules.wrong.limits");
        assertThat(between(written, "100").mistakes()).containsExactly("rules.wrong.limits");
    }

    @Test
    void a_time_span_is_written_as_it_is_read() {
        for (String span : new String[] {"250ms", "30s", "5m", "2h", "3d"}) {
            assertThat(Rule.written(Rule.span(span).orElseThrow())).isEqualTo(span);
        }
        assertThat(Rule.span("90s")).contains(Duration.ofSeconds(90));
        assertThat(Rule.span("0s")).isEmpty();
    }

    @Test
    void what_the_streamer_would_refuse_is_a_mistake_here() {
        assertThat(Rule.span("3660d")).isPresent();
        assertThat(Rule.span("3661d")).isEmpty();
        Rule twice = new Rule("s", Rule.Kind.STATUS, Severity.HIGH, "*", 0, 0, 0, null, null, "error: high, Error : low", 0, "1", "1");
        assertThat(twice.mistakes()).containsExactly("rules.wrong.words");
    }
}
