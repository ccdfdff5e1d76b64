package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class BellTest {

    private Instant now = Told.TEN;
    private Loudness loudness = Loudness.USUAL;
    private final List<String> told = new ArrayList<>();
    private final Bell bell = new Bell(() -> now, new Bell.Voice() {
        @Override
        public void notice(String title, String text) {
            told.add(title + ": " + text);
        }

        @Override
        public void sound(Severity worst) {
            told.add("sound " + worst);
        }
    }, () -> loudness);

    private static Alert alert(String device, Severity severity) {
        return new Alert("id-" + device, Told.alarm(device), "threshold", severity, AlertState.UNACKNOWLEDGED, true, "hall-a", Act.NEVER,
                List.of(Told.raised("id-" + device, device, severity, 0)), List.of());
    }

    private static List<Alert> many(int count, Severity severity) {
        return IntStream.range(0, count).mapToObj(i -> alert("oven-" + i, severity)).toList();
    }

    private void later(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void a_new_alert_is_seen_and_heard() {
        assertThat(bell.ring(many(1, Severity.HIGH))).isTrue();
        assertThat(told).containsExactly("New alert, High: Temperature of oven-0 is 104.0, above 100", "sound HIGH");
    }

    @Test
    void several_at_once_are_told_as_one_with_the_worst() {
        bell.ring(List.of(alert("oven-1", Severity.LOW), alert("oven-2", Severity.CRITICAL), alert("oven-3", Severity.MEDIUM)));
        assertThat(told).containsExactly("3 new alerts, Critical: Temperature of oven-2 is 104.0, above 100", "sound CRITICAL");
    }

    @Test
    void it_rests_for_five_seconds_between_two() {
        bell.ring(many(1, Severity.HIGH));
        later(4);
        assertThat(bell.ring(many(1, Severity.CRITICAL))).isFalse();
        later(1);
        assertThat(bell.ring(many(1, Severity.LOW))).isTrue();
    }

    @Test
    void what_is_muted_is_neither_seen_nor_heard() {
        loudness = Loudness.MUTE;
        assertThat(bell.ring(many(3, Severity.CRITICAL))).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void sound_and_notices_are_chosen_apart_and_what_is_slight_is_left_out() {
        loudness = new Loudness(true, false, Severity.HIGH);
        assertThat(bell.ring(many(1, Severity.MEDIUM))).isFalse();
        bell.ring(many(1, Severity.HIGH));
        later(6);
        loudness = new Loudness(false, true, Severity.HIGH);
        bell.ring(List.of(alert("oven-1", Severity.HIGH), alert("oven-2", Severity.LOW)));
        assertThat(told).containsExactly("sound HIGH", "New alert, High: Temperature of oven-1 is 104.0, above 100");
    }

    @Test
    void a_flood_is_told_once_and_then_only_what_is_critical() {
        for (int i = 0; i < 10; i++) {
            assertThat(bell.ring(many(1, Severity.MEDIUM))).isTrue();
            later(6);
        }
        told.clear();
        bell.ring(many(1, Severity.MEDIUM));
        assertThat(told.get(0)).startsWith("Flood: 11 new alerts in 10 minutes");
        later(6);
        assertThat(bell.ring(many(5, Severity.HIGH))).isFalse();
        later(6);
        assertThat(bell.ring(many(1, Severity.CRITICAL))).isTrue();
    }

    @Test
    void after_a_flood_each_is_told_again() {
        bell.ring(many(20, Severity.MEDIUM));
        later(300);
        assertThat(bell.ring(many(1, Severity.MEDIUM))).isFalse();
        later(600);
        assertThat(bell.ring(many(1, Severity.MEDIUM))).isTrue();
    }

    @Test
    void a_flood_begins_at_once_even_while_it_rests() {
        bell.ring(many(1, Severity.HIGH));
        later(1);
        assertThat(bell.ring(many(15, Severity.LOW))).isTrue();
        assertThat(told).anyMatch(line -> line.startsWith("Flood: 16 new alerts"));
    }

    @Test
    void it_can_be_tried() {
        bell.tryOut(new Loudness(true, true, Severity.MEDIUM));
        assertThat(told).containsExactly("This is how alerts are told: The text of the alert stands here.", "sound MEDIUM");
    }

    @Test
    void how_loud_it_is_is_remembered() {
        Loudness some = new Loudness(false, true, Severity.HIGH);
        assertThat(Loudness.of(some.text())).isEqualTo(some);
        assertThat(Loudness.of("spoilt")).isEqualTo(Loudness.USUAL);
    }

    @Test
    void the_sound_of_what_is_worse_is_longer() {
        assertThat(SystemVoice.wave(Severity.CRITICAL).length).isGreaterThan(SystemVoice.wave(Severity.HIGH).length);
        assertThat(SystemVoice.wave(Severity.HIGH).length).isGreaterThan(SystemVoice.wave(Severity.LOW).length);
    }
}
