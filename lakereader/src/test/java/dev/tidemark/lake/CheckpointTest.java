package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import static dev.tidemark.lake.SampleLog.remove;
import static dev.tidemark.lake.SampleLog.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Logs whose old commits are cleaned away and stand in a checkpoint, as delta-standalone writes it. */
class CheckpointTest {

    @TempDir
    private Path folder;
    private SampleLog log;
    private Snapshot before;

    @BeforeEach
    void a_table_of_fifteen_versions_with_a_checkpoint_at_ten() throws IOException {
        log = new SampleLog(folder).create("delta.appendOnly", "false").grow(1, 8).commit(9, remove("f3"), transaction("writer", 41)).grow(10, 10);
        before = log.table().snapshot(10);
        log.checkpoint();
        log.grow(11, 15);
        for (long version = 0; version < 10; version++) {
            log.delete(version);
        }
    }

    @Test
    void the_checkpoint_says_what_the_cleaned_commits_said() {
        Snapshot after = log.table().snapshot(10);
        assertThat(after.files()).isEqualTo(before.files());
        assertThat(after.files().get(0).statistics().orElseThrow().min()).containsEntry("id", 1L);
        assertThat(after.transactions()).isEqualTo(before.transactions()).containsEntry("writer", 41L);
        assertThat(after.schema()).isEqualTo(before.schema());
        assertThat(after.properties()).isEqualTo(before.properties());
        assertThat(after.minWriterVersion()).isEqualTo(2);
    }

    @Test
    void commits_after_the_checkpoint_are_added_to_it() {
        assertThat(log.table().snapshot().files()).hasSize(13);
        assertThat(log.table().snapshot().rows()).isEqualTo(130);
        assertThat(log.table().snapshot(12).files()).hasSize(10);
    }

    @Test
    void versions_before_it_are_gone_and_history_begins_with_it() {
        Table table = log.table();
        assertThat(table.earliestVersion()).isEqualTo(10);
        LakeException gone = catchThrowableOfType(LakeException.class, () -> table.snapshot(9));
        assertThat(gone.reason()).isEqualTo(Reason.VERSION_GONE);
        assertThat(gone).hasMessageContaining("versions 10 to 15");
        assertThat(table.history()).extracting(Commit::version).containsExactly(10L, 11L, 12L, 13L, 14L, 15L);
        assertThat(table.history().get(5).added().get(0).statistics().orElseThrow().max()).containsEntry("id", 9L);
    }

    @Test
    void what_is_cleaned_away_while_a_table_is_open_is_noticed() throws IOException {
        Path other = folder.resolve("other");
        SampleLog growing = new SampleLog(other).create().grow(1, 10);
        Table table = growing.table();
        assertThat(table.earliestVersion()).isZero();
        growing.checkpoint();
        growing.grow(11, 12);
        for (long version = 0; version < 10; version++) {
            growing.delete(version);
        }
        assertThat(catchThrowableOfType(LakeException.class, () -> table.snapshot(4)).reason()).isEqualTo(Reason.VERSION_GONE);
        assertThat(table.earliestVersion()).isEqualTo(10);
        assertThat(table.snapshot().files()).hasSize(12);
        assertThat(table.history()).extracting(Commit::version).containsExactly(10L, 11L, 12L);
    }

    @Test
    void history_and_times_begin_with_what_is_left_after_a_cleaning() throws IOException {
        SampleLog growing = new SampleLog(folder.resolve("other")).create().grow(1, 10);
        Table history = growing.table();
        Table times = growing.table();
        assertThat(history.latestVersion()).isEqualTo(times.latestVersion());
        growing.checkpoint().grow(11, 12);
        for (long version = 0; version < 10; version++) {
            growing.delete(version);
        }
        assertThat(history.history()).extracting(Commit::version).containsExactly(10L, 11L, 12L);
        assertThat(times.versionAt(Instant.parse("2999-01-01T00:00:00Z"))).isEqualTo(12);
    }

    @Test
    void a_checkpoint_cleaned_away_while_a_table_is_open_is_replaced_by_a_newer_one() throws IOException {
        Table table = log.table();
        assertThat(table.latestVersion()).isEqualTo(15);
        log.checkpoint();
        Files.delete(folder.resolve("_delta_log/00000000000000000010.checkpoint.parquet"));
        for (long version = 10; version < 15; version++) {
            log.delete(version);
        }
        assertThat(table.snapshot().rows()).isEqualTo(130);
        assertThat(table.earliestVersion()).isEqualTo(15);
    }

    @Test
    void a_damaged_checkpoint_is_named() throws IOException {
        Path checkpoint = folder.resolve("_delta_log/00000000000000000010.checkpoint.parquet");
        Files.write(checkpoint, new byte[] {'P', 'A', 'R', '1', 0, 0, 0});
        LakeException broken = catchThrowableOfType(LakeException.class, () -> log.table().snapshot());
        assertThat(broken.reason()).isEqualTo(Reason.BROKEN_LOG);
        assertThat(broken).hasMessageContaining("00000000000000000010.checkpoint.parquet");
    }
}
