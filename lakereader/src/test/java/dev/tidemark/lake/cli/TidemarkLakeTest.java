package dev.tidemark.lake.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TidemarkLakeTest {

    private static final Path TABLES = Path.of("src/test/resources/tables");

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return TidemarkLake.run(new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false),
                arguments);
    }

    /** Runs a command whose results go where they cannot. */
    private int runInto(String reason, String... arguments) {
        err.reset();
        OutputStream refusing = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        };
        return TidemarkLake.run(new Terminal(refusing, new PrintStream(err, true, StandardCharsets.UTF_8), false), arguments);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String message() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String table(String name) {
        return TABLES.resolve(name).resolve("table").toString();
    }

    @Test
    void tables_are_listed_with_what_they_hold() {
        assertThat(run("tables", TABLES.toString())).isZero();
        assertThat(lines().get(0)).startsWith("TABLE ").contains("VERSION", "ROWS");
        assertThat(lines()).anyMatch(line -> line.matches("basic_ops/table +8 +25 +3 .*")).anyMatch(line -> line.matches("deletion_vectors/table +9 +180 .*"));
    }

    @Test
    void a_table_that_cannot_be_read_is_listed_with_why() throws IOException {
        beyond();
        assertThat(run("tables", folder.toString())).isZero();
        assertThat(lines()).anyMatch(line -> line.matches("future .* unsupported"));
        assertThat(message()).contains("timeWarp").hasLineCount(1);
    }

    /** A table that asks more of a reader than anyone knows. */
    private String beyond() throws IOException {
        Path log = Files.createDirectories(folder.resolve("future/_delta_log"));
        Files.writeString(log.resolve("00000000000000000000.json"), "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"timeWarp\"],"
                + "\"writerFeatures\":[\"timeWarp\"]}}\n{\"metaData\":{\"id\":\"t\",\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[]}\","
                + "\"partitionColumns\":[],\"configuration\":{}}}\n");
        return folder.resolve("future").toString();
    }

    @Test
    void a_schema_names_columns_with_their_types() {
        assertThat(run("schema", table("partition_special"))).isZero();
        assertThat(lines()).hasSize(5).anyMatch(line -> line.matches("value +double +yes")).anyMatch(line -> line.matches("loc +string +yes +yes"));
        assertThat(run("schema", table("schema_evolution"), "--version", "0")).isZero();
        assertThat(lines()).anyMatch(line -> line.matches("meta +struct<a:integer,b:string> +yes"));
    }

    @Test
    void history_is_a_line_a_commit() {
        assertThat(run("history", table("basic_ops"))).isZero();
        assertThat(lines()).hasSize(10);
        assertThat(lines().get(7)).contains("OPTIMIZE", "rewrite", "Apache-Spark/3.5.9");
    }

    @Test
    void history_as_json_is_an_object_a_line() throws Exception {
        assertThat(run("history", table("window_struct_stream"), "--json")).isZero();
        assertThat(lines()).hasSize(6);
        JsonNode commit = new ObjectMapper().readTree(lines().get(3));
        assertThat(commit.get("version").asLong()).isEqualTo(3);
        assertThat(commit.get("operation").asText()).isEqualTo("STREAMING UPDATE");
        assertThat(commit.get("metrics").get("numOutputRows").asText()).isEqualTo("30");
        assertThat(commit.get("rowsAdded").asLong()).isEqualTo(30);
        assertThat(commit.get("timestamp").asText()).endsWith("Z");
        assertThat(commit.get("transactions")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 60", "3, 90", "8, 25"})
    void rows_are_counted_at_any_version(String version, String rows) {
        assertThat(run("count", table("basic_ops"), "--version", version)).isZero();
        assertThat(lines()).containsExactly(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2100-01-01", "2100-01-01T00:00:00Z", "2100-01-01T00:00:00+01:00", "2100-01-01T00:00:00.123456", "2100-01-01 00:00:00",
        "2100-01-01 7:30:00", "2100-01-01T00:00:00+0100"})
    void a_time_may_be_written_as_people_do(String time) {
        assertThat(run("count", table("basic_ops"), "--timestamp", time)).as(message()).isZero();
        assertThat(lines()).containsExactly("25");
    }

    @Test
    void an_export_is_what_spark_read() throws Exception {
        Path file = folder.resolve("out.csv");
        assertThat(run("export", table("basic_ops"), "--out", file.toString(), "--version", "1", "--columns", "sensor,id", "--sort", "id")).as(message()).isZero();
        assertThat(Files.readAllLines(file)).hasSize(61).first().isEqualTo("sensor,id");
        assertThat(lines()).isEmpty();
        assertThat(run("export", table("basic_ops"), "-o", "-", "--version", "1", "--columns", "sensor,id", "--sort", "id")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(file));
    }

    @Test
    void an_export_can_be_made_again_from_its_manifest() throws Exception {
        Path file = folder.resolve("out.csv");
        assertThat(run("export", table("basic_ops"), "-o", file.toString(), "--version", "3", "--where", "id < 20 and sensor is not null", "--sort", "id", "--delimiter", "tab", "--zone",
                "Europe/Berlin", "--bom", "--manifest")).as(message()).isZero();
        Path manifest = folder.resolve("out.csv.manifest.json");
        JsonNode json = new ObjectMapper().readTree(Files.readString(manifest));
        assertThat(json.get("version").asLong()).isEqualTo(3);
        assertThat(json.get("rows").asLong()).isEqualTo(Files.readAllLines(file).size() - 1);
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(json.get("question").get("where").asText()).isEqualTo("id < 20 and sensor is not null");
        Path again = folder.resolve("again.csv");
        assertThat(run("export", "--repeat", manifest.toString(), "-o", again.toString())).as(message()).isZero();
        assertThat(again).hasSameBinaryContentAs(file);

        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"sha256\" : \"..", "\"sha256\" : \"xx"));
        assertThat(run("export", "--repeat", manifest.toString(), "-o", folder.resolve("third.csv").toString())).isEqualTo(1);
        assertThat(message()).startsWith("tidemark-lake: Cannot make the export again").hasLineCount(1);
        assertThat(folder.resolve("third.csv")).doesNotExist();
    }

    @Test
    void an_export_may_be_cut_by_time_and_condition() {
        String gold = table("window_struct_stream");
        assertThat(run("export", gold, "-o", "-", "--columns", "window.start")).as(message()).isZero();
        List<String> starts = lines().subList(1, lines().size()).stream().sorted().toList();
        String middle = starts.get(starts.size() / 2);
        assertThat(run("export", gold, "-o", "-", "--columns", "window.start", "--from", middle)).as(message()).isZero();
        assertThat(lines().stream().skip(1)).hasSize((int) starts.stream().filter(start -> start.compareTo(middle) >= 0).count());
        assertThat(run("export", gold, "-o", "-", "--columns", "window.start", "--to", middle)).isZero();
        assertThat(lines().stream().skip(1)).hasSize((int) starts.stream().filter(start -> start.compareTo(middle) < 0).count());
        assertThat(run("export", gold, "-o", "-", "--columns", "window.start", "--time-format", "plain", "--zone", "+02:00", "--where", "window.start = '" + middle + "'")).isZero();
        assertThat(lines().get(1)).isEqualTo(java.time.OffsetDateTime.parse(middle).plusHours(2).format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")));
    }

    @Test
    void history_tells_sizes_and_what_can_be_read() throws Exception {
        assertThat(run("history", table("basic_ops"), "--sizes")).as(message()).isZero();
        assertThat(lines().get(0)).endsWith("READABLE");
        assertThat(lines().get(9)).matches(" +8 .* 3 +\\d+ +25 +yes");
        assertThat(run("history", table("basic_ops"), "--sizes", "--json")).isZero();
        JsonNode commit = new ObjectMapper().readTree(lines().get(1));
        assertThat(commit.get("rows").asLong()).isEqualTo(60);
        assertThat(commit.get("readable").asBoolean()).isTrue();
    }

    @Test
    void files_are_listed_with_sizes_rows_partitions_and_statistics() throws Exception {
        assertThat(run("files", table("partition_special"))).as(message()).isZero();
        assertThat(lines().get(0)).startsWith("FILE").endsWith("PARTITION");
        assertThat(lines()).anyMatch(line -> line.contains("loc="));
        assertThat(run("files", table("basic_ops"), "--version", "1", "--json")).isZero();
        long rows = 0;
        for (String line : lines()) {
            JsonNode file = new ObjectMapper().readTree(line);
            rows += file.get("rows").asLong();
            assertThat(Files.size(Path.of(table("basic_ops"), file.get("file").asText()))).isEqualTo(file.get("bytes").asLong());
            assertThat(file.get("min").get("id").asLong()).isLessThanOrEqualTo(file.get("max").get("id").asLong());
            assertThat(file.get("nulls").get("id").asLong()).isZero();
        }
        assertThat(rows).isEqualTo(60);
    }

    @Test
    void a_diff_is_a_line_a_row() throws Exception {
        assertThat(run("diff", table("basic_ops"), "2", "3", "--key", "id", "--summary")).as(message()).isZero();
        assertThat(lines()).singleElement().asString().startsWith("version 2 to 3: ").contains(" added, ", " removed, ", " changed (");
        assertThat(run("diff", table("basic_ops"), "0", "1", "--key", "id")).isZero();
        assertThat(lines()).hasSize(60).allMatch(line -> line.startsWith("+ id="));
        assertThat(run("diff", table("basic_ops"), "1", "0", "--where", "id < 10", "--json")).isZero();
        assertThat(lines()).isNotEmpty();
        for (String line : lines()) {
            JsonNode change = new ObjectMapper().readTree(line);
            assertThat(change.get("kind").asText()).isEqualTo("removed");
            assertThat(change.get("row").get("id").asLong()).isLessThan(10);
        }
        for (int from = 1; from < 8; from++) {
            assertThat(run("diff", table("basic_ops"), "" + from, "--key", "id", "--json")).isZero();
            for (String line : lines()) {
                JsonNode change = new ObjectMapper().readTree(line);
                assertThat(change.get("kind").asText().equals("changed")).isEqualTo(change.has("cells") && !change.get("cells").isEmpty());
            }
        }
        assertThat(run("diff", table("deletion_vectors"), "0", "--summary", "--json")).as(message()).isZero();
        assertThat(new ObjectMapper().readTree(lines().get(0)).get("before").asLong()).isZero();
    }

    @Test
    void a_tail_is_a_line_a_commit() throws Exception {
        assertThat(run("tail", table("basic_ops"), "--from-version", "0", "--count", "9", "--json")).as(message()).isZero();
        assertThat(lines()).hasSize(9);
        JsonNode written = new ObjectMapper().readTree(lines().get(1));
        assertThat(written.get("version").asLong()).isEqualTo(1);
        assertThat(written.get("appended").get("rows").asLong() + written.get("rewritten").get("rows").asLong()).isEqualTo(60);
        JsonNode optimized = new ObjectMapper().readTree(lines().get(6));
        assertThat(optimized.get("kind").asText()).isEqualTo("rewrite");
        assertThat(optimized.get("growth").asLong()).isZero();
        assertThat(optimized.get("removed").get("rows")).isEqualTo(optimized.get("rewritten").get("rows"));
        assertThat(run("tail", table("basic_ops"), "--from-version", "3", "-n", "2")).isZero();
        assertThat(lines()).hasSize(2).first().asString().startsWith("3  20");
    }

    @Test
    void what_cannot_be_done_is_said_on_one_line_without_a_stack_trace() throws IOException {
        String missing = folder.resolve("missing").toString();
        for (String[] command : new String[][] {{"tables", missing}, {"count", missing}, {"count", folder.toString()}, {"count", beyond()},
            {"count", table("basic_ops"), "--version", "9"}, {"count", table("basic_ops"), "--timestamp", "2001-01-01"},
            {"export", table("basic_ops"), "--out", "-", "--columns", "nonsense"}, {"export", table("basic_ops"), "--out", missing + "/x.csv"},
            {"export", table("basic_ops"), "-o", "-", "--where", "id <"}, {"export", table("basic_ops"), "-o", "-", "--decimal", ",", "--delimiter", ","},
            {"export", table("basic_ops"), "-o", "-", "--from", "noon"}, {"export", table("basic_ops"), "-o", "-", "--to", "2024-01-01", "--time-column", "sensor"},
            {"export", "--repeat", missing, "-o", missing}, {"export", "--repeat", "pom.xml", "-o", missing}, {"diff", table("basic_ops"), "1", "99"},
            {"diff", table("basic_ops"), "1", "--key", "nonsense"}, {"diff", table("basic_ops"), "1", "--where", "id"}, {"tail", missing}, {"tail", table("basic_ops"), "--from-version", "99"},
            {"files", missing}}) {
            assertThat(run(command)).as(String.join(" ", command)).isEqualTo(1);
            assertThat(message()).startsWith("tidemark-lake: Cannot ").hasLineCount(1).doesNotContain("Exception", "fault of the program");
            assertThat(out.size()).isZero();
        }
    }

    @Test
    void misuse_is_said_on_one_line_with_the_way_to_help() {
        for (String[] command : new String[][] {{}, {"bogus"}, {"count"}, {"count", "t", "--version", "x"}, {"count", "t", "--timestamp", "noon"},
            {"count", "t", "--version", "1", "--timestamp", "2024-01-01"}, {"export", "t"}, {"export", "t", "--out", ""}, {"--bogus"},
            {"diff", "t"}, {"diff", "t", "noon"}, {"tail", "t", "--count", "x"},
            {"export", "-o", "x"}, {"export", "t", "-o", "-", "--manifest"}, {"export", "t", "-o", "x", "--zone", "Mars"}, {"export", "t", "-o", "x", "--delimiter", "ab"},
            {"export", "t", "-o", "x", "--time-format", "odd"}, {"export", "--repeat", "m", "-o", "x", "--sort", "a"}, {"export", "--repeat", "m", "-o", "-"}}) {
            assertThat(run(command)).as(String.join(" ", command)).isEqualTo(2);
            assertThat(message()).startsWith("tidemark-lake: ").contains("--help").hasLineCount(1);
        }
    }

    @Test
    void results_that_cannot_be_written_are_said_to_be_lost() {
        for (String[] command : new String[][] {{"export", table("basic_ops"), "--out", "-"}, {"history", table("basic_ops")}, {"--help"}}) {
            assertThat(runInto("No space left on device", command)).as(command[0]).isEqualTo(1);
            assertThat(message()).startsWith("tidemark-lake: Cannot ").contains("No space left on device", "ake room").hasLineCount(1)
                    .doesNotContain("Exception", "under that name");
        }
    }

    @Test
    void a_reader_that_has_enough_is_no_matter_for_a_message() {
        for (String[] command : new String[][] {{"export", table("basic_ops"), "--out", "-"}, {"history", table("basic_ops")}, {"files", table("basic_ops")},
            {"diff", table("basic_ops"), "0"}, {"tail", table("basic_ops"), "--from-version", "0"}}) {
            assertThat(runInto("Broken pipe", command)).as(command[0]).isEqualTo(1);
            assertThat(message()).isEmpty();
        }
    }

    @Test
    void help_and_version_are_no_errors() {
        assertThat(run("--help")).isZero();
        assertThat(lines()).anyMatch(line -> line.contains("export"));
        assertThat(run("export", "--help")).isZero();
        assertThat(lines()).anyMatch(line -> line.contains("--timestamp"));
        assertThat(run("--version")).isZero();
        assertThat(lines()).hasSize(1).first().asString().startsWith("tidemark-lake ");
    }
}
