package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.ForeignTable;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.live.RowTime.Spelling;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Tables of others whose times are texts, or numbers since 1970. */
class WrittenTimesTest extends LivePage {

    private ForeignTable table(String columns) {
        return new ForeignTable(folder.resolve("foreign"), columns, TEN.minusSeconds(86_400));
    }

    private void open() {
        open("foreign");
    }

    private TimeColumns looked() {
        return TimeColumns.of(Lake.at(folder.toString()).table("foreign").snapshot());
    }

    /** A reading a minute, the last a minute before ten. */
    private void minutes(ForeignTable table, Function<Instant, Object> spelled) {
        List<Object[]> rows = new ArrayList<>();
        for (int minute = 60; minute > 0; minute--) {
            rows.add(new Object[] {spelled.apply(TEN.minusSeconds(60L * minute)), "pump", 20.0 + minute});
        }
        table.append(rows, TEN.minusSeconds(30));
    }

    private void drawsTheHour(String columns, Spelling spelling, Function<Instant, Object> spelled) {
        minutes(table(columns), spelled);
        open();
        assertThat(frame().asked().shape().time().spelling()).isEqualTo(spelling);
        assertThat(frame().asked().split()).isEqualTo("device");
        assertThat(frame().asked().measures()).containsExactly("temp");
        assertThat(frame().lines().get("temp").get("pump").size()).isEqualTo(60);
        assertThat(frame().newest()).isEqualTo(TEN.minusSeconds(60).getEpochSecond() * 1_000_000);
        assertThat(frame().current()).isTrue();
        live.choose(new Question.Between((TEN.getEpochSecond() - 600) * 1_000_000, (TEN.getEpochSecond() - 300) * 1_000_000));
        turns.until(() -> frame().asked().wanted() instanceof Question.Between);
        assertThat(frame().lines().get("temp").get("pump").size()).isEqualTo(5);
    }

    @Test
    void texts_with_a_zone() {
        drawsTheHour("time:string device:string temp:double", Spelling.TEXT, time -> time.atOffset(ZoneOffset.ofHours(2)).toString());
    }

    @Test
    void texts_without_a_zone_are_of_utc() {
        drawsTheHour("reading_time:string device:string temp:double", Spelling.TEXT, time -> time.toString().replace('T', ' ').replace("Z", ""));
    }

    @Test
    void seconds() {
        drawsTheHour("ts:long device:string temp:double", Spelling.SECONDS, Instant::getEpochSecond);
    }

    @Test
    void seconds_in_an_integer() {
        drawsTheHour("ts:integer device:string temp:double", Spelling.SECONDS, time -> (int) time.getEpochSecond());
    }

    @Test
    void seconds_with_a_fraction() {
        drawsTheHour("epoch:double device:string temp:double", Spelling.SECONDS, time -> (double) time.getEpochSecond());
    }

    @Test
    void milliseconds() {
        drawsTheHour("timestamp_ms:long device:string temp:double", Spelling.MILLIS, Instant::toEpochMilli);
    }

    @Test
    void microseconds() {
        drawsTheHour("event_time:long device:string temp:double", Spelling.MICROS, time -> time.getEpochSecond() * 1_000_000);
    }

    @Test
    void nanoseconds() {
        drawsTheHour("time_ns:long device:string temp:double", Spelling.NANOS, time -> time.getEpochSecond() * 1_000_000_000);
    }

    @Test
    void a_name_that_says_nothing_of_time_is_looked_at_where_there_is_no_other() {
        drawsTheHour("gelesen:string device:string temp:double", Spelling.TEXT, Instant::toString);
    }

    @Test
    void it_comes_before_a_date_and_after_a_timestamp_and_each_can_be_chosen() {
        ForeignTable table = table("day:date written:string ts:long at_plant:timestamp device:string temp:double");
        table.appendRow(TEN.minusSeconds(30), LocalDate.of(2026, 11, 21), "x", TEN.minusSeconds(90).getEpochSecond(), TEN.minusSeconds(60), "pump", 20.0);
        open();
        assertThat(frame().asked().shape().choices().times()).containsExactly("at_plant", "ts", "day");
        live.ask(live.question().withRoles(Question.Roles.ANY.withTime("ts")));
        turns.until(() -> frame().asked().timePath().equals("ts"));
        assertThat(frame().newest()).isEqualTo(TEN.minusSeconds(90).getEpochSecond() * 1_000_000);
        assertThat(frame().asked().shape().measures()).containsExactly("temp");
    }

    @Test
    void a_measure_that_is_called_a_time_stays_a_measure() {
        ForeignTable table = table("ts:timestamp device:string cycle_time:double run_time:long");
        table.appendRow(TEN.minusSeconds(30), TEN.minusSeconds(60), "pump", 17.5, 4_711L);
        open();
        assertThat(frame().asked().shape().measures()).containsExactly("cycle_time", "run_time");
    }

    @Test
    void a_few_values_that_are_no_times_are_told_and_the_rest_is_drawn() {
        ForeignTable table = table("time:string device:string temp:double");
        minutes(table, Instant::toString);
        open();
        assertThat(live.notices()).isEmpty();
        table.appendRow(TEN.minusSeconds(20), "n/a", "pump", 1.0);
        long version = table.appendRow(TEN.minusSeconds(10), TEN.minusSeconds(10).toString(), "pump", 2.0);
        turns.until(() -> frame().version() == version);
        assertThat(frame().lines().get("temp").get("pump").size()).isEqualTo(61);
        assertThat(live.notices()).singleElement().satisfies(notice -> assertThat(notice.text()).contains("time", "n/a"));
    }

    @Test
    void so_are_those_that_were_there_before() {
        ForeignTable table = table("time:string device:string temp:double");
        minutes(table, time -> time.equals(TEN.minusSeconds(600)) ? "" : time.toString());
        open();
        assertThat(frame().lines().get("temp").get("pump").size()).isEqualTo(59);
        assertThat(live.notices()).hasSize(1);
    }

    @Test
    void a_column_that_only_sounds_like_a_time_is_named_with_what_it_holds() {
        table("time:string device:string temp:double").appendRow(TEN.minusSeconds(30), "noon", "pump", 20.0);
        open();
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.CANNOT_READ);
        assertThat(looked().others()).containsEntry("time", "noon");
        assertThat(live.standing().problemProperty().get()).contains("time holds 'noon', which is no time");
    }

    @Test
    void small_numbers_are_no_times() {
        table("ts:long device:string temp:double").append(List.of(new Object[] {1L, "pump", 20.0}, new Object[] {2L, "pump", 20.0}), TEN.minusSeconds(30));
        assertThat(looked().spellings()).isEmpty();
    }

    @Test
    void an_empty_table_is_drawn_as_soon_as_its_first_rows_tell_how_times_are_written() {
        ForeignTable table = table("ts:long device:string temp:double");
        open();
        assertThat(frame().asked().shape().time().spelling()).isEqualTo(Spelling.UNSEEN);
        minutes(table, Instant::toEpochMilli);
        turns.until(() -> frame().version() == 1);
        assertThat(frame().asked().shape().time().spelling()).isEqualTo(Spelling.MILLIS);
        assertThat(frame().lines().get("temp").get("pump").size()).isEqualTo(60);
    }
}
