package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.SetTransaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConcurrentCommitTest {

    @TempDir
    Path lake;
    WrittenTable written;

    @BeforeEach
    void names() {
        written = new WrittenTable(lake.resolve(Example.PATH));
    }

    DeltaLog theirs() {
        return CommitLog.of(Place.local(written.folder())).transactions();
    }

    static String message(CommitOutcome outcome) {
        return ((CommitOutcome.Conflict) outcome).message();
    }

    @Test
    void of_two_writers_that_move_the_same_position_one_wins_and_the_other_is_told() {
        try (DeltaTable one = Example.open(lake); DeltaTable two = Example.open(lake)) {
            assertThat(one.append(Example.rows(one, 1), Map.of("hub/0", 1L), Map.of())).isEqualTo(new CommitOutcome.Done(1));

            CommitOutcome outcome = two.append(Example.rows(two, 1), Map.of("hub/0", 1L, "hub/1", 5L), Map.of());

            assertThat(message(outcome)).contains("hub/0").contains("version 1").contains("two streamers")
                    .contains("expected none").contains("actual 1");
        }
        assertThat(written.rows()).hasSize(1);
        assertThat(written.dataFiles()).hasSize(1);
    }

    @Test
    void writers_of_different_positions_do_not_disturb_each_other() {
        try (DeltaTable one = Example.open(lake); DeltaTable two = Example.open(lake)) {
            for (long i = 1; i <= 5; i++) {
                assertThat(one.append(Example.rows(one, i), Map.of("hub/0", i), Map.of())).isEqualTo(new CommitOutcome.Done(2 * i - 1));
                assertThat(two.append(Example.rows(two, 100 + i), Map.of("hub/1", i), Map.of())).isEqualTo(new CommitOutcome.Done(2 * i));
            }
            assertThat(two.transactions()).isEqualTo(Map.of("hub/0", 5L, "hub/1", 5L));
        }
        assertThat(written.rows()).hasSize(10);
    }

    @Test
    void after_a_compaction_a_commit_is_tried_once_and_not_where_the_compaction_is() {
        List<Long> tried = new ArrayList<>();
        UnaryOperator<TableFolder> watched = folder -> new ForwardingFolder(folder) {
            @Override
            public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
                tried.add(version);
                return super.publish(version, lines, sync);
            }
        };
        try (DeltaTable table = Example.open(lake, watched); FileRewriter rewriter = FileRewriter.open(Lake.at(lake.toString()), Example.PATH, false, Example.CLOCK, () -> false)) {
            table.append(Example.rows(table, 1), Map.of(), Map.of());
            table.append(Example.rows(table, 2), Map.of(), Map.of());
            rewriter.rewrite(List.copyOf(rewriter.files()), Map.of()).orElseThrow();
            assertThat(table.append(Example.rows(table, 3), Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(4));
        }
        assertThat(tried).containsExactly(1L, 2L, 4L);
        assertThat(written.rows()).hasSize(3);
    }

    @Test
    void many_threads_with_positions_of_their_own_all_get_through_and_with_a_shared_one_each_step_is_taken_once() throws Exception {
        int writers = 4;
        int commits = 25;
        Example.open(lake).close();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            CyclicBarrier start = new CyclicBarrier(writers);
            List<Future<Integer>> wins = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String own = "own/" + w;
                wins.add(threads.submit((Callable<Integer>) () -> {
                    int won = 0;
                    DeltaTable table = Example.open(lake);
                    start.await();
                    for (int i = 0; i < commits; i++) {
                        assertThat(table.append(Example.rows(table, i), Map.of(own, (long) i), Map.of())).isInstanceOf(CommitOutcome.Done.class);
                        long next = table.transactions().getOrDefault("shared", 0L) + 1;
                        CommitOutcome shared = table.append(Example.rows(table, 1_000 + next), Map.of("shared", next), Map.of());
                        won += shared instanceof CommitOutcome.Done ? 1 : 0;
                    }
                    table.close();
                    return won;
                }));
            }
            int won = 0;
            for (Future<Integer> each : wins) {
                won += each.get();
            }
            List<Object> shared = written.rows().stream().map(row -> row.get("id")).filter(id -> (long) id > 1_000).toList();
            assertThat(shared).hasSize(won).doesNotHaveDuplicates();
            assertThat(written.rows()).hasSize(won + writers * commits);
            assertThat(written.dataFiles()).hasSize(won + writers * commits);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_commit_goes_on_top_of_what_delta_standalone_committed() {
        try (DeltaTable table = Example.open(lake)) {
            OptimisticTransaction transaction = theirs().startTransaction();
            AddFile file = AddFile.builder("date=2026-11-21/theirs.parquet", Map.of("date", "2026-11-21"), 1, 1, true).build();
            transaction.commit(List.of(new SetTransaction("theirs", 7, Optional.of(1L)), file), new Operation(Operation.Name.WRITE), "theirs");

            assertThat(table.append(table.newRows(), Map.of("ours", 1L), Map.of())).isEqualTo(new CommitOutcome.Done(2));
            assertThat(table.transactions()).isEqualTo(Map.of("ours", 1L, "theirs", 7L));
        }
    }

    @Test
    void delta_standalone_sees_a_position_that_was_moved_under_it() {
        try (DeltaTable table = Example.open(lake)) {
            OptimisticTransaction transaction = theirs().startTransaction();
            transaction.txnVersion("hub/0");
            table.append(table.newRows(), Map.of("hub/0", 1L), Map.of());

            assertThatThrownBy(() -> transaction.commit(List.of(new SetTransaction("hub/0", 1, Optional.of(1L))),
                    new Operation(Operation.Name.WRITE), "theirs")).isInstanceOf(io.delta.standalone.exceptions.ConcurrentTransactionException.class);
        }
    }

    @Test
    void a_replacement_does_not_replace_rows_it_has_not_seen() {
        try (DeltaTable one = Example.open(lake); DeltaTable two = Example.open(lake)) {
            one.append(Example.rows(one, 1), Map.of("hub/0", 1L), Map.of());

            assertThat(message(two.replace(Example.rows(two, 2), Map.of("hub/1", 1L), Map.of()))).contains("version 1").contains("unseen");
            // Now it has been told, and the caller decides.
            assertThat(two.replace(Example.rows(two, 2), Map.of("hub/1", 1L), Map.of())).isEqualTo(new CommitOutcome.Done(2));
        }
        assertThat(written.rows()).extracting(row -> row.get("id")).containsExactly(2L);
    }

    @Test
    void rows_go_on_top_of_columns_that_somebody_added() {
        Schema.Field extra = new Schema.Field("extra", Type.Primitive.DOUBLE, true);
        try (DeltaTable one = Example.open(lake); DeltaTable two = Example.open(lake)) {
            Rows before = Example.rows(two, 1);
            assertThat(one.addColumns(new Schema(List.of(extra)))).isEqualTo(new CommitOutcome.Done(1));

            assertThat(two.append(before, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(2));
            assertThat(two.schema().field("extra")).contains(extra);
            Rows after = two.newRows();
            after.setDouble(7, 0.5);
            after.setLong(6, Example.DAY);
            after.end();
            assertThat(two.append(after, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(3));
        }
        assertThat(written.rows()).extracting(row -> row.get("extra")).containsExactlyInAnyOrder(null, 0.5);
    }

    @Test
    void rows_do_not_go_on_top_of_a_table_that_has_become_another_one() throws Exception {
        try (DeltaTable table = Example.open(lake)) {
            OptimisticTransaction transaction = theirs().startTransaction();
            transaction.commit(List.of(transaction.metadata().copyBuilder().id("another").build()),
                    new Operation(Operation.Name.REPLACE_TABLE), "theirs");

            assertThat(message(table.append(Example.rows(table, 1), Map.of(), Map.of()))).contains("made the table anew").contains("version 1");
        }
        assertThat(written.dataFiles()).isEmpty();
    }

    @Test
    void rows_do_not_go_on_top_of_a_protocol_that_is_not_written_here() throws Exception {
        try (DeltaTable table = Example.open(lake)) {
            java.nio.file.Files.writeString(written.folder().resolve("_delta_log/00000000000000000001.json"),
                    "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[],"
                            + "\"writerFeatures\":[\"deletionVectors\"]}}\n");

            assertThat(message(table.append(Example.rows(table, 1), Map.of(), Map.of()))).contains("reader 3, writer 7").contains("version 1");
        }
    }
}
