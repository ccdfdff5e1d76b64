package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class CompactorTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));
    private static final CompactionRule SOON = new CompactionRule(5, 1 << 20, Duration.ZERO);

    @TempDir
    Path root;

    private DeltaTable table(LakeTables kind) {
        TableLayout layout = kind.layout();
        return DeltaTable.open(Lake.at(root.toString()), kind.path(), new TableLayout(layout.schema(), layout.partitionColumns(), layout.properties(), false), CLOCK);
    }

    private static void append(DeltaTable table, long number) {
        Rows rows = table.newRows();
        rows.setString(0, "source");
        rows.setLong(2, number);
        rows.setMap(5, Map.of("n", Long.toString(number)));
        rows.setString(6, "body " + number);
        rows.setLong(7, number * 1_000_000);
        rows.setLong(8, 20_778);
        rows.end();
        CommitOutcome outcome = table.append(rows, Map.of("source#0", number), Map.of());
        assertThat(outcome).isInstanceOf(CommitOutcome.Done.class);
    }

    private long[] offsets(String path) {
        Batch all = Scan.of(Lake.at(root.toString()).table(path).snapshot()).columns(List.of("offset")).readAll();
        long[] offsets = all.longs("offset").values().clone();
        Arrays.sort(offsets);
        return offsets;
    }

    private long rewrites(String path) {
        return Lake.at(root.toString()).table(path).history().stream().filter(commit -> commit.kind() == Commit.Kind.REWRITE).count();
    }

    private int files(String path) {
        return Lake.at(root.toString()).table(path).snapshot().files().size();
    }

    private Compactor start(List<String> tables) {
        return Compactor.start(Lake.at(root.toString()), tables, SOON, false, CLOCK);
    }

    @Test
    void two_compactors_beside_a_writer_lose_and_double_nothing() {
        String path = LakeTables.BRONZE_EVENTS.path();
        try (DeltaTable table = table(LakeTables.BRONZE_EVENTS); Compactor one = start(List.of(path)); Compactor two = start(List.of(path))) {
            for (long number = 0; number < 120; number++) {
                append(table, number);
            }
            Patience.until(() -> rewrites(path) > 2 && files(path) < 60, () -> rewrites(path) + " rewrites and " + files(path) + " files");
        }
        assertThat(offsets(path)).isEqualTo(LongStream.range(0, 120).toArray());
    }

    @Test
    void a_table_that_cannot_be_read_does_not_keep_the_others_waiting() throws Exception {
        String path = LakeTables.BRONZE_EVENTS.path();
        Path broken = Files.createDirectories(root.resolve("silver/rejects/_delta_log"));
        Files.writeString(broken.resolve("00000000000000000000.json"), "nonsense\n");
        try (DeltaTable table = table(LakeTables.BRONZE_EVENTS); Compactor compactor = start(List.of("silver/rejects", "gold/alerts", path))) {
            for (long number = 0; number < 10; number++) {
                append(table, number);
            }
            Patience.until(() -> rewrites(path) > 0, () -> "no rewrite");
        }
        assertThat(offsets(path)).hasSize(10);
    }

    @Test
    void a_table_is_found_when_it_is_made_later() {
        String path = LakeTables.BRONZE_EVENTS.path();
        try (Compactor compactor = start(List.of(path)); DeltaTable table = table(LakeTables.BRONZE_EVENTS)) {
            for (long number = 0; number < 10; number++) {
                append(table, number);
            }
            Patience.until(() -> rewrites(path) > 0, () -> "no rewrite");
        }
        assertThat(offsets(path)).hasSize(10);
    }

    @Test
    void a_table_that_does_not_want_it_is_left_alone() {
        LakeTables kind = LakeTables.BRONZE_EVENTS;
        TableLayout unwilling = new TableLayout(kind.layout().schema(), kind.layout().partitionColumns(), Map.of("delta.autoOptimize.autoCompact", "false"), false);
        Lake lake = Lake.at(root.toString());
        try (DeltaTable table = DeltaTable.open(lake, kind.path(), unwilling, CLOCK)) {
            for (long number = 0; number < 10; number++) {
                append(table, number);
            }
        }
        try (Compaction compaction = Compaction.open(lake, kind.path(), SOON, false, CLOCK, () -> false)) {
            assertThat(compaction.due()).isEmpty();
            assertThat(compaction.all()).hasSize(1);
        }
    }
}
