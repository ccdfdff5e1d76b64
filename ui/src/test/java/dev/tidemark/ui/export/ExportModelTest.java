package dev.tidemark.ui.export;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
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

class ExportModelTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> TEN);
    private Optional<Path> chosen;
    private String offered;
    private final ExportModel export = new ExportModel(live, Tasks.on(turns), name -> {
        offered = name;
        return chosen;
    });

    @BeforeEach
    void a_page_that_shows_a_lake() {
        GoldLake lake = GoldLake.in(folder.resolve("lake"), TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1200), 10), TEN.minusSeconds(600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 9), TEN.minusSeconds(30));
        chosen = Optional.of(folder.resolve("out.csv"));
        live.open(Lake.at(lake.root().toString()).table("gold/windows"), Optional.empty());
        turns.until(() -> live.standing().stateProperty().get() == Standing.State.SHOWN && !travel.marks().isEmpty());
    }

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    private List<String> exported() throws IOException {
        export.export();
        turns.until(() -> export.stateProperty().get() != ExportModel.State.RUNNING);
        assertThat(export.stateProperty().get()).as(export.textProperty().get()).isEqualTo(ExportModel.State.DONE);
        return Files.readAllLines(chosen.orElseThrow());
    }

    @Test
    void what_the_charts_show_is_written_in_the_order_of_time() throws IOException {
        List<String> lines = exported();
        assertThat(lines.get(0)).startsWith("window,window_start,window_end,grain,device_id,location,measure");
        assertThat(lines).hasSize(1 + 19 * 4);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains(",location,"));
        assertThat(lines.subList(1, lines.size())).isSortedAccordingTo((a, b) -> a.split(",")[1].compareTo(b.split(",")[1]));
    }

    @Test
    void only_the_measures_series_and_times_that_are_shown() throws IOException {
        live.ask(live.question().withMeasures(List.of("vibration"))
                .withRange(new Question.Between(Micros.of(TEN.minusSeconds(300)), Micros.of(TEN.minusSeconds(120)))));
        turns.until(() -> live.frameProperty().get().asked().measures().size() == 1);
        live.series().toggle("hall-a");
        List<String> lines = exported();
        assertThat(lines).hasSize(1 + 3);
        assertThat(lines.subList(1, 4)).allMatch(line -> line.contains("hall-b") && line.contains("vibration"));
    }

    @Test
    void at_a_version_of_the_past_it_is_that_version() throws IOException {
        travel.goTo(1);
        turns.until(() -> live.frameProperty().get().version() == 1);
        assertThat(exported()).hasSize(1 + 10 * 4);
        assertThat(offered).startsWith("gold-windows_v1_20261121T");
    }

    @Test
    void no_file_chosen_is_no_export() {
        chosen = Optional.empty();
        export.export();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
    }

    @Test
    void a_file_that_cannot_be_written_is_told_and_leaves_nothing() {
        chosen = Optional.of(folder.resolve("no-such-folder").resolve("out.csv"));
        export.export();
        turns.until(() -> export.stateProperty().get() == ExportModel.State.FAILED);
        assertThat(export.textProperty().get()).contains("no-such-folder");
        assertThat(folder.resolve("no-such-folder")).doesNotExist();
    }

    @Test
    void a_cancelled_export_leaves_nothing() {
        export.export();
        export.cancel();
        turns.all();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
        assertThat(folder.toFile().list()).containsExactly("lake");
    }

    @Test
    void a_notice_can_be_dismissed_but_not_while_it_runs() throws IOException {
        export.export();
        export.dismiss();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.RUNNING);
        turns.until(() -> export.stateProperty().get() == ExportModel.State.DONE);
        export.dismiss();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
    }
}
