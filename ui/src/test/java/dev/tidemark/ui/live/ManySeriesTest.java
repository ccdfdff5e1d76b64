package dev.tidemark.ui.live;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.GoldLake.Row;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.travel.Position;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

import static org.assertj.core.api.Assertions.assertThat;

/** A lake of more devices than can be read and looked at; there are no rows of locations. */
class ManySeriesTest extends LivePage {

    private static final int DEVICES = 240;

    private static List<Row> minute(int ago, int devices, IntPredicate odd) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            rows.add(new Row("1m", TEN.minusSeconds(60L * ago), name(i), "hall-" + i % 3, "temperature", 60, odd.test(i) ? 90 + i : 20 + i % 7 / 10.0));
        }
        return rows;
    }

    private static String name(int i) {
        return String.format("m-%03d", i);
    }

    private GoldLake open() {
        GoldLake lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        for (int ago = 6; ago > 1; ago--) {
            lake.append(minute(ago, DEVICES, i -> i % 100 == 17), TEN.minusSeconds(60L * ago - 62));
        }
        open(folder, "gold/windows", Optional.of("gold/live"));
        return lake;
    }

    private List<String> read() {
        return frame().lines().get("temperature").entrySet().stream().filter(line -> line.getValue().size() > 0).map(line -> line.getKey()).sorted().toList();
    }

    @Test
    void a_lake_without_rows_of_locations_is_split_by_device_and_offers_nothing_else() {
        open();
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.SHOWN);
        assertThat(frame().asked().split()).isEqualTo("device_id");
        assertThat(frame().choices().splits()).containsExactly("device_id");
    }

    @Test
    void the_few_most_abnormal_are_read_and_all_are_named() {
        open();
        assertThat(read()).hasSize(Roster.FEW).contains("m-017", "m-117", "m-217");
        assertThat(frame().choices().series()).hasSize(DEVICES).contains("m-000", "m-239");
        assertThat(live.series().hidden()).isEmpty();
        assertThat(frame().lines().get("temperature").get("m-117").size()).isEqualTo(5);
    }

    @Test
    void others_are_read_when_they_are_chosen_by_name() {
        open();
        live.ask(live.question().withSeries(List.of("m-003", "m-200")));
        turns.until(() -> read().equals(List.of("m-003", "m-200")));
        assertThat(frame().lines().get("temperature").get("m-200").size()).isEqualTo(5);
        live.ask(live.question().withSeries(null));
        turns.until(() -> read().size() == Roster.FEW);
    }

    @Test
    void what_is_cancelled_is_not_read_all_the_same_and_what_was_shown_goes_on_when_it_is_live_again() {
        GoldLake lake = open();
        Question before = live.question();
        Frame shown = frame();
        live.ask(before.withSeries(List.of("m-003")));
        live.cancel();
        assertThat(live.standing().readingProperty().get()).isFalse();
        assertThat(travel.position()).isEqualTo(Position.HELD);
        assertThat(live.question()).isEqualTo(before);
        turns.all();
        assertThat(frame()).isSameAs(shown);
        travel.goLive();
        long version = lake.append(minute(1, DEVICES, i -> i == 5), TEN.minusSeconds(1));
        turns.until(() -> frame().version() == version);
        assertThat(read()).hasSize(Roster.FEW);
    }

    @Test
    void the_line_of_versions_is_where_the_charts_are_when_the_reading_of_another_version_is_cancelled() {
        open();
        travel.goTo(2);
        turns.until(() -> frame().version() == 2);
        travel.goTo(1);
        live.cancel();
        turns.all();
        assertThat(travel.position()).isEqualTo(new Position.At(2));
        assertThat(live.standing().readingProperty().get()).isFalse();
        travel.goLive();
        turns.until(() -> frame().version() == 5);
        travel.goTo(1);
        live.cancel();
        turns.all();
        assertThat(travel.position()).isEqualTo(Position.HELD);
        assertThat(frame().version()).isEqualTo(5);
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
    }

    @Test
    void what_was_asked_before_the_charts_were_held_is_shown_when_it_comes() {
        open();
        live.ask(live.question().withSeries(List.of("m-003")));
        travel.hold();
        turns.until(() -> read().equals(List.of("m-003")));
        assertThat(travel.position()).isEqualTo(Position.HELD);
    }

    @Test
    void commits_add_to_the_series_that_are_read_and_name_the_new_ones() {
        GoldLake lake = open();
        List<String> before = read();
        long version = lake.append(minute(1, DEVICES + 1, i -> i == 5), TEN.minusSeconds(1));
        turns.until(() -> frame().version() == version);
        // What is on screen does not change under the operator's eyes.
        assertThat(read()).isEqualTo(before);
        assertThat(frame().lines().get("temperature").get("m-117").size()).isEqualTo(6);
        assertThat(frame().choices().series()).hasSize(DEVICES + 1).contains("m-240");
    }

    @Test
    void a_version_of_the_past_shows_the_series_that_are_on_screen() {
        open();
        List<String> before = read();
        travel.goTo(2);
        turns.until(() -> frame().version() == 2);
        assertThat(travel.position()).isInstanceOf(Position.At.class);
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void an_alert_of_a_device_that_is_not_read_brings_it_to_the_charts() {
        open();
        Question.Range range = new Question.Last(Duration.ofMinutes(15));
        live.visit(live.question().withSplit("device_id").withRange(range), Position.LIVE, "m-100");
        turns.until(() -> read().equals(List.of("m-100")));
    }

    @Test
    void all_are_found_by_typing_and_come_to_the_charts_one_by_one() {
        open();
        SeriesSearch search = new SeriesSearch(live);
        assertThat(search.isUseful()).isTrue();
        assertThat(search.count()).isEqualTo("12 of 240");
        assertThat(search.rule()).isEqualTo("12 of 240, furthest from the median");
        search.typedProperty().set("M-20");
        assertThat(search.found()).extracting(SeriesRow::key).containsExactly("m-200", "m-201", "m-202", "m-203", "m-204", "m-205", "m-206", "m-207", "m-208", "m-209");
        search.toggle(search.found().get(3));
        turns.until(() -> read().contains("m-203"));
        assertThat(read()).hasSize(Roster.FEW + 1).contains("m-117");
        assertThat(search.rule()).isEqualTo("13 of 240, chosen");
        search.isolate(search.found().stream().filter(row -> row.key().equals("m-204")).findFirst().orElseThrow());
        turns.until(() -> read().equals(List.of("m-204")));
        search.suit();
        turns.until(() -> read().size() == Roster.FEW);
        assertThat(search.found()).hasSize(Roster.FEW);
    }
}
