package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
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
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Parquet's own writer stored, in any encoding, codec and page layout, is what we read. */
class ParquetColumnsTest {

    private static final List<CompressionCodecName> CODECS = List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP, CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void flat_columns_come_back_as_they_were_written(int seed) throws IOException {
        for (int i = 0; i < 8; i++) {
            Random random = new Random(seed * 1000L + i);
            writtenIsRead(random, Stored.flat(random), "seed " + seed + "/" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void nested_columns_come_back_as_they_were_written(int seed) throws IOException {
        for (int i = 0; i < 8; i++) {
            Random random = new Random(seed * 1000L + i);
            Stored stored = Stored.any(random, 3);
            while (!(stored.type() instanceof Type.Struct || stored.type() instanceof Type.Array || stored.type() instanceof Type.MapOf)) {
                stored = Stored.any(random, 3);
            }
            writtenIsRead(random, stored, "seed " + seed + "/" + i);
        }
    }

    @Test
    void a_struct_of_which_the_file_has_no_field_is_there_with_nulls_where_it_was() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { optional group s { optional group l (LIST) { repeated group list { optional int32 element; } } } }");
        Path path = folder.resolve("old.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(schema).build()) {
            writer.write(new SimpleGroup(schema));
            Group full = new SimpleGroup(schema);
            Group list = full.addGroup("s").addGroup("l");
            list.addGroup("list").append("element", 1);
            list.addGroup("list").append("element", 2);
            writer.write(full);
            Group empty = new SimpleGroup(schema);
            empty.addGroup("s");
            writer.write(empty);
        }
        Type later = new Type.Struct(List.of(new Schema.Field("later", Type.Primitive.DOUBLE, true)));
        try (DataFileReader reader = DataFileReader.open(file(path))) {
            Column column = reader.read(0, new FieldPath(List.of("s"), later));
            Map<String, Object> nothing = new HashMap<>();
            nothing.put("later", null);
            assertThat(List.of(Optional.ofNullable(column.value(0)), column.value(1), column.value(2))).isEqualTo(List.of(Optional.empty(), nothing, nothing));
            assertThat(reader.read(0, new FieldPath(List.of("s", "later"), Type.Primitive.DOUBLE)).isNull(1)).isTrue();
        }
    }

    @Test
    void lists_of_older_writers_are_lists() throws IOException {
        for (String list : List.of("optional group c (LIST) { repeated group bag { optional int32 array_element; } }", "optional group c (LIST) { repeated int32 array; }",
                "optional group c (LIST) { repeated group c_tuple { optional int32 x; } }", "repeated int32 c;", "repeated group c { optional int32 x; }")) {
            MessageType schema = MessageTypeParser.parseMessageType("message m { " + list + " }");
            Path path = folder.resolve(schema.hashCode() + ".parquet");
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(schema).build()) {
                Group row = new SimpleGroup(schema);
                boolean bare = list.startsWith("repeated");
                Group values = bare ? row : row.addGroup("c");
                for (int i = 1; i <= 2; i++) {
                    String name = bare ? "c" : values.getType().getFieldName(0);
                    if (values.getType().getType(name).isPrimitive()) {
                        values.add(name, i);
                    } else {
                        values.addGroup(name).add(0, i);
                    }
                }
                writer.write(row);
            }
            boolean structs = list.contains(" x;");
            Type element = structs ? new Type.Struct(List.of(new Schema.Field("x", Type.Primitive.INTEGER, true))) : Type.Primitive.INTEGER;
            try (DataFileReader reader = DataFileReader.open(file(path))) {
                assertThat(reader.read(0, new FieldPath(List.of("c"), new Type.Array(element, true))).value(0)).as(list)
                        .isEqualTo(structs ? List.of(Map.of("x", 1L), Map.of("x", 2L)) : List.of(1L, 2L));
            }
        }
    }

    private static DataFile file(Path path) throws IOException {
        return new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty());
    }

    private void writtenIsRead(Random random, Stored stored, String what) throws IOException {
        double nulls = new double[] {0, 0.1, 0.9, 1}[random.nextInt(4)];
        Repetition repetition = nulls == 0 && random.nextBoolean() ? Repetition.REQUIRED : Repetition.OPTIONAL;
        MessageType schema = new MessageType("m", stored.field().apply(repetition, "c"));
        int rows = random.nextInt(4) == 0 ? random.nextInt(20) : 500 + random.nextInt(3000);
        List<Object> expected = new ArrayList<>();
        Path path = folder.resolve(random.nextLong() + ".parquet");
        CompressionCodecName codec = CODECS.get(random.nextInt(CODECS.size()));
        WriterVersion version = random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
        boolean dictionary = random.nextBoolean();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(schema)
                .withCompressionCodec(codec).withWriterVersion(version).withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding(random.nextInt(3) == 0).withByteStreamSplitEncoding("c", random.nextInt(3) == 0)
                .withDictionaryPageSize(random.nextBoolean() ? 300 : 1 << 20).withPageSize(random.nextBoolean() ? 400 : 1 << 20)
                .withPageRowCountLimit(random.nextBoolean() ? 137 : 20_000).withRowGroupSize(random.nextBoolean() ? 6000L : 1 << 27)
                .withMinRowCountForPageSizeCheck(10).build()) {
            for (int i = 0; i < rows; i++) {
                Object value = random.nextDouble() < nulls ? null : stored.random().apply(random);
                Group group = new SimpleGroup(schema);
                if (value != null) {
                    stored.put().put(group, "c", value);
                }
                writer.write(group);
                expected.add(value);
            }
        }

        List<Object> actual = new ArrayList<>();
        try (DataFileReader reader = DataFileReader.open(file(path))) {
            for (int g = 0; g < reader.footer().groups(); g++) {
                Column column = reader.read(g, new FieldPath(List.of("C"), stored.type()));
                assertThat(column.size()).isEqualTo(reader.footer().rows(g));
                int from = random.nextInt(column.size() + 1);
                int to = from + random.nextInt(column.size() - from + 1);
                Column some = reader.read(g, new FieldPath(List.of("C"), stored.type()), from, to);
                assertThat(some.size()).isEqualTo(to - from);
                for (int i = from; i < to; i++) {
                    assertThat(comparable(some.value(i - from))).as("%s, row %s of rows %s to %s", what, i, from, to).isEqualTo(comparable(column.value(i)));
                }
                if (stored.type() == Type.Primitive.STRING) {
                    sameAsBytes(some, reader.utf8(g, new FieldPath(List.of("C"), stored.type()), from, to), what);
                }
                for (int i = 0; i < column.size(); i++) {
                    actual.add(column.value(i));
                    assertThat(column.isNull(i)).isEqualTo(column.value(i) == null);
                }
            }
        }
        String description = "%s: %s, %s, %s, dictionary %s, nulls %s".formatted(what, schema, codec, version, dictionary, nulls);
        assertThat(actual).as(description).hasSameSizeAs(expected);
        for (int i = 0; i < rows; i++) {
            if (!comparable(actual.get(i)).equals(comparable(expected.get(i)))) {
                assertThat(comparable(actual.get(i))).as("row %d of %s", i, description).isEqualTo(comparable(expected.get(i)));
            }
        }
    }

    private static void sameAsBytes(Column strings, Column.Utf8 bytes, String what) {
        assertThat(bytes.size()).as(what).isEqualTo(strings.size());
        Column turned = bytes.select(IntStream.range(0, bytes.size()).map(i -> bytes.size() - 1 - i).toArray());
        for (int i = 0; i < strings.size(); i++) {
            assertThat(bytes.value(i)).as("%s, row %s as bytes", what, i).isEqualTo(strings.value(i));
            assertThat(bytes.isNull(i)).isEqualTo(strings.isNull(i));
            assertThat(turned.value(bytes.size() - 1 - i)).isEqualTo(strings.value(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void text_is_the_same_as_bytes_and_as_strings(int seed) throws IOException {
        for (int i = 0; i < 8; i++) {
            Random random = new Random(seed * 1000L + i);
            Stored stored = Stored.flat(random);
            while (stored.type() != Type.Primitive.STRING) {
                stored = Stored.flat(random);
            }
            writtenIsRead(random, stored, "seed " + seed + "/" + i);
        }
    }

    @Test
    void text_that_a_file_does_not_have_is_null_as_bytes_too() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { optional int32 x; }");
        Path path = folder.resolve("other.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(schema).build()) {
            writer.write(new SimpleGroup(schema).append("x", 1));
            writer.write(new SimpleGroup(schema).append("x", 2));
        }
        try (DataFileReader reader = DataFileReader.open(file(path))) {
            Column.Utf8 text = reader.utf8(0, new FieldPath(List.of("text"), Type.Primitive.STRING), 0, 2);
            assertThat(text.size()).isEqualTo(2);
            assertThat(text.value(0)).isNull();
            assertThat(text.isNull(1)).isTrue();
            assertThatThrownBy(() -> reader.utf8(0, new FieldPath(List.of("x"), Type.Primitive.STRING), 0, 2)).isInstanceOf(LakeException.class).hasMessageContaining("another type");
        }
    }

    /** The value with its byte arrays, which equal only themselves, as lists. */
    private static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ParquetColumnsTest::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().map(e -> List.of(comparable(e.getKey()), comparable(e.getValue()))).toList();
        }
        return Optional.ofNullable(value);
    }
}
