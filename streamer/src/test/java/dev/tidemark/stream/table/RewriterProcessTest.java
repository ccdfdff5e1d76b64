package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Rewriting in a process of its own: killed at each step, and with little memory. */
class RewriterProcessTest {

    private static final int ROWS = 140_000;

    @TempDir
    Path lake;

    private long[] ids() {
        Batch all = Scan.of(Lake.at(lake.toString()).table(Example.PATH).snapshot()).columns(List.of("id")).readAll();
        long[] ids = all.longs("id").values().clone();
        Arrays.sort(ids);
        return ids;
    }

    private int files() {
        return Lake.at(lake.toString()).table(Example.PATH).snapshot().files().size();
    }

    @ParameterizedTest
    @EnumSource(names = {"FILE_BEGUN", "FILE_WRITTEN", "FILE_FORCED", "PUBLISHED"})
    void killed_at_any_step_the_rows_are_there_once_and_the_next_one_comes_through(RewriterProcess.Step step) throws Exception {
        try (DeltaTable table = Example.open(lake)) {
            table.append(Example.rows(table, LongStream.range(0, 10).toArray()), Map.of(), Map.of());
            table.append(Example.rows(table, LongStream.range(10, ROWS).toArray()), Map.of(), Map.of());
            assertThat(RewriterProcess.run(lake, step, "-Xmx256m")).isEqualTo(RewriterProcess.KILLED);
            assertThat(ids()).isEqualTo(LongStream.range(0, ROWS).toArray());
            assertThat(files()).isEqualTo(step == RewriterProcess.Step.PUBLISHED ? 1 : 2);
            table.append(Example.rows(table, ROWS), Map.of(), Map.of());
        }
        assertThat(RewriterProcess.run(lake, RewriterProcess.Step.NEVER, "-Xmx256m")).isZero();
        assertThat(ids()).isEqualTo(LongStream.rangeClosed(0, ROWS).toArray());
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void files_larger_than_the_memory_are_rewritten_in_it() throws Exception {
        Random random = new Random(1);
        try (DeltaTable table = Example.open(lake)) {
            Rows rows = table.newRows();
            for (int file = 0; file < 2; file++) {
                rows.clear();
                for (int i = 0; i < 160_000; i++) {
                    rows.setLong(0, i);
                    // 400 bytes that compress to a tenth: 64 MB a file when they are unpacked.
                    rows.setString(4, ("some words and " + random.nextInt(1_000_000) + " ").repeat(18));
                    rows.setLong(6, Example.DAY);
                    rows.end();
                }
                table.append(rows, Map.of(), Map.of());
            }
        }
        assertThat(RewriterProcess.run(lake, RewriterProcess.Step.NEVER, "-Xmx96m")).isZero();
        assertThat(files()).isEqualTo(1);
        assertThat(Lake.at(lake.toString()).table(Example.PATH).snapshot().rows()).isEqualTo(320_000);
    }
}
