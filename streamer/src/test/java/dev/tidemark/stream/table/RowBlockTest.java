package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many rows at once are the same rows. */
class RowBlockTest {

    private static final Columns COLUMNS = DataFileWriterTest.COLUMNS;
    private static final int COUNT = 3_000;

    @TempDir
    Path folder;

    private static long day(int row) {
        return Example.DAY + (row >= 1_000 && row < 1_010 || row == 2_000 ? 1 : 0);
    }

    private static void putRow(Rows rows, int i) {
        rows.setLong(0, i * 3L);
        if (i % 7 != 3) {
            rows.setDouble(1, i / 4.0);
        }
        rows.setString(2, i % 11 == 5 ? null : "name-" + i % 100);
        rows.setString(3, "body " + i);
        rows.setBoolean(4, i % 3 == 0);
        rows.setMap(6, i % 50 == 0 ? Map.of("k", "v" + i) : null);
        rows.setLong(7, day(i));
        rows.end();
    }

    private static void putBlock(Rows rows, int from, int to) {
        long[] ids = new long[COUNT];
        String[] names = new String[COUNT];
        byte[][] bodies = new byte[COUNT][];
        boolean[] flags = new boolean[COUNT];
        @SuppressWarnings({"unchecked", "rawtypes"})
        Map<String, String>[] tags = new Map[COUNT];
        for (int i = from; i < to; i++) {
            ids[i] = i * 3L;
            names[i] = i % 11 == 5 ? null : "name-" + i % 100;
            bodies[i] = ("body " + i).getBytes(StandardCharsets.UTF_8);
            flags[i] = i % 3 == 0;
            tags[i] = i % 50 == 0 ? Map.of("k", "v" + i) : null;
        }
        RowBlock block = rows.block(from, to, day(from));
        block.longs(0, ids);
        block.texts(2, names);
        block.utf8(3, bodies);
        block.flags(4, flags);
        block.maps(6, tags);
        for (int i = from; i < to; i++) {
            if (i % 7 != 3) {
                block.setDouble(i, 1, i / 4.0);
            }
        }
        block.end();
    }

    private List<byte[]> files(Rows rows) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (PartitionRows partition : rows.partitions()) {
            Path file = Files.createTempFile(folder, "rows", ".parquet");
            Files.delete(file);
            new DataFileWriter().write(COLUMNS, partition, new LocalOutputFile(file));
            files.add(Files.readAllBytes(file));
        }
        return files;
    }

    @Test
    void blocks_and_single_rows_in_turn_make_the_files_that_single_rows_make() throws IOException {
        Rows single = new Rows(COLUMNS);
        Rows mixed = new Rows(COLUMNS);
        for (int i = 0; i < COUNT; i++) {
            putRow(single, i);
        }
        int at = 0;
        for (int size = 1; at < COUNT; size = size * 3 % 701 + 1) {
            int to = at + 1;
            while (to < Math.min(COUNT, at + size) && day(to) == day(at)) {
                to++;
            }
            putBlock(mixed, at, to);
            at = to;
            if (at < COUNT) {
                putRow(mixed, at++);
            }
        }
        assertThat(mixed.size()).isEqualTo(single.size());
        assertThat(mixed.partitions()).hasSize(2);
        List<byte[]> expected = files(single);
        List<byte[]> actual = files(mixed);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("partition %d", i).isEqualTo(expected.get(i));
        }
        assertThat((double) mixed.bytes()).isCloseTo(single.bytes(), org.assertj.core.data.Percentage.withPercentage(5));
    }

    @Test
    void the_same_value_for_all_rows_is_the_value_of_each() throws IOException {
        Rows single = new Rows(COLUMNS);
        for (int i = 0; i < COUNT; i++) {
            single.setLong(0, 7);
            single.setString(2, "all");
            single.setLong(7, Example.DAY);
            single.end();
        }
        Rows block = new Rows(COLUMNS);
        for (int from = 0; from < COUNT; from += 1_000) {
            RowBlock some = block.block(from, from + 1_000, Example.DAY);
            some.same(0, 7);
            some.same(2, "all");
            some.same(3, null);
            some.end();
        }
        assertThat(files(block).get(0)).isEqualTo(files(single).get(0));
        assertThat(block.bytes()).isEqualTo(single.bytes());
    }

    @Test
    void values_of_another_type_and_missing_ones_are_refused() {
        Rows rows = new Rows(COLUMNS);
        assertThatThrownBy(() -> rows.block(0, 1, Example.DAY).same(1, 5)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("value");
        assertThatThrownBy(() -> rows.block(0, 1, Example.DAY).texts(0, new String[1])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("id");
        Rows strict = new Rows(new Columns("table", new Schema(List.of(new Schema.Field("id", Type.Primitive.LONG, false),
                new Schema.Field("date", Type.Primitive.DATE, true))), List.of("date")));
        assertThatThrownBy(() -> strict.block(0, 2, Example.DAY).end()).isInstanceOf(IllegalStateException.class).hasMessageContaining("id");
    }
}
