package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.SeriesData;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesModelTest {

    private final SeriesModel model = new SeriesModel();

    private static Map<String, SeriesData> lines(String name, int count) {
        Map<String, SeriesData> lines = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> lines.put(String.format("%s-%02d", name, i), SeriesData.of(0, new long[] {i}, new double[] {i}, null, null, null)));
        return lines;
    }

    private Set<String> shown() {
        return model.rows().stream().map(SeriesRow::key).filter(key -> !model.hidden().contains(key)).collect(Collectors.toSet());
    }

    @Test
    void of_many_series_every_measure_begins_with_some_that_have_it() {
        Map<String, SeriesData> moisture = lines("soil", 10);
        moisture.put("press-00", lines("press", 1).get("press-00"));
        model.show(Map.of("temperature", lines("press", 30), "moisture", moisture), true);
        assertThat(shown()).hasSize(15).contains("press-00", "press-07", "soil-00", "soil-06").doesNotContain("press-08", "soil-07");
    }

    @Test
    void a_dozen_is_shown_whole() {
        model.show(Map.of("temperature", lines("press", 12)), true);
        assertThat(shown()).hasSize(12);
    }

    @Test
    void one_that_comes_later_is_shown_and_what_is_hidden_stays_so() {
        model.show(Map.of("temperature", lines("press", 13)), true);
        model.toggle("press-00");
        model.show(Map.of("temperature", lines("press", 14)), true);
        assertThat(shown()).hasSize(8).contains("press-13").doesNotContain("press-00", "press-12");
    }
}
