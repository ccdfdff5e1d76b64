package dev.tidemark.ui.compare;

import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.SeriesWriter;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DifferenceTest {

    private static SeriesData points(double... timesAndValues) {
        SeriesWriter writer = new SeriesWriter(0);
        for (int i = 0; i < timesAndValues.length; i += 2) {
            writer.append((long) timesAndValues[i], timesAndValues[i + 1]);
        }
        return writer.snapshot();
    }

    private static List<String> between(Map<String, SeriesData> older, Map<String, SeriesData> newer) {
        return Difference.between(Map.of("temperature", older), Map.of("temperature", newer)).stream()
                .map(difference -> difference.kind() + " " + difference.series() + " " + difference.time()).toList();
    }

    @Test
    void the_same_points_are_no_difference() {
        assertThat(between(Map.of("a", points(1, 20, 2, 21)), Map.of("a", points(1, 20, 2, 21)))).isEmpty();
    }

    @Test
    void what_comes_after_all_that_was_known_is_new_and_what_comes_before_is_late() {
        assertThat(between(Map.of("a", points(1, 20, 5, 21)), Map.of("a", points(1, 20, 3, 19, 5, 21, 6, 22)))).containsExactly("LATE a 3", "NEW a 6");
    }

    @Test
    void a_series_that_fell_silent_is_late_by_what_the_others_knew() {
        assertThat(between(Map.of("a", points(1, 20), "b", points(9, 1)), Map.of("a", points(1, 20, 5, 21), "b", points(9, 1)))).containsExactly("LATE a 5");
    }

    @Test
    void another_value_is_a_correction_with_both_values() {
        Difference difference = Difference.between(Map.of("m", Map.of("a", points(1, 20))), Map.of("m", Map.of("a", points(1, 20.5)))).get(0);
        assertThat(difference).isEqualTo(new Difference(Difference.Kind.CORRECTED, "m", "a", 1, 20, 20.5));
    }

    @Test
    void a_gap_that_stays_a_gap_is_no_correction() {
        assertThat(between(Map.of("a", points(1, Double.NaN)), Map.of("a", points(1, Double.NaN)))).isEmpty();
    }

    @Test
    void points_and_series_that_went_are_gone() {
        assertThat(between(Map.of("a", points(1, 20, 2, 21), "b", points(1, 5)), Map.of("a", points(2, 21)))).containsExactly("GONE a 1", "GONE b 1");
    }
}
