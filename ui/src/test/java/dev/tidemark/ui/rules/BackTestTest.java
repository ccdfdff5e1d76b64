package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.rules.BackTest.Episode;
import dev.tidemark.ui.rules.BackTest.Sample;
import dev.tidemark.ui.rules.BackTest.Source;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class BackTestTest {

    private static final long MINUTE = 60_000_000L;
    private static final Source OVEN = new Source("oven-1", "temperature");

    /** Windows of a minute with ten readings each, from half a degree below to half a degree above these averages; NaN for a minute without one. */
    private static List<Sample> minutes(double... averages) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < averages.length; i++) {
            if (!Double.isNaN(averages[i])) {
                samples.add(new Sample(i * MINUTE, (i + 1) * MINUTE, 10, averages[i] - 0.5, averages[i] + 0.5, averages[i], (i + 1) * MINUTE - 1_000_000));
            }
        }
        return samples;
    }

    private static List<Episode> run(Rule rule, double... averages) {
        return BackTest.run(rule, Map.of(OVEN, minutes(averages)), Map.of(), averages.length * MINUTE);
    }

    private static Rule limit(double above, double below, double band, String delay, String clear) {
        return new Rule("r", Rule.Kind.THRESHOLD, Severity.HIGH, "temp*", above, below, 0, null, null, "", band, delay, clear);
    }

    private static Rule spike(double percent, Duration within) {
        return new Rule("r", Rule.Kind.SPIKE, Severity.HIGH, "*", Double.NaN, Double.NaN, percent, within, null, "", 5, "1", "1");
    }

    private static Rule silence(Duration after) {
        return new Rule("r", Rule.Kind.SILENCE, Severity.HIGH, "oven*", Double.NaN, Double.NaN, 0, null, after, "", 0, "1", "1");
    }

    @Test
    void a_value_above_the_limit_raises_and_one_below_it_clears() {
        assertThat(run(limit(80, Double.NaN, 0, "1", "1"), 70, 81, 83, 70)).containsExactly(new Episode(OVEN, MINUTE, 3 * MINUTE, 83.5));
    }

    @Test
    void the_highest_value_of_a_window_counts_not_its_average() {
        assertThat(run(limit(80, Double.NaN, 0, "1", "1"), 79.6)).hasSize(1);
        assertThat(run(limit(80, Double.NaN, 0, "1", "1"), 79.5)).isEmpty();
    }

    @Test
    void a_value_below_the_lower_limit_raises_too() {
        assertThat(run(limit(80, 10, 0, "1", "1"), 50, 9, 50)).containsExactly(new Episode(OVEN, MINUTE, 2 * MINUTE, 8.5));
    }

    @Test
    void what_is_not_back_by_the_dead_band_is_not_over() {
        assertThat(run(limit(80, Double.NaN, 5, "1", "1"), 81, 78, 81, 78, 74)).containsExactly(new Episode(OVEN, 0, 4 * MINUTE, 81.5));
        assertThat(run(limit(80, Double.NaN, 0, "1", "1"), 81, 78, 81, 78, 74)).hasSize(2);
    }

    @Test
    void a_delay_lets_short_ones_pass() {
        assertThat(run(limit(80, Double.NaN, 0, "3m", "1"), 81, 81, 70, 81, 81, 81, 70)).containsExactly(new Episode(OVEN, 3 * MINUTE, 6 * MINUTE, 81.5));
    }

    @Test
    void a_delay_in_readings_is_over_when_the_windows_held_as_many() {
        assertThat(run(limit(80, Double.NaN, 0, "10", "1"), 81, 70)).hasSize(1);
        assertThat(run(limit(80, Double.NaN, 0, "11", "1"), 81, 70)).isEmpty();
        assertThat(run(limit(80, Double.NaN, 0, "11", "1"), 81, 81, 70)).hasSize(1);
    }

    @Test
    void a_clear_delay_holds_what_flaps_together() {
        assertThat(run(limit(80, Double.NaN, 0, "1", "2m"), 81, 70, 81, 70, 70)).containsExactly(new Episode(OVEN, 0, 3 * MINUTE, 81.5));
    }

    @Test
    void what_has_not_ended_is_open() {
        assertThat(run(limit(80, Double.NaN, 0, "1", "1"), 70, 85, 90)).containsExactly(new Episode(OVEN, MINUTE, Long.MAX_VALUE, 90.5));
    }

    @Test
    void a_rise_within_the_time_is_a_spike_and_a_slow_one_is_none() {
        assertThat(run(spike(20, Duration.ofMinutes(1)), 50, 50, 62, 62, 62)).hasSize(1);
        assertThat(run(spike(20, Duration.ofMinutes(1)), 50, 52, 54, 56, 58, 60)).isEmpty();
        assertThat(run(spike(20, Duration.ofMinutes(5)), 50, 52, 54, 56, 58, 60)).hasSize(1);
    }

    @Test
    void silence_begins_when_the_time_is_over_and_ends_with_the_next_reading() {
        double none = Double.NaN;
        assertThat(run(silence(Duration.ofMinutes(3)), 50, none, none, none, none, 50))
                .containsExactly(new Episode(OVEN, MINUTE - 1_000_000 + 3 * MINUTE, 5 * MINUTE, Double.NaN));
        assertThat(run(silence(Duration.ofMinutes(5)), 50, none, none, none, 50)).isEmpty();
        assertThat(run(silence(Duration.ofMinutes(3)), 50, none, none, none, none)).extracting(Episode::to).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void only_what_the_pattern_names_is_watched() {
        Map<Source, List<Sample>> windows = Map.of(OVEN, minutes(90), new Source("oven-1", "pressure"), minutes(90));
        assertThat(BackTest.run(limit(80, Double.NaN, 0, "1", "1"), windows, Map.of(), MINUTE)).extracting(episode -> episode.source().measure()).containsExactly("temperature");
    }

    @Test
    void mistakes_are_told_and_a_good_rule_has_none() {
        assertThat(Rule.FIRST.mistakes()).isEmpty();
        assertThat(limit(Double.NaN, Double.NaN, 0, "1", "1").mistakes()).containsExactly("rules.wrong.limits");
        assertThat(limit(10, 20, -1, "soon", "1").mistakes()).containsExactly("rules.wrong.limits", "rules.wrong.deadband", "rules.wrong.delay");
    }

    @Test
    void it_is_written_as_the_streamer_reads_it() {
        assertThat(limit(80, Double.NaN, 2, "30s", "3").yaml().lines()).containsExactly("alerts:", "  rules:",
                "    # Copy this entry into your list: a list replaces the usual rules as a whole.", "    - name: r", "      kind: threshold", "      severity: high",
                "      measure: \"temp*\"", "      above: 80", "      dead-band: 2", "      delay: 30s", "      clear-delay: 3");
        assertThat(silence(Duration.ofMinutes(5)).yaml()).contains("kind: missing_data", "device: \"oven*\"", "after: 5m").doesNotContain("dead-band");
        assertThat(spike(20, Duration.ofSeconds(90)).yaml()).contains("percent: 20", "within: 90s");
        Rule status = new Rule("s", Rule.Kind.STATUS, Severity.LOW, "", Double.NaN, Double.NaN, 0, null, null, "error:high, Stop : critical", 0, "1", "2");
        assertThat(status.mistakes()).isEmpty();
        assertThat(status.yaml()).contains("      words:\n        error: high\n        stop: critical\n").doesNotContain("severity");
    }

    @Test
    void a_limit_in_another_unit_of_temperature_is_put_into_that_of_the_readings() {
        Rule fahrenheit = with(limit(176, Double.NaN, 1.8, "1", "1"), new Rule.Details("\u00b0F", "\u00b0C", "", 0, 2, Duration.ofDays(7)));
        Map<Source, List<Sample>> windows = Map.of(OVEN, minutes(70, 81, 79, 70));
        // 80 °C, and back by 1 °C: the third minute reaches 79.5 °C.
        assertThat(BackTest.run(fahrenheit, windows, Map.of(OVEN, "\u00b0C"), 4 * MINUTE)).containsExactly(new Episode(OVEN, MINUTE, 3 * MINUTE, 81.5));
        assertThat(BackTest.run(fahrenheit, windows, Map.of(), 4 * MINUTE)).as("what the configuration says of readings without a unit").hasSize(1);
        assertThat(BackTest.run(fahrenheit, windows, Map.of(OVEN, "F"), 4 * MINUTE)).isEmpty();
        assertThat(BackTest.run(fahrenheit, windows, Map.of(OVEN, "bar"), 4 * MINUTE)).isEmpty();
    }

    @Test
    void a_spike_leaves_out_what_it_excepts_and_rises_that_are_too_small() {
        Rule spike = spike(20, Duration.ofMinutes(1));
        assertThat(run(spike, 50, 80)).hasSize(1);
        assertThat(run(with(spike, new Rule.Details("", "\u00b0F", "count, temp*", 0, 2, Duration.ofDays(7))), 50, 80)).isEmpty();
        assertThat(run(with(spike, new Rule.Details("", "\u00b0F", "", 31, 2, Duration.ofDays(7))), 50, 80)).isEmpty();
        assertThat(run(with(spike, new Rule.Details("", "\u00b0F", "", 30, 2, Duration.ofDays(7))), 50, 80)).hasSize(1);
    }

    private static Rule with(Rule rule, Rule.Details details) {
        return new Rule(rule.name(), rule.kind(), rule.severity(), rule.pattern(), rule.above(), rule.below(), rule.percent(), rule.within(), rule.after(), rule.words(),
                rule.deadBand(), rule.delay(), rule.clearDelay(), details);
    }
}
