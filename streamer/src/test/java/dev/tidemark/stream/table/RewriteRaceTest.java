package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What others do to a table between the new file and its commit. */
class RewriteRaceTest extends RewrittenTable {

    @Test
    void what_is_appended_meanwhile_stays_and_the_writer_goes_on_with_its_positions() {
        try (DeltaTable table = Example.open(lake)) {
            appendFiles(table, 3, 10);
            try (FileRewriter rewriter = rewriter(whenWritten(() -> {
                table.append(Example.rows(table, 30), Map.of("hub/0", 3L), Map.of());
                table.append(Example.rows(table, 31), Map.of("hub/0", 4L), Map.of());
            }))) {
                assertThat(rewriter.rewrite(inOrder(rewriter), ASKED).orElseThrow().version()).isEqualTo(table.version() + 1);
            }
            assertThat(table.append(Example.rows(table, 32), Map.of("hub/0", 5L), Map.of())).isEqualTo(new CommitOutcome.Done(7));
            assertThat(table.transactions()).containsEntry("hub/0", 5L);
            assertThat(ids()).isEqualTo(upTo(33));
            assertThat(written.files()).hasSize(4);
        }
    }

    @Test
    void a_column_that_is_added_meanwhile_is_null_in_the_rewritten_rows() {
        try (DeltaTable table = Example.open(lake)) {
            appendFiles(table, 3, 10);
            try (FileRewriter rewriter = rewriter(whenWritten(() -> table.addColumns(new Schema(List.of(new Schema.Field("grown", Type.Primitive.DOUBLE, true))))))) {
                assertThat(rewriter.rewrite(inOrder(rewriter), ASKED)).isPresent();
            }
            assertThat(ids()).isEqualTo(upTo(30));
            assertThat(rows()).allMatch(row -> row.get(7) == null);
        }
    }

    @Test
    void of_two_that_rewrite_the_same_files_one_wins_and_the_other_leaves_nothing() {
        try (DeltaTable table = Example.open(lake); FileRewriter first = rewriter()) {
            appendFiles(table, 3, 10);
            try (FileRewriter second = rewriter(whenWritten(() -> assertThat(first.rewrite(inOrder(first), ASKED)).isPresent()))) {
                assertThat(second.rewrite(inOrder(second), ASKED)).isEmpty();
            }
            assertThat(ids()).isEqualTo(upTo(30));
            assertThat(written.files()).hasSize(1);
            assertThat(written.dataFiles()).hasSize(4);
        }
    }

    @Test
    void rows_that_were_replaced_meanwhile_do_not_come_back() {
        try (DeltaTable table = Example.open(lake)) {
            appendFiles(table, 3, 10);
            try (FileRewriter rewriter = rewriter(whenWritten(() -> table.replace(Example.rows(table, 99), Map.of(), Map.of())))) {
                assertThat(rewriter.rewrite(inOrder(rewriter), ASKED)).isEmpty();
            }
            assertThat(ids()).containsExactly(99L);
        }
    }
}
