package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What other writers stored, in any encoding, is in the merged file, read by Parquet's own reader. */
class FileMergeTest {

    private static final Columns COLUMNS = new Columns("table", new Schema(List.of(
            new Schema.Field("text", Type.Primitive.STRING, true),
            new Schema.Field("number", Type.Primitive.LONG, true),
            new Schema.Field("value", Type.Primitive.DOUBLE, true),
            new Schema.Field("small", Type.Primitive.INTEGER, true))), List.of());
    private static final MessageType WHOLE = MessageTypeParser.parseMessageType(
            "message m { optional binary text (STRING); optional int64 number; optional double value; optional int32 small; }");

    @TempDir
    Path folder;
    private int files;

    /** A file of so many rows; a row without a value for a column is null there. */
    private DataFile stored(ExampleParquetWriter.Builder settings, int rows, IntFunction<Group> row) throws IOException {
        try (ParquetWriter<Group> writer = settings.withConf(new PlainParquetConfiguration()).build()) {
            for (int i = 0; i < rows; i++) {
                writer.write(row.apply(i));
            }
        }
        Path path = folder.resolve("in-" + (files - 1) + ".parquet");
        return new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty());
    }

    private ExampleParquetWriter.Builder file(MessageType schema) {
        return ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve("in-" + files++ + ".parquet"))).withType(schema);
    }

    private DataFile texts(List<String> texts, boolean dictionary) throws IOException {
        return stored(file(WHOLE).withDictionaryEncoding(dictionary), texts.size(), row -> {
            Group group = new SimpleGroup(WHOLE);
            return texts.get(row) == null ? group : group.append("text", texts.get(row));
        });
    }

    private Path merged(DataFile... inputs) throws IOException {
        Path out = folder.resolve("out.parquet");
        try (FileMerge merge = new FileMerge()) {
            GroupedFile.Result result = merge.write(COLUMNS, List.of(inputs), new LocalOutputFile(out), () -> { });
            assertThat(out).hasSize(result.size());
        }
        return out;
    }

    private static List<Object> values(Path file, String column) {
        List<Object> values = new ArrayList<>();
        for (Group row : WrittenTable.groups(file)) {
            values.add(row.getFieldRepetitionCount(column) == 0 ? null : switch (column) {
                case "text" -> row.getString(column, 0);
                case "number" -> row.getLong(column, 0);
                case "value" -> Double.doubleToRawLongBits(row.getDouble(column, 0));
                default -> row.getInteger(column, 0);
            });
        }
        return values;
    }

    private static List<BlockMetaData> groups(Path file) throws IOException {
        return DataFileWriterTest.footer(file).getBlocks();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void texts_come_out_as_they_went_in_however_they_were_encoded(int seed) throws IOException {
        Random random = new Random(seed);
        List<Object> expected = new ArrayList<>();
        DataFile[] inputs = new DataFile[1 + random.nextInt(6)];
        for (int i = 0; i < inputs.length; i++) {
            int kinds = random.nextBoolean() ? 6 : 1_000_000;
            double nulls = new double[] {0, 0.3, 1}[random.nextInt(3)];
            // A small dictionary is given up after some pages: those before it have codes, those after it have not.
            ExampleParquetWriter.Builder settings = file(WHOLE).withDictionaryEncoding(random.nextBoolean()).withDictionaryPageSize(random.nextBoolean() ? 300 : 1 << 20)
                    .withWriterVersion(random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0).withPageRowCountLimit(random.nextBoolean() ? 137 : 20_000)
                    .withPageSize(random.nextBoolean() ? 400 : 1 << 20).withRowGroupSize(random.nextBoolean() ? 6000L : 1 << 27).withMinRowCountForPageSizeCheck(10)
                    .withCompressionCodec(random.nextBoolean() ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD);
            inputs[i] = stored(settings, random.nextInt(6000), row -> {
                Group group = new SimpleGroup(WHOLE);
                String text = random.nextDouble() < nulls ? null : text(random.nextInt(kinds));
                expected.add(text);
                return text == null ? group : group.append("text", text);
            });
        }
        assertThat(values(merged(inputs), "text")).isEqualTo(expected);
    }

    private static String text(int number) {
        return switch (number) {
            case 0 -> "";
            case 1 -> "gärten-°C";
            case 2 -> "\uD83C\uDF21 日本";
            case 3 -> "hall-1";
            case 4 -> "hall-2";
            default -> "a longer text of which the end differs: " + number;
        };
    }

    @Test
    void a_text_of_megabytes_between_short_ones_stays_whole() throws IOException {
        String large = "ä".repeat(3 << 20);
        List<String> texts = List.of("a", large, "b", large, "", large + "!");
        assertThat(values(merged(texts(texts, true), texts(texts, false)), "text")).isEqualTo(IntStream.range(0, 12).mapToObj(i -> (Object) texts.get(i % 6)).toList());
    }

    @Test
    void texts_that_repeat_are_written_once_and_those_that_do_not_get_no_dictionary() throws IOException {
        List<String> few = IntStream.range(0, 9_000).mapToObj(i -> "machine-" + i % 50).toList();
        List<String> many = IntStream.range(0, 9_000).mapToObj(i -> "body-" + i).toList();
        Path repeating = merged(texts(few, false), texts(few, true), texts(few, false));
        assertThat(DataFileWriterTest.column(groups(repeating).get(0), "text").getEncodings()).contains(Encoding.RLE_DICTIONARY);
        assertThat(Files.size(repeating)).isLessThan(40_000);
        Files.delete(repeating);
        Path unique = merged(texts(many, false), texts(many, true));
        assertThat(DataFileWriterTest.column(groups(unique).get(0), "text").getEncodings()).doesNotContain(Encoding.RLE_DICTIONARY);
        assertThat(values(unique, "text")).isEqualTo(IntStream.range(0, 18_000).mapToObj(i -> (Object) ("body-" + i % 9_000)).toList());
    }

    @Test
    void the_page_index_bounds_texts_by_their_bytes() throws IOException {
        Path file = merged(texts(IntStream.range(0, 40_000).mapToObj(i -> i == 20_000 ? "\uD83C\uDF21" : i == 20_001 ? null : String.format("t%05d", i)).toList(), false));
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            ColumnIndex index = reader.readColumnIndex(DataFileWriterTest.column(groups(file).get(0), "text"));
            assertThat(index.getMinValues().stream().map(FileMergeTest::string)).containsExactly("t00000", "t16384", "t32768");
            assertThat(index.getMaxValues().stream().map(FileMergeTest::string)).containsExactly("t16383", "\uD83C\uDF21", "t39999");
            assertThat(index.getNullCounts()).containsExactly(0L, 1L, 0L);
        }
    }

    private static String string(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytes_that_are_no_text_become_replacement_characters(boolean repeating) throws IOException {
        byte[] broken = {'a', (byte) 0xC3, 'b'};
        int rows = 12_000;
        Path file = merged(stored(file(WHOLE).withDictionaryEncoding(false), rows, row -> new SimpleGroup(WHOLE)
                .append("text", row % 100 == 0 ? Binary.fromConstantByteArray(broken) : Binary.fromString(repeating ? "ok" : "t" + row))));
        assertThat(values(file, "text")).isEqualTo(IntStream.range(0, rows).mapToObj(row -> (Object) (row % 100 == 0 ? "a\uFFFDb" : repeating ? "ok" : "t" + row)).toList());
    }

    @Test
    void columns_that_some_files_do_not_have_are_null_there() throws IOException {
        MessageType old = MessageTypeParser.parseMessageType("message m { optional int64 number; }");
        DataFile before = stored(file(old), 3, row -> new SimpleGroup(old).append("number", (long) row));
        DataFile after = stored(file(WHOLE), 2, row -> new SimpleGroup(WHOLE).append("text", "t" + row).append("value", 0.5));
        Path file = merged(before, after, before);
        assertThat(values(file, "text")).containsExactly(null, null, null, "t0", "t1", null, null, null);
        assertThat(values(file, "number")).containsExactly(0L, 1L, 2L, null, null, 0L, 1L, 2L);
    }

    @Test
    void numbers_that_repeat_are_written_as_codes_and_come_back_to_the_bit() throws IOException {
        double[] doubles = {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000123L), Double.NEGATIVE_INFINITY, 21.5, 21.6};
        Random random = new Random(1);
        List<List<Object>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Path file = merged(stored(file(WHOLE), 30_000, row -> {
            Group group = new SimpleGroup(WHOLE);
            Long number = random.nextInt(9) == 0 ? null : Long.MIN_VALUE + row / 256;
            double value = doubles[random.nextInt(doubles.length)];
            int small = -random.nextInt(1000);
            expected.get(0).add(number);
            expected.get(1).add(Double.doubleToRawLongBits(value));
            expected.get(2).add(small);
            if (number != null) {
                group.append("number", number);
            }
            return group.append("value", value).append("small", small);
        }));
        assertThat(values(file, "number")).isEqualTo(expected.get(0));
        assertThat(values(file, "value")).isEqualTo(expected.get(1));
        assertThat(values(file, "small")).isEqualTo(expected.get(2));
        BlockMetaData group = groups(file).get(0);
        assertThat(List.of("number", "value", "small")).allSatisfy(column -> assertThat(DataFileWriterTest.column(group, column).getEncodings()).contains(Encoding.RLE_DICTIONARY));
        assertThat(DataFileWriterTest.column(group, "number").getStatistics().genericGetMin()).isEqualTo(Long.MIN_VALUE);
        assertThat(DataFileWriterTest.column(group, "number").getStatistics().genericGetMax()).isEqualTo(Long.MIN_VALUE + 29_999 / 256);
    }

    @Test
    void numbers_that_differ_are_written_plainly() throws IOException {
        Random random = new Random(1);
        List<Object> expected = new ArrayList<>();
        Path file = merged(stored(file(WHOLE), 200_000, row -> {
            // Few at first, then more than a dictionary may have.
            long number = row < 90_000 ? row % 100 : random.nextLong();
            expected.add(number);
            return new SimpleGroup(WHOLE).append("number", number).append("value", random.nextGaussian());
        }));
        assertThat(values(file, "number")).isEqualTo(expected);
        assertThat(groups(file)).hasSizeGreaterThan(1).allSatisfy(group -> {
            assertThat(DataFileWriterTest.column(group, "number").getEncodings()).doesNotContain(Encoding.RLE_DICTIONARY);
            assertThat(DataFileWriterTest.column(group, "value").getEncodings()).doesNotContain(Encoding.RLE_DICTIONARY);
        });
    }
}
