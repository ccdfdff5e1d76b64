package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Row groups of many pages: what page index and Bloom filters say is not needed is not read, and nothing else is missing. */
class PagedScanTest {

    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message m { optional int64 n; optional int64 at (TIMESTAMP(MILLIS,true)); optional int64 nanos (TIMESTAMP(NANOS,true)); optional int32 small; optional int32 u (INTEGER(32,false));
              optional float f; optional double d; optional binary s (STRING); optional boolean b; optional group st { optional int64 x; optional binary y (STRING); }
              optional group l (LIST) { repeated group list { optional int32 element; } } }""");
    private static final Schema SCHEMA = new Schema(List.of(field("n", Type.Primitive.LONG), field("at", Type.Primitive.TIMESTAMP), field("nanos", Type.Primitive.TIMESTAMP),
            field("small", Type.Primitive.INTEGER), field("u", Type.Primitive.LONG), field("f", Type.Primitive.FLOAT), field("d", Type.Primitive.DOUBLE), field("s", Type.Primitive.STRING),
            field("b", Type.Primitive.BOOLEAN), field("st", new Type.Struct(List.of(field("x", Type.Primitive.LONG), field("y", Type.Primitive.STRING)))),
            field("l", new Type.Array(Type.Primitive.INTEGER, true))));
    private static final List<String> ASKED = List.of("n", "at", "nanos", "small", "u", "f", "d", "s", "b", "st.x", "st.y");

    @TempDir
    Path folder;

    private static Schema.Field field(String name, Type type) {
        return new Schema.Field(name, type, true);
    }

    /** The value of a column in row {@code i}: near {@code i} where the column is ordered, so that pages differ. */
    private static Object value(String column, int i, Random random) {
        return switch (column) {
            case "n", "st.x" -> (long) i;
            case "at" -> i * 1000L;
            case "nanos" -> i * 3L;
            case "small" -> (long) i / 7 - 300;
            case "u" -> 0xffff_f000L + i % 4096;
            case "f" -> (double) (i / 8f);
            case "d" -> random.nextInt(40) == 0 ? Double.NaN : random.nextInt(40) == 0 ? -0.0 : i / 3.0;
            case "b" -> i % 2 == 0;
            default -> "text " + i;
        };
    }

    private static void put(Group row, String column, Object value) {
        switch (column) {
            case "n" -> row.add("n", (long) value);
            case "at" -> row.add("at", (long) value / 1000);
            case "nanos" -> row.add("nanos", (long) value * 1000 + 5);
            case "small" -> row.add("small", (int) (long) value);
            case "u" -> row.add("u", (int) (long) value);
            case "f" -> row.add("f", (float) (double) value);
            case "d" -> row.add("d", (double) value);
            case "s" -> row.add("s", (String) value);
            case "b" -> row.add("b", (boolean) value);
            default -> throw new IllegalArgumentException(column);
        }
    }

    private static Map<String, Object> row(int i, int rows, Random random, double nulls, boolean ordered) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (String column : ASKED) {
            boolean sorted = ordered || random.nextInt(50) > 0 && !column.equals("s");
            row.put(column, random.nextDouble() < nulls ? null : value(column, sorted ? i : random.nextInt(rows), random));
        }
        return row;
    }

    private static Group group(Map<String, Object> row, int i) {
        Group group = new SimpleGroup(FILE);
        row.forEach((column, value) -> {
            if (value != null && !column.startsWith("st.")) {
                put(group, column, value);
            }
        });
        if (row.get("st.x") != null || row.get("st.y") != null) {
            Group struct = group.addGroup("st");
            if (row.get("st.x") != null) {
                struct.add("x", (long) row.get("st.x"));
            }
            if (row.get("st.y") != null) {
                struct.add("y", (String) row.get("st.y"));
            }
        }
        for (int k = 0; k < i % 4; k++) {
            (k == 0 ? group.addGroup("l") : group.getGroup("l", 0)).addGroup("list").append("element", i + k);
        }
        return group;
    }

    private ExampleParquetWriter.Builder writer(Path path) {
        return ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(FILE).withCompressionCodec(CompressionCodecName.SNAPPY);
    }

    private Snapshot snapshot(Path... paths) throws IOException {
        List<DataFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty()));
        }
        return new Snapshot(folder.toString(), 0, Instant.EPOCH, SCHEMA, List.of(), files, Map.of(), Map.of(), 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void what_indexes_and_bloom_filters_let_through_is_what_a_plain_filter_of_all_rows_finds(int seed) throws IOException {
        Random random = new Random(seed);
        int count = 2500 + random.nextInt(4000);
        double nulls = new double[] {0, 0.02, 0.5}[random.nextInt(3)];
        boolean ordered = random.nextBoolean();
        List<Map<String, Object>> rows = new ArrayList<>();
        Path path = folder.resolve("paged.parquet");
        ExampleParquetWriter.Builder settings = writer(path).withPageRowCountLimit(100 + random.nextInt(300)).withDictionaryEncoding(random.nextBoolean())
                .withRowGroupRowCountLimit(random.nextBoolean() ? 2100 : 100_000).withBloomFilterEnabled(random.nextInt(3) > 0)
                .withWriterVersion(random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0);
        try (ParquetWriter<Group> writer = settings.build()) {
            for (int i = 0; i < count; i++) {
                rows.add(row(i, count, random, nulls, ordered));
                writer.write(group(rows.get(i), i));
            }
        }
        Snapshot snapshot = snapshot(path);
        ColumnCache cache = new ColumnCache(random.nextBoolean() ? 0 : 2 << 20);
        for (int question = 0; question < 60; question++) {
            List<Condition> conditions = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                conditions.add(condition(random, count));
            }
            Scan scan = Scan.of(snapshot).cache(cache);
            for (Condition condition : conditions) {
                scan = scan.where(condition);
            }
            Predicate predicate = random.nextInt(3) == 0 ? predicate(random, count, 3) : new Predicate.And(List.of());
            scan = scan.where(predicate);
            String what = "seed " + seed + ", question " + question + ", " + conditions + ", " + predicate;
            int[] expected = IntStream.range(0, count).filter(i -> conditions.stream().allMatch(condition -> holds(condition, rows.get(i).get(condition.column())))
                    && Boolean.TRUE.equals(truth(predicate, rows.get(i)))).toArray();
            List<String> columns = new ArrayList<>(ASKED);
            columns.add("l");
            Batch batch = scan.columns(columns).readAll();
            assertThat(batch.rows()).as(what).isEqualTo(expected.length);
            assertThat(scan.count()).as(what).isEqualTo(expected.length);
            for (String name : ASKED) {
                Column column = batch.column(name);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(column.value(i)).as("%s: %s in row %s", what, name, expected[i]).isEqualTo(rows.get(expected[i]).get(name));
                }
            }
            for (int i = 0; i < expected.length; i++) {
                int row = expected[i];
                assertThat(batch.column("l").value(i)).as("%s: list in row %s", what, row)
                        .isEqualTo(row % 4 == 0 ? null : LongStream.range(row, row + row % 4).boxed().toList());
            }
        }
    }

    private static Predicate predicate(Random random, int count, int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(4)) {
            case 0 -> new Predicate.And(List.of(predicate(random, count, depth - 1), predicate(random, count, depth - 1)));
            case 1 -> new Predicate.Or(List.of(predicate(random, count, depth - 1), predicate(random, count, depth - 1)));
            case 2 -> new Predicate.Not(predicate(random, count, depth - 1));
            default -> new Predicate.Is(condition(random, count));
        };
    }

    /** As SQL has it: null for neither true nor false. */
    private static Boolean truth(Predicate predicate, Map<String, Object> row) {
        if (predicate instanceof Predicate.Is is) {
            boolean speaksOfNull = is.condition() instanceof Condition.IsNull || is.condition() instanceof Condition.NotNull;
            Object value = row.get(is.condition().column());
            return value == null && !speaksOfNull ? null : (Boolean) holds(is.condition(), value);
        }
        if (predicate instanceof Predicate.Not not) {
            Boolean part = truth(not.part(), row);
            return part == null ? null : (Boolean) !part;
        }
        boolean and = predicate instanceof Predicate.And;
        List<Predicate> parts = predicate instanceof Predicate.And all ? all.parts() : ((Predicate.Or) predicate).parts();
        boolean unknown = false;
        for (Predicate part : parts) {
            Boolean truth = truth(part, row);
            if (truth != null && truth != and) {
                return truth;
            }
            unknown |= truth == null;
        }
        return unknown ? null : (Boolean) and;
    }

    private static Condition condition(Random random, int count) {
        String column = ASKED.get(random.nextInt(ASKED.size()));
        int near = random.nextInt(count + 20) - 10;
        return switch (random.nextInt(6)) {
            case 0 -> random.nextBoolean() ? new Condition.IsNull(column) : new Condition.NotNull(column);
            case 1, 2 -> {
                Set<Object> values = new HashSet<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    values.add(value(column, Math.abs(random.nextInt(4) == 0 ? near + 100_000 : near + random.nextInt(30)), random));
                }
                yield new Condition.In(column, values);
            }
            default -> {
                Object from = value(column, Math.abs(near), random);
                Object to = value(column, Math.abs(near) + random.nextInt(300), random);
                yield new Condition.Range(column, random.nextInt(8) == 0 ? null : (Comparable<?>) from, random.nextInt(8) == 0 ? null : (Comparable<?>) to);
            }
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static boolean holds(Condition condition, Object value) {
        if (condition instanceof Condition.IsNull || value == null) {
            return condition instanceof Condition.IsNull && value == null;
        }
        if (condition instanceof Condition.In in) {
            return in.values().stream().anyMatch(one -> one.equals(value) || one instanceof Double number && number == (double) value);
        }
        if (condition instanceof Condition.Range range) {
            if (value instanceof Double number) {
                return !number.isNaN() && (range.from() == null || number >= (Double) range.from()) && (range.to() == null || number < (Double) range.to());
            }
            return (range.from() == null || ((Comparable) value).compareTo(range.from()) >= 0) && (range.to() == null || ((Comparable) value).compareTo(range.to()) < 0);
        }
        return true;
    }

    /** 4,000 rows in pages of 200; returns the bytes of the file. */
    private Path ordered(boolean bloom) throws IOException {
        Path path = folder.resolve("ordered.parquet");
        try (ParquetWriter<Group> writer = writer(path).withPageRowCountLimit(200).withDictionaryEncoding(false).withBloomFilterEnabled(bloom).build()) {
            for (int i = 0; i < 4000; i++) {
                writer.write(group(row(i, 4000, new Random(i), 0, true), i));
            }
        }
        return path;
    }

    @Test
    void pages_that_cannot_hold_an_answer_are_not_read() throws IOException {
        Path path = ordered(false);
        byte[] bytes = Files.readAllBytes(path);
        // The first column begins after the magic: its first pages are made unreadable.
        Arrays.fill(bytes, 4, 400, (byte) -1);
        Files.write(path, bytes);
        Scan scan = Scan.of(snapshot(path)).cache(new ColumnCache(0)).columns(List.of("n", "l", "s"));
        Batch last = scan.where(new Condition.Range("n", 3900L, null)).readAll();
        assertThat(last.longs("n").values()).isEqualTo(LongStream.range(3900, 4000).toArray());
        assertThat(last.column("l").value(1)).isEqualTo(List.of(3901L));
        assertThat(last.column("s").value(99)).isEqualTo("text 3999");
        assertThat(scan.where(Condition.equal("st.x", 3000L)).readAll().longs("n").values()).containsExactly(3000L);
        assertThatThrownBy(() -> scan.where(new Condition.Range("n", 0L, 10L)).readAll()).isInstanceOf(LakeException.class).hasMessageContaining("ordered.parquet");
    }

    @Test
    void only_pages_with_a_row_that_was_found_are_read_of_the_other_columns() throws IOException {
        Path path = ordered(false);
        byte[] bytes = Files.readAllBytes(path);
        Arrays.fill(bytes, 4, 400, (byte) -1);
        Files.write(path, bytes);
        Scan scan = Scan.of(snapshot(path)).cache(new ColumnCache(0)).columns(List.of("n"));
        // Every page of texts can hold it by its bounds, which are texts: "text 1999" lies between "text 200" and "text 3".
        assertThat(scan.where(Condition.equal("s", "text 3111")).readAll().longs("n").values()).containsExactly(3111L);
    }

    @Test
    void a_value_that_the_bloom_filter_does_not_know_is_not_looked_for() throws IOException {
        Path path = ordered(true);
        byte[] bytes = Files.readAllBytes(path);
        byte[] broken = bytes.clone();
        Arrays.fill(broken, 4, 400, (byte) -1);
        Files.write(path, broken);
        Scan scan = Scan.of(snapshot(path)).cache(new ColumnCache(0)).columns(List.of("n"));
        // 4,000 rows have an "at" at every second, none between.
        assertThat(scan.where(Condition.equal("at", 5_000_500L)).readAll().rows()).isZero();
        assertThat(scan.where(Condition.equal("s", "text 35x")).readAll().rows()).isZero();
        assertThatThrownBy(() -> scan.where(Condition.equal("n", 5L)).readAll()).isInstanceOf(LakeException.class);
        assertThat(scan.where(Condition.equal("n", 5_000L)).count()).isZero();
    }

    @Test
    void pages_read_once_are_read_from_memory() throws IOException {
        Path path = ordered(true);
        Snapshot snapshot = snapshot(path);
        ColumnCache cache = new ColumnCache(1 << 20);
        Scan scan = Scan.of(snapshot).cache(cache).columns(List.of("n", "s")).where(Condition.between("at", Instant.ofEpochMilli(100), Instant.ofEpochMilli(300)));
        Batch first = scan.readAll();
        assertThat(first.rows()).isEqualTo(200);
        assertThat(cache.weight()).isLessThan(100_000);
        Files.delete(path);
        assertThat(scan.readAll().longs("n").values()).isEqualTo(first.longs("n").values());
    }
}
