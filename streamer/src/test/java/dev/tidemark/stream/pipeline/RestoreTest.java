package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.maintain.Restoration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A table that was taken back is filled up again: the tables end up as if nothing had happened. */
class RestoreTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    /** Drained, with open windows and states, and what becomes of it in the end. */
    @TempDir
    static Path streamed;
    private static Map<String, List<String>> end;
    @TempDir
    Path root;
    private Path path;
    private Lake lake;

    @BeforeAll
    static void stream() throws IOException {
        run(streamed.resolve("drained"), Pipeline.Until.DRAINED);
        Path closed = copy("drained", streamed.resolve("closed"));
        run(closed, Pipeline.Until.CLOSED);
        end = LakeRows.all(closed);
    }

    private static void run(Path lake, Pipeline.Until until) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(RecoveryTest.source()), RecoveryTest.WITH_SESSIONS, CLOCK, new Figures(new SimpleMeterRegistry()), problem -> { },
                new Pipeline.Surroundings(() -> 0, table -> { }, false, 0)).run(until);
    }

    private static Path copy(String name, Path to) throws IOException {
        Path from = streamed.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private void open() throws IOException {
        path = copy("drained", root.resolve("lake"));
        lake = Lake.at(path.toString());
    }

    private Table table(String name) {
        return lake.table(name);
    }

    private Map<String, Long> restore(String table, long version, boolean derived, boolean force) {
        Restoration restoration = new Restoration(lake, false, CLOCK);
        Map<String, Long> plan = restoration.plan(table, version, derived, force);
        plan.forEach((each, target) -> restoration.run(each, target, false));
        return plan;
    }

    private void endsAsIfNothingHadHappened() throws IOException {
        run(path, Pipeline.Until.CLOSED);
        assertThat(LakeRows.all(path)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"gold/windows,0", "gold/windows,7", "gold/alerts,4", "silver/readings,0", "silver/readings,5", "silver/rejects,3", "bronze/events,4"})
    void what_came_since_is_made_again(String name, long version) throws IOException {
        open();
        long newest = table(name).latestVersion();
        assertThat(newest).isGreaterThan(version);
        Map<String, Long> plan = restore(name, version, true, true);
        assertThat(plan).containsEntry(name, version);
        assertThat(table(name).snapshot().files()).extracting(file -> file.location()).containsExactlyInAnyOrderElementsOf(
                table(name).snapshot(version).files().stream().map(file -> file.location()).toList());
        endsAsIfNothingHadHappened();
    }

    @Test
    void a_restoration_can_be_undone_before_the_streamer_goes_on_and_after() throws IOException {
        open();
        long before = table("gold/windows").latestVersion();
        restore("gold/windows", 2, false, false);
        restore("gold/windows", before, false, false);
        assertThat(table("gold/windows").snapshot().transactions()).isEqualTo(table("gold/windows").snapshot(before).transactions());
        endsAsIfNothingHadHappened();
        restore("gold/windows", 2, false, false);
        endsAsIfNothingHadHappened();
    }

    @Test
    void history_tells_of_it_as_of_deltas_own() throws IOException {
        open();
        int files = table("gold/windows").snapshot().files().size();
        restore("gold/windows", 2, false, false);
        List<Commit> history = table("gold/windows").history();
        Commit commit = history.get(history.size() - 1);
        assertThat(commit.operation()).isEqualTo("RESTORE");
        assertThat(commit.dataChange()).isTrue();
        assertThat(commit.parameters()).containsEntry("version", "2");
        int then = table("gold/windows").snapshot(2).files().size();
        assertThat(commit.metrics()).containsEntry("numRestoredFiles", "0").containsEntry("numRemovedFiles", Integer.toString(files - then))
                .containsEntry("numOfFilesAfterRestore", Integer.toString(then)).containsKeys("tableSizeAfterRestore", "removedFilesSize", "restoredFilesSize");
    }

    @Test
    void tables_that_were_made_from_rows_that_go_are_named() throws IOException {
        open();
        assertThatThrownBy(() -> restore("silver/readings", 2, false, false)).isInstanceOf(LakeException.class)
                .hasMessageContaining("gold/alerts and gold/windows were made from rows that it did not have yet").hasMessageContaining("--derived");
        assertThatThrownBy(() -> restore("bronze/events", 2, true, false)).isInstanceOf(LakeException.class).hasMessageContaining("read again from the sources").hasMessageContaining("--force");
        assertThatThrownBy(() -> restore("gold/live", 0, true, true)).isInstanceOf(LakeException.class).hasMessageContaining("replaced many times a second");
        Map<String, Long> plan = restore("silver/readings", 2, true, false);
        assertThat(plan.keySet()).containsExactly("gold/windows", "gold/alerts", "silver/readings");
        long newest = table("gold/windows").latestVersion();
        assertThatThrownBy(() -> restore("gold/windows", newest - 1, false, false)).isInstanceOf(LakeException.class).hasMessageContaining("rows that silver/readings does not have");
    }

    @Test
    void files_that_vacuum_has_deleted_are_named() throws IOException {
        open();
        try (Compaction compaction = Compaction.open(lake, "gold/windows", new CompactionRule(2, 1 << 20, Duration.ZERO), false, CLOCK, () -> false)) {
            compaction.rewrite(compaction.all().get(0), false);
        }
        String gone = table("gold/windows").snapshot(5).files().get(0).location();
        Files.delete(Path.of(gone.substring("file:".length())));
        assertThatThrownBy(() -> restore("gold/windows", 5, false, false)).isInstanceOf(LakeException.class).hasMessageContaining("1 of the ").hasMessageContaining("are gone")
                .hasMessageContaining("Choose a newer version");
    }
}
