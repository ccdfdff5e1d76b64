package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.log.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class StreamTablesTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));

    @TempDir
    Path root;

    private Table open(Map<String, Retention> retentions) {
        Lake lake = Lake.at(root.toString());
        StreamTables.open(lake, CLOCK, false, retentions).close();
        return lake.table("gold/windows");
    }

    @Test
    void a_table_keeps_what_it_is_told_to_whether_it_is_new_or_not() {
        assertThat(open(Map.of()).snapshot().properties()).doesNotContainKey("delta.logRetentionDuration");
        Table month = open(Map.of("gold/windows", Retention.of(Duration.ofDays(30))));
        assertThat(month.snapshot().properties()).containsEntry("delta.logRetentionDuration", "interval 30 days")
                .containsEntry("delta.deletedFileRetentionDuration", "interval 30 days").containsEntry("delta.checkpointInterval", "100");
        assertThat(month.history().get(1).operation()).isEqualTo("SET TBLPROPERTIES");
        assertThat(open(Map.of("gold/windows", Retention.of(Duration.ofDays(30)))).latestVersion()).isEqualTo(1);
        assertThat(open(Map.of()).snapshot().properties()).containsEntry("delta.logRetentionDuration", "interval 30 days");
        assertThat(open(Map.of("gold/windows", Retention.of(Duration.ofDays(1)))).snapshot().properties()).containsEntry("delta.logRetentionDuration", "interval 1 day");
    }

    @Test
    void a_new_table_is_made_with_it() {
        Table table = open(Map.of("gold/windows", Retention.of(Duration.ofDays(2))));
        assertThat(table.latestVersion()).isZero();
        assertThat(table.snapshot().properties()).containsEntry("delta.logRetentionDuration", "interval 2 days");
    }
}
