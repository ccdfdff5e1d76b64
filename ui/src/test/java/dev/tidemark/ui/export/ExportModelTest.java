package dev.tidemark.ui.export;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.export.CsvFormat;
import dev.tidemark.lake.export.Manifest;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.LivePage;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ExportModelTest extends LivePage {

    private Optional<Path> chosen;
    private String offered;
    private final ExportModel export = new ExportModel(live, travel, Tasks.on(turns), name -> {
        offered = name;
        return chosen;
    });

    @BeforeEach
    void a_page_that_shows_a_lake() {
        GoldLake lake = GoldLake.in(folder.resolve("lake"), TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1200), 10), TEN.minusSeconds(600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(600), 9), TEN.minusSeconds(30));
        chosen = Optional.of(folder.resolve("out.csv"));
        open(lake.root(), "gold/windows");
        assertThat(live.standing().stateProperty().get()).isEqualTo(Standing.State.SHOWN);
    }

    private DraftModel draft(boolean ofScreen) {
        DraftModel draft = export.draft(ofScreen);
        turns.until(() -> draft.rowsProperty().get() >= 0 || !draft.problemProperty().get().isEmpty());
        return draft;
    }

    private List<String> exported() throws IOException {
        return exported(draft(true));
    }

    private List<String> exported(DraftModel draft) throws IOException {
        assertThat(export.write(draft)).as(draft.problemProperty().get()).isTrue();
        turns.until(() -> export.stateProperty().get() != ExportModel.State.RUNNING);
        assertThat(export.stateProperty().get()).as(export.textProperty().get()).isEqualTo(ExportModel.State.DONE);
        return Files.readAllLines(chosen.orElseThrow());
    }

    @Test
    void what_the_charts_show_is_written_in_the_order_of_time() throws IOException {
        List<String> lines = exported();
        assertThat(offered).endsWith("_v2_" + name(live.view().getRange().from()) + "_" + name(live.view().getRange().to()) + ".csv");
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

    private static String name(long micros) {
        return Micros.instant(micros).toString().replaceAll("[-:]|\\.\\d+", "");
    }

    @Test
    void the_whole_table_is_written_with_a_manifest_by_which_it_can_be_made_again() throws IOException {
        assertThat(exported(draft(false))).hasSize(1 + 19 * 12);
        Manifest manifest = Manifest.read(Manifest.beside(chosen.orElseThrow()));
        assertThat(manifest.rows()).isEqualTo(19 * 12);
        assertThat(manifest.version()).isEqualTo(2);
        Path again = folder.resolve("again.csv");
        CsvExport.again(manifest, Lake.at(folder.resolve("lake").toString()).table("gold/windows").snapshot(2), again, (rows, total) -> { });
        assertThat(again).hasSameBinaryContentAs(chosen.orElseThrow());
    }

    @Test
    void what_is_on_screen_can_be_made_again_too_whatever_the_window_shows_then() throws IOException {
        live.series().toggle("hall-a");
        exported();
        Manifest manifest = Manifest.read(Manifest.beside(chosen.orElseThrow()));
        assertThat(manifest.question().where()).isEqualTo("window = '1m' and grain = 'location' and measure in ('temperature', 'vibration') and location = 'hall-b'");
        Path again = folder.resolve("again.csv");
        CsvExport.again(manifest, Lake.at(folder.resolve("lake").toString()).table("gold/windows").snapshot(2), again, (rows, total) -> { });
        assertThat(again).hasSameBinaryContentAs(chosen.orElseThrow());
    }

    @Test
    void a_query_begins_with_what_is_on_screen_and_counts_its_rows() throws IOException {
        DraftModel draft = draft(true);
        draft.scopeProperty().set(DraftModel.Scope.QUERY);
        assertThat(draft.whereProperty().get()).startsWith("window = '1m' and grain = 'location'");
        draft.whereProperty().set("device_id = 'hall-b-2' and measure = 'vibration' and avg > 2");
        draft.columnsProperty().set("window_start, device_id , avg");
        draft.fromProperty().set("2026-11-21 09:50");
        turns.until(() -> draft.rowsProperty().get() == 9);
        assertThat(exported(draft)).hasSize(1 + 9).startsWith("window_start,device_id,avg");
    }

    @Test
    void a_query_that_makes_no_sense_is_told_while_it_is_written_and_not_exported() {
        DraftModel draft = draft(false);
        draft.scopeProperty().set(DraftModel.Scope.QUERY);
        draft.whereProperty().set("avg >");
        assertThat(draft.problemProperty().get()).contains("at its end", "expected a value");
        assertThat(draft.plan()).isEmpty();
        draft.whereProperty().set("");
        draft.sortProperty().set("age");
        assertThat(draft.problemProperty().get()).contains("age");
        draft.sortProperty().set("");
        draft.fromProperty().set("half past nine");
        assertThat(draft.problemProperty().get()).contains("'half past nine' is no time");
        assertThat(export.write(draft)).isFalse();
    }

    @Test
    void how_files_are_written_is_remembered() throws IOException {
        List<String> kept = new ArrayList<>();
        export.remember("; , Europe/Berlin PLAIN bom gzip defused", kept::add);
        DraftModel draft = draft(false);
        assertThat(draft.formatProperty().get()).isEqualTo(new CsvFormat(';', ',', ZoneId.of("Europe/Berlin"), CsvFormat.TimeStyle.PLAIN, true, true, true));
        assertThat(draft.manifestProperty().get()).isFalse();
        draft.formatProperty().set(draft.formatProperty().get().gzip(false).signs('\t', '.'));
        List<String> lines = exported(draft);
        assertThat(offered).isEqualTo("gold-windows_v2.csv");
        assertThat(lines.get(0)).startsWith("\ufeffwindow\twindow_start");
        assertThat(lines.get(1)).contains("\t2026-11-21 10:40:00\t");
        assertThat(Manifest.beside(chosen.orElseThrow())).doesNotExist();
        assertThat(kept).containsExactly("tab . Europe/Berlin PLAIN bom defused");
        export.remember("spoilt", kept::add);
        assertThat(draft(false).formatProperty().get()).isEqualTo(CsvFormat.STANDARD);
    }

    @Test
    void how_far_it_is_is_told_in_parts_of_the_whole() throws IOException {
        exported();
        assertThat(export.progressProperty().get()).isEqualTo(1);
        assertThat(export.textProperty().get()).startsWith("76 rows written");
    }

    @Test
    void a_sorted_export_tells_how_much_is_gathered_before_the_first_row_is_written() throws IOException {
        List<Double> told = new ArrayList<>();
        export.progressProperty().addListener((property, before, now) -> told.add(now.doubleValue()));
        DraftModel draft = draft(false);
        draft.sortProperty().set("device_id");
        exported(draft);
        assertThat(told).isSorted().endsWith(1.0).anyMatch(part -> part > 0.5 && part < 1);
    }

    @Test
    void no_file_chosen_is_no_export() {
        chosen = Optional.empty();
        assertThat(export.write(draft(true))).isFalse();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
    }

    @Test
    void a_file_that_cannot_be_written_is_told_and_leaves_nothing() {
        chosen = Optional.of(folder.resolve("no-such-folder").resolve("out.csv"));
        export.write(draft(true));
        turns.until(() -> export.stateProperty().get() == ExportModel.State.FAILED);
        assertThat(export.textProperty().get()).contains("no-such-folder", "Create it, or choose another one");
        assertThat(folder.resolve("no-such-folder")).doesNotExist();

        chosen = Optional.of(folder.resolve("out.csv"));
        export.elsewhere();
        turns.until(() -> export.stateProperty().get() == ExportModel.State.DONE);
        assertThat(folder.resolve("out.csv")).exists();
    }

    @Test
    void a_cancelled_export_leaves_nothing() {
        export.write(draft(true));
        export.cancel();
        turns.all();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
        assertThat(folder.toFile().list()).containsExactly("lake");
    }

    @Test
    void a_notice_can_be_dismissed_but_not_while_it_runs() throws IOException {
        export.write(draft(true));
        export.dismiss();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.RUNNING);
        turns.until(() -> export.stateProperty().get() == ExportModel.State.DONE);
        export.dismiss();
        assertThat(export.stateProperty().get()).isEqualTo(ExportModel.State.NONE);
    }
}
