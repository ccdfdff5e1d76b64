package dev.tidemark.ui.live;

import dev.tidemark.ui.ForeignTable;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.chart.SeriesData;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A table of others in which one column names the measure and another holds its value. */
class NamedMeasuresTest extends LivePage {

    private static final String COLUMNS = "ts:timestamp arrived:timestamp sensor:string metric:string uom:string value:double quality:long day:date";

    private static Object[] row(int ago, String sensor, String metric, String unit, Double value) {
        Instant time = TEN.minusSeconds(60L * ago);
        return new Object[] {time, time.plusSeconds(20), sensor, metric, unit, value, 192L, LocalDate.ofInstant(time, ZoneOffset.UTC)};
    }

    /** Two sensors, a temperature about 20 and a pressure about 1000, a minute apart. */
    private ForeignTable table() {
        ForeignTable table = new ForeignTable(folder.resolve("historian"), COLUMNS, TEN.minusSeconds(3600));
        List<Object[]> rows = new ArrayList<>();
        for (int ago = 10; ago > 1; ago--) {
            for (String sensor : List.of("s-1", "s-2")) {
                rows.add(row(ago, sensor, "temperature", "\u00b0C", 20.0 + ago));
                rows.add(row(ago, sensor, "pressure", "hPa", 1000.0 + ago));
            }
        }
        rows.add(row(5, null, "temperature", null, 3.0));
        rows.add(row(5, "s-1", null, null, 3.0));
        rows.add(row(5, "s-1", "temperature", null, null));
        table.append(rows, TEN.minusSeconds(60));
        return table;
    }

    private void open() {
        open("historian");
    }

    private SeriesData line(String measure, String series) {
        return frame().lines().get(measure).get(series);
    }

    @Test
    void each_measure_has_a_chart_of_its_own_with_a_line_for_each_sensor_and_its_unit() {
        table();
        open();
        assertThat(frame().asked().measures()).containsExactly("temperature", "pressure");
        assertThat(frame().choices().measures()).containsExactly("temperature", "pressure");
        assertThat(line("temperature", "s-1").size()).isEqualTo(9);
        assertThat(line("pressure", "s-2").value(0)).isEqualTo(1010);
        assertThat(line("temperature", "").size()).isEqualTo(1);
        assertThat(frame().units()).containsEntry("temperature", "\u00b0C").containsEntry("pressure", "hPa");
    }

    @Test
    void a_commit_adds_to_the_lines_and_a_measure_that_is_new_gets_a_chart() {
        ForeignTable table = table();
        open();
        table.append(List.of(row(1, "s-1", "temperature", "\u00b0C", 40.0), row(1, "s-1", "vibration", "mm/s", 2.0)), TEN.minusSeconds(1));
        turns.until(() -> frame().version() == 2 && frame().asked().measures().size() == 3);
        assertThat(line("temperature", "s-1").size()).isEqualTo(10);
        assertThat(frame().asked().measures()).containsExactly("temperature", "vibration", "pressure");
    }

    @Test
    void an_operator_can_say_that_each_column_of_numbers_is_a_measure_and_go_back() {
        table();
        open();
        live.ask(live.question().withMeasures(List.of("pressure")));
        turns.until(() -> frame().asked().measures().size() == 1);
        live.ask(live.question().withRoles(Question.Roles.ANY.withName(Question.Roles.NO_NAME)));
        turns.until(() -> frame().asked().measures().contains("value"));
        assertThat(frame().asked().shape().keys()).contains("metric");
        live.ask(live.question().withRoles(Question.Roles.ANY));
        turns.until(() -> frame().asked().measures().equals(List.of("temperature", "pressure")));
    }

    @Test
    void an_operator_can_say_which_column_is_the_time() {
        table();
        open();
        assertThat(frame().asked().timePath()).isEqualTo("ts");
        live.ask(live.question().withRoles(Question.Roles.ANY.withTime("arrived")));
        turns.until(() -> frame().asked().timePath().equals("arrived"));
        assertThat(line("temperature", "s-1").time(0)).isEqualTo(TEN.minusSeconds(580).getEpochSecond() * 1_000_000);
        live.ask(live.question().withRoles(Question.Roles.ANY.withTime("day")));
        turns.until(() -> frame().asked().timePath().equals("day"));
        // Nine minutes of one day are one point, brought together.
        assertThat(line("temperature", "s-1").size()).isEqualTo(1);
        assertThat(line("temperature", "s-1").value(0)).isEqualTo(26);
    }

    @Test
    void another_column_can_hold_the_value_and_whole_numbers_stay_whole() {
        table();
        open();
        live.ask(live.question().withRoles(Question.Roles.ANY.withValue("quality")));
        turns.until(() -> frame().asked().shape().named().value().equals("quality"));
        assertThat(line("pressure", "s-1").value(3)).isEqualTo(192);
        assertThat(frame().asked().shape().isWhole("pressure")).isTrue();
    }

    @Test
    void names_too_many_for_a_chart_each_are_names_of_series() {
        ForeignTable table = new ForeignTable(folder.resolve("historian"), "time:timestamp tag:string value:double", TEN.minusSeconds(3600));
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            rows.add(new Object[] {TEN.minusSeconds(60), "FIC" + i, (double) i});
        }
        table.append(rows, TEN.minusSeconds(30));
        open();
        assertThat(frame().asked().measures()).containsExactly("value");
        assertThat(frame().asked().split()).isEqualTo("tag");
        assertThat(live.series().rows()).hasSize(80);
    }
}
