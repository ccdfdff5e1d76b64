package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes at the wrong moment, or not at all, while a table is followed. */
class LiveTroubleTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;
    @TempDir
    private Path away;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> TEN);
    private GoldLake lake;

    /** Version 1 holds 28 minutes. */
    @BeforeEach
    void a_lake() {
        lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 28), TEN.minusSeconds(100));
    }

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    private void begin() {
        Lake opened = Lake.at(folder.toString());
        live.open(opened.table("gold/windows"), Optional.of(opened.table("gold/live")));
    }

    private void open() {
        begin();
        turns.until(() -> live.standing().is(Standing.State.SHOWN) && !travel.marks().isEmpty());
        turns.all();
    }

    private Frame frame() {
        return live.frameProperty().get();
    }

    private int points() {
        return frame().lines().get("temperature").get("hall-a").size();
    }

    private List<Path> dataFiles() throws IOException {
        try (var files = Files.walk(lake.table("gold/windows"))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void a_missing_data_file_is_told() {
        lake.loseData("gold/windows");
        begin();
        turns.until(() -> live.standing().is(Standing.State.CANNOT_READ));
        assertThat(live.standing().problemProperty().get()).contains(".parquet");
    }

    @Test
    void a_version_whose_files_are_gone_is_not_replaced_by_another() {
        lake.loseData("gold/windows");
        lake.overwrite(GoldLake.minutes(TEN.minusSeconds(600), 9), TEN.minusSeconds(10));
        begin();
        // Before it is known which versions can be read.
        turns.until(() -> live.standing().is(Standing.State.SHOWN) && !travel.marks().isEmpty());
        travel.goTo(1);
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.CANNOT_READ);
        assertThat(live.standing().problemProperty().get()).contains(".parquet");
        travel.goLive();
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.SHOWN);
        assertThat(live.standing().problemProperty().get()).isEmpty();
    }

    @Test
    void a_table_that_vanished_and_came_back_is_shown_again() throws IOException {
        open();
        Path away = lake.root().resolveSibling("away");
        Files.move(lake.root(), away);
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.VANISHED);
        Files.move(away, lake.root());
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN);
        assertThat(live.standing().problemProperty().get()).isEmpty();
    }

    @Test
    void a_commit_whose_rows_cannot_be_read_is_not_passed_over_in_silence() throws IOException {
        open();
        List<Path> before = dataFiles();
        lake.append(GoldLake.minutes(TEN.minusSeconds(120), 1), TEN.minusSeconds(40));
        Path lost = dataFiles().stream().filter(file -> !before.contains(file)).findFirst().orElseThrow();
        Path kept = Files.move(lost, away.resolve("kept"));
        // The commit is taken in by a turn of ours: by then its file is away.
        turns.until(() -> live.standing().is(Standing.State.CANNOT_READ));
        assertThat(live.standing().problemProperty().get()).contains(".parquet");
        Files.move(kept, lost);
        lake.append(GoldLake.minutes(TEN.minusSeconds(60), 1), TEN.minusSeconds(20));
        turns.until(() -> live.standing().is(Standing.State.SHOWN) && frame().version() == 3);
        assertThat(points()).isEqualTo(30);
    }

    @Test
    void a_table_that_was_closed_is_not_heard_of_any_more() {
        begin();
        // Its history is being asked for.
        turns.until(() -> frame() != null);
        live.close();
        turns.all();
        assertThat(travel.marks()).isEmpty();
        assertThat(live.standing().is(Standing.State.NOTHING)).isTrue();
    }

    @Test
    void the_series_that_one_table_was_to_show_alone_is_none_of_the_next() {
        open();
        live.visit(live.question(), Position.LIVE, "hall-a");
        begin();
        turns.until(() -> live.standing().is(Standing.State.SHOWN));
        turns.all();
        assertThat(live.series().hidden()).isEmpty();
    }
}
