package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AlertChangeTest {

    private static String said(String kind, String measure, String message) {
        return new AlertChange("a", 0, new AlarmKey("rule", "press-09", measure), kind, Severity.LOW, AlertChange.Step.RAISED, "hall-a", 1, 2, message, 0, 0).sentence();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "readings_motor_temp_c | readings_motor_temp_c of press-09 rose to 65.9 \u00b0C   | Motor temperature of press-09 rose to 65.9 \u00b0C",
            "avg_value             | on press-09 avg_value is 65.9, above 60             | on press-09 Average value is 65.9, above 60",
            "temperature           | temperature of oven-1 is 104, above 100             | Temperature of oven-1 is 104, above 100",
            "temp                  | temporary fault of oven-1                           | temporary fault of oven-1",
            "status                | press-01 reports status error                       | press-01 reports status error",
            "FIC101.PV             | FIC101.PV of line-2 is 4, below 5                   | FIC101.PV of line-2 is 4, below 5"})
    void a_sentence_calls_the_measure_as_the_charts_do(String measure, String message, String sentence) {
        assertThat(said("threshold", measure, message)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({"motor_temp_c, motor_temp_c is a new column of press-09"})
    void an_alert_about_a_column_means_the_column(String measure, String message) {
        assertThat(said("schema_drift", measure, message)).isEqualTo(message);
    }
}
