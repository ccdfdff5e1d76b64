package dev.tidemark.stream.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Maps as Parquet's own reader sees them. */
class MapWriterTest {

    private static final int TAGS = 6;
    private static final int DATE = 7;
    private static final Map<String, String> SHARED = Map.of("content-type", "application/json", "file", "part-0.jsonl");

    @TempDir
    Path folder;

    /** None, an empty one, one without a value, one that many rows share, one equal to the one before, many entries. */
    private static Map<String, String> map(int row) {
        return switch (row % 10) {
            case 0 -> null;
            case 1 -> Map.of();
            case 2 -> withNull(row);
            case 3 -> Map.of("message-id", "m" + row, "größe", "12 °C");
            case 4 -> many(row);
            case 5 -> new LinkedHashMap<>(many(row - 1));
            default -> SHARED;
        };
    }

    private static Map<String, String> withNull(int row) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("a", null);
        map.put("b", "v" + row % 3);
        return map;
    }

    private static Map<String, String> many(int row) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            map.put("k" + i, i % 7 == 0 ? null : "v" + i * row);
        }
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 1_999, 2_000, 70_001})
    void every_kind_of_map_is_read_back(int count) throws IOException {
        Rows rows = new Rows(DataFileWriterTest.COLUMNS);
        for (int row = 0; row < count; row++) {
            rows.setLong(0, row);
            rows.setMap(TAGS, map(row));
            rows.setLong(DATE, Example.DAY);
            rows.end();
        }
        Path file = folder.resolve("maps.parquet");
        new DataFileWriter(4 << 20).write(DataFileWriterTest.COLUMNS, rows.partitions().iterator().next(), new LocalOutputFile(file));

        List<Map<String, String>> read = new ArrayList<>();
        WrittenTable.groups(file).forEach(group -> read.add(map(group)));
        assertThat(read).hasSize(count);
        for (int row = 0; row < count; row++) {
            assertThat(read.get(row)).as("row %d", row).isEqualTo(map(row));
        }
    }

    private static Map<String, String> map(Group row) {
        if (row.getFieldRepetitionCount("tags") == 0) {
            return null;
        }
        Group tags = row.getGroup("tags", 0);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < tags.getFieldRepetitionCount(0); i++) {
            Group entry = tags.getGroup(0, i);
            map.put(entry.getString("key", 0), entry.getFieldRepetitionCount("value") == 0 ? null : entry.getString("value", 0));
        }
        return map;
    }
}
