package dev.tidemark.lake.export;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every version of tables that Spark wrote holds, value by value, the rows that Spark read. */
class SparkTablesTest {

    private static Path tables() throws URISyntaxException {
        return Path.of(SparkTablesTest.class.getResource("/tables/README.md").toURI()).getParent();
    }

    static Stream<Arguments> versions() throws IOException, URISyntaxException {
        List<Arguments> versions = new ArrayList<>();
        for (String table : List.of("basic_ops", "schema_evolution", "partition_special", "window_struct_stream", "colmap_name", "deletion_vectors",
                "v2_checkpoint_parquet")) {
            try (Stream<Path> expected = Files.list(tables().resolve(table).resolve("expected"))) {
                expected.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".csv"))
                        .map(name -> Long.parseLong(name.substring(1, name.length() - 4))).sorted().forEach(version -> versions.add(Arguments.of(table, version)));
            }
        }
        assertThat(versions).hasSize(62);
        return versions.stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_version_holds_the_rows_that_Spark_read(String name, long version) throws Exception {
        agrees(tables().resolve(name).resolve("table"), name, version);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 10})
    void behind_a_checkpoint_of_the_second_version_it_does_when_the_commits_before_are_gone(long version, @TempDir Path folder) throws Exception {
        String name = "v2_checkpoint_parquet";
        Path original = tables().resolve(name).resolve("table");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = original.relativize(file).toString();
                if (!relative.matches("_delta_log/0+\\d+\\.json") || Long.parseLong(file.getFileName().toString().replace(".json", "")) >= 8) {
                    Files.createDirectories(folder.resolve(relative).getParent());
                    Files.copy(file, folder.resolve(relative));
                }
            }
        }
        agrees(folder, name, version);
    }

    private static void agrees(Path folder, String name, long version) throws Exception {
        Table table = Lake.at(folder.toString()).table("");
        Snapshot snapshot = table.snapshot(version);
        String expected = Files.readString(tables().resolve(name).resolve("expected").resolve("v" + version + ".csv"));

        List<List<String>> rows = rows(expected);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long written = CsvExport.write(Scan.of(snapshot).columns(rows.get(0)), List.of(), out, (done, total) -> { });

        List<List<String>> actual = rows(out.toString(StandardCharsets.UTF_8));
        assertThat(actual.get(0)).isEqualTo(rows.get(0)).isEqualTo(snapshot.schema().names());
        assertThat(sorted(actual)).isEqualTo(sorted(rows));
        assertThat(written).isEqualTo(rows.size() - 1L);
        assertThat(Scan.of(snapshot).count()).isEqualTo(written);
    }

    private static List<List<String>> sorted(List<List<String>> rows) {
        return rows.subList(1, rows.size()).stream().sorted(Comparator.comparing(List::toString)).toList();
    }

    /** RFC 4180; an unquoted empty field is null. */
    static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean inside = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (inside && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                inside = !inside;
                quoted = true;
            } else if (!inside && (c == ',' || c == '\n')) {
                row.add(field.isEmpty() && !quoted ? null : field.toString());
                field.setLength(0);
                quoted = false;
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        return rows;
    }
}
