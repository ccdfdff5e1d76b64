package dev.tidemark.stream.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeltaTableTest {

    static final InstantSource CLOCK = Example.CLOCK;
    static final long DAY = Example.DAY;
    static final Schema SCHEMA = Example.SCHEMA;
    static final TableLayout LAYOUT = new TableLayout(SCHEMA, List.of("date"), Map.of("delta.logRetentionDuration", "interval 1 hour"), false);

    @TempDir
    Path lake;
    Path folder;
    WrittenTable written;

    @BeforeEach
    void names() {
        folder = lake.resolve("gold/live");
        written = new WrittenTable(folder);
    }

    DeltaTable open() {
        return open(LAYOUT);
    }

    DeltaTable open(TableLayout layout) {
        return DeltaTable.open(Lake.at(lake.toString()), "gold/live", layout, CLOCK);
    }

    static void row(Rows rows, long id, long at, Double value, Boolean late, String name, Map<String, String> tags, long day) {
        rows.setLong(0, id);
        rows.setLong(1, at);
        if (value != null) {
            rows.setDouble(2, value);
        }
        if (late != null) {
            rows.setBoolean(3, late);
        }
        rows.setString(4, name);
        rows.setMap(5, tags);
        rows.setLong(6, day);
        rows.end();
    }

    @Test
    void rows_that_follow_a_commit_without_rows_are_kept() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            for (long id = 0; id < 4; id++) {
                row(rows, id, DAY * 86_400_000_000L + id, 1.0, true, "a", null, DAY);
                table.append(rows, Map.of("hub/0", 2 * id), Map.of());
                rows.clear();
                table.append(rows, Map.of("hub/0", 2 * id + 1), Map.of());
                rows.clear();
            }
        }
        assertThat(written.rows()).extracting(row -> row.get("id")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    @Test
    void a_new_table_is_empty_and_has_the_layout_it_was_asked_for() {
        try (DeltaTable table = open()) {
            assertThat(table.version()).isZero();
            assertThat(table.schema()).isEqualTo(SCHEMA);
            assertThat(table.transactions()).isEmpty();
        }
        var metadata = written.snapshot().getMetadata();
        assertThat(metadata.getSchema().getFieldNames()).containsExactly("id", "at", "value", "late", "name", "tags", "date");
        assertThat(metadata.getPartitionColumns()).containsExactly("date");
        assertThat(metadata.getConfiguration()).isEqualTo(LAYOUT.properties());
        assertThat(written.commit(0)).anySatisfy(action -> {
            assertThat(action.path("protocol").path("minReaderVersion").asInt()).isEqualTo(1);
            assertThat(action.path("protocol").path("minWriterVersion").asInt()).isEqualTo(2);
        });
    }

    @Test
    void appended_rows_are_read_back_by_others_as_they_were() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            Map<String, String> tags = new LinkedHashMap<>();
            tags.put("quote\"", "line\nbreak");
            tags.put("none", null);
            row(rows, 1, 1_000_001, 1.5, true, "pump \"7\"\n\u00e4\ud83d\ude00", tags, DAY);
            row(rows, 2, -5, null, null, null, null, DAY + 1);
            row(rows, 3, 7, Double.NaN, false, "", Map.of(), DAY);
            assertThat(table.append(rows, Map.of("hub/0", 42L), Map.of("note", "first"))).isEqualTo(new CommitOutcome.Done(1));
        }
        assertThat(written.rows()).containsExactlyInAnyOrder(
                values("id", 1L, "at", 1_000_001L, "value", 1.5, "late", true, "name", "pump \"7\"\n\u00e4\ud83d\ude00",
                        "tags", values("quote\"", "line\nbreak", "none", null), "date", "2026-11-21"),
                values("id", 2L, "at", -5L, "date", "2026-11-22"),
                values("id", 3L, "at", 7L, "value", Double.NaN, "late", false, "name", "", "tags", Map.of(), "date", "2026-11-21"));
    }

    static Map<String, Object> values(Object... pairs) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return values;
    }

    @Test
    void many_rows_with_gaps_and_repeats_are_read_back_as_they_were() {
        List<Map<String, Object>> expected = new ArrayList<>();
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            for (int i = 0; i < 70_003; i++) {
                Map<String, Object> row = values("id", (long) i, "at", i * 1_000L);
                rows.setLong(0, i);
                rows.setLong(1, i * 1_000L);
                if (i % 3 != 0 || i > 40_000) {
                    rows.setDouble(2, i / 7.0);
                    row.put("value", i / 7.0);
                }
                if (i > 50_000 && i % 5 == 0) {
                    rows.setBoolean(3, i % 2 == 0);
                    row.put("late", i % 2 == 0);
                }
                if (i % 11 != 0) {
                    rows.setString(4, "device-" + i % 130);
                    row.put("name", "device-" + i % 130);
                }
                if (i % 1_000 == 0) {
                    rows.setMap(5, Map.of("i", Integer.toString(i)));
                    row.put("tags", Map.of("i", Integer.toString(i)));
                }
                rows.setLong(6, DAY);
                row.put("date", "2026-11-21");
                rows.end();
                expected.add(row);
            }
            assertThat(rows.size()).isEqualTo(70_003);
            assertThat(table.append(rows, Map.of(), Map.of())).isInstanceOf(CommitOutcome.Done.class);
        }
        assertThat(written.rows()).isEqualTo(expected);
    }

    @Test
    void bodies_as_bytes_are_kept_and_what_is_no_utf8_is_replaced() {
        byte[] broken = {'a', (byte) 0xff, 'b'};
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            for (byte[] body : Arrays.asList("{\"t\":\"21 \u00b0C\"}".getBytes(StandardCharsets.UTF_8), broken, null)) {
                rows.setUtf8(4, body);
                rows.setLong(6, DAY);
                rows.end();
            }
            table.append(rows, Map.of(), Map.of());
        }
        assertThat(written.rows()).extracting(r -> r.get("name")).containsExactly("{\"t\":\"21 \u00b0C\"}", "a\ufffdb", null);
    }

    @Test
    void a_commit_says_what_it_did() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            row(rows, 1, 1, 1.0, true, "a", null, DAY);
            table.append(rows, Map.of("hub/\"0\"", 42L), Map.of("note", "a \"quoted\" one"));
        }
        List<JsonNode> actions = written.commit(1);
        JsonNode info = actions.get(0).path("commitInfo");
        assertThat(info.path("timestamp").asLong()).isEqualTo(CLOCK.millis());
        assertThat(info.path("operation").asText()).isEqualTo("STREAMING UPDATE");
        assertThat(info.path("operationParameters").path("outputMode").asText()).isEqualTo("Append");
        assertThat(info.path("operationParameters").path("note").asText()).isEqualTo("a \"quoted\" one");
        assertThat(info.path("operationMetrics").path("numOutputRows").asText()).isEqualTo("1");
        assertThat(info.path("operationMetrics").path("numAddedFiles").asText()).isEqualTo("1");
        assertThat(info.path("isBlindAppend").asBoolean()).isTrue();
        assertThat(info.path("engineInfo").asText()).startsWith("Tidemark/");
        JsonNode txn = actions.get(1).path("txn");
        assertThat(txn.path("appId").asText()).isEqualTo("hub/\"0\"");
        assertThat(txn.path("version").asLong()).isEqualTo(42);
        assertThat(txn.path("lastUpdated").asLong()).isEqualTo(CLOCK.millis());
        JsonNode add = actions.get(2).path("add");
        assertThat(add.path("path").asText()).matches("date=2026-11-21/part-00000-[0-9a-f-]{36}-c000\\.parquet");
        assertThat(add.path("partitionValues").path("date").asText()).isEqualTo("2026-11-21");
        assertThat(add.path("dataChange").asBoolean()).isTrue();
        assertThat(folder.resolve(add.path("path").asText())).hasSize(add.path("size").asLong());
    }

    @Test
    void positions_can_move_without_rows_and_are_there_when_the_table_is_opened_again() {
        try (DeltaTable table = open()) {
            table.append(table.newRows(), Map.of("a", 1L, "b", 2L), Map.of());
            table.append(table.newRows(), Map.of("a", 3L), Map.of());
            assertThat(table.transactions()).isEqualTo(Map.of("a", 3L, "b", 2L));
        }
        try (DeltaTable table = open()) {
            assertThat(table.version()).isEqualTo(2);
            assertThat(table.transactions()).isEqualTo(Map.of("a", 3L, "b", 2L));
        }
        assertThat(written.dataFiles()).isEmpty();
    }

    @Test
    void replacing_takes_away_what_was_there_before_also_from_an_earlier_run() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            row(rows, 1, 1, 1.0, true, "a", null, DAY);
            row(rows, 2, 1, 1.0, true, "a", null, DAY + 1);
            table.append(rows, Map.of(), Map.of());
        }
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            row(rows, 3, 1, 1.0, true, "a", null, DAY);
            assertThat(table.replace(rows, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(2));
            rows.clear();
            row(rows, 4, 1, 1.0, true, "a", null, DAY);
            assertThat(table.replace(rows, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(3));
        }
        assertThat(written.rows()).extracting(r -> r.get("id")).containsExactly(4L);
        JsonNode remove = written.commit(3).stream().filter(a -> a.has("remove")).findFirst().orElseThrow().path("remove");
        assertThat(remove.path("extendedFileMetadata").asBoolean()).isTrue();
        assertThat(remove.path("partitionValues").path("date").asText()).isEqualTo("2026-11-21");
        assertThat(remove.path("deletionTimestamp").asLong()).isEqualTo(CLOCK.millis());
        assertThat(written.commit(2).get(0).path("commitInfo").path("operation").asText()).isEqualTo("WRITE");
    }

    @Test
    void columns_are_added_at_the_end_and_rows_made_before_still_fit() {
        Schema more = new Schema(List.of(new Schema.Field("motor_temp_c", Type.Primitive.DOUBLE, true),
                new Schema.Field("Name", Type.Primitive.STRING, true)));
        try (DeltaTable table = open()) {
            Rows before = table.newRows();
            row(before, 1, 1, 1.0, true, "a", null, DAY);

            assertThat(table.addColumns(more)).isEqualTo(new CommitOutcome.Done(1));
            assertThat(table.addColumns(more)).isEqualTo(new CommitOutcome.Done(1));
            assertThat(table.schema().names()).containsExactly("id", "at", "value", "late", "name", "tags", "date", "motor_temp_c");

            assertThat(table.append(before, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(2));
            Rows after = table.newRows();
            after.setDouble(7, 71.5);
            after.setLong(6, DAY);
            after.end();
            assertThat(table.append(after, Map.of(), Map.of())).isEqualTo(new CommitOutcome.Done(3));
        }
        assertThat(written.snapshot().getMetadata().getSchema().getFieldNames()).contains("motor_temp_c").doesNotContain("Name");
        assertThat(written.rows()).extracting(r -> r.get("motor_temp_c")).containsExactlyInAnyOrder(null, 71.5);
        assertThat(written.commit(1).get(0).path("commitInfo").path("operationParameters").path("columns").asText())
                .isEqualTo("[\"motor_temp_c\"]");
    }

    @Test
    void a_column_that_is_there_with_another_type_or_has_a_name_that_delta_forbids_is_not_added() {
        try (DeltaTable table = open()) {
            assertThatThrownBy(() -> table.addColumns(new Schema(List.of(new Schema.Field("name", Type.Primitive.DOUBLE, true)))))
                    .isInstanceOf(LakeException.class).hasMessageContaining("column name").hasMessageContaining("expected double, actual string");
            assertThatThrownBy(() -> table.addColumns(new Schema(List.of(new Schema.Field("a (b)", Type.Primitive.DOUBLE, true)))))
                    .isInstanceOf(LakeException.class).hasMessageContaining("a (b)");
            assertThat(table.version()).isZero();
        }
    }

    @Test
    void partition_values_of_any_kind_keep_rows_apart_and_come_back() {
        Schema schema = new Schema(List.of(new Schema.Field("id", Type.Primitive.LONG, true),
                new Schema.Field("place", Type.Primitive.STRING, true)));
        List<String> places = Arrays.asList("plain", "a b", "50%", "x/y=z",
                "\"quoted\"", "line\nbreak", "\u00e4\u00f6\ud83d\ude00", "..", "a:b?c#d", null);
        try (DeltaTable table = open(new TableLayout(schema, List.of("place"), Map.of(), true))) {
            Rows rows = table.newRows();
            for (int i = 0; i < 2 * places.size(); i++) {
                rows.setLong(0, i);
                rows.setString(1, places.get(i % places.size()));
                rows.end();
            }
            table.append(rows, Map.of(), Map.of());
        }
        assertThat(written.files()).hasSize(places.size()).allSatisfy(file -> assertThat(written.path(file)).exists());
        assertThat(written.rows()).hasSize(2 * places.size())
                .allSatisfy(row -> assertThat(row.get("place")).isEqualTo(places.get((int) ((long) row.get("id") % places.size()))));
        assertThat(written.dataFiles()).allSatisfy(name -> assertThat(name).matches("place=[-\\w.%]+/part-.*"));
    }

    @Test
    void an_empty_partition_value_is_none_as_delta_has_it() {
        Schema schema = new Schema(List.of(new Schema.Field("id", Type.Primitive.LONG, true),
                new Schema.Field("place", Type.Primitive.STRING, true)));
        try (DeltaTable table = open(new TableLayout(schema, List.of("place"), Map.of(), false))) {
            Rows rows = table.newRows();
            for (String place : new String[] {"", null, ""}) {
                rows.setString(1, place);
                rows.end();
            }
            table.append(rows, Map.of(), Map.of());
        }
        assertThat(written.files()).singleElement().satisfies(file -> assertThat(file.getPartitionValues()).containsEntry("place", null));
    }

    @Test
    void a_column_that_must_have_a_value_is_asked_for() {
        Schema schema = new Schema(List.of(new Schema.Field("id", Type.Primitive.LONG, false),
                new Schema.Field("date", Type.Primitive.DATE, true)));
        try (DeltaTable table = open(new TableLayout(schema, List.of("date"), Map.of(), false))) {
            Rows rows = table.newRows();
            rows.setLong(1, DAY);
            assertThatThrownBy(rows::end).isInstanceOf(IllegalStateException.class).hasMessageContaining("id");
        }
    }

    @Test
    void a_value_of_another_type_is_refused() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            assertThatThrownBy(() -> rows.setDouble(0, 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column id").hasMessageContaining("expected long");
            assertThatThrownBy(() -> rows.setLong(4, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected string");
            assertThatThrownBy(() -> rows.setString(5, "x")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("map");
        }
    }

    @Test
    void cleared_rows_leave_nothing_behind() {
        try (DeltaTable table = open()) {
            Rows rows = table.newRows();
            row(rows, 1, 1, 1.0, true, "a", Map.of("k", "v"), DAY);
            assertThat(rows.size()).isEqualTo(1);
            assertThat(rows.bytes()).isPositive();
            rows.setString(4, "never ended");
            rows.clear();
            assertThat(rows.size()).isZero();
            assertThat(rows.bytes()).isZero();
            rows.setLong(0, 2);
            rows.setLong(6, DAY + 1);
            rows.end();
            table.append(rows, Map.of(), Map.of());
        }
        assertThat(written.rows()).containsExactly(values("id", 2L, "date", "2026-11-22"));
    }
}
