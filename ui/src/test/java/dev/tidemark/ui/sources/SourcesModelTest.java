package dev.tidemark.ui.sources;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class SourcesModelTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final SourcesModel sources = new SourcesModel(Tasks.on(turns));

    private void open(Path root) {
        sources.open(root.toString());
        turns.all();
    }

    @Test
    void closed_windows_are_shown_first_and_joined_with_the_open_ones() {
        GoldLake.in(folder, TEN);
        open(folder);
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.OPEN);
        assertThat(sources.selectionProperty().get().table().path()).isEqualTo("gold/windows");
        assertThat(sources.selectionProperty().get().openWindows().orElseThrow().path()).isEqualTo("gold/live");
        assertThat(sources.tables()).extracting(TableEntry::path).containsExactly("gold/live", "gold/windows");
        assertThat(sources.tables()).allMatch(entry -> entry.status() == TableEntry.Status.DRAWABLE);
    }

    @Test
    void a_lake_that_is_not_written_yet_is_waited_for() {
        open(folder);
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.WAITING);
        GoldLake.in(folder, TEN);
        sources.refresh();
        turns.all();
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.OPEN);
        assertThat(sources.selectionProperty().get()).isNotNull();
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        open(folder.resolve("nowhere"));
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.FAILED);
        assertThat(sources.problemProperty().get()).contains("nowhere");
        assertThat(sources.recent()).isEmpty();
    }

    @Test
    void a_table_that_cannot_be_read_is_told_apart_and_does_not_hide_the_others() throws IOException {
        GoldLake.in(folder, TEN);
        Path log = Files.createDirectories(folder.resolve("broken/_delta_log"));
        Files.writeString(log.resolve("00000000000000000000.json"), "{ this is no log\n");
        open(folder);
        TableEntry broken = sources.tables().stream().filter(entry -> entry.path().equals("broken")).findFirst().orElseThrow();
        assertThat(broken.status()).isEqualTo(TableEntry.Status.CANNOT_READ);
        assertThat(broken.problem()).contains("broken");
        assertThat(sources.selectionProperty().get().table().path()).isEqualTo("gold/windows");
    }

    @Test
    void closed_windows_that_cannot_be_read_are_shown_as_that_and_not_replaced_by_the_open_ones() throws IOException {
        GoldLake.in(folder, TEN);
        Files.writeString(folder.resolve("gold/windows/_delta_log/00000000000000000000.json"), "{ this is no log\n");
        open(folder);
        assertThat(sources.selectionProperty().get().table().path()).isEqualTo("gold/windows");
    }

    @Test
    void a_lake_whose_only_table_cannot_be_read_says_why_at_once_and_shows_it_once_it_can() throws IOException {
        Path log = Files.createDirectories(folder.resolve("_delta_log"));
        Path broken = Files.writeString(log.resolve("00000000000000000000.json"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"tomorrow\"],\"writerFeatures\":[\"tomorrow\"]}}\n");
        open(folder);
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.UNDRAWABLE);
        assertThat(sources.problemProperty().get()).contains(folder.getFileName().toString()).startsWith("Cannot read");
        assertThat(sources.waits()).isTrue();
        Files.delete(broken);
        Files.delete(log);
        GoldLake.in(folder, TEN);
        sources.refresh();
        turns.all();
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.OPEN);
        assertThat(sources.problemProperty().get()).isEmpty();
    }

    @Test
    void of_a_lake_that_was_left_while_it_opened_nothing_is_heard() {
        GoldLake.in(folder, TEN);
        sources.open(folder.toString());
        sources.open("abfss://nowhere");
        turns.all();
        assertThat(sources.stateProperty().get()).isEqualTo(SourcesModel.State.FAILED);
        assertThat(sources.tables()).isEmpty();
        assertThat(sources.recent()).isEmpty();
    }

    @Test
    void a_refresh_keeps_what_is_shown() {
        GoldLake lake = GoldLake.in(folder, TEN);
        open(folder);
        SourcesModel.Selection before = sources.selectionProperty().get();
        lake.append(GoldLake.minutes(TEN, 2), TEN.plusSeconds(200));
        sources.refresh();
        turns.all();
        assertThat(sources.selectionProperty().get()).isSameAs(before);
        assertThat(sources.tables()).anyMatch(entry -> entry.path().equals("gold/windows") && entry.version() == 1 && entry.rows() == 24);
    }

    @Test
    void the_lakes_that_were_open_are_remembered_the_last_one_first() {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        GoldLake.in(one, TEN);
        GoldLake.in(two, TEN);
        open(one);
        open(two);
        open(one);
        assertThat(sources.recent()).containsExactly(one.toString(), two.toString());
    }

    @Test
    void another_table_can_be_chosen() {
        GoldLake.in(folder, TEN);
        open(folder);
        sources.show("gold/live");
        assertThat(sources.selectionProperty().get().table().path()).isEqualTo("gold/live");
        assertThat(sources.selectionProperty().get().openWindows()).isEmpty();
    }
}
