package dev.tidemark.lake.spark;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what Spark reads of a table that it wrote with what we read. */
final class SparkTables {

    private SparkTables() {
    }

    static String sql(Path folder) {
        return "delta.`" + folder + "`";
    }

    static Table table(Path folder) {
        return Lake.at(folder.toString()).table("");
    }

    /** The newest version, value by value. */
    static void agree(Path folder, String what) {
        Snapshot snapshot = table(folder).snapshot();
        assertThat(ours(snapshot)).as(what).isEqualTo(Spark.shared().rows("SELECT * FROM " + sql(folder)).stream().sorted().toList());
    }

    /** A version, value by value. */
    static void agree(Path folder, long version, String what) {
        assertThat(ours(table(folder).snapshot(version))).as("version %d of %s", version, what)
                .isEqualTo(Spark.shared().rows("SELECT * FROM " + sql(folder) + " VERSION AS OF " + version).stream().sorted().toList());
    }

    /** All rows as Spark's would be written, sorted. What the log says of their number must be true. */
    static List<String> ours(Snapshot snapshot) {
        Batch all = Scan.of(snapshot).cache(new ColumnCache(0)).readAll();
        List<String> rows = new ArrayList<>();
        List<Schema.Field> fields = snapshot.schema().fields();
        for (int row = 0; row < all.rows(); row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                values.put(fields.get(i).name(), plain(all.columns().get(i).value(row), fields.get(i).type()));
            }
            rows.add(SparkRow.text(values));
        }
        assertThat(Scan.of(snapshot).count()).isEqualTo(rows.size());
        return rows.stream().sorted().toList();
    }

    private static Object plain(Object value, Type type) {
        if (value == null) {
            return null;
        }
        if (type instanceof Type.Struct struct) {
            Map<String, Object> fields = new LinkedHashMap<>();
            struct.fields().forEach(field -> fields.put(field.name(), plain(((Map<?, ?>) value).get(field.name()), field.type())));
            return fields;
        }
        if (type instanceof Type.Array array) {
            return ((List<?>) value).stream().map(element -> plain(element, array.element())).collect(ArrayList::new, List::add, List::addAll);
        }
        if (type instanceof Type.MapOf map) {
            List<Object> pairs = new ArrayList<>();
            ((Map<?, ?>) value).forEach((key, held) -> pairs.add(new Object[] {plain(key, map.key()), plain(held, map.value())}));
            return pairs;
        }
        return value;
    }

    /** Cleans the log: only the newest checkpoint and what came after it are left. */
    static void forgetWhatTheCheckpointKnows(Path folder) throws IOException {
        Path log = folder.resolve("_delta_log");
        try (Stream<Path> files = Files.list(log)) {
            List<Path> all = files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().matches("\\d{20}\\..*")).toList();
            long checkpoint = all.stream().filter(file -> file.getFileName().toString().contains(".checkpoint.")).mapToLong(SparkTables::version).max().orElseThrow();
            for (Path file : all) {
                if (version(file) < checkpoint) {
                    Files.delete(file);
                }
            }
        }
    }

    private static long version(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 20));
    }

    /** The names of the log's files that end like this. */
    static List<String> logFiles(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("_delta_log"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches(pattern)).sorted().toList();
        }
    }
}
