package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Logs of many thousand versions, which are not listed when a table is opened: the names after the checkpoint that was noted last are asked for. */
class LongLogTest {

    /** A log looks as long as it is by the numbers of its versions. */
    private static final long CLEANED = 6_000;

    @TempDir
    private Path folder;
    private SampleLog log;

    @BeforeEach
    void versions_6000_to_6014_with_checkpoints_at_6004_and_6010() throws IOException {
        log = new SampleLog(folder).create().grow(1, 4).checkpoint().grow(5, 10).checkpoint().grow(11, 14);
        for (long version = 0; version <= 14; version++) {
            // Four commits of one millisecond, as a fast writer leaves them.
            log.time(version, Instant.ofEpochMilli(1_000_000 + version / 4));
        }
        List<Path> files;
        try (var all = Files.list(folder.resolve("_delta_log"))) {
            files = all.filter(file -> file.getFileName().toString().matches("\\d{20}\\..*")).toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Files.move(file, file.resolveSibling(String.format("%020d", Long.parseLong(name.substring(0, 20)) + CLEANED) + name.substring(20)));
        }
        noted(CLEANED + 10);
    }

    private void noted(long checkpoint) throws IOException {
        Files.writeString(folder.resolve("_delta_log/_last_checkpoint"), "{\"version\":" + checkpoint + ",\"size\":13}");
    }

    @Test
    void the_newest_version_is_found_without_what_lies_before_the_last_checkpoint() throws IOException {
        assertThat(log.log().listRecent().commits()).containsExactly(6_010, 6_011, 6_012, 6_013, 6_014);
        assertThat(log.log().list().commits()).hasSize(15);
        Snapshot now = log.table().snapshot();
        assertThat(now.version()).isEqualTo(6_014);
        assertThat(now.files()).hasSize(14);
    }

    @Test
    void what_lies_before_it_is_found_when_it_is_asked_for() {
        Table table = log.table();
        table.snapshot();
        assertThat(table.snapshot(6_006).files()).hasSize(6);
        assertThat(table.earliestVersion()).isEqualTo(6_004);
        assertThat(table.history()).extracting(Commit::version).startsWith(6_000L).hasSize(15);
        assertThat(log.table().history(6_001, 6_002)).extracting(Commit::version).containsExactly(6_001L, 6_002L);
        assertThat(log.table().versionAt(Instant.parse("2999-01-01T00:00:00Z"))).isEqualTo(6_014);
    }

    @Test
    void a_message_tells_all_versions_that_are_left() {
        LakeException gone = catchThrowableOfType(LakeException.class, () -> log.table().snapshot(7_000));
        assertThat(gone.reason()).isEqualTo(Reason.VERSION_GONE);
        assertThat(gone).hasMessageContaining("versions 6004 to 6014");
    }

    @Test
    void a_version_has_the_same_time_wherever_the_reading_began() {
        Table begunLate = log.table();
        Instant opened = begunLate.snapshot().committedAt();
        Instant late = begunLate.history(6_013, 6_013).get(0).committedAt();
        Table begunEarly = log.table();
        begunEarly.history();
        assertThat(begunEarly.snapshot().committedAt()).isEqualTo(opened);
        assertThat(begunEarly.history(6_013, 6_013).get(0).committedAt()).isEqualTo(late).isBefore(opened);
    }

    @Test
    void a_commit_missing_after_the_checkpoint_is_named() throws IOException {
        log.delete(CLEANED + 12);
        LakeException broken = catchThrowableOfType(LakeException.class, () -> log.table().snapshot());
        assertThat(broken.reason()).isEqualTo(Reason.BROKEN_LOG);
        assertThat(broken).hasMessageContaining("lacks 00000000000000006012.json").hasMessageContaining("to version 6014");
    }

    @Test
    void a_note_of_a_checkpoint_is_no_more_than_a_hint() throws IOException {
        noted(CLEANED + 13);
        assertThat(log.table().snapshot().files()).hasSize(14);
        noted(CLEANED + 4);
        assertThat(log.table().snapshot().files()).hasSize(14);
        Files.writeString(folder.resolve("_delta_log/_last_checkpoint"), "{\"version\":92233720368547758");
        assertThat(log.table().snapshot().files()).hasSize(14);
        Files.delete(folder.resolve("_delta_log/_last_checkpoint"));
        Files.createDirectory(folder.resolve("_delta_log/_last_checkpoint"));
        assertThat(log.table().snapshot().files()).hasSize(14);
    }

    @Test
    void new_commits_and_a_cleaned_beginning_are_noticed_as_in_a_short_log() throws IOException {
        Table table = log.table();
        table.snapshot();
        log.grow(CLEANED + 15, CLEANED + 16);
        assertThat(table.snapshot().files()).hasSize(16);
        for (long version = CLEANED; version < CLEANED + 10; version++) {
            log.delete(version);
        }
        Files.delete(folder.resolve("_delta_log/00000000000000006004.checkpoint.parquet"));
        assertThat(table.earliestVersion()).isEqualTo(6_010);
        assertThat(table.history()).extracting(Commit::version).startsWith(6_010L).hasSize(7);
    }
}
