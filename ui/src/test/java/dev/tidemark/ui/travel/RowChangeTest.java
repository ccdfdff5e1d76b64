package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RowChangeTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    /** A commit that writes a file of 100 rows, or one of which nobody knows how many (-1), and removes some. */
    private static Commit commit(String operation, long rows, int removed, boolean dataChange, Map<String, String> metrics) {
        DataFile file = new DataFile("file:/t/a", Map.of(), 1, TEN, rows < 0 ? Optional.empty() : Optional.of(new DataFile.Statistics(rows, Map.of(), Map.of(), Map.of())));
        return new Commit(3, TEN, operation, Map.of(), metrics, "Apache-Spark", null, List.of(file), Collections.nCopies(removed, "file:/t/b"), dataChange, false, Map.of());
    }

    @Test
    void what_is_appended_is_told_by_its_files() {
        RowChange change = RowChange.of(commit("WRITE", 100, 0, true, Map.of()));
        assertThat(change.spelled()).isEqualTo("+100 rows");
        assertThat(change.growth()).isEqualTo(100);
    }

    @Test
    void a_delete_that_copies_what_stays_into_another_file_adds_no_row() {
        RowChange change = RowChange.of(commit("DELETE", 77, 2, true, Map.of("numDeletedRows", "13", "numCopiedRows", "77")));
        assertThat(change.spelled()).isEqualTo("\u221213 rows");
        assertThat(change.figures()).isEqualTo("\u221213");
        assertThat(change.growth()).isEqualTo(-13);
    }

    @Test
    void an_update_changes_rows_and_neither_adds_nor_deletes_one() {
        RowChange change = RowChange.of(commit("UPDATE", 90, 4, true, Map.of("numUpdatedRows", "10", "numCopiedRows", "80")));
        assertThat(change.spelled()).isEqualTo("10 rows changed");
        assertThat(change.growth()).isZero();
    }

    @Test
    void a_merge_does_all_three() {
        RowChange change = RowChange.of(commit("MERGE", 43, 1, true, Map.of("numTargetRowsInserted", "21", "numTargetRowsDeleted", "4", "numTargetRowsUpdated", "5")));
        assertThat(change.spelled()).isEqualTo("+21 \u22124 rows, 5 changed");
        assertThat(change.growth()).isEqualTo(17);
    }

    @Test
    void an_overwrite_tells_what_it_wrote_and_not_by_how_much_the_table_grew() {
        RowChange change = RowChange.of(commit("WRITE", 100, 2, true, Map.of("numOutputRows", "100")));
        assertThat(change.spelled()).isEqualTo("100 rows in place of others");
        assertThat(change.growth()).isNull();
    }

    @Test
    void a_compaction_changes_no_row() {
        assertThat(RowChange.of(commit("OPTIMIZE", 100, 2, false, Map.of())).spelled()).isEmpty();
    }

    @Test
    void files_without_statistics_leave_it_open() {
        RowChange change = RowChange.of(commit("WRITE", -1, 0, true, Map.of()));
        assertThat(change.spelled()).isEmpty();
        assertThat(change.growth()).isNull();
    }
}
