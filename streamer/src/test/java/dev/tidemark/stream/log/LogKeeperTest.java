package dev.tidemark.stream.log;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.actions.AddFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class LogKeeperTest {

    /** Files carry the time of the machine. */
    static final Instant NOW = Instant.now();
    static final Schema SCHEMA = new Schema(List.of(new Schema.Field("id", Type.Primitive.LONG, true),
            new Schema.Field("name", Type.Primitive.STRING, true), new Schema.Field("date", Type.Primitive.DATE, true)));
    static final Map<String, String> KEPT = Map.of("delta.checkpointInterval", "10");
    static final Map<String, String> SHORT_LIVED = Map.of("delta.checkpointInterval", "10",
            "delta.logRetentionDuration", "interval 1 hour", "delta.deletedFileRetentionDuration", "interval 1 hour");

    @TempDir
    Path lake;
    Path folder;
    Path log;

    @BeforeEach
    void names() {
        folder = lake.resolve("gold/live");
        log = folder.resolve("_delta_log");
    }

    DeltaTable open(Map<String, String> properties) {
        return open(properties, NOW);
    }

    DeltaTable open(Map<String, String> properties, Instant now) {
        return DeltaTable.open(Lake.at(lake.toString()), "gold/live", new TableLayout(SCHEMA, List.of("date"), properties, false),
                InstantSource.fixed(now));
    }

    static void replace(DeltaTable table, int times) {
        Rows rows = table.newRows();
        for (int i = 0; i < times; i++) {
            rows.clear();
            rows.setLong(0, table.version());
            rows.setString(1, "a \"name\"\n\u00e4");
            rows.setLong(2, 20_000);
            rows.end();
            assertThat(table.replace(rows, Map.of("hub/0", table.version()), Map.of())).isInstanceOf(CommitOutcome.Done.class);
        }
    }

    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    void ageAll(Duration age) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                age(file, age);
            }
        }
    }

    DeltaLog readByOthers() {
        Configuration settings = new Configuration(false);
        settings.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        settings.set("fs.defaultFS", "file:///");
        return DeltaLog.forTable(settings, folder.toUri().toString());
    }

    @Test
    void a_checkpoint_stands_in_for_all_commits_before_it() throws IOException {
        try (DeltaTable table = open(KEPT)) {
            replace(table, 10);
        }
        assertThat(log.resolve("_last_checkpoint")).content().contains("\"version\":10");
        assertThat(names(log)).contains("00000000000000000010.checkpoint.parquet").noneMatch(name -> name.contains("tmp"));
        for (int version = 0; version < 10; version++) {
            Files.delete(log.resolve(String.format("%020d.json", version)));
        }

        var snapshot = readByOthers().snapshot();
        assertThat(snapshot.getVersion()).isEqualTo(10);
        assertThat(snapshot.getMetadata().getSchema().getFieldNames()).containsExactly("id", "name", "date");
        assertThat(snapshot.getMetadata().getConfiguration()).isEqualTo(KEPT);
        AddFile file = snapshot.getAllFiles().get(0);
        assertThat(file.getStats()).contains("\"numRecords\":1").contains("a \\\"name\\\"\\n\u00e4");
        assertThat(folder.resolve(file.getPath())).exists();
        assertThat(readByOthers().startTransaction().txnVersion("hub/0")).isEqualTo(9);

        try (DeltaTable table = open(KEPT)) {
            assertThat(table.version()).isEqualTo(10);
            assertThat(table.transactions()).isEqualTo(Map.of("hub/0", 9L));
            replace(table, 1);
        }
        assertThat(Lake.at(lake.toString()).table("gold/live").snapshot().files()).hasSize(1);
    }

    @Test
    void checkpoints_come_at_the_interval_also_over_restarts() {
        for (int run = 0; run < 7; run++) {
            try (DeltaTable table = open(KEPT)) {
                replace(table, 4);
            }
        }
        // It is written beside the commits: those that come meanwhile may be in it already.
        assertThat(names(log)).filteredOn(name -> name.contains("checkpoint.")).hasSize(2)
                .satisfiesExactly(first -> assertThat(first).matches("0{18}1[0-2].*"), second -> assertThat(second).matches("0{18}2[0-4].*"));
    }

    @Test
    void a_short_lived_table_forgets_what_is_older_than_its_retention_and_can_still_be_read() throws IOException {
        for (int run = 0; run < 2; run++) {
            try (DeltaTable table = open(SHORT_LIVED, NOW.minus(Duration.ofHours(2)))) {
                replace(table, 10);
            }
        }
        ageAll(Duration.ofHours(2));
        Path abandoned = Files.writeString(log.resolve(".tmp-1-abandoned"), "half");
        age(abandoned, Duration.ofHours(2));
        Path orphan = Files.writeString(folder.resolve("date=2024-10-04/part-00000-orphan-c000.parquet"), "half");
        age(orphan, Duration.ofHours(2));
        Path state = Files.writeString(Files.createDirectories(folder.resolve("_streamer/state")).resolve("1.state"), "state");
        age(state, Duration.ofHours(2));

        try (DeltaTable table = open(SHORT_LIVED)) {
            replace(table, 10);
        }

        assertThat(names(log)).contains("00000000000000000020.checkpoint.parquet", "00000000000000000020.json",
                "00000000000000000030.checkpoint.parquet", "00000000000000000030.json")
                .doesNotContain("00000000000000000019.json", "00000000000000000010.checkpoint.parquet", ".tmp-1-abandoned");
        assertThat(orphan).doesNotExist();
        assertThat(state).exists();
        // The eleven files of versions 20 to 30: what 21 removed was removed just now, however old the file is.
        assertThat(names(folder.resolve("date=2024-10-04"))).hasSize(11);
        assertThat(readByOthers().snapshot().getAllFiles()).singleElement()
                .satisfies(file -> assertThat(folder.resolve(file.getPath())).exists());
        assertThat(readByOthers().getSnapshotForVersionAsOf(20).getAllFiles()).singleElement()
                .satisfies(file -> assertThat(folder.resolve(file.getPath())).exists());
        try (DeltaTable table = open(SHORT_LIVED)) {
            assertThat(table.transactions()).isEqualTo(Map.of("hub/0", 29L));
        }
    }

    @Test
    void what_is_younger_than_the_retention_stays() throws IOException {
        try (DeltaTable table = open(SHORT_LIVED)) {
            replace(table, 10);
        }
        ageAll(Duration.ofMinutes(59));
        List<String> before = names(log);
        List<String> filesBefore = names(folder.resolve("date=2024-10-04"));

        try (DeltaTable table = open(SHORT_LIVED)) {
            replace(table, 10);
        }
        assertThat(names(log)).containsAll(before);
        assertThat(names(folder.resolve("date=2024-10-04"))).containsAll(filesBefore);
    }

    static final Map<String, String> MONTH = Map.of("delta.checkpointInterval", "10", "delta.logRetentionDuration", "interval 30 days",
            "delta.deletedFileRetentionDuration", "interval 7 days");

    private void ten(Map<String, String> properties, Duration ago) throws IOException {
        try (DeltaTable table = open(properties, NOW.minus(ago))) {
            replace(table, 10);
        }
    }

    @Test
    void a_table_that_keeps_a_month_loses_nothing_within() throws IOException {
        ten(MONTH, Duration.ofDays(6));
        ageAll(Duration.ofDays(6));
        List<String> before = names(log);
        ten(MONTH, Duration.ZERO);
        assertThat(names(log)).containsAll(before);
        assertThat(names(folder.resolve("date=2024-10-04"))).hasSize(20);
    }

    @Test
    void files_go_before_the_log_that_tells_of_them_and_history_says_so() throws IOException {
        ten(MONTH, Duration.ofDays(10));
        ageAll(Duration.ofDays(10));
        ten(MONTH, Duration.ZERO);
        assertThat(names(log)).contains("00000000000000000000.json");
        // Of the first ten only the last one was there a week ago.
        assertThat(names(folder.resolve("date=2024-10-04"))).hasSize(11);
        assertThat(Lake.at(lake.toString()).table("gold/live").history()).extracting(Commit::operation).contains("VACUUM START", "VACUUM END");
        assertThat(Lake.at(lake.toString()).table("gold/live").snapshot(10).files()).allSatisfy(file -> assertThat(Path.of(file.location().substring(5))).exists());
    }

    @Test
    void a_table_that_forbids_it_keeps_its_log() throws IOException {
        Map<String, String> forbidden = new HashMap<>(MONTH);
        forbidden.put("delta.enableExpiredLogCleanup", "false");
        ten(forbidden, Duration.ofDays(40));
        ten(forbidden, Duration.ofDays(40));
        ageAll(Duration.ofDays(40));
        ten(forbidden, Duration.ZERO);
        assertThat(names(log)).contains("00000000000000000000.json");
    }

    @Test
    void a_log_beyond_its_retention_is_cut_at_a_checkpoint() throws IOException {
        ten(MONTH, Duration.ofDays(40));
        ten(MONTH, Duration.ofDays(40));
        ageAll(Duration.ofDays(40));
        ten(MONTH, Duration.ZERO);
        assertThat(names(log)).contains("00000000000000000020.json", "00000000000000000020.checkpoint.parquet").doesNotContain("00000000000000000019.json");
        assertThat(readByOthers().getSnapshotForVersionAsOf(20).getAllFiles()).hasSize(1);
    }

    @Test
    void an_error_while_a_checkpoint_is_written_does_not_fail_the_close() {
        InstantSource broken = () -> {
            throw new AssertionError("asserted by a library");
        };
        LogKeeper keeper = new LogKeeper(CommitLog.of(Place.local(folder)), 1, broken);
        keeper.committed(1);
        assertThatCode(keeper::close).doesNotThrowAnyException();
    }

    @Test
    void a_checkpoint_that_fails_disturbs_no_commit_and_is_tried_again() throws IOException {
        Path inTheWay = log.resolve("00000000000000000010.checkpoint.parquet/in-the-way");
        try (DeltaTable table = open(KEPT)) {
            Files.createDirectories(inTheWay);
            replace(table, 10);
            assertThat(table.version()).isEqualTo(10);
        }
        assertThat(log.resolve("_last_checkpoint")).doesNotExist();
        assertThat(names(log)).noneMatch(name -> name.endsWith(".tmp"));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());

        try (DeltaTable table = open(KEPT)) {
            replace(table, 1);
        }
        assertThat(log.resolve("_last_checkpoint")).content().contains("\"version\":11");
    }
}
