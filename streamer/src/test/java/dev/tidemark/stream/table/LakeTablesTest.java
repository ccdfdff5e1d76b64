package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The streamer's tables as they are made, and as the reader sees them. */
class LakeTablesTest {

    @TempDir
    Path folder;

    @Test
    void every_table_has_the_columns_that_are_agreed_on() {
        assertThat(LakeTables.BRONZE_EVENTS.layout().schema().names()).containsExactly("source", "partition", "offset", "enqueued_time",
                "device_id", "properties", "body", "ingested_at", "date");
        assertThat(LakeTables.SILVER_READINGS.layout().schema().names()).containsExactly("device_id", "event_time", "location", "status",
                "late", "source", "partition", "offset", "ingested_at", "date", "_rescued_data");
        assertThat(LakeTables.SILVER_REJECTS.layout().schema().names()).containsExactly("source", "partition", "offset", "enqueued_time",
                "device_id", "properties", "body", "ingested_at", "date", "reason");
        assertThat(LakeTables.GOLD_WINDOWS.layout().schema().names()).containsExactly("window", "window_start", "window_end", "grain",
                "device_id", "location", "measure", "unit", "count", "avg", "min", "max", "sum", "stddev", "first", "last", "last_event_time", "date");
        assertThat(LakeTables.GOLD_ALERTS.layout().schema().names()).containsExactly("alert_id", "rule", "kind", "severity", "state", "device_id", "location",
                "measure", "value", "limit", "message", "event_time", "raised_at", "sequence", "date");
        assertThat(LakeTables.GOLD_LIVE.layout().schema()).isEqualTo(LakeTables.GOLD_WINDOWS.layout().schema());
    }

    @Test
    void only_a_table_that_nobody_rewrites_is_append_only() {
        assertThat(List.of(LakeTables.values())).filteredOn(table -> "true".equals(table.layout().properties().get("delta.appendOnly")))
                .containsExactly(LakeTables.BRONZE_EVENTS, LakeTables.SILVER_READINGS, LakeTables.SILVER_REJECTS, LakeTables.GOLD_ALERTS);
        assertThat(List.of(LakeTables.values())).filteredOn(table -> !table.layout().durable()).containsExactly(LakeTables.GOLD_LIVE);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_what_the_reader_reads(LakeTables layout) {
        Lake lake = Lake.at(folder.toString());
        Random random = new Random(layout.ordinal());
        Map<String, Object[]> expected = new LinkedHashMap<>();
        int count = 2_500;
        try (DeltaTable table = DeltaTable.open(lake, layout.path(), layout.layout(), Example.CLOCK)) {
            Schema schema = table.schema();
            schema.names().forEach(name -> expected.put(name, new Object[count]));
            Rows rows = table.newRows();
            for (int i = 0; i < count; i++) {
                for (int column = 0; column < schema.fields().size(); column++) {
                    Schema.Field field = schema.fields().get(column);
                    if (field.name().equals("date") || random.nextInt(5) > 0) {
                        expected.get(field.name())[i] = set(rows, column, field, random, i);
                    }
                }
                rows.end();
            }
            assertThat(table.append(rows, Map.of("hub/0", (long) count), Map.of())).isEqualTo(new CommitOutcome.Done(1));
        }

        Snapshot snapshot = lake.table(layout.path()).snapshot();
        assertThat(snapshot.schema()).isEqualTo(layout.layout().schema());
        assertThat(snapshot.partitionColumns()).containsExactly("date");
        assertThat(snapshot.properties()).isEqualTo(layout.layout().properties());
        assertThat(snapshot.transactions()).isEqualTo(Map.of("hub/0", (long) count));
        assertThat(snapshot.rows()).isEqualTo(count);
        Batch batch = Scan.of(snapshot).readAll();
        assertThat(batch.rows()).isEqualTo(count);
        for (String name : batch.names()) {
            Column column = batch.column(name);
            Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                values[i] = column.value(i);
            }
            assertThat(values).as(name).isEqualTo(expected.get(name));
        }
    }

    /** Sets a value of a column and returns it. */
    private static Object set(Rows rows, int column, Schema.Field field, Random random, int i) {
        if (field.type() instanceof Type.MapOf) {
            Map<String, String> map = random.nextBoolean() ? Map.of() : Map.of("k" + i, "v \"" + i);
            rows.setMap(column, map);
            return map;
        }
        return switch ((Type.Primitive) field.type()) {
            case LONG, TIMESTAMP -> {
                long value = Example.DAY * 86_400_000_000L + random.nextInt();
                rows.setLong(column, value);
                yield value;
            }
            case DATE -> {
                rows.setLong(column, Example.DAY);
                yield Example.DAY;
            }
            case DOUBLE -> {
                double value = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian();
                rows.setDouble(column, value);
                yield value;
            }
            case BOOLEAN -> {
                boolean value = random.nextBoolean();
                rows.setBoolean(column, value);
                yield value;
            }
            default -> {
                String value = field.name().equals("body") ? "{\"i\":" + i + "}" : "\u00e4\ud83d\ude00-" + random.nextInt(30);
                rows.setString(column, value);
                yield value;
            }
        };
    }

    @Test
    void the_reader_leaves_files_out_that_cannot_hold_an_answer() {
        Lake lake = Lake.at(folder.toString());
        try (DeltaTable table = Example.open(folder)) {
            table.append(Example.rows(table, 1, 2, 3), Map.of(), Map.of());
            table.append(Example.rows(table, 10, 11, 12), Map.of(), Map.of());
        }
        Scan scan = Scan.of(lake.table(Example.PATH).snapshot()).where(new Condition.Range("id", 11L, null));
        assertThat(scan.filesToRead()).hasSize(1);
        assertThat(scan.readAll().longs("id").values()).containsExactly(11, 12);
    }
}
