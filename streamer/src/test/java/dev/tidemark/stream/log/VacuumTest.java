package dev.tidemark.stream.log;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.TableLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class VacuumTest {

    static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path lake;
    Path folder;
    Path day;

    @BeforeEach
    void names() {
        folder = lake.resolve("gold/windows");
        day = folder.resolve("date=2024-10-04");
    }

    /** Eleven versions, each of one file that replaces the one before. */
    void replaced(Duration ago) throws IOException {
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/windows",
                new TableLayout(LogKeeperTest.SCHEMA, List.of("date"), Map.of("delta.checkpointInterval", "1000"), false), InstantSource.fixed(LogKeeperTest.NOW.minus(ago)))) {
            LogKeeperTest.replace(table, 10);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                LogKeeperTest.age(file, ago);
            }
        }
    }

    Vacuum vacuum() {
        return new Vacuum(CommitLog.of(Place.local(folder)), InstantSource.fixed(LogKeeperTest.NOW));
    }

    Commit last(int back) {
        List<Commit> history = Lake.at(lake.toString()).table("gold/windows").history();
        return history.get(history.size() - 1 - back);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_removed_before_the_retention_goes_and_the_table_stays(Vacuum.Mode mode) throws IOException {
        replaced(Duration.ofDays(8));
        Vacuum.Plan plan = vacuum().plan(mode, null);
        assertThat(plan.files()).hasSize(9);
        assertThat(plan.retention()).isEqualTo(WEEK);
        assertThat(plan.bytes()).isEqualTo(plan.files().stream().mapToLong(file -> file.toFile().length()).sum());
        assertThat(vacuum().run(plan, false, deleted -> { })).isEqualTo(9);
        assertThat(LogKeeperTest.names(day)).hasSize(1);
        assertThat(Scan.of(Lake.at(lake.toString()).table("gold/windows").snapshot()).columns(List.of("id")).readAll().rows()).isEqualTo(1);
        assertThat(last(1).operation()).isEqualTo("VACUUM START");
        assertThat(last(1).metrics()).isEqualTo(Map.of("numFilesToDelete", "9", "sizeOfDataToDelete", Long.toString(plan.bytes())));
        assertThat(last(1).parameters()).containsEntry("retentionCheckEnabled", "true").containsEntry("defaultRetentionMillis", "604800000");
        assertThat(last(0).operation()).isEqualTo("VACUUM END");
        assertThat(last(0).parameters()).containsEntry("status", "COMPLETED");
        assertThat(last(0).metrics()).containsEntry("numDeletedFiles", "9").containsKey("numVacuumedDirectories");
    }

    @ParameterizedTest
    @EnumSource
    void what_was_removed_within_the_retention_stays(Vacuum.Mode mode) throws IOException {
        replaced(Duration.ofDays(6));
        assertThat(vacuum().plan(mode, null).files()).isEmpty();
    }

    @Test
    void a_longer_retention_than_the_tables_counts_also_for_what_checkpoints_have_forgotten() throws IOException {
        replaced(Duration.ofDays(8));
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/windows",
                new TableLayout(LogKeeperTest.SCHEMA, List.of("date"), Map.of(), false), InstantSource.fixed(LogKeeperTest.NOW))) {
            LogKeeperTest.replace(table, 1);
        }
        assertThat(vacuum().plan(Vacuum.Mode.FULL, Duration.ofDays(9)).files()).isEmpty();
        assertThat(vacuum().plan(Vacuum.Mode.FULL, Duration.ofDays(8)).files()).isEmpty();
        assertThat(vacuum().plan(Vacuum.Mode.FULL, null).files()).hasSize(9);
    }

    @Test
    void files_that_no_commit_names_are_found_by_the_full_mode_once_they_are_old() throws IOException {
        replaced(Duration.ZERO);
        Path old = Files.writeString(day.resolve("part-00000-old.parquet"), "half");
        Files.setLastModifiedTime(old, FileTime.from(LogKeeperTest.NOW.minus(Duration.ofDays(8))));
        Path young = Files.writeString(day.resolve("part-00000-young.parquet"), "half");
        Files.setLastModifiedTime(young, FileTime.from(LogKeeperTest.NOW.minus(Duration.ofMinutes(59))));
        assertThat(vacuum().plan(Vacuum.Mode.LITE, null).files()).isEmpty();
        assertThat(vacuum().plan(Vacuum.Mode.FULL, null).files()).containsExactly(old);
        // A commit may be under way: also without any retention it has an hour.
        assertThat(vacuum().plan(Vacuum.Mode.FULL, Duration.ZERO).files()).containsExactly(old);
    }

    @Test
    void what_is_hidden_and_other_tables_below_are_left_alone() throws IOException {
        replaced(Duration.ZERO);
        for (String name : List.of("_streamer/state/1.state", ".hidden/file", "other/_delta_log/00000000000000000000.json", "other/part.parquet", "_file", ".file")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.setLastModifiedTime(Files.writeString(file, "x"), FileTime.from(Instant.EPOCH));
        }
        assertThat(vacuum().plan(Vacuum.Mode.FULL, null).files()).isEmpty();
    }

    @Test
    void a_lite_vacuum_looks_only_at_what_came_since_the_last_one() throws IOException {
        replaced(Duration.ofDays(8));
        assertThat(vacuum().run(vacuum().plan(Vacuum.Mode.LITE, null), false, deleted -> { })).isEqualTo(9);
        Vacuum.Plan next = vacuum().plan(Vacuum.Mode.LITE, null);
        assertThat(next.files()).isEmpty();
        assertThat(next.complete()).isTrue();
        assertThat(folder.resolve("_delta_log/_last_vacuum_info")).content().contains("\"latestCommitVersionOutsideOfRetentionWindow\":10");
    }

    @Test
    void a_lite_vacuum_knows_when_the_log_lacks_removals() throws IOException {
        replaced(Duration.ofDays(8));
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/windows",
                new TableLayout(LogKeeperTest.SCHEMA, List.of("date"), Map.of(), false), InstantSource.fixed(LogKeeperTest.NOW))) {
            LogKeeper keeper = new LogKeeper(CommitLog.of(Place.local(folder)), 1, InstantSource.fixed(LogKeeperTest.NOW.minus(Duration.ofDays(30))));
            keeper.committed(table.version());
            keeper.close();
        }
        for (int version = 0; version < 5; version++) {
            Files.delete(folder.resolve(String.format("_delta_log/%020d.json", version)));
        }
        assertThat(vacuum().plan(Vacuum.Mode.LITE, null).complete()).isFalse();
        assertThat(vacuum().plan(Vacuum.Mode.FULL, null).files()).hasSize(9);
    }

    @Test
    void what_was_too_young_for_a_forced_vacuum_is_found_by_a_lite_one_later() throws IOException {
        replaced(Duration.ofMinutes(20));
        assertThat(vacuum().run(vacuum().plan(Vacuum.Mode.FULL, Duration.ZERO), true, deleted -> { })).isZero();
        Vacuum later = new Vacuum(CommitLog.of(Place.local(folder)), InstantSource.fixed(LogKeeperTest.NOW.plus(Duration.ofHours(2))));
        assertThat(later.plan(Vacuum.Mode.LITE, Duration.ZERO).files()).hasSize(9);
    }

    /** The log file says that it is old, its removals say that they are young: as when time passes between the two looks. */
    @Test
    void a_removal_that_is_not_old_enough_yet_is_looked_at_again() throws IOException {
        replaced(Duration.ofDays(6));
        for (int version = 0; version <= 10; version++) {
            LogKeeperTest.age(folder.resolve(String.format("_delta_log/%020d.json", version)), Duration.ofDays(8));
        }
        Vacuum.Plan early = vacuum().plan(Vacuum.Mode.LITE, null);
        assertThat(early.files()).isEmpty();
        vacuum().run(early, false, deleted -> { });
        Vacuum later = new Vacuum(CommitLog.of(Place.local(folder)), InstantSource.fixed(LogKeeperTest.NOW.plus(Duration.ofDays(2))));
        assertThat(later.plan(Vacuum.Mode.LITE, null).files()).hasSize(9);
    }
}
