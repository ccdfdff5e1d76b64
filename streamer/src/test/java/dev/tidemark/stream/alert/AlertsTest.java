package dev.tidemark.stream.alert;

import dev.tidemark.stream.config.InvalidSetting;
import dev.tidemark.stream.decode.Reading;
import dev.tidemark.stream.decode.Shape;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static dev.tidemark.stream.alert.Plant.MINUTE;
import static dev.tidemark.stream.alert.Plant.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AlertsTest {

    private static Rule.Threshold hot(double band, Delay delay, Delay clear) {
        return new Rule.Threshold("hot", Severity.HIGH, new MeasurePattern("*temp*"), 100, Double.NaN, "°F", band, delay, clear);
    }

    private static Rule.MissingData silent(int pauses) {
        return new Rule.MissingData("silent", Severity.HIGH, MeasurePattern.ANY, 5 * MINUTE, pauses, 60 * MINUTE, Delay.NONE);
    }

    private static final Rule.Spike SPIKE = new Rule.Spike("spike", Severity.MEDIUM, MeasurePattern.ANY, List.of(), 20, MINUTE, 0, 5, Delay.NONE, Delay.NONE);

    @Test
    void above_the_limit_it_is_raised_and_within_it_cleared() {
        Plant plant = new Plant(hot(0, Delay.NONE, Delay.NONE)).reads("d", 1 * SECOND, "temperature", 100).reads("d", 2 * SECOND, "temperature", 100.5)
                .reads("d", 3 * SECOND, "temperature", 101).reads("d", 4 * SECOND, "temperature", 99);
        assertThat(plant.story()).containsExactly("raised hot d at 2 s", "cleared hot d at 4 s");
        AlertRow raised = plant.rows.get(0);
        assertThat(raised).usingRecursiveComparison().isEqualTo(new AlertRow(raised.alertId(), "hot", AlertKind.THRESHOLD, Severity.HIGH, AlertState.RAISED, "d", "hall",
                "temperature", 100.5, 100, "temperature of d is 100.5, above 100", 2 * SECOND, 2, 0));
        AlertRow cleared = plant.rows.get(1);
        assertThat(cleared.alertId()).isEqualTo(raised.alertId());
        assertThat(cleared.sequence()).isEqualTo(1);
        assertThat(cleared.message()).isEqualTo("temperature of d is 99 again, within 100; it lasted 2 s");
    }

    @Test
    void within_the_dead_band_it_stays() {
        Plant plant = new Plant(hot(2, Delay.NONE, Delay.NONE)).reads("d", 1 * SECOND, "temperature", 101).reads("d", 2 * SECOND, "temperature", 99)
                .reads("d", 3 * SECOND, "temperature", 101).reads("d", 4 * SECOND, "temperature", 98.1);
        assertThat(plant.story()).containsExactly("raised hot d at 1 s");
        assertThat(plant.reads("d", 5 * SECOND, "temperature", 98).story()).containsExactly("raised hot d at 1 s", "cleared hot d at 5 s");
    }

    @Test
    void a_delay_by_time_lets_short_peaks_pass() {
        Plant plant = new Plant(hot(0, Delay.parse("10s"), Delay.NONE)).reads("d", 0, 10 * SECOND, SECOND, "temperature", 101).reads("d", 10 * SECOND, "temperature", 99);
        assertThat(plant.story()).isEmpty();
        assertThat(plant.reads("d", 20 * SECOND, 40 * SECOND, SECOND, "temperature", 101).story()).containsExactly("raised hot d at 30 s");
    }

    @Test
    void a_delay_by_count_wants_readings_in_a_row() {
        Plant plant = new Plant(hot(0, Delay.parse("3"), Delay.parse("2")));
        double[] values = {101, 101, 99, 101, 101, 101, 99, 101, 99, 99};
        for (int i = 0; i < values.length; i++) {
            plant.reads("d", i * SECOND, "temperature", values[i]);
        }
        assertThat(plant.story()).containsExactly("raised hot d at 5 s", "cleared hot d at 9 s");
    }

    @Test
    void raised_again_it_is_another_episode() {
        Plant plant = new Plant(hot(0, Delay.NONE, Delay.NONE));
        for (int i = 0; i < 4; i++) {
            plant.reads("d", i * SECOND, "temperature", i % 2 == 0 ? 101 : 99);
        }
        assertThat(plant.rows).extracting(AlertRow::alertId).containsExactly(plant.rows.get(0).alertId(), plant.rows.get(0).alertId(), plant.rows.get(2).alertId(),
                plant.rows.get(2).alertId()).doesNotHaveSameHashCodeAs(List.of());
        assertThat(plant.rows.get(2).alertId()).isNotEqualTo(plant.rows.get(0).alertId());
    }

    @Test
    void twice_as_far_beyond_it_is_told_again_but_not_within_a_minute() {
        Plant plant = new Plant(hot(1, Delay.NONE, Delay.NONE)).reads("d", 0, "temperature", 103).reads("d", 30 * SECOND, "temperature", 120)
                .reads("d", 60 * SECOND, "temperature", 105).reads("d", 61 * SECOND, "temperature", 106).reads("d", 200 * SECOND, "temperature", 111);
        assertThat(plant.story()).containsExactly("raised hot d at 0 s", "changed hot d at 61 s");
        assertThat(plant.rows.get(1).message()).isEqualTo("temperature of d is still 106, above 100");
    }

    @Test
    void a_limit_in_fahrenheit_holds_for_readings_in_celsius() {
        Plant plant = new Plant(hot(1.8, Delay.NONE, Delay.NONE)).reads("d", 0, "temperature", "°C", 37.7, null).reads("d", 1, "temperature", "°C", 37.8, null)
                .reads("e", 2, "motor_temp_c", 38).reads("d", 3, "temperature", "°C", 37, null).reads("d", 4, "temperature", "°C", 36.7, null);
        assertThat(plant.rows).extracting(AlertRow::state).containsExactly(AlertState.RAISED, AlertState.RAISED, AlertState.CLEARED);
        assertThat(plant.rows.get(0).limit()).isCloseTo(37.7778, within(1e-4));
        assertThat(plant.rows.get(0).message()).isEqualTo("temperature of d is 37.8 °C, above 37.7778 °C");
    }

    @Test
    void a_temperature_without_a_unit_is_in_the_unit_that_the_plant_is_said_to_use() {
        assertThat(new Plant(Rules.DEFAULT, Limits.NONE).reads("office", 0, "temperature", 21).story()).containsExactly("raised too-cold office at 0 s");
        Plant celsius = new Plant(new Rules(Rules.DEFAULT.all(), "°C"), Limits.NONE).reads("office", 0, "temperature", 21).reads("house", 1, "temp_f", 70)
                .reads("oven", 2, "temperature", "°F", 99, null);
        assertThat(celsius.story()).isEmpty();
        celsius.reads("office", 3 * SECOND, "temperature", 38);
        assertThat(celsius.story()).containsExactly("raised too-hot office at 3 s", "raised spike office at 3 s");
        assertThat(celsius.rows.get(0).limit()).isCloseTo(37.7778, within(1e-4));
        assertThatThrownBy(() -> new Rules(List.of(), "°X")).isInstanceOf(InvalidSetting.class).hasMessageContaining("expected °F, °C or K, actual \"°X\"");
    }

    @Test
    void reference_data_tell_the_unit_of_a_device_among_others() {
        Limits limits = (device, measure) -> device.equals("office") ? new Limits.Range(15, 30, "°C") : null;
        Plant plant = new Plant(Rules.DEFAULT, limits).reads("office", 0, "temperature", 21).reads("house", 1, "temperature", 70);
        assertThat(plant.story()).isEmpty();
    }

    @Test
    void that_a_counter_rises_is_no_spike() {
        Plant plant = new Plant(Rules.DEFAULT.all().get(3));
        for (String measure : new String[] {"messageId", "header_messageId", "device_id", "id", "seq", "sequenceNumber", "packet_seq_no", "restart_count", "peopleCounter"}) {
            plant.reads("d", 0, measure, 1).reads("d", 1 * SECOND, measure, 50);
        }
        assertThat(plant.story()).isEmpty();
        assertThat(plant.reads("d", 0, "humidity", 40).reads("d", 1 * SECOND, "humidity", 50).story()).hasSize(1);
    }

    @Test
    void a_device_has_limits_of_its_own() {
        Limits limits = (device, measure) -> device.equals("oven") && measure.equals("temperature") ? new Limits.Range(Double.NaN, 500, "°F")
                : measure.equals("pressure") ? new Limits.Range(1, 2, null) : null;
        Plant plant = new Plant(limits, Rules.DEFAULT.all().get(0), Rules.DEFAULT.all().get(1), Rules.DEFAULT.all().get(2)).reads("oven", 0, "temperature", 400).reads("oven", 1, "temperature", 501)
                .reads("oven", 2, "pressure", 3).reads("oven", 2, "pressure", 0.5).reads("room", 4, "temperature", 101).reads("oven", 5, "temperature", 10);
        assertThat(plant.rows).extracting(row -> row.rule() + " " + row.deviceId() + " " + row.measure() + " " + row.limit()).containsExactly(
                "too-hot oven temperature 500.0", "limits oven pressure 2.0", "limits oven pressure 1.0", "too-hot room temperature 100.0");
    }

    @Test
    void a_late_reading_neither_raises_nor_clears() {
        Plant plant = new Plant(hot(0, Delay.NONE, Delay.NONE)).reads("d", 10 * SECOND, "temperature", 99).reads("d", 9 * SECOND, "temperature", 150)
                .reads("d", 11 * SECOND, "temperature", 101).reads("d", 10 * SECOND, "temperature", 50);
        assertThat(plant.story()).containsExactly("raised hot d at 11 s");
    }

    @Test
    void a_rise_by_more_than_a_fifth_within_a_minute_is_a_spike() {
        Plant plant = new Plant(SPIKE).reads("d", 0, "power", 10).reads("d", 60 * SECOND, "power", 12).reads("d", 61 * SECOND, "power", 12.1)
                .reads("d", 100 * SECOND, "power", 12.2).reads("d", 120 * SECOND, "power", 14.41);
        assertThat(plant.story()).containsExactly("raised spike d at 120 s");
        assertThat(plant.rows.get(0).message()).isEqualTo("power of d rose to 14.41, by more than 20 % within 1 min (limit 14.4)");
        assertThat(plant.reads("d", 181 * SECOND, "power", 14.41).story()).containsExactly("raised spike d at 120 s", "cleared spike d at 181 s");
    }

    @Test
    void a_slow_rise_a_fall_and_a_rise_from_zero_are_no_spikes() {
        Plant plant = new Plant(SPIKE);
        for (int i = 0; i < 1_000; i++) {
            plant.reads("slow", i * SECOND, "power", 100 + i * 0.3);
        }
        plant.reads("fall", 0, "power", 100).reads("fall", 1, "power", 1).reads("switch", 0, "on", 0).reads("switch", 1, "on", 1);
        assertThat(plant.story()).isEmpty();
    }

    @Test
    void below_zero_a_rise_counts_by_size() {
        assertThat(new Plant(SPIKE).reads("d", 0, "power", -10).reads("d", 1, "power", -8).story()).isEmpty();
        assertThat(new Plant(SPIKE).reads("d", 0, "power", -10).reads("d", 1, "power", -7).story()).hasSize(1);
    }

    @Test
    void a_device_that_is_gone_is_missed_when_the_others_are_five_minutes_on_and_back_it_is_cleared() {
        Plant plant = new Plant(silent(2)).reads("gone", 0, "x", 1).reads("gone", 30 * SECOND, "x", 1).reads("here", 0, 329 * SECOND, 10 * SECOND, "x", 1);
        assertThat(plant.story()).isEmpty();
        plant.reads("here", 331 * SECOND, 500 * SECOND, 10 * SECOND, "x", 1).reads("gone", 510 * SECOND, "x", 1);
        assertThat(plant.story()).containsExactly("raised silent gone at 330 s", "cleared silent gone at 510 s");
        assertThat(plant.rows).extracting(AlertRow::message).containsExactly("Nothing from gone for 5 min", "gone is heard again; it was silent for 8 min");
    }

    @Test
    void a_gap_is_found_in_one_batch_of_history_as_well() {
        Shape x = Plant.shape(null, "x");
        Plant plant = new Plant(silent(2)).batch(1000 * SECOND, new Reading("d", 0, null, null, x, new double[] {1}, null, null),
                new Reading("d", 600 * SECOND, null, null, x, new double[] {1}, null, null), new Reading("d", 900 * SECOND, null, null, x, new double[] {1}, null, null));
        assertThat(plant.story()).containsExactly("raised silent d at 300 s", "cleared silent d at 600 s");
    }

    @Test
    void a_device_that_seldom_sends_is_not_missed_before_twice_its_longest_pause() {
        Plant plant = new Plant(silent(2)).reads("d", 0, "x", 1).reads("d", 10 * MINUTE, "x", 1).reads("d", 25 * MINUTE, "x", 1).reads("d", 35 * MINUTE, "x", 1);
        assertThat(plant.story()).as("nothing is known of the first pause").containsExactly("raised silent d at 300 s", "cleared silent d at 600 s");
        assertThat(new Plant(silent(0)).reads("d", 0, "x", 1).reads("d", 10 * MINUTE, "x", 1).reads("d", 20 * MINUTE, "x", 1).story()).hasSize(4);
    }

    @Test
    void an_outage_does_not_blind_for_long() {
        Plant plant = new Plant(silent(2)).reads("d", 0, 10 * MINUTE, SECOND, "x", 1).reads("d", 100 * MINUTE, 102 * MINUTE, SECOND, "x", 1)
                .reads("other", 108 * MINUTE, "x", 1);
        assertThat(plant.story()).endsWith("raised silent d at " + (102 * 60 - 1 + 300) + " s");
    }

    @Test
    void a_device_that_was_taken_away_is_forgotten_and_leaves_nothing_open() {
        Plant plant = new Plant(silent(2), hot(0, Delay.NONE, Delay.NONE)).reads("d", 0, "temp", 200).reads("other", 10 * MINUTE, "x", 1).reads("other", 61 * MINUTE, "x", 1);
        assertThat(plant.story()).containsSubsequence("raised hot d at 0 s", "raised silent d at 300 s", "cleared silent d at 3600 s", "cleared hot d at 3600 s");
    }

    @Test
    void a_status_is_raised_worsened_and_cleared_after_two_good_ones() {
        Plant plant = new Plant(Rules.DEFAULT.all().get(5));
        String[] words = {"ok", "ERROR", "error", "critical", "error", "ok", "error", "ok", null, "ok"};
        for (int i = 0; i < words.length; i++) {
            plant.reads("d", i * SECOND, "x", null, 1, words[i]);
        }
        assertThat(plant.story()).containsExactly("raised status d at 1 s", "changed status d at 3 s", "cleared status d at 9 s");
        assertThat(plant.rows).extracting(AlertRow::severity).containsExactly(Severity.HIGH, Severity.CRITICAL, Severity.CRITICAL);
        assertThat(plant.rows.get(1).message()).isEqualTo("d reports status critical");
    }

    @Test
    void an_unusual_value_stands_out_of_a_regular_series() {
        Plant plant = new Plant(new Rule.Statistical("odd", Severity.MEDIUM, MeasurePattern.ANY, 2.5, 10, 0.5, Delay.NONE, Delay.parse("4")));
        Random noise = new Random(1);
        for (int i = 0; i < 1_200; i++) {
            plant.reads("d", i * SECOND, "x", i == 1_000 ? 40 : 10 * Math.sin(i / 10.0) + noise.nextDouble());
        }
        assertThat(plant.rows).isNotEmpty().allMatch(row -> row.eventTime() >= 1_000 * SECOND && row.eventTime() < 1_010 * SECOND);
    }

    @Test
    void no_more_series_are_scored_than_allowed() {
        Plant plant = new Plant(new Rule.Statistical("odd", Severity.MEDIUM, MeasurePattern.ANY, 0.0001, 2, 0, Delay.NONE, Delay.NONE));
        for (int i = 0; i < 900; i++) {
            plant.reads("d" + i % 3, i * SECOND, "x", i % 7);
        }
        assertThat(plant.rows).extracting(AlertRow::deviceId).contains("d0", "d1").doesNotContain("d2");
    }

    @Test
    void a_restart_in_the_middle_changes_nothing() {
        List<AlertRow> undisturbed = random(Integer.MAX_VALUE).rows;
        assertThat(undisturbed.size()).isGreaterThan(100);
        assertThat(undisturbed).extracting(AlertRow::kind).contains(AlertKind.THRESHOLD, AlertKind.SPIKE, AlertKind.MISSING_DATA, AlertKind.STATUS, AlertKind.STATISTICAL);
        for (int every : new int[] {1_777, 811}) {
            assertThat(random(every).rows).isEqualTo(undisturbed);
        }
    }

    private static Plant random(int restartEvery) {
        List<Rule> rules = new ArrayList<>(Rules.DEFAULT.all());
        rules.add(new Rule.Statistical("odd", Severity.LOW, new MeasurePattern("p*"), 1.5, 1, 0.1, Delay.NONE, Delay.parse("3")));
        Plant plant = new Plant(rules.toArray(Rule[]::new));
        Random random = new Random(7);
        long time = 0;
        for (int i = 1; i < 6_000; i++) {
            time += random.nextInt(10) * SECOND;
            String device = "d" + (i / 1_000 % 2 == 0 ? random.nextInt(6) : random.nextInt(4));
            if (i % 3 == 0) {
                plant.reads(device, time, "temperature", null, 60 + random.nextGaussian() * 20, random.nextInt(20) == 0 ? "error" : "ok");
            } else {
                plant.reads(device, time, "pressure", 5 + random.nextGaussian());
            }
            if (i % restartEvery == 0) {
                plant.restarts();
            }
        }
        return plant;
    }

    @Test
    void what_the_table_holds_is_what_is_open() {
        Plant before = new Plant(silent(2), hot(0, Delay.NONE, Delay.NONE)).reads("d", 0, "temp", 200).reads("e", 0, "x", 1).reads("other", 10 * MINUTE, "x", 1);
        assertThat(before.story()).containsExactly("raised hot d at 0 s", "raised silent d at 300 s", "raised silent e at 300 s");
        Plant after = new Plant(silent(2), hot(0, Delay.NONE, Delay.NONE));
        after.alerts().settle(before.rows.stream().map(row -> new Alerts.Open(row, row)).toList(), 10 * MINUTE, 99);
        after.reads("other", 10 * MINUTE, "x", 1).reads("d", 11 * MINUTE, "temp", 60).reads("e", 11 * MINUTE, "x", 1);
        assertThat(after.story()).containsExactly("cleared silent d at 660 s", "cleared hot d at 660 s", "cleared silent e at 660 s");
        assertThat(after.rows).extracting(AlertRow::alertId).containsExactly(before.rows.get(1).alertId(), before.rows.get(0).alertId(), before.rows.get(2).alertId());
    }

    @Test
    void an_alert_of_a_rule_that_is_gone_is_cleared() {
        Plant before = new Plant(hot(0, Delay.NONE, Delay.NONE)).reads("d", 0, "temp", 200);
        Plant after = new Plant(silent(2));
        after.alerts().settle(List.of(new Alerts.Open(before.rows.get(0), before.rows.get(0))), 0, 99);
        assertThat(after.rows).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(AlertState.CLEARED);
            assertThat(row.sequence()).isEqualTo(1);
            assertThat(row.message()).isEqualTo("Rule hot is not configured any more");
        });
    }

    @Test
    void new_columns_and_misfits_are_told_once_each_and_cleared_when_it_is_quiet() {
        Plant plant = new Plant(new Rule.SchemaDrift("schema", Severity.LOW, 3));
        plant.alerts().columns(List.of("a", "b"), List.of(Shape.Kind.NUMBER, Shape.Kind.TEXT));
        Shape a = shape(List.of("a"), List.of(Shape.Kind.NUMBER));
        Shape aText = shape(List.of("a"), List.of(Shape.Kind.TEXT));
        Shape ab = shape(List.of("a", "b"), List.of(Shape.Kind.NUMBER, Shape.Kind.TEXT));
        plant.batch(0, reading("d", a, 1)).batch(0, reading("d", ab, 2), reading("d", ab, 3)).batch(0, reading("e", ab, 4));
        assertThat(plant.rows).extracting(AlertRow::message).containsExactly("New column b: device d sends a field that was not there before (text)");
        assertThat(plant.alerts().known()).isEqualTo(2);
        plant.batch(0, reading("d", aText, 5), reading("e", aText, 6)).batch(0, reading("e", aText, 7));
        assertThat(plant.rows).hasSize(2).last().satisfies(row -> assertThat(row.message()).startsWith("Field a does not fit its column: device d sends another type"));
        for (int i = 0; i < 5; i++) {
            plant.batch(0, reading("d", a, 10 + i));
        }
        assertThat(plant.story()).containsExactly("raised schema d at 0 s", "raised schema d at 0 s", "cleared schema d at 0 s", "cleared schema d at 0 s");
    }

    @Test
    void the_columns_of_the_first_batch_are_no_news() {
        Plant plant = new Plant(new Rule.SchemaDrift("schema", Severity.LOW, 3));
        plant.alerts().columns(List.of("a", "c"), List.of(Shape.Kind.NUMBER, Shape.Kind.NUMBER));
        plant.batch(0, reading("d", shape(List.of("a"), List.of(Shape.Kind.NUMBER)), 1), reading("e", shape(List.of("c"), List.of(Shape.Kind.NUMBER)), 1));
        assertThat(plant.rows).isEmpty();
    }

    private static Shape shape(List<String> leaves, List<Shape.Kind> kinds) {
        return Shape.of(leaves, kinds, i -> "text");
    }

    private static Reading reading(String device, Shape shape, long time) {
        return new Reading(device, time, null, null, shape, new double[shape.leaves().size()], null, null);
    }

    @Test
    void rules_that_do_not_go_together_are_refused() {
        assertThatThrownBy(() -> new Rules(List.of(silent(1), silent(2)))).hasMessageStartingWith("two rules of one name");
        assertThatThrownBy(() -> new Rule.Spike("s", Severity.LOW, MeasurePattern.ANY, List.of(), -1, 1, 0, 0, Delay.NONE, Delay.NONE)).hasMessageContaining("not positive");
        assertThatThrownBy(() -> new Rule.Status("s", Map.of(), Delay.NONE, Delay.NONE)).isInstanceOf(InvalidSetting.class);
        assertThatThrownBy(() -> Delay.parse("soon")).hasMessageStartingWith("no delay");
    }
}
