package dev.tidemark.ui.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What follows from a log: growth, sizes, changes of schema, cost. */
class TableFactsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final long MIB = 1 << 20;

    private static DataFile file(String name, long size) {
        return new DataFile("file:/t/" + name, Map.of(), size, MIDNIGHT, Optional.of(new DataFile.Statistics(10, Map.of(), Map.of(), Map.of())));
    }

    private static Commit commit(long version, Duration after, boolean dataChange, List<DataFile> added, String... removed) {
        return new Commit(version, MIDNIGHT.plus(after), dataChange ? "WRITE" : "OPTIMIZE", Map.of(), Map.of(), null, null, added,
                List.of(removed).stream().map(name -> "file:/t/" + name).toList(), dataChange, false, Map.of());
    }

    private static Snapshot snapshot(DataFile... files) {
        return new Snapshot("/t", 0, MIDNIGHT, new Schema(List.of()), List.of(), List.of(files), Map.of(), Map.of(), 1, 2);
    }

    /** Two days of a file each twelve hours; then all of them in one. */
    private static Course twoDays() {
        return Course.of(snapshot(file("a", MIB)), List.of(
                commit(0, Duration.ofHours(1), true, List.of(file("a", MIB))),
                commit(1, Duration.ofHours(13), true, List.of(file("b", MIB))),
                commit(2, Duration.ofHours(25), true, List.of(file("c", 9 * MIB))),
                commit(3, Duration.ofHours(96), false, List.of(file("all", 10 * MIB)), "a", "b", "c")));
    }

    @Test
    void periods_without_a_commit_are_there_and_keep_the_size() {
        Course course = twoDays();
        assertThat(course.unit()).isEqualTo(Duration.ofDays(1));
        assertThat(course.periods()).extracting(Course.Period::commits).containsExactly(2, 1, 0, 0, 1);
        assertThat(course.periods()).extracting(Course.Period::bytes).containsExactly(2 * MIB, 11 * MIB, 11 * MIB, 11 * MIB, 10 * MIB);
        assertThat(course.periods().get(4).files()).isEqualTo(1);
    }

    @Test
    void rearranged_bytes_are_told_apart_from_new_ones_and_what_went_is_kept_for_the_past() {
        Course.Period last = twoDays().periods().get(4);
        assertThat(last.written()).isZero();
        assertThat(last.rewritten()).isEqualTo(10 * MIB);
        assertThat(last.rows()).isZero();
        assertThat(twoDays().kept()).isEqualTo(11 * MIB);
    }

    @Test
    void a_store_counts_each_beginning_four_mebibytes_and_each_commit() {
        assertThat(twoDays().writes()).isEqualTo(4 + 1 + 1 + 3 + 3);
    }

    @Test
    void a_history_of_minutes_is_told_by_seconds_and_one_of_years_by_weeks() {
        assertThat(Course.of(snapshot(), List.of(commit(0, Duration.ZERO, true, List.of()), commit(1, Duration.ofMinutes(5), true, List.of()))).unit())
                .isEqualTo(Duration.ofSeconds(10));
        Course years = Course.of(snapshot(), List.of(commit(0, Duration.ZERO, true, List.of()), commit(1, Duration.ofDays(500), true, List.of())));
        assertThat(years.unit()).isEqualTo(Duration.ofDays(7));
        assertThat(years.periods()).hasSize(72);
    }

    @Test
    void a_table_without_a_commit_in_its_log_has_no_course_and_no_rate() {
        Course course = Course.of(snapshot(file("a", MIB)), List.of());
        assertThat(course.periods()).isEmpty();
        assertThat(course.daily(5)).isNaN();
    }

    @Test
    void small_files_are_counted() {
        FileSizes sizes = FileSizes.of(List.of(file("a", 100), file("b", 20 * 1024), file("c", 16 * MIB - 1), file("d", 16 * MIB), file("e", 2L << 30)));
        assertThat(sizes.counts()).containsExactly(1, 1, 0, 0, 0, 1, 1, 0, 0, 1);
        assertThat(sizes.small()).isEqualTo(3);
        assertThat(sizes.median()).isEqualTo(16 * MIB - 1);
        assertThat(FileSizes.of(List.of()).median()).isZero();
    }

    @Test
    void a_month_costs_storage_writes_and_reads() {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            commits.add(commit(i, Duration.ofHours(24L * i), true, List.of(file("f" + i, MIB))));
        }
        Snapshot table = snapshot(file("x", 3L << 30));
        CostEstimate cost = CostEstimate.of(table, Course.of(snapshot(), commits), new Prices("€", 2, 10_000, 5_000, 1));
        assertThat(cost.storage()).isEqualTo(6);
        // Eleven commits of two writes each and 1.1 checkpoints, in ten days.
        assertThat(cost.writesMonth()).isCloseTo(23.1 / 10 * 30.4375, within(1e-6));
        assertThat(cost.writes()).isCloseTo(cost.writesMonth(), within(1e-6));
        assertThat(cost.readsMonth()).isCloseTo(30.4375 * (1 + 1 + 5), within(1e-6));
        assertThat(cost.total()).isCloseTo(6 + cost.writes() + cost.readsMonth() / 2, within(1e-6));
    }

    @Test
    void what_cannot_be_told_is_left_out_of_the_sum() {
        CostEstimate cost = CostEstimate.of(snapshot(file("x", 1L << 30)), Course.of(snapshot(), List.of()), new Prices("$", 1, 1, 0, 1));
        assertThat(cost.writes()).isNaN();
        assertThat(cost.total()).isEqualTo(1);
        assertThatThrownBy(() -> new Prices("$", Double.NaN, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void columns_that_came_went_and_changed_those_within_structs_too() {
        Type window = new Type.Struct(List.of(new Schema.Field("start", Type.Primitive.TIMESTAMP, true)));
        Type wider = new Type.Struct(List.of(new Schema.Field("start", Type.Primitive.TIMESTAMP, true), new Schema.Field("end", Type.Primitive.TIMESTAMP, true)));
        Schema before = new Schema(List.of(new Schema.Field("w", window, true), new Schema.Field("a", Type.Primitive.INTEGER, true),
                new Schema.Field("b", Type.Primitive.STRING, false), new Schema.Field("c", Type.Primitive.STRING, true)));
        Schema after = new Schema(List.of(new Schema.Field("w", wider, true), new Schema.Field("a", Type.Primitive.LONG, true),
                new Schema.Field("b", Type.Primitive.STRING, true)));
        assertThat(SchemaChange.between(before, after, commit(7, Duration.ZERO, true, List.of())))
                .extracting(change -> change.kind() + " " + change.column() + " " + change.before() + ">" + change.after())
                .containsExactly("ADDED w.end >timestamp", "TYPE a integer>long", "NULLABLE b not null>", "REMOVED c string>");
    }

    @Test
    void the_scale_of_bars_ends_at_a_round_number() {
        assertThat(Bars.top(0, false)).isEqualTo(2);
        assertThat(Bars.top(3, false)).as("half of it is a count too").isEqualTo(4);
        assertThat(Bars.top(5, false)).isEqualTo(6);
        assertThat(Bars.top(7, false)).isEqualTo(8);
        assertThat(Bars.top(1_180, false)).isEqualTo(1_200);
        assertThat(Bars.top(700, true)).isEqualTo(768);
    }
}
