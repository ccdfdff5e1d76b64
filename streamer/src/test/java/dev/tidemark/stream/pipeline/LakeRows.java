package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.lake.spark.Spark;
import dev.tidemark.lake.spark.SparkRow;
import dev.tidemark.stream.table.LakeTables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the tables of a lake hold, for tests. */
public final class LakeRows {

    private LakeRows() {
    }

    /** All rows of a table, each as column → value. */
    public static List<Map<String, Object>> of(Path lake, String table) {
        return of(Lake.at(lake.toString()).table(table).snapshot());
    }

    /** All rows of a version of a table, each as column → value. */
    public static List<Map<String, Object>> of(Snapshot version) {
        Batch all = Scan.of(version).readAll();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < all.rows(); row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int column = 0; column < all.names().size(); column++) {
                values.put(all.names().get(column), all.columns().get(column).value(row));
            }
            rows.add(values);
        }
        return rows;
    }

    /** All rows of a version of a table as {@link Spark#rows} gives them, sorted. */
    public static List<String> asSpark(Snapshot version) {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> values : of(version)) {
            values.replaceAll((name, value) -> value instanceof Map<?, ?> map ? map.entrySet().stream().map(each -> new Object[] {each.getKey(), each.getValue()}).toList() : value);
            rows.add(SparkRow.text(values));
        }
        Collections.sort(rows);
        return rows;
    }

    /** All rows of a table without {@code ingested_at} (and the date made from it), as sorted texts. */
    public static List<String> comparable(Path lake, String table) {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : of(lake, table)) {
            Map<String, Object> values = new TreeMap<>(row);
            values.remove("ingested_at");
            values.remove("raised_at");
            if (table.equals(LakeTables.BRONZE_EVENTS.path()) || table.equals(LakeTables.SILVER_REJECTS.path())) {
                values.remove("date");
            }
            if (values.get("properties") instanceof Map<?, ?> properties) {
                values.put("properties", new TreeMap<>(properties));
            }
            rows.add(values.toString());
        }
        Collections.sort(rows);
        return rows;
    }

    /** Every table's rows, to be compared as a whole. */
    public static Map<String, List<String>> all(Path lake) {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String table : List.of(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_REJECTS.path(), LakeTables.SILVER_READINGS.path(), LakeTables.GOLD_ALERTS.path(), LakeTables.GOLD_WINDOWS.path(), LakeTables.GOLD_LIVE.path())) {
            tables.put(table, comparable(lake, table));
        }
        return tables;
    }
}
