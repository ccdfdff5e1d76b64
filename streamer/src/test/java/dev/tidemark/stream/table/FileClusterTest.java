package dev.tidemark.stream.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileClusterTest {

    private static final int ROWS = 100_000;
    private static final int DEVICES = 50;
    private static final Map<String, String> ASKED = Map.of("predicate", "[]", "zOrderBy", "[\"name\",\"at\"]", "auto", "false");

    @TempDir
    Path lake;

    @BeforeEach
    void rowsOfManyDevicesAsTimeGoes() {
        Random random = new Random(7);
        try (DeltaTable table = Example.open(lake)) {
            Rows rows = table.newRows();
            for (int id = 0; id < ROWS; id++) {
                rows.setLong(0, id);
                rows.setLong(1, Example.DAY * 86_400_000_000L + id * 800_000L);
                if (random.nextInt(10) > 0) {
                    rows.setDouble(2, random.nextGaussian());
                    rows.setBoolean(3, random.nextBoolean());
                }
                rows.setString(4, random.nextInt(100) == 0 ? random.nextInt(2) == 0 ? null : "only once \u00e4 " + id : "device-" + id % DEVICES);
                if (id % 3 == 0) {
                    Map<String, String> tags = new HashMap<>();
                    tags.put("line", "l" + id % 5);
                    tags.put("none", null);
                    rows.setMap(5, tags);
                }
                rows.setLong(6, Example.DAY);
                rows.end();
                if (rows.size() == 5_000) {
                    table.append(rows, Map.of(), Map.of());
                    rows.clear();
                }
            }
        }
    }

    private Table table() {
        return Lake.at(lake.toString()).table(Example.PATH);
    }

    private Map<Long, String> content() {
        Map<Long, String> rows = new HashMap<>();
        Scan.of(table().snapshot()).read(batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                StringBuilder text = new StringBuilder();
                for (String name : Example.SCHEMA.names()) {
                    text.append(batch.column(name).value(row)).append('|');
                }
                assertThat(rows.put(batch.longs("id").values()[row], text.toString())).isNull();
            }
        });
        return rows;
    }

    private Optional<FileRewriter.Rewritten> cluster(long targetSize, int memory, String... by) {
        try (FileRewriter rewriter = FileRewriter.open(Lake.at(lake.toString()), Example.PATH, false, Example.CLOCK, () -> false)) {
            return rewriter.cluster(List.copyOf(rewriter.files()), List.of(by), targetSize, memory, ASKED);
        }
    }

    private static long filesWith(List<DataFile> files, String device) {
        return files.stream().filter(file -> {
            DataFile.Statistics statistics = file.statistics().orElseThrow();
            return ((String) statistics.min().get("name")).compareTo(device) <= 0 && ((String) statistics.max().get("name")).compareTo(device) >= 0;
        }).count();
    }

    @Test
    void more_rows_than_fit_into_memory_are_the_same_rows_and_each_device_is_in_few_files() {
        Map<Long, String> before = content();
        assertThat(before).hasSize(ROWS);
        FileRewriter.Rewritten done = cluster(100_000, 1 << 20, "name", "at").orElseThrow();
        assertThat(content()).isEqualTo(before);
        List<DataFile> files = table().snapshot().files();
        assertThat(files).hasSize(done.paths().size()).hasSizeGreaterThan(2);
        assertThat(filesWith(files, "device-17")).isLessThan(files.size());
        assertThat(done.rows()).isEqualTo(ROWS);
        Commit commit = table().history().get(table().history().size() - 1);
        assertThat(commit.operation()).isEqualTo("OPTIMIZE");
        assertThat(commit.dataChange()).isFalse();
        assertThat(commit.parameters()).containsEntry("zOrderBy", "[\"name\",\"at\"]");
        assertThat(commit.metrics()).containsEntry("numRemovedFiles", "20").containsEntry("numAddedFiles", Integer.toString(files.size()));
        assertThat(files).allSatisfy(file -> assertThat(file.statistics().orElseThrow().nullCount()).containsKey("value"));
        assertThat(lake.resolve(Example.PATH).resolve("_streamer/sort")).isEmptyDirectory();
    }

    @Test
    void memory_makes_no_difference_to_the_order() {
        cluster(1 << 30, 64 << 20, "name", "at");
        List<Long> inMemory = ids();
        cluster(1 << 30, 300_000, "name", "at");
        assertThat(ids()).isEqualTo(inMemory);
    }

    private List<Long> ids() {
        Batch all = Scan.of(table().snapshot()).columns(List.of("id")).readAll();
        return java.util.Arrays.stream(all.longs("id").values()).boxed().toList();
    }

    @Test
    void one_column_sorts() {
        cluster(1 << 30, 1 << 20, "at");
        assertThat(ids()).isSorted();
        cluster(1 << 30, 1 << 20, "late");
        Batch late = Scan.of(table().snapshot()).columns(List.of("late")).readAll();
        int changes = 0;
        for (int row = 1; row < late.rows(); row++) {
            changes += java.util.Objects.equals(late.column("late").value(row), late.column("late").value(row - 1)) ? 0 : 1;
        }
        assertThat(changes).isLessThan(20_000);
    }

    @Test
    void columns_that_cannot_be_are_told() {
        assertThatThrownBy(() -> cluster(1 << 20, 1 << 20, "nothing")).isInstanceOf(LakeException.class).hasMessageContaining("by nothing").hasMessageContaining("id, at, value");
        assertThatThrownBy(() -> cluster(1 << 20, 1 << 20, "tags")).isInstanceOf(LakeException.class);
        assertThatThrownBy(() -> cluster(1 << 20, 1 << 20, "date")).isInstanceOf(LakeException.class);
        assertThatThrownBy(() -> cluster(1 << 20, 1 << 20, "at", "at")).isInstanceOf(LakeException.class).hasMessageContaining("each once");
    }
}
