package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.source.Origin;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GenerationTest {

    private static final String HUB = "eventhubs:plant/telemetry";

    private static Optional<Origin> madeAt(long identity, long last) {
        return Optional.of(new Origin(identity, Map.of("0", last)));
    }

    private static Map<String, Long> held(Object... idsAndVersions) {
        Map<String, Long> held = new HashMap<>();
        for (int i = 0; i < idsAndVersions.length; i += 2) {
            held.put((String) idsAndVersions[i], ((Number) idsAndVersions[i + 1]).longValue());
        }
        return held;
    }

    @Test
    void a_source_that_cannot_become_another_one_keeps_its_name() {
        assertThat(Generation.of("files:in", Optional.empty(), held(), false)).isEqualTo(new Generation("files:in", Map.of()));
    }

    @Test
    void a_stream_that_is_seen_for_the_first_time_is_remembered() {
        assertThat(Generation.of(HUB, madeAt(5, 100), held(), false)).isEqualTo(new Generation(HUB, Map.of("identity:" + HUB, 5L)));
    }

    @Test
    void the_same_stream_is_gone_on_with() {
        assertThat(Generation.of(HUB, madeAt(5, 100), held("identity:" + HUB, 5, HUB + "#0", 100), false)).isEqualTo(new Generation(HUB, Map.of()));
    }

    @Test
    void one_made_anew_is_refused_with_both_times_and_the_flag_that_accepts_it() {
        assertThatThrownBy(() -> Generation.of(HUB, madeAt(1_000, 100), held("identity:" + HUB, 0, HUB + "#0", 9), false)).isInstanceOf(StreamException.class)
                .hasMessageContaining(HUB).hasMessageContaining("1970-01-01T00:00:00Z").hasMessageContaining("1970-01-01T00:00:01Z")
                .hasMessageContaining("--accept-new-hub");
    }

    @Test
    void one_that_does_not_reach_what_the_tables_hold_was_made_anew_too() {
        assertThatThrownBy(() -> Generation.of(HUB, madeAt(5, 7), held("identity:" + HUB, 5, HUB + "#0", 8), false)).isInstanceOf(StreamException.class)
                .hasMessageContaining("number 8").hasMessageContaining("last number 7");
    }

    @Test
    void accepted_it_gets_a_name_of_its_own_and_goes_on_under_it() {
        Map<String, Long> held = held("identity:" + HUB, 5, HUB + "#0", 100);
        Generation second = Generation.of(HUB, madeAt(6, 3), held, true);
        assertThat(second).isEqualTo(new Generation(HUB + "@2", Map.of("identity:" + HUB, 6L, "generation:" + HUB, 2L)));
        held.putAll(second.transactions());
        held.put(HUB + "@2#0", 3L);
        assertThat(Generation.of(HUB, madeAt(6, 3), held, false)).isEqualTo(new Generation(HUB + "@2", Map.of()));
        assertThatThrownBy(() -> Generation.of(HUB, madeAt(6, 2), held, false)).isInstanceOf(StreamException.class);
        assertThat(Generation.of(HUB, madeAt(7, 1), held, true).name()).isEqualTo(HUB + "@3");
    }

    @Test
    void accepting_changes_nothing_while_it_is_the_same_stream() {
        assertThat(Generation.of(HUB, madeAt(5, 100), held("identity:" + HUB, 5, HUB + "#0", 50), true)).isEqualTo(new Generation(HUB, Map.of()));
    }
}
