package dev.tidemark.stream.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DeltaTableTest {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00.123Z"));
    static final long DAY = LocalDate.of(2026, 11, 21).toEpochDay();
    static final Schema SCHEMA = new Schema(List.of(
            new Schema.Field("id", Type.Primitive.LONG, true),
            new Schema.Field("at", Type.Primitive.TIMESTAMP, true),
            new Schema.Field("value", Type.Primitive.DOUBLE, true),
            new Schema.Field("late", Type.Primitive.BOOLEAN, true),
            new Schema.Field("name", Type.Primitive.STRING, true),
            new Schema.Field("tags", new Type.MapOf(Type.Primitive.STRING, Type.Primitive.STRING, true), true),
            new Schema.Field("date", Type.Primitive.DATE, true)));
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
    void a_new_table_is_empty_and_has_the_layout_it_was_asked_for() {
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
            table.append(table.newRows(), Map.of("a", 1L, "b", 2L), Map.of());
            table.append(table.newRows(), Map.of("a", 3L), Map.of());
            assertThat(table.transactions()).isEqualTo(Map.of("a", 3L, "b", 2L));
        }
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
            assertThat(table.version()).isEqualTo(2);
            assertThat(table.transactions()).isEqualTo(Map.of("a", 3L, "b", 2L));
        }
        assertThat(written.dataFiles()).isEmpty();
    }

    @Test
    void replacing_takes_away_what_was_there_before_also_from_an_earlier_run() {
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
            Rows rows = table.newRows();
            row(rows, 1, 1, 1.0, true, "a", null, DAY);
            row(rows, 2, 1, 1.0, true, "a", null, DAY + 1);
            table.append(rows, Map.of(), Map.of());
        }
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), "gold/live", LAYOUT, CLOCK)) {
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
}
