package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.GoldLake.Row;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class LiveModelTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private Instant now = TEN;
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> now);
    private GoldLake lake;

    /** v1: half an hour of closed windows, up to two minutes ago; v2: one minute more. The minute after is open. */
    @BeforeEach
    void a_lake_that_is_written_to_now() {
        lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 28), TEN.minusSeconds(100));
        lake.append(GoldLake.minutes(TEN.minusSeconds(120), 1), TEN.minusSeconds(40));
        lake.open(GoldLake.minutes(TEN.minusSeconds(60), 1), 2, TEN.minusSeconds(1));
    }

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    private void open() {
        Lake opened = Lake.at(folder.toString());
        live.open(opened.table("gold/windows"), Optional.of(opened.table("gold/live")));
        turns.until(() -> live.standing().stateProperty().get() != Standing.State.LOADING && !travel.marks().isEmpty());
    }

    private Frame frame() {
        return live.frameProperty().get();
    }

    private SeriesData line(String measure, String series) {
        return frame().lines().get(measure).get(series);
    }

    private static List<Instant> times(SeriesData data) {
        return IntStream.range(0, data.size()).mapToObj(i -> Micros.instant(data.time(i))).toList();
    }

    @Test
    void closed_windows_and_open_ones_make_one_line_without_gap_or_overlap() {
        open();
        SeriesData hall = line("temperature", "hall-a");
        assertThat(hall.size()).isEqualTo(30);
        assertThat(hall.settled()).isEqualTo(29);
        assertThat(times(hall)).doesNotHaveDuplicates().endsWith(TEN.minusSeconds(120), TEN.minusSeconds(60));
    }

    @Test
    void it_begins_live_with_a_line_a_location_and_a_chart_a_measure() {
        open();
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.SHOWN);
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(frame().asked().measures()).containsExactly("temperature", "vibration");
        assertThat(frame().asked().split()).isEqualTo("location");
        assertThat(live.series().rows()).extracting(SeriesRow::key).containsExactly("hall-a", "hall-b");
        assertThat(frame().version()).isEqualTo(2);
        assertThat(frame().rows()).isEqualTo(29 * 12);
    }

    @Test
    void current_data_is_shown_in_the_shortest_usual_range_that_holds_it_and_slides() {
        open();
        assertThat(frame().asked().wanted()).isEqualTo(new Question.Last(Duration.ofHours(1)));
        assertThat(frame().current()).isTrue();
        assertThat(live.view().isFollowing()).isTrue();
    }

    @Test
    void old_data_is_shown_whole_and_its_end_is_not_the_present() {
        now = TEN.plus(Duration.ofDays(400));
        open();
        assertThat(frame().asked().wanted()).isEqualTo(new Question.All());
        assertThat(frame().current()).isFalse();
        assertThat(Micros.instant(live.view().getRange().to())).isBefore(TEN.plus(Duration.ofMinutes(5)));
    }

    @Test
    void data_that_catches_up_with_the_present_begins_to_slide() {
        now = TEN.plus(Duration.ofHours(3));
        open();
        assertThat(frame().current()).isFalse();
        lake.append(GoldLake.minutes(now.minusSeconds(120), 1), now.minusSeconds(30));
        turns.until(() -> frame().current());
        live.tick();
        assertThat(Micros.instant(live.view().getEdge())).isEqualTo(now);
    }

    @Test
    void a_commit_adds_its_rows_and_nothing_else_is_read_again() {
        open();
        TimeRange range = frame().asked().range();
        long version = lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.plusSeconds(20));
        turns.until(() -> frame().version() == version);
        SeriesData hall = line("temperature", "hall-a");
        assertThat(hall.settled()).isEqualTo(30);
        assertThat(hall.size()).isEqualTo(30);
        assertThat(frame().rows()).isEqualTo(30 * 12);
        assertThat(frame().asked().range()).isEqualTo(range);
        assertThat(travel.shown().orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void an_open_window_is_replaced_by_each_commit_of_its_table() {
        open();
        List<Row> risen = GoldLake.rows("1m", TEN.minusSeconds(60), 1, (series, minute) -> 99.0);
        lake.open(risen, 2, TEN.plusSeconds(1));
        turns.until(() -> line("temperature", "hall-a").value(29) == 99.0);
        assertThat(line("temperature", "hall-a").size()).isEqualTo(30);
    }

    @Test
    void open_windows_wait_until_the_closed_ones_they_continue_are_there() {
        open();
        List<Row> next = GoldLake.minutes(TEN, 1);
        lake.open(next, 3, TEN.plusSeconds(1));
        turns.until(() -> live.freshness().age().orElse(Duration.ofDays(1)).isZero());
        turns.all();
        assertThat(times(line("temperature", "hall-a"))).endsWith(TEN.minusSeconds(60));
        lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.plusSeconds(2));
        turns.until(() -> frame().version() == 3);
        assertThat(times(line("temperature", "hall-a"))).endsWith(TEN.minusSeconds(60), TEN);
        assertThat(line("temperature", "hall-a").settled()).isEqualTo(30);
    }

    @Test
    void compaction_changes_nothing_on_screen_but_the_version() {
        open();
        List<Row> all = new ArrayList<>(GoldLake.minutes(TEN.minusSeconds(1800), 28));
        all.addAll(GoldLake.minutes(TEN.minusSeconds(120), 1));
        long version = lake.compact(all, TEN.plusSeconds(5));
        turns.until(() -> frame().version() == version);
        assertThat(line("temperature", "hall-a").settled()).isEqualTo(29);
        assertThat(frame().rows()).isEqualTo(29 * 12);
    }

    @Test
    void rows_that_were_replaced_are_read_again() {
        open();
        long version = lake.overwrite(GoldLake.rows("1m", TEN.minusSeconds(600), 5, (series, minute) -> 7.0), TEN.plusSeconds(5));
        turns.until(() -> frame().version() == version);
        assertThat(line("temperature", "hall-a").settled()).isEqualTo(5);
        assertThat(line("temperature", "hall-a").value(0)).isEqualTo(7.0);
    }

    @Test
    void a_version_of_the_past_shows_what_was_there_then_and_no_open_windows() {
        open();
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        SeriesData hall = line("temperature", "hall-a");
        assertThat(hall.size()).isEqualTo(28);
        assertThat(hall.settled()).isEqualTo(28);
        assertThat(frame().rows()).isEqualTo(28 * 12);
    }

    @Test
    void going_back_in_time_leaves_the_axis_where_it_is() {
        open();
        TimeRange before = live.view().getRange();
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        assertThat(live.view().getRange()).isEqualTo(before);
        assertThat(live.view().isFollowing()).isFalse();
    }

    @Test
    void back_to_live_shows_at_once_what_has_come_meanwhile() {
        open();
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        long version = lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.plusSeconds(20));
        turns.until(() -> travel.marks().get(travel.marks().size() - 1).version() == version);
        turns.all();
        assertThat(frame().version()).isEqualTo(1);
        travel.goLive();
        assertThat(frame().version()).isEqualTo(version);
        assertThat(live.view().isFollowing()).isTrue();
    }

    @Test
    void of_many_versions_scrubbed_over_the_last_is_shown() {
        open();
        travel.goTo(0);
        travel.goTo(1);
        travel.goTo(2);
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        turns.all();
        assertThat(frame().version()).isEqualTo(1);
    }

    @Test
    void a_pause_keeps_what_is_shown_and_counts_what_comes() {
        open();
        travel.hold();
        long version = lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.plusSeconds(20));
        turns.until(() -> travel.newerProperty().get() == 1);
        turns.all();
        assertThat(frame().version()).isEqualTo(2);
        travel.goLive();
        assertThat(frame().version()).isEqualTo(version);
    }

    @Test
    void zooming_pauses_and_undoing_it_goes_on() {
        open();
        live.view().zoom(0.5, Micros.of(TEN), "wheel");
        assertThat(travel.position()).isEqualTo(Position.HELD);
        assertThat(live.zoomedProperty().get()).isTrue();
        live.undoZoom();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(live.zoomedProperty().get()).isFalse();
    }

    @Test
    void a_refresh_does_not_move_a_view_that_was_zoomed() {
        open();
        live.view().zoom(0.5, Micros.of(TEN), "wheel");
        TimeRange zoomed = live.view().getRange();
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        assertThat(live.view().getRange()).isEqualTo(zoomed);
    }

    @Test
    void another_split_shows_other_lines() {
        open();
        live.ask(live.question().withSplit("device_id"));
        turns.until(() -> frame().asked().split().equals("device_id"));
        assertThat(live.series().rows()).extracting(SeriesRow::key).containsExactly("hall-a-1", "hall-a-2", "hall-b-1", "hall-b-2");
    }

    @Test
    void chosen_measures_are_shown_in_the_order_of_their_importance() {
        open();
        live.ask(live.question().withMeasures(List.of("vibration")));
        turns.until(() -> frame().asked().measures().equals(List.of("vibration")));
        assertThat(frame().lines()).containsOnlyKeys("vibration");
    }

    @Test
    void a_range_without_rows_says_so_and_does_not_pretend_to_be_broken() {
        open();
        live.choose(new Question.Between(Micros.of(TEN.minus(Duration.ofDays(9))), Micros.of(TEN.minus(Duration.ofDays(8)))));
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.NO_DATA_IN_RANGE);
        assertThat(live.standing().problemProperty().get()).isEmpty();
    }

    @Test
    void a_table_without_rows_is_empty_and_fills_with_the_first_commit(@TempDir Path other) {
        folder = other;
        lake = GoldLake.in(other, TEN.minusSeconds(60));
        open();
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.NO_ROWS);
        lake.append(GoldLake.minutes(TEN.minusSeconds(120), 1), TEN.minusSeconds(40));
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN);
        assertThat(frame().asked().measures()).containsExactly("temperature", "vibration");
    }

    @Test
    void open_windows_of_a_lake_that_is_just_being_made_are_shown_before_the_first_window_has_closed(@TempDir Path other) throws IOException {
        lake = GoldLake.in(other, TEN.minusSeconds(60));
        Path late = Files.move(lake.table("gold/live"), other.resolve("not-yet"));
        Lake opened = Lake.at(other.toString());
        live.open(opened.table("gold/windows"), Optional.of(opened.table("gold/live")));
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.NO_ROWS);
        Files.move(late, lake.table("gold/live"));
        lake.open(GoldLake.minutes(TEN.minusSeconds(60), 1), 0, TEN);
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN);
        assertThat(frame().asked().measures()).containsExactly("temperature", "vibration");
    }

    @Test
    void a_pipeline_that_stopped_is_told_apart_from_silent_sensors() {
        open();
        for (int i = 1; i <= 4; i++) {
            lake.open(GoldLake.minutes(TEN.minusSeconds(60), 1), 2, TEN.plusSeconds(i));
        }
        // Until it has heard of them the commits of the last hour are all it knows, and they came seldom.
        turns.until(() -> live.freshness().cadence().filter(each -> each.toSeconds() < 50).isPresent());
        now = TEN.plusSeconds(300);
        live.tick();
        turns.all();
        live.tick();
        assertThat(live.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.PIPELINE_STALLED);
    }

    @Test
    void a_silent_sensor_is_named() {
        lake.append(GoldLake.minutes(TEN.minusSeconds(60), 5).stream().filter(row -> !"hall-b-2".equals(row.device())).toList(),
                TEN.plusSeconds(250));
        lake.open(GoldLake.minutes(TEN.plusSeconds(240), 1).stream().filter(row -> !"hall-b-2".equals(row.device())).toList(), 3,
                TEN.plusSeconds(255));
        now = TEN.plusSeconds(260);
        open();
        assertThat(live.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.SENSOR_SILENT);
        assertThat(live.notices().get(0).text()).contains("hall-b-2");
    }

    @Test
    void a_schema_that_changes_under_the_eyes_is_told_for_a_while() {
        open();
        long version = lake.widen("humidity_max", TEN);
        turns.until(() -> live.notices().stream().anyMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED));
        turns.until(() -> frame().version() == version);
        now = now.plusSeconds(301);
        live.tick();
        assertThat(live.notices()).noneMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED);
    }

    @Test
    void whoever_looks_at_a_version_before_the_change_hears_of_it_when_he_is_back() {
        open();
        travel.goTo(1);
        turns.until(() -> frame().version() == 1);
        long version = lake.widen("humidity_max", TEN);
        turns.until(() -> travel.marks().stream().anyMatch(mark -> mark.version() == version));
        // Nothing of what is shown has changed.
        now = now.plusSeconds(400);
        live.tick();
        assertThat(live.notices()).noneMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED);
        travel.goTo(version);
        turns.until(() -> live.notices().stream().anyMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED));
        travel.goTo(1);
        turns.until(() -> frame().version() == 1 && live.notices().stream().noneMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED));
        travel.goLive();
        turns.until(() -> live.notices().stream().anyMatch(notice -> notice.kind() == Notice.Kind.SCHEMA_CHANGED));
    }

    @Test
    void one_series_alone_and_again_all() {
        open();
        live.series().isolate("hall-a");
        assertThat(live.series().hidden()).containsExactly("hall-b");
        live.series().isolate("hall-a");
        assertThat(live.series().hidden()).isEmpty();
    }

    @Test
    void a_refresh_keeps_what_was_hidden() {
        open();
        live.series().toggle("hall-b");
        long version = lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.plusSeconds(20));
        turns.until(() -> frame().version() == version);
        assertThat(live.series().hidden()).containsExactly("hall-b");
    }
}
