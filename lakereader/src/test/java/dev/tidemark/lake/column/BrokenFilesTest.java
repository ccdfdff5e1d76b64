package dev.tidemark.lake.column;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Type;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file that is not what it should be is named; it never gives wrong rows. */
class BrokenFilesTest {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { optional int64 n; optional double d; optional binary s (STRING); optional group l (LIST) { repeated group list { optional int32 element; } } }");
    private static final List<FieldPath> COLUMNS = List.of(new FieldPath(List.of("n"), Type.Primitive.LONG), new FieldPath(List.of("d"), Type.Primitive.DOUBLE),
            new FieldPath(List.of("s"), Type.Primitive.STRING), new FieldPath(List.of("l"), new Type.Array(Type.Primitive.INTEGER, true)));

    @TempDir
    Path folder;

    private byte[] written(CompressionCodecName codec, boolean checksums) throws IOException {
        Path path = folder.resolve("whole.parquet");
        Files.deleteIfExists(path);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(SCHEMA)
                .withCompressionCodec(codec).withWriterVersion(WriterVersion.PARQUET_1_0).withPageSize(500).withPageWriteChecksumEnabled(checksums).build()) {
            for (int i = 0; i < 300; i++) {
                Group row = new SimpleGroup(SCHEMA);
                if (i % 7 > 0) {
                    row.append("n", (long) i).append("d", i / 8.0).append("s", "text " + i % 30);
                    row.addGroup("l").addGroup("list").append("element", i);
                }
                writer.write(row);
            }
        }
        return Files.readAllBytes(path);
    }

    private DataFile file(byte[] bytes) throws IOException {
        Path path = folder.resolve("part=1, 50%.parquet");
        Files.write(path, bytes);
        return new DataFile("file:" + path, Map.of(), bytes.length, Instant.EPOCH, Optional.empty());
    }

    private static List<Object> rows(DataFile file) {
        List<Object> rows = new ArrayList<>();
        try (DataFileReader reader = DataFileReader.open(file)) {
            for (int group = 0; group < reader.footer().groups(); group++) {
                for (FieldPath path : COLUMNS) {
                    Column column = reader.read(group, path);
                    for (int i = 0; i < column.size(); i++) {
                        rows.add(column.value(i));
                    }
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(value = CompressionCodecName.class, names = {"UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP", "LZ4_RAW"})
    void a_flipped_byte_in_a_page_is_found_by_its_checksum(CompressionCodecName codec) throws IOException {
        byte[] whole = written(codec, true);
        List<Object> rows = rows(file(whole));
        int footer = LittleEndian.int32(whole, whole.length - 8) + 8;
        Random random = new Random(1);
        int found = 0;
        for (int i = 0; i < 400; i++) {
            byte[] broken = whole.clone();
            int at = 4 + random.nextInt(whole.length - footer - 4);
            broken[at] ^= (byte) (1 << random.nextInt(8));
            DataFile file = file(broken);
            try {
                // A page header also holds what nobody needs, such as statistics.
                assertThat(rows(file)).isEqualTo(rows);
            } catch (LakeException e) {
                found++;
                assertThat(e.reason()).isIn(Reason.BROKEN_DATA, Reason.UNSUPPORTED);
                assertThat(e).hasMessageContaining("part=1, 50%.parquet");
            }
        }
        assertThat(found).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource(value = CompressionCodecName.class, names = {"UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP", "LZ4_RAW"})
    void without_checksums_flipped_bytes_still_end_in_rows_or_in_a_message(CompressionCodecName codec) throws IOException {
        byte[] whole = written(codec, false);
        Random random = new Random(2);
        for (int i = 0; i < 600; i++) {
            byte[] broken = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                broken[4 + random.nextInt(whole.length - 4)] ^= (byte) (1 << random.nextInt(8));
            }
            DataFile file = file(broken);
            try {
                rows(file);
            } catch (LakeException e) {
                assertThat(e).hasMessageContaining("part=1, 50%.parquet");
            }
        }
    }

    @Test
    void a_file_cut_off_anywhere_is_named() throws IOException {
        byte[] whole = written(CompressionCodecName.SNAPPY, true);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
            DataFile file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> rows(file)).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_DATA))
                    .hasMessageContaining("part=1, 50%.parquet").hasMessageContaining("choose a version that does not need it");
        }
    }

    @Test
    void a_missing_file_says_what_probably_happened() {
        DataFile file = new DataFile("file:" + folder.resolve("gone.parquet"), Map.of(), 10, Instant.EPOCH, Optional.empty());
        assertThatThrownBy(() -> rows(file)).isInstanceOfSatisfying(LakeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_DATA))
                .hasMessageContaining("gone.parquet").hasMessageContaining("VACUUM").hasMessageContaining("choose a newer one");
    }

    @Test
    void a_column_of_another_type_is_named_with_both_types() throws IOException {
        DataFile file = file(written(CompressionCodecName.SNAPPY, true));
        try (DataFileReader reader = DataFileReader.open(file)) {
            assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of("s"), Type.Primitive.DOUBLE))).isInstanceOfSatisfying(LakeException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
                    .hasMessageContaining("part=1, 50%.parquet").hasMessageContaining("column s").hasMessageContaining("expected double").hasMessageContaining("binary s (STRING)");
            assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of("l"), Type.Primitive.LONG))).hasMessageContaining("column l");
            assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of("n"), new Type.Array(Type.Primitive.LONG, true)))).hasMessageContaining("column n");
            assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of("n"), Type.Primitive.INTEGER))).hasMessageContaining("expected integer");
        }
    }

    @Test
    void a_column_the_file_does_not_have_is_null_in_every_row() throws IOException {
        try (DataFileReader reader = DataFileReader.open(file(written(CompressionCodecName.SNAPPY, true)))) {
            for (Type type : List.of(Type.Primitive.LONG, Type.Primitive.DOUBLE, Type.Primitive.STRING, Type.Primitive.BOOLEAN, new Type.Decimal(9, 2), new Type.Struct(List.of()))) {
                Column column = reader.read(0, new FieldPath(List.of("later"), type));
                assertThat(column.size()).isEqualTo(300);
                assertThat(column.isNull(0) && column.isNull(299)).isTrue();
                assertThat(column.value(7)).isNull();
            }
        }
    }

    @Test
    void a_footer_that_claims_more_rows_than_there_is_memory_for_is_refused_before_any_is_taken() throws IOException {
        byte[] whole = written(CompressionCodecName.SNAPPY, true);
        int length = LittleEndian.int32(whole, whole.length - 8);
        FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(whole, whole.length - 8 - length, length));
        meta.getRow_groups().get(0).setNum_rows(2_000_000_000);
        meta.getRow_groups().get(0).getColumns().forEach(chunk -> chunk.getMeta_data().setNum_values(2_000_000_000));
        ByteArrayOutputStream lying = new ByteArrayOutputStream();
        lying.write(whole, 0, whole.length - 8 - length);
        Util.writeFileMetaData(meta, lying);
        lying.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(lying.size() - (whole.length - 8 - length)).put("PAR1".getBytes(StandardCharsets.US_ASCII)).array());
        try (DataFileReader reader = DataFileReader.open(file(lying.toByteArray()))) {
            for (String column : List.of("n", "later")) {
                assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of(column), Type.Primitive.LONG))).isInstanceOfSatisfying(LakeException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED)).hasMessageContaining("part=1, 50%.parquet").hasMessageContaining("memory").hasMessageContaining("-Xmx");
            }
            assertThatThrownBy(() -> reader.read(0, new FieldPath(List.of("n"), Type.Primitive.LONG), 0, 300)).isInstanceOf(LakeException.class).hasMessageContaining("index");
        }
    }
}
