package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InOrderTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    Path folder;

    private List<String> read(long[][]... files) {
        Lake lake = Lake.at(folder.toString());
        try (DeltaTable table = DeltaTable.open(lake, LakeTables.BRONZE_EVENTS.path(), LakeTables.BRONZE_EVENTS.layout(), CLOCK)) {
            for (long[][] file : files) {
                Rows rows = table.newRows();
                for (long[] row : file) {
                    Events.write(rows, "s", "p", List.of(new Message(row[1], 0, null, Map.of(), new byte[0])), row[0] * 10_000);
                }
                table.append(rows, Map.of(), Map.of());
            }
        }
        List<String> order = new ArrayList<>();
        InOrder.read(Scan.of(lake.table(LakeTables.BRONZE_EVENTS.path()).snapshot()), (batch, row) ->
                order.add(batch.longs("ingested_at").values()[row] / 10_000 + "/" + batch.longs("offset").values()[row]));
        return order;
    }

    @Test
    void files_come_in_the_order_of_their_batches_whatever_order_the_table_lists_them_in() {
        assertThat(read(new long[][] {{3, 7}, {3, 8}}, new long[][] {{1, 5}}, new long[][] {{2, 1}, {2, 2}})).containsExactly("1/5", "2/1", "2/2", "3/7", "3/8");
    }

    @Test
    void files_that_overlap_are_merged() {
        assertThat(read(new long[][] {{1, 1}, {1, 3}, {3, 9}}, new long[][] {{1, 2}, {2, 4}, {3, 8}})).containsExactly("1/1", "1/2", "1/3", "2/4", "3/8", "3/9");
    }

    @Test
    void a_file_that_was_rewritten_in_another_order_is_sorted() {
        assertThat(read(new long[][] {{2, 6}, {1, 4}, {2, 5}, {1, 3}})).containsExactly("1/3", "1/4", "2/5", "2/6");
    }

    @Test
    void files_that_were_compacted_are_read_in_the_same_order() {
        List<String> before = read(new long[][] {{1, 1}, {3, 9}}, new long[][] {{2, 4}, {3, 8}}, new long[][] {{5, 2}});
        try (Compaction compaction = Compaction.open(Lake.at(folder.toString()), LakeTables.BRONZE_EVENTS.path(), CompactionRule.DEFAULT, false, CLOCK, () -> false)) {
            compaction.rewrite(compaction.all().get(0), false).orElseThrow();
        }
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void no_file_is_read_before_its_time() {
        Lake lake = Lake.at(folder.toString());
        read(new long[][] {{1, 1}, {2, 2}}, new long[][] {{3, 3}}, new long[][] {{4, 4}, {6, 6}}, new long[][] {{5, 5}});
        List<Long> order = new ArrayList<>();
        // A file that is gone fails only when it is opened: by then everything before it has been handed out.
        Scan scan = Scan.of(lake.table(LakeTables.BRONZE_EVENTS.path()).snapshot()).cache(new ColumnCache(0));
        assertThat(Path.of(third(lake).substring("file:".length())).toFile().delete()).isTrue();
        assertThatThrownBy(() -> InOrder.read(scan, (batch, row) -> order.add(batch.longs("offset").values()[row]))).isInstanceOf(LakeException.class);
        assertThat(order).containsExactly(1L, 2L, 3L);
    }

    private static String third(Lake lake) {
        return lake.table(LakeTables.BRONZE_EVENTS.path()).snapshot().files().stream()
                .filter(file -> file.statistics().orElseThrow().min().get("offset").equals(4L)).findFirst().orElseThrow().location();
    }
}
