package dev.tidemark.lake.scan;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScanTest {

    private static final int DAYS = 4;
    private static final int ROWS = 350;

    @TempDir
    Path folder;
    private Snapshot snapshot;
    private final ColumnCache cache = new ColumnCache(1 << 20);

    @BeforeEach
    void write() throws IOException {
        snapshot = ReadingsTable.write(folder, DAYS, ROWS, true);
    }

    private Scan scan() {
        return Scan.of(snapshot).cache(cache);
    }

    private static List<Long> readings(Scan scan) {
        Batch all = scan.columns(List.of("n")).readAll();
        assertThat(scan.count()).isEqualTo(all.rows());
        return LongStream.of(all.longs("n").values()).boxed().toList();
    }

    private static List<Long> expected(LongPredicate holds) {
        return LongStream.range(0, DAYS * ROWS).filter(holds).boxed().toList();
    }

    @Test
    void all_columns_of_all_rows_in_the_order_of_the_files() {
        Batch all = scan().readAll();
        assertThat(all.names()).containsExactly("n", "device", "value", "ok", "window", "day");
        assertThat(all.rows()).isEqualTo(DAYS * ROWS);
        for (int i = 0; i < all.rows(); i++) {
            boolean there = i % 10 != 9;
            assertThat(all.longs("n").values()[i]).isEqualTo(i);
            assertThat(all.strings("device").get(i)).isEqualTo(there ? "dev-" + i % 7 : null);
            assertThat(all.column("value").value(i)).isEqualTo(there ? i / 4.0 : null);
            assertThat(all.column("ok").value(i)).isEqualTo(there ? i % 3 == 0 : null);
            assertThat(all.column("window").value(i)).isEqualTo(there ? java.util.Map.of("start", i * 60_000_000L, "end", (i + 1) * 60_000_000L) : null);
            assertThat(all.column("day").value(i)).isEqualTo(i / ROWS == 2 ? null : LocalDate.of(2026, 11, 21 + i / ROWS).toEpochDay());
        }
    }

    @Test
    void batches_come_a_row_group_at_a_time() {
        List<Integer> sizes = new ArrayList<>();
        scan().columns(List.of("n")).read(batch -> sizes.add(batch.rows()));
        assertThat(sizes).startsWith(100, 100, 100, 50, 100).hasSize(16);
    }

    @Test
    void a_range_includes_its_lower_bound_and_not_its_upper() {
        assertThat(readings(scan().where(new Condition.Range("n", 345L, 705L)))).isEqualTo(expected(n -> n >= 345 && n < 705));
        assertThat(readings(scan().where(new Condition.Range("n", null, 3L)))).containsExactly(0L, 1L, 2L);
        assertThat(readings(scan().where(new Condition.Range("value", 349.0, null)))).isEqualTo(expected(n -> n >= 1396 && n % 10 != 9));
        assertThat(readings(scan().where(new Condition.Range("device", "dev-5", "dev-6")))).isEqualTo(expected(n -> n % 7 == 5 && n % 10 != 9));
    }

    @Test
    void a_row_without_a_value_satisfies_only_the_question_for_it() {
        assertThat(readings(scan().where(new Condition.IsNull("device")))).isEqualTo(expected(n -> n % 10 == 9));
        assertThat(readings(scan().where(new Condition.IsNull("window")))).isEqualTo(expected(n -> n % 10 == 9));
        assertThat(readings(scan().where(new Condition.IsNull("window.end")))).isEqualTo(expected(n -> n % 10 == 9));
        assertThat(readings(scan().where(new Condition.Range("value", null, null)))).isEqualTo(expected(n -> n % 10 != 9));
        assertThat(readings(scan().where(new Condition.In("ok", Set.of(true, false))))).isEqualTo(expected(n -> n % 10 != 9));
    }

    @Test
    void several_conditions_must_all_hold() {
        Scan scan = scan().where(new Condition.In("device", Set.of("dev-1", "dev-2", "nobody"))).where(new Condition.In("ok", Set.of(true))).where(new Condition.Range("n", 100L, 1000L));
        assertThat(readings(scan)).isEqualTo(expected(n -> (n % 7 == 1 || n % 7 == 2) && n % 3 == 0 && n % 10 != 9 && n >= 100 && n < 1000));
    }

    @Test
    void a_field_of_a_struct_is_a_column_by_its_path() {
        Batch some = scan().columns(List.of("Window.START", "n")).where(new Condition.Range("window.start", 60_000_000L, 240_000_000L)).readAll();
        assertThat(some.names()).containsExactly("window.start", "n");
        assertThat(some.longs("window.start").values()).containsExactly(60_000_000L, 120_000_000L, 180_000_000L);
    }

    @Test
    void a_partition_decides_without_opening_a_file() throws IOException {
        for (int day = 0; day < DAYS; day++) {
            Files.delete(folder.resolve("day-" + day + ".parquet"));
        }
        long second = LocalDate.of(2026, 11, 22).toEpochDay();
        Scan scan = scan().where(new Condition.In("day", Set.of(second)));
        assertThat(scan.filesToRead()).containsExactly(snapshot.files().get(1));
        assertThat(scan.count()).isEqualTo(ROWS);
        assertThat(scan().where(new Condition.IsNull("day")).filesToRead()).containsExactly(snapshot.files().get(2));
        assertThat(scan().where(new Condition.Range("day", second, null)).filesToRead()).containsExactly(snapshot.files().get(1), snapshot.files().get(3));
    }

    @Test
    void a_file_of_another_partition_has_no_rows_even_if_it_is_read() {
        Scan scan = scan().where(new Condition.In("day", Set.of(LocalDate.of(2026, 11, 22).toEpochDay())));
        try (Scan.RowGroups wanted = scan.groups(snapshot.files().get(1)); Scan.RowGroups other = scan.groups(snapshot.files().get(0))) {
            assertThat(wanted.read(0)).isPresent();
            assertThat(other.read(0)).isEmpty();
        }
    }

    @Test
    void statistics_decide_which_files_are_opened() {
        assertThat(scan().where(new Condition.Range("n", 349L, 350L)).filesToRead()).containsExactly(snapshot.files().get(0));
        assertThat(scan().where(new Condition.Range("n", 350L, 351L)).filesToRead()).containsExactly(snapshot.files().get(1));
        assertThat(scan().where(new Condition.In("n", Set.of(0L, 1399L, 5000L))).filesToRead()).containsExactly(snapshot.files().get(0), snapshot.files().get(3));
        assertThat(scan().where(new Condition.IsNull("n")).filesToRead()).isEmpty();
        assertThat(scan().where(new Condition.Range("n", 1400L, null)).readAll().rows()).isZero();
    }

    @Test
    void row_groups_that_cannot_hold_an_answer_are_not_read() throws IOException {
        Snapshot blind = ReadingsTable.write(Files.createDirectory(folder.resolve("blind")), DAYS, ROWS, false);
        ColumnCache small = new ColumnCache(1 << 20);
        Batch one = Scan.of(blind).cache(small).columns(List.of("value")).where(new Condition.Range("n", 120L, 121L)).readAll();
        assertThat(one.doubles("value").values()).containsExactly(30.0);
        long weightOfOneGroup = small.weight();
        Scan.of(blind).cache(small).columns(List.of("value", "n")).readAll();
        // Footers of all files were read, but only one group of the sixteen.
        assertThat(small.weight() - weightOfOneGroup).isGreaterThan(15 * 1600L);
    }

    @Test
    void what_was_read_once_is_read_from_memory() throws IOException {
        List<Long> first = readings(scan());
        for (int day = 0; day < DAYS; day++) {
            Files.delete(folder.resolve("day-" + day + ".parquet"));
        }
        assertThat(readings(scan())).isEqualTo(first);
        assertThatThrownBy(() -> Scan.of(snapshot).cache(new ColumnCache(0)).readAll()).isInstanceOf(LakeException.class).hasMessageContaining("day-0.parquet");
    }

    @Test
    void the_cache_lets_go_of_what_was_used_longest_ago() {
        ColumnCache tiny = new ColumnCache(40_000);
        Scan.of(snapshot).cache(tiny).readAll();
        assertThat(tiny.weight()).isLessThanOrEqualTo(40_000);
        tiny.limit(0);
        assertThat(tiny.weight()).isZero();
    }

    @Test
    void an_interrupt_ends_a_scan() {
        List<Batch> heard = new ArrayList<>();
        assertThatThrownBy(() -> scan().read(batch -> {
            heard.add(batch);
            Thread.currentThread().interrupt();
        })).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    void what_makes_no_sense_for_the_table_is_refused() {
        assertThatThrownBy(() -> scan().columns(List.of("n", "speed"))).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("speed").hasMessageContaining("device");
        assertThatThrownBy(() -> scan().columns(List.of("window.middle"))).hasMessageContaining("window.middle");
        assertThatThrownBy(() -> scan().where(new Condition.Range("n", "a", null))).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("column n is of type long");
        assertThatThrownBy(() -> scan().where(new Condition.In("window", Set.of(1L)))).hasMessageContaining("window");
    }

    @Test
    void only_the_files_asked_for_are_read() {
        assertThat(readings(scan().files(List.of(snapshot.files().get(3), snapshot.files().get(1))))).startsWith(1050L).hasSize(2 * ROWS);
        assertThat(readings(scan().files(List.of()))).isEmpty();
    }
}
