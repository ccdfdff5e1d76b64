package dev.tidemark.lake.diff;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.ReadingsTable;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.lake.scan.Where;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Of tables that Spark wrote, each pair of versions is compared with what a naive comparison of all their rows says. */
class DiffTest {

    private static final Diff.Progress SILENT = (rows, total) -> { };
    private static final long PLENTY = 1 << 24;
    private static final long LITTLE = 2_000;

    @TempDir
    private Path folder;

    private static Table table(String name) {
        return Lake.at("src/test/resources/tables/" + name + "/table").table("");
    }

    private List<RowChange> changes(Diff diff, long memory) {
        List<RowChange> changes = new ArrayList<>();
        Diff.Summary summary = diff.run(changes::add, SILENT, memory, folder);
        assertThat(summary.added()).isEqualTo(count(changes, RowChange.Kind.ADDED));
        assertThat(summary.removed()).isEqualTo(count(changes, RowChange.Kind.REMOVED));
        assertThat(summary.changed()).isEqualTo(count(changes, RowChange.Kind.CHANGED));
        assertThat(folder).isEmptyDirectory();
        return changes;
    }

    private static long count(List<RowChange> changes, RowChange.Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }

    /** All rows as text, with how often each is there; columns that the version lacks are null. */
    private static Map<String, Integer> rows(Snapshot snapshot, List<String> columns) {
        return rows(Scan.of(snapshot), columns);
    }

    private static Map<String, Integer> rows(Scan scan, List<String> columns) {
        List<String> known = columns.stream().filter(name -> scan.snapshot().schema().field(name).isPresent()).toList();
        Batch batch = scan.columns(known).readAll();
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<Object> values = new ArrayList<>();
            for (String name : columns) {
                values.add(known.contains(name) ? batch.columns().get(known.indexOf(name)).value(row) : null);
            }
            rows.merge(text(values), 1, Integer::sum);
        }
        return rows;
    }

    /** Without the fields of structs that have no value. */
    private static String text(List<Object> row) {
        return row.stream().map(DiffTest::withoutNulls).toList().toString();
    }

    private static String withoutNulls(Object value) {
        return value instanceof Map<?, ?> map ? map.entrySet().stream().filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + withoutNulls(entry.getValue())).toList().toString() : String.valueOf(value);
    }

    @Test
    void a_column_that_was_renamed_is_the_same_column_also_in_files_that_were_written_again() {
        Table table = table("colmap_name");
        String renamed = "reading °F (raw), max=1";
        Map<Object, Object> old = byId(table.snapshot(2), "value");
        Map<Object, Object> now = byId(table.snapshot(12), renamed);
        Diff diff = Diff.between(table.snapshot(2), table.snapshot(12)).key(List.of("id"));
        assertThat(diff.columns()).contains(renamed, "region").doesNotContain("value", "part").doesNotHaveDuplicates();
        int place = diff.columns().indexOf(renamed);
        List<RowChange> changes = changes(diff, PLENTY);
        assertThat(count(changes, RowChange.Kind.CHANGED)).isPositive();
        for (RowChange change : changes) {
            assertThat(change.before() == null ? null : change.before().get(place)).isEqualTo(old.get(id(change)));
            assertThat(change.after() == null ? null : change.after().get(place)).isEqualTo(now.get(id(change)));
        }
    }

    @Test
    void a_field_of_a_struct_that_was_renamed_is_the_same_field() {
        Table table = table("colmap_name");
        Snapshot old = table.snapshot(7);
        Snapshot now = table.snapshot(12);
        assertThat(old.schema().field("s").orElseThrow().type()).hasToString("struct<x:integer,y:string>");
        assertThat(now.schema().field("s").orElseThrow().type()).hasToString("struct<deep name:integer,y:string>");
        Map<Object, Object> before = byId(old, "s.x");
        Map<Object, Object> after = byId(now, "s.deep name");
        Diff diff = Diff.between(old, now).key(List.of("id"));
        int place = diff.columns().indexOf("s");
        for (RowChange change : changes(diff, PLENTY)) {
            boolean same = java.util.Objects.equals(before.get(id(change)), after.get(id(change)));
            assertThat(change.cells().contains(place)).isEqualTo(change.kind() == RowChange.Kind.CHANGED && !same);
            if (change.before() != null && change.before().get(place) instanceof Map<?, ?> struct) {
                assertThat(struct.get("deep name")).isEqualTo(before.get(id(change)));
            }
        }
        List<RowChange> some = changes(diff.where("`s.deep name` is not null and region != 'nowhere'", ZoneOffset.UTC), PLENTY);
        assertThat(some).isNotEmpty().allSatisfy(change -> assertThat(change.kind() == RowChange.Kind.REMOVED ? before.get(id(change)) : after.get(id(change))).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"extra is null", "not (extra is null)", "extra > 0.5", "not (extra > 0.5)", "extra > 0.5 or id = 1", "not (extra > 0.5 and id = 1)",
        "brand_new is null and meta.c is null", "brand_new or not (meta.c < '2024-01-01')", "not brand_new"})
    void what_a_version_does_not_have_is_null_to_a_condition(String condition) {
        Table table = table("schema_evolution");
        Snapshot newest = table.snapshot(5);
        for (long from = 0; from <= 5; from++) {
            Diff diff = Diff.between(table.snapshot(from), newest).key(List.of()).where(condition, ZoneOffset.UTC);
            Map<String, Integer> balance = rows(Scan.of(newest).where(Where.parse(condition, newest.schema(), ZoneOffset.UTC)), diff.columns());
            // The newest version's schema finds nulls in files that were written before a column came.
            Scan old = Scan.of(newest).files(table.snapshot(from).files()).where(Where.parse(condition, newest.schema(), ZoneOffset.UTC));
            rows(old, diff.columns()).forEach((row, times) -> balance.merge(row, -times, Integer::sum));
            balance.values().removeIf(times -> times == 0);
            Map<String, Integer> found = new HashMap<>();
            for (RowChange change : changes(diff, PLENTY)) {
                boolean came = change.kind() == RowChange.Kind.ADDED;
                found.merge(text(came ? change.after() : change.before()), came ? 1 : -1, Integer::sum);
            }
            assertThat(found).as("from %d where %s", from, condition).isEqualTo(balance);
        }
    }

    @Test
    void a_condition_knows_a_column_by_the_name_after_and_says_what_there_is() {
        Table table = table("colmap_name");
        Diff diff = Diff.between(table.snapshot(2), table.snapshot(12)).key(List.of("id"));
        Map<Object, Object> old = byId(table.snapshot(2), "value");
        List<RowChange> some = changes(diff.where("`reading °F (raw), max=1` > 3", ZoneOffset.UTC), PLENTY);
        assertThat(some).anySatisfy(change -> assertThat(change.kind()).isEqualTo(RowChange.Kind.CHANGED));
        assertThat(some).filteredOn(change -> change.before() != null).allSatisfy(change -> assertThat((Double) old.get(id(change))).isGreaterThan(3));
        assertThatThrownBy(() -> diff.where("value > 3", ZoneOffset.UTC)).isInstanceOf(LakeException.class).hasMessageContaining("reading °F (raw), max=1");
    }

    @Test
    void a_column_that_was_dropped_can_still_be_asked_of_the_older_version() {
        Table table = table("schema_evolution");
        Diff diff = Diff.between(table.snapshot(5), table.snapshot(7)).key(List.of("id"));
        assertThat(diff.columns()).contains("brand_new");
        List<RowChange> some = changes(diff.where("brand_new is not null", ZoneOffset.UTC), PLENTY);
        assertThat(some).isNotEmpty().allSatisfy(change -> assertThat(change.kind()).isEqualTo(RowChange.Kind.REMOVED));
    }

    private static Object id(RowChange change) {
        return (change.after() == null ? change.before() : change.after()).get(0);
    }

    private static Map<Object, Object> byId(Snapshot snapshot, String column) {
        Batch batch = Scan.of(snapshot).columns(List.of("id", column)).readAll();
        Map<Object, Object> values = new HashMap<>();
        for (int row = 0; row < batch.rows(); row++) {
            values.put(batch.columns().get(0).value(row), batch.columns().get(1).value(row));
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic_ops", "deletion_vectors", "partition_special", "schema_evolution", "window_struct_stream"})
    void without_a_key_two_versions_differ_by_the_rows_that_one_has_more_often(String name) {
        Table table = table(name);
        long newest = table.latestVersion();
        for (long from = 0; from <= newest; from++) {
            for (long to : new TreeSet<>(List.of(0L, Math.min(from + 1, newest), newest))) {
                Diff diff = Diff.between(table.snapshot(from), table.snapshot(to)).key(List.of());
                Map<String, Integer> balance = rows(table.snapshot(to), diff.columns());
                rows(table.snapshot(from), diff.columns()).forEach((row, times) -> balance.merge(row, -times, Integer::sum));
                balance.values().removeIf(times -> times == 0);
                Map<String, Integer> found = new HashMap<>();
                for (RowChange change : changes(diff, (from + to) % 2 == 0 ? PLENTY : LITTLE)) {
                    boolean came = change.kind() == RowChange.Kind.ADDED;
                    found.merge(text(came ? change.after() : change.before()), came ? 1 : -1, Integer::sum);
                }
                assertThat(found).as("%s from %d to %d", name, from, to).isEqualTo(balance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {PLENTY, LITTLE})
    void by_a_key_rows_change_cell_by_cell(long memory) {
        Table table = table("basic_ops");
        long newest = table.latestVersion();
        for (long from = 0; from <= newest; from++) {
            for (long to = from; to <= newest; to++) {
                Diff diff = Diff.between(table.snapshot(from), table.snapshot(to)).key(List.of("ID"));
                assertThat(diff.columns()).startsWith("id");
                Map<Object, List<Object>> old = byKey(table.snapshot(from), diff.columns());
                Map<Object, List<Object>> now = byKey(table.snapshot(to), diff.columns());
                Map<Object, String> expected = new HashMap<>();
                now.forEach((key, row) -> {
                    if (!old.containsKey(key)) {
                        expected.put(key, "ADDED []");
                    } else if (!old.get(key).equals(row)) {
                        List<Integer> cells = new ArrayList<>();
                        for (int i = 0; i < row.size(); i++) {
                            if (!java.util.Objects.equals(old.get(key).get(i), row.get(i))) {
                                cells.add(i);
                            }
                        }
                        expected.put(key, "CHANGED " + cells);
                    }
                });
                old.keySet().stream().filter(key -> !now.containsKey(key)).forEach(key -> expected.put(key, "REMOVED []"));
                Map<Object, String> found = new HashMap<>();
                for (RowChange change : changes(diff, memory)) {
                    List<Object> row = change.after() == null ? change.before() : change.after();
                    assertThat(found.put(row.get(0), change.kind() + " " + change.cells())).isNull();
                    assertThat(row).isEqualTo(change.after() == null ? old.get(row.get(0)) : now.get(row.get(0)));
                }
                assertThat(found).as("from %d to %d", from, to).isEqualTo(expected);
            }
        }
    }

    private static Map<Object, List<Object>> byKey(Snapshot snapshot, List<String> columns) {
        Batch batch = Scan.of(snapshot).columns(columns).readAll();
        Map<Object, List<Object>> rows = new HashMap<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                values.add(batch.columns().get(column).value(row));
            }
            assertThat(rows.put(values.get(0), values)).isNull();
        }
        return rows;
    }

    @Test
    void files_rewritten_by_OPTIMIZE_give_no_difference_and_files_of_both_versions_are_not_read() {
        Table table = table("basic_ops");
        Diff.Summary rewritten = Diff.between(table.snapshot(5), table.snapshot(6)).run(change -> { }, SILENT);
        assertThat(table.history(6, 6).get(0).operation()).isEqualTo("OPTIMIZE");
        assertThat(rewritten.isEmpty()).isTrue();
        assertThat(rewritten.read()).isPositive();
        Diff.Summary same = Diff.between(table.snapshot(6), table.snapshot(6)).run(change -> { }, SILENT);
        assertThat(same).isEqualTo(new Diff.Summary(0, 0, 0, 0, table.snapshot(6).files().size()));
    }

    @Test
    void a_large_difference_needs_no_more_memory_and_comes_the_same_each_time() throws IOException {
        Snapshot some = ReadingsTable.write(Files.createDirectory(folder.resolve("a")), 2, 4000, true);
        Snapshot more = ReadingsTable.write(Files.createDirectory(folder.resolve("b")), 4, 2400, true);
        Path parts = Files.createDirectory(folder.resolve("parts"));
        List<List<RowChange>> runs = new ArrayList<>();
        for (long memory : new long[] {PLENTY, 60_000, 60_000, 5_000}) {
            List<RowChange> changes = new ArrayList<>();
            Diff.between(Scan.of(some), Scan.of(more)).key(List.of("n")).run(changes::add, SILENT, memory, parts);
            runs.add(changes);
            assertThat(parts).isEmptyDirectory();
        }
        assertThat(runs.get(1)).isEqualTo(runs.get(2));
        for (List<RowChange> run : runs) {
            assertThat(run).hasSize(runs.get(0).size());
            assertThat(new HashSet<>(run)).isEqualTo(new HashSet<>(runs.get(0)));
        }
        // Only the day that a reading falls on is another, from where files end at other readings.
        assertThat(count(runs.get(0), RowChange.Kind.ADDED)).isEqualTo(1600);
        assertThat(runs.get(0)).filteredOn(change -> change.kind() == RowChange.Kind.CHANGED).allSatisfy(change -> assertThat(change.cells()).containsExactly(5));
    }

    @Test
    void a_part_of_the_rows_can_be_compared() throws IOException {
        Snapshot some = ReadingsTable.write(Files.createDirectory(folder.resolve("a")), 1, 100, true);
        Snapshot more = ReadingsTable.write(Files.createDirectory(folder.resolve("b")), 1, 300, true);
        Condition range = new Condition.Range("n", 90L, 110L);
        List<RowChange> changes = new ArrayList<>();
        Diff.between(Scan.of(some).where(range), Scan.of(more).where(range)).key(List.of("n")).run(changes::add, SILENT);
        assertThat(changes).hasSize(10).allSatisfy(change -> assertThat(change.kind()).isEqualTo(RowChange.Kind.ADDED));
    }

    @Test
    void rows_that_share_a_key_are_paired_and_the_rest_told() throws IOException {
        Snapshot some = ReadingsTable.write(Files.createDirectory(folder.resolve("a")), 1, 10, true);
        Snapshot more = ReadingsTable.write(Files.createDirectory(folder.resolve("b")), 1, 24, true);
        List<RowChange> changes = new ArrayList<>();
        Diff.between(Scan.of(some), Scan.of(more)).key(List.of("ok")).run(changes::add, SILENT);
        assertThat(changes).hasSize(14).allSatisfy(change -> assertThat(change.kind()).isEqualTo(RowChange.Kind.ADDED));
        changes.clear();
        Diff.between(Scan.of(some).where(new Condition.Range("n", 0L, 5L)), Scan.of(more).where(new Condition.Range("n", 5L, 9L))).key(List.of("ok")).run(changes::add, SILENT);
        assertThat(count(changes, RowChange.Kind.CHANGED)).isEqualTo(4);
        assertThat(count(changes, RowChange.Kind.REMOVED)).isEqualTo(1);
        assertThat(count(changes, RowChange.Kind.ADDED)).isZero();
    }

    @Test
    void a_million_equal_rows_are_counted_and_not_kept() throws IOException {
        RowSet rows = new RowSet();
        byte[] row = {1, 2, 3};
        for (int i = 0; i < 1_000_000; i++) {
            rows.add(RowSet.BEFORE, row, 0, 3, 3, 1);
        }
        assertThat(rows.weight()).isLessThan(100);
        rows.add(RowSet.AFTER, row, 0, 3, 3, 1_000_002);
        List<Integer> left = new ArrayList<>();
        rows.drain((before, after) -> left.addAll(List.of(before.length, after.length)));
        assertThat(left).containsExactly(0, 2);
    }

    @Test
    void the_key_of_a_streamer_s_table_is_known() {
        assertThat(RowKey.of(table("basic_ops").snapshot().schema())).isEmpty();
        List<String> gold = List.of("window", "window_start", "grain", "device_id", "location", "measure");
        assertThat(RowKey.of(new dev.tidemark.lake.Schema(Stream.concat(gold.stream(), Stream.of("avg"))
                .map(name -> new dev.tidemark.lake.Schema.Field(name, dev.tidemark.lake.Type.Primitive.STRING, true)).toList()))).isEqualTo(gold);
    }

    @Test
    void a_key_that_is_no_column_is_told() {
        Diff diff = Diff.between(table("basic_ops").snapshot(0), table("basic_ops").snapshot(1));
        assertThatThrownBy(() -> diff.key(List.of("nonsense"))).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("nonsense");
    }

    @Test
    void an_interrupt_ends_it_and_leaves_nothing() {
        Diff diff = Diff.between(table("basic_ops").snapshot(0), table("basic_ops").snapshot(8));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> diff.run(change -> { }, SILENT, LITTLE, folder)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_disk_that_takes_nothing_is_told() {
        Diff diff = Diff.between(table("basic_ops").snapshot(0), table("basic_ops").snapshot(1));
        assertThatThrownBy(() -> diff.run(change -> { }, SILENT, 100, folder.resolve("none"))).isInstanceOf(LakeException.class)
                .hasMessageStartingWith("Cannot compare: more rows differ than there is memory for").hasMessageContaining("Make room");
    }
}
