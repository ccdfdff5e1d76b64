package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The Parquet file itself, seen with Parquet's own eyes. */
class DataFileWriterTest {

    static final Columns COLUMNS = new Columns("table", new Schema(List.of(
            new Schema.Field("id", Type.Primitive.LONG, true),
            new Schema.Field("value", Type.Primitive.DOUBLE, true),
            new Schema.Field("name", Type.Primitive.STRING, true),
            new Schema.Field("body", Type.Primitive.STRING, true),
            new Schema.Field("flag", Type.Primitive.BOOLEAN, true),
            new Schema.Field("empty", Type.Primitive.DOUBLE, true),
            new Schema.Field("tags", new Type.MapOf(Type.Primitive.STRING, Type.Primitive.STRING, true), true),
            new Schema.Field("date", Type.Primitive.DATE, true))), List.of("date"));

    @TempDir
    Path folder;

    Path write(int count, DataFileWriter writer) throws IOException {
        Rows rows = new Rows(COLUMNS);
        for (int i = 0; i < count; i++) {
            rows.setLong(0, i);
            if (i % 7 != 3) {
                rows.setDouble(1, i / 4.0);
            }
            rows.setString(2, "name-" + i % 100);
            rows.setString(3, "{\"body\":\"" + "x".repeat(100) + i + "\"}");
            rows.setBoolean(4, i % 3 == 0);
            if (i % 50 == 0) {
                rows.setMap(6, Map.of("k", "v" + i));
            }
            rows.setLong(7, Example.DAY);
            rows.end();
        }
        Path file = folder.resolve(count + ".parquet");
        DataFileWriter.Result result = writer.write(COLUMNS, rows.partitions().iterator().next(), new LocalOutputFile(file));
        assertThat(file).hasSize(result.size());
        return file;
    }

    static void check(Path file, int count) {
        List<Group> groups = WrittenTable.groups(file);
        assertThat(groups).hasSize(count);
        for (int i = 0; i < count; i++) {
            Group row = groups.get(i);
            assertThat(row.getLong("id", 0)).isEqualTo(i);
            assertThat(row.getFieldRepetitionCount("value")).isEqualTo(i % 7 == 3 ? 0 : 1);
            if (i % 7 != 3) {
                assertThat(row.getDouble("value", 0)).isEqualTo(i / 4.0);
            }
            assertThat(row.getString("name", 0)).isEqualTo("name-" + i % 100);
            assertThat(row.getString("body", 0)).endsWith("x" + i + "\"}");
            assertThat(row.getBoolean("flag", 0)).isEqualTo(i % 3 == 0);
            assertThat(row.getFieldRepetitionCount("empty")).isZero();
            assertThat(row.getFieldRepetitionCount("tags")).isEqualTo(i % 50 == 0 ? 1 : 0);
        }
    }

    static ParquetMetadata footer(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFooter();
        }
    }

    static ColumnChunkMetaData column(BlockMetaData block, String name) {
        return block.getColumns().stream().filter(c -> c.getPath().toDotString().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void a_large_file_has_several_row_groups_and_pages() throws IOException {
        Path file = write(50_001, new DataFileWriter(3 << 20));
        check(file, 50_001);
        assertThat(footer(file).getBlocks()).hasSizeGreaterThan(2)
                .allSatisfy(block -> assertThat(block.getTotalByteSize()).isLessThanOrEqualTo(3 << 20));
    }

    @Test
    void every_column_says_its_bounds_and_nulls_in_footer_and_page_index() throws IOException {
        Path file = write(40_000, new DataFileWriter());
        check(file, 40_000);
        BlockMetaData block = footer(file).getBlocks().get(0);
        assertThat(column(block, "id").getStatistics().genericGetMin()).isEqualTo(0L);
        assertThat(column(block, "id").getStatistics().genericGetMax()).isEqualTo(39_999L);
        assertThat(column(block, "value").getStatistics().getNumNulls()).isEqualTo(5_714);
        assertThat(column(block, "empty").getStatistics().getNumNulls()).isEqualTo(40_000);
        assertThat(column(block, "body").getStatistics().getMaxBytes()).hasSizeLessThanOrEqualTo(64);
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            ColumnIndex index = reader.readColumnIndex(column(block, "id"));
            OffsetIndex offsets = reader.readOffsetIndex(column(block, "id"));
            assertThat(offsets.getPageCount()).isEqualTo(3);
            assertThat(offsets.getFirstRowIndex(1)).isEqualTo(16_384);
            assertThat(index.getNullCounts()).containsExactly(0L, 0L, 0L);
            assertThat(index.getMinValues().get(1).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(16_384);
            assertThat(reader.readOffsetIndex(column(block, "body")).getPageCount()).isGreaterThan(3);
        }
    }

    @Test
    void text_that_repeats_has_a_dictionary_and_text_that_does_not_has_none() throws IOException {
        BlockMetaData block = footer(write(40_000, new DataFileWriter())).getBlocks().get(0);
        assertThat(column(block, "name").getEncodings()).contains(Encoding.RLE_DICTIONARY);
        assertThat(column(block, "body").getEncodings()).doesNotContain(Encoding.RLE_DICTIONARY);
        assertThat(column(block, "name").getCodec()).isEqualTo(CompressionCodecName.ZSTD);
    }

    @Test
    void a_small_file_is_left_uncompressed() throws IOException {
        Path file = write(100, new DataFileWriter());
        check(file, 100);
        assertThat(column(footer(file).getBlocks().get(0), "name").getCodec()).isEqualTo(CompressionCodecName.UNCOMPRESSED);
    }

    @Test
    void a_writer_writes_file_after_file() throws IOException {
        DataFileWriter writer = new DataFileWriter();
        for (int count : new int[] {3, 30_000, 64, 1, 65, 2_000, 128}) {
            check(write(count, writer), count);
        }
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("5.parquet"), "mine");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> write(5, new DataFileWriter()))).isInstanceOf(IOException.class);
        assertThat(file).hasContent("mine");
    }
}
