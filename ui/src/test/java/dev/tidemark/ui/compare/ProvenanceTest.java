package dev.tidemark.ui.compare;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Which commit brought a point, whatever has happened to its file since. */
class ProvenanceTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    /** The window of 09:40. */
    private static final Instant WINDOW = TEN.minusSeconds(1200);

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> TEN);
    private final ProvenanceModel model = new ProvenanceModel(live, Tasks.on(turns));
    private final List<GoldLake.Row> rows = new ArrayList<>(GoldLake.minutes(TEN.minusSeconds(1800), 20));
    private GoldLake lake;

    @BeforeEach
    void twenty_minutes_that_were_committed_100_seconds_after_the_last() {
        lake = GoldLake.in(folder.resolve("lake"), TEN.minusSeconds(3600));
        lake.append(rows, TEN.minusSeconds(500));
    }

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    private Provenance pick() {
        live.open(Lake.at(lake.root().toString()).table("gold/windows"), Optional.empty());
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN && !travel.marks().isEmpty());
        Frame frame = live.frameProperty().get();
        SeriesData data = frame.lines().get("temperature").get("hall-a");
        int at = data.firstAtOrAfter(Micros.of(WINDOW));
        live.pickedProperty().set(new PickedPoint(frame.asked(), frame.version(), "temperature", "hall-a", "hall-a", data.time(at), data.value(at), 1, false));
        turns.until(() -> model.stateProperty().get() != ProvenanceModel.State.LOOKING);
        assertThat(model.stateProperty().get()).as(model.textProperty().get()).isEqualTo(ProvenanceModel.State.FOUND);
        return model.foundProperty().get();
    }

    @Test
    void the_commit_that_appended_it_and_how_late_that_was() {
        Provenance found = pick();
        assertThat(found.arrived().orElseThrow().version()).isEqualTo(1);
        assertThat(found.due()).isEqualTo(WINDOW.plusSeconds(60));
        assertThat(found.late()).contains(Duration.ofSeconds(1200 - 60 - 500));
        assertThat(found.moved()).isZero();
        assertThat(found.before()).isNaN();
        assertThat(found.file().location()).contains("date=2026-11-21");
    }

    @Test
    void a_compaction_only_moved_it() {
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 5), TEN.minusSeconds(200));
        rows.addAll(GoldLake.minutes(TEN.minusSeconds(600), 5));
        lake.compact(rows, TEN.minusSeconds(100));
        Provenance found = pick();
        assertThat(found.arrived().orElseThrow().version()).isEqualTo(1);
        assertThat(found.moved()).isEqualTo(1);
    }

    @Test
    void a_rewrite_that_left_it_as_it_was_only_moved_it_too() {
        rows.removeIf(row -> row.location().equals("hall-b"));
        lake.overwrite(rows, TEN.minusSeconds(100));
        Provenance found = pick();
        assertThat(found.arrived().orElseThrow().version()).isEqualTo(1);
        assertThat(found.moved()).isEqualTo(1);
    }

    @Test
    void a_correction_brought_it_and_says_what_it_replaced() {
        double before = pick().point().value();
        rows.replaceAll(row -> row.start().equals(WINDOW) ? new GoldLake.Row(row.window(), row.start(), row.device(), row.location(), row.measure(), row.count(),
                row.avg() + 5) : row);
        lake.overwrite(rows, TEN.minusSeconds(100));
        Provenance found = pick();
        assertThat(found.arrived().orElseThrow().version()).isEqualTo(2);
        assertThat(found.before()).isEqualTo(before);
        assertThat(found.late()).contains(Duration.ofSeconds(1200 - 60 - 100));
    }

    @Test
    void many_points_in_one_place_and_an_open_window_are_told_apart() {
        PickedPoint point = pick().point();
        live.pickedProperty().set(new PickedPoint(point.asked(), 1, "temperature", "hall-a", "hall-a", point.time(), 1, 7, false));
        assertThat(model.stateProperty().get()).isEqualTo(ProvenanceModel.State.TOLD);
        assertThat(model.textProperty().get()).contains("7");
        live.pickedProperty().set(new PickedPoint(point.asked(), 1, "temperature", "hall-a", "hall-a", point.time(), 1, 1, true));
        assertThat(model.textProperty().get()).contains("still open");
        live.pickedProperty().set(null);
        assertThat(model.stateProperty().get()).isEqualTo(ProvenanceModel.State.NONE);
    }

    @Test
    void of_a_point_that_brings_many_rows_together_they_are_counted_and_a_closer_look_is_offered() {
        PickedPoint point = pick().point();
        long minute = Micros.of(Duration.ofMinutes(1));
        live.pickedProperty().set(new PickedPoint(point.asked(), 1, "temperature", "hall-a", "hall-a", point.time(), 1, 1, false, 5 * minute));
        turns.until(() -> model.stateProperty().get() != ProvenanceModel.State.LOOKING);
        assertThat(model.textProperty().get()).startsWith("5 rows from 09:40:00 to 09:45:00");
        assertThat(model.manyProperty().get()).isTrue();
        model.zoom();
        turns.until(() -> live.frameProperty().get().asked().wanted() instanceof Question.Between);
        assertThat(live.frameProperty().get().asked().range().from()).isLessThan(point.time());
        assertThat(live.frameProperty().get().asked().range().to()).isGreaterThan(point.time() + 5 * minute);
    }

    @Test
    void if_there_is_only_one_row_in_it_that_row_is_told() {
        PickedPoint point = pick().point();
        long half = Micros.of(Duration.ofSeconds(30));
        live.pickedProperty().set(new PickedPoint(point.asked(), 1, "temperature", "hall-a", "hall-a", point.time() - half, 1, 1, false, 2 * half));
        turns.until(() -> model.stateProperty().get() != ProvenanceModel.State.LOOKING);
        assertThat(model.stateProperty().get()).isEqualTo(ProvenanceModel.State.FOUND);
        assertThat(model.pointProperty().get().time()).isEqualTo(point.time());
        assertThat(model.foundProperty().get().arrived().orElseThrow().version()).isEqualTo(1);
        assertThat(model.manyProperty().get()).isFalse();
    }
}
