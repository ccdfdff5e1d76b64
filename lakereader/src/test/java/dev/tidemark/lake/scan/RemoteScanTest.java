package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store on which every request takes its time. */
class RemoteScanTest {

    private static final int ROWS = 60_000;

    @TempDir
    Path folder;
    private Snapshot remote;

    @BeforeEach
    void write() throws IOException {
        Snapshot local = ReadingsTable.write(folder, 1, ROWS, 30_000, true);
        List<DataFile> files = local.files().stream().map(file -> new DataFile(file.location().replace("file:", "counting://store"), file.partition(), file.size(),
                file.modified(), file.statistics())).toList();
        remote = new Snapshot("counting://store" + folder, 0, local.committedAt(), local.schema(), local.partitionColumns(), files, local.transactions(), local.properties(), 1, 2);
        CountingStore.READS.set(0);
    }

    @AfterEach
    void up() {
        CountingStore.down = false;
    }

    private Scan scan() {
        return Scan.of(remote).cache(new ColumnCache(0));
    }

    @Test
    void the_columns_of_a_row_group_come_with_one_request() {
        Batch all = scan().readAll();
        assertThat(all.longs("n").values()).isEqualTo(LongStream.range(0, ROWS).toArray());
        assertThat(all.column("window").value(1)).isEqualTo(java.util.Map.of("start", 60_000_000L, "end", 120_000_000L));
        // The footer, then each of the two row groups.
        assertThat(CountingStore.READS).hasValue(3);
    }

    @Test
    void a_condition_costs_one_request_more_and_what_it_read_is_not_read_again() {
        Batch some = scan().columns(List.of("value", "ok", "n")).where(new Condition.Range("n", 5L, 8L)).readAll();
        assertThat(some.doubles("value").values()).containsExactly(1.25, 1.5, 1.75);
        assertThat(CountingStore.READS).hasValue(3);
    }

    @Test
    void a_store_that_does_not_answer_is_not_a_broken_file() {
        CountingStore.down = true;
        assertThatThrownBy(() -> scan().readAll()).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
                .hasMessageContaining("503, server busy").hasMessageContaining("day-0.parquet");
    }

    @Test
    void a_missing_file_is_told_as_on_a_disk() throws IOException {
        Files.delete(folder.resolve("day-0.parquet"));
        assertThatThrownBy(() -> scan().readAll()).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_DATA)).hasMessageContaining("VACUUM");
    }
}
