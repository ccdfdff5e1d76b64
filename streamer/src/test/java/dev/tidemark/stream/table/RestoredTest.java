package dev.tidemark.stream.table;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A table that somebody took back to an older version keeps its positions, and must not be continued from them. */
class RestoredTest {

    @TempDir
    Path lake;

    /** Versions 1 to n: a commit of the streamer each. */
    private void append(int commits) {
        try (DeltaTable table = Example.open(lake)) {
            for (int i = 1; i <= commits; i++) {
                assertThat(table.append(Example.rows(table, i), Map.of("hub/0", (long) i), Map.of())).isInstanceOf(CommitOutcome.Done.class);
            }
        }
    }

    /** As Delta's RESTORE and OPTIMIZE commit: nothing about positions. */
    private void commit(long version, String operation, String parameters) throws IOException {
        assertThat(CommitLog.of(Place.of(lake.resolve(Example.PATH).toString())).publish(version, List.of("{\"commitInfo\":{\"timestamp\":1,\"operation\":\"" + operation
                + "\",\"operationParameters\":" + parameters + ",\"engineInfo\":\"Apache-Spark/3.5.0 Delta-Lake/3.2.0\"}}"), false)).isTrue();
    }

    @Test
    void restored_behind_its_positions_it_is_refused_and_the_message_says_how_to_undo_it() throws IOException {
        append(4);
        commit(5, "RESTORE", "{\"version\":\"2\",\"timestamp\":null}");
        assertThatThrownBy(() -> Example.open(lake)).isInstanceOf(LakeException.class)
                .hasMessageContaining("version 5 restored version 2, but its positions are still those of version 4").hasMessageContaining("VERSION AS OF 4");
    }

    @Test
    void restored_by_a_time_it_is_refused_too() throws IOException {
        append(2);
        commit(3, "RESTORE", "{\"timestamp\":\"2026-11-20 00:00:00\"}");
        assertThatThrownBy(() -> Example.open(lake)).hasMessageContaining("version 3 restored what it held at an earlier time");
    }

    @Test
    void a_restoration_that_was_undone_is_none() throws IOException {
        append(4);
        commit(5, "RESTORE", "{\"version\":\"2\"}");
        commit(6, "RESTORE", "{\"version\":\"4\"}");
        assertThatCode(() -> Example.open(lake).close()).doesNotThrowAnyException();
    }

    @Test
    void a_restoration_of_a_restored_version_is_followed_to_what_it_holds() throws IOException {
        append(4);
        commit(5, "RESTORE", "{\"version\":\"1\"}");
        commit(6, "OPTIMIZE", "{}");
        commit(7, "RESTORE", "{\"version\":\"6\"}");
        assertThatThrownBy(() -> Example.open(lake)).hasMessageContaining("version 5 restored version 1");
    }

    @Test
    void what_else_others_commit_does_not_matter() throws IOException {
        append(3);
        commit(4, "OPTIMIZE", "{}");
        commit(5, "VACUUM END", "{}");
        append(1);
        assertThatCode(() -> Example.open(lake).close()).doesNotThrowAnyException();
    }

    @Test
    void a_restoration_beside_a_running_writer_is_a_conflict() throws IOException {
        append(2);
        try (DeltaTable table = Example.open(lake)) {
            commit(3, "RESTORE", "{\"version\":\"1\"}");
            assertThat(table.append(Example.rows(table, 9), Map.of("hub/0", 9L), Map.of())).isInstanceOfSatisfying(CommitOutcome.Conflict.class,
                    conflict -> assertThat(conflict.message()).contains("version 3").contains("restored an older version"));
        }
    }
}
