package dev.tidemark.stream.table;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Writers in processes of their own: killed at any moment, and against each other. */
class ProcessTest {

    @TempDir
    Path lake;
    WrittenTable written;

    @BeforeEach
    void names() {
        written = new WrittenTable(lake.resolve(Example.PATH));
    }

    List<Long> ids() {
        return written.rows().stream().map(row -> (Long) row.get("id")).sorted().toList();
    }

    static List<Long> idsUpTo(long position) {
        return LongStream.range(WriterProcess.ROWS, (position + 1) * WriterProcess.ROWS).boxed().toList();
    }

    @Test
    void killed_at_any_moment_the_table_holds_exactly_the_rows_of_its_position() throws Exception {
        Random random = new Random(7);
        long known = 0;
        for (int round = 0; round < 3; round++) {
            try (WriterProcess writer = WriterProcess.start(lake, "hub/0", 1_000_000)) {
                assertThat(writer.read()).isEqualTo("open");
                writer.begin();
                for (int commits = 5 + random.nextInt(60); commits > 0; commits--) {
                    assertThat(writer.read()).isEqualTo("done");
                    known++;
                }
                // A moment of up to a few commits, so that the end comes anywhere in one.
                long until = System.nanoTime() + random.nextInt(5_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                writer.kill();
            }
            try (DeltaTable table = Example.open(lake)) {
                long position = table.transactions().get("hub/0");
                assertThat(position).isGreaterThanOrEqualTo(known);
                assertThat(ids()).isEqualTo(idsUpTo(position));
                known = position;
            }
        }
    }

    @Test
    void of_two_processes_that_move_the_same_position_each_step_has_one_winner() throws Exception {
        int commits = 40;
        Example.open(lake).close();
        List<String> said = new ArrayList<>();
        try (WriterProcess one = WriterProcess.start(lake, "hub/0", commits); WriterProcess two = WriterProcess.start(lake, "hub/0", commits)) {
            assertThat(one.read()).isEqualTo("open");
            assertThat(two.read()).isEqualTo("open");
            one.begin();
            two.begin();
            for (int i = 0; i < commits; i++) {
                said.add(one.read());
                said.add(two.read());
            }
            assertThat(one.read()).isNull();
            assertThat(two.read()).isNull();
        }
        long won = said.stream().filter("done"::equals).count();
        assertThat(said).containsOnly("done", "conflict");
        assertThat(ids()).isEqualTo(idsUpTo(won));
        assertThat(written.dataFiles()).hasSize((int) won);
    }
}
