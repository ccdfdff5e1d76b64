package dev.tidemark.ui.live;

import dev.tidemark.ui.ForeignTable;
import dev.tidemark.ui.LivePage;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Tables of others with one column a measure. */
class ForeignTableTest extends LivePage {

    private ForeignTable table(String columns) {
        return new ForeignTable(folder.resolve("foreign"), columns, TEN.minusSeconds(86_400));
    }

    private void open() {
        open("foreign");
    }

    @Test
    void hourly_averages_as_databricks_users_write_them() {
        List<Object[]> rows = new ArrayList<>();
        for (int hour = 12; hour > 0; hour--) {
            for (String sensor : List.of("s-1", "s-2", "s-3")) {
                rows.add(new Object[] {sensor, TEN.minusSeconds(3600L * hour), 20.0 + hour, 40.0 + hour, 3600L});
            }
        }
        table("sensor_id:string hour:timestamp avg_temperature:double avg_humidity:double reading_count:long").append(rows, TEN.minusSeconds(60));
        open();
        assertThat(frame().asked().timePath()).isEqualTo("hour");
        assertThat(frame().asked().split()).isEqualTo("sensor_id");
        assertThat(frame().asked().measures()).containsExactly("avg_temperature", "avg_humidity", "reading_count");
        assertThat(frame().lines().get("avg_temperature").get("s-2").size()).isEqualTo(12);
        assertThat(frame().asked().shape().isWhole("reading_count")).isTrue();
    }

    @Test
    void a_row_a_day() {
        ForeignTable table = table("day:date station:string rain_mm:double");
        table.append(List.of(new Object[] {LocalDate.of(2026, 11, 19), "a", 3.0}, new Object[] {LocalDate.of(2026, 11, 20), "a", 4.5}), TEN.minusSeconds(60));
        open();
        assertThat(frame().lines().get("rain_mm").get("a").time(1)).isEqualTo(Instant.parse("2026-11-20T00:00:00Z").getEpochSecond() * 1_000_000);
    }

    @Test
    void a_column_that_was_chosen_is_empty_in_versions_before_it_came() {
        ForeignTable table = table("ts:timestamp device:string temp:double");
        table.appendRow(TEN.minusSeconds(100), TEN.minusSeconds(120), "d", 20.0);
        long before = 1;
        table.widen("hum:double", TEN.minusSeconds(90));
        table.appendRow(TEN.minusSeconds(50), TEN.minusSeconds(60), "d", 21.0, 40.0);
        open();
        live.ask(live.question().withMeasures(List.of("temp", "hum")));
        turns.until(() -> frame().asked().measures().size() == 2);
        assertThat(frame().lines().get("hum").get("d").size()).isEqualTo(1);
        travel.goTo(before);
        turns.until(() -> frame().version() == before);
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.SHOWN);
        assertThat(frame().lines().get("temp").get("d").size()).isEqualTo(1);
        assertThat(frame().lines().get("hum")).isEmpty();
    }

    @Test
    void a_column_that_comes_while_it_is_watched_can_be_chosen() {
        ForeignTable table = table("ts:timestamp device:string temp:double");
        table.appendRow(TEN.minusSeconds(100), TEN.minusSeconds(120), "d", 20.0);
        open();
        table.widen("hum:double", TEN.minusSeconds(90));
        long version = table.appendRow(TEN.minusSeconds(50), TEN.minusSeconds(60), "d", 21.0, 40.0);
        turns.until(() -> frame().version() == version);
        assertThat(frame().choices().measures()).containsExactly("temp", "hum");
        assertThat(frame().lines().get("temp").get("d").size()).isEqualTo(2);
    }
}
