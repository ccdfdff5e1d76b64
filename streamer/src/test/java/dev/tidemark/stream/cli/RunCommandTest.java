package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class RunCommandTest {

    private static final String HEADER = "sensor_id,timestamp,temperature,location\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return TidemarkStreamer.run(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false),
                arguments);
    }

    private int once(String... more) {
        String[] all = Arrays.copyOf(new String[] {"run", "--lake", lake().toString(), "--source", "files:" + drop(), "--once", "--close"}, 7 + more.length);
        System.arraycopy(more, 0, all, 7, more.length);
        return run(all);
    }

    private Path lake() {
        return folder.resolve("lake");
    }

    private Path drop() {
        return folder.resolve("drop");
    }

    private void file(String name, byte[] content) throws IOException {
        Files.createDirectories(drop());
        Files.setLastModifiedTime(Files.write(drop().resolve(name), content), FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
    }

    private void file(String name, String content) throws IOException {
        file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private long rows(String table) {
        return Scan.of(Lake.at(lake().toString()).table(table).snapshot()).count();
    }

    private List<String> reasons() {
        var rejects = Scan.of(Lake.at(lake().toString()).table("silver/rejects").snapshot()).columns(List.of("reason")).readAll();
        return IntStream.range(0, rejects.rows()).mapToObj(i -> rejects.strings("reason").get(i)).toList();
    }

    @Test
    void what_is_in_a_folder_is_taken_once() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n1,2024-05-01 10:00:30,21.5,hall\n");
        assertThat(once()).as(err()).isZero();
        assertThat(err()).isEmpty();
        assertThat(out()).contains("2 messages read").contains("2 = 2 readings (0 late) + 0 rejected + 0 duplicates");
        assertThat(rows("bronze/events")).isEqualTo(2);
        assertThat(rows("gold/windows")).isEqualTo(6);
        assertThat(once()).isZero();
        assertThat(out()).contains("0 messages read");
        assertThat(rows("bronze/events")).isEqualTo(2);
        assertThat(rows("gold/windows")).isEqualTo(6);
    }

    @Test
    void bad_lines_are_rejected_with_the_reason_and_everything_else_is_taken() throws IOException {
        file("bad.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n"
                + "1,2024-05-01 10:01:00,NaN,hall\n"
                + "1,yesterday,20.5,hall\n"
                + ",2024-05-01 10:02:00,20.5,hall\n"
                + "1,2024-05-01 10:03:00\n"
                + "1,2024-05-01 10:04:00,22.5,hall\n");
        file("bad.jsonl", "{\"deviceId\":\"2\",\"ts\":1714557600,\"x\":1}\n{\"deviceId\":\"2\",\n{\"deviceId\":\"2\",\"ts\":1714557601,\"x\":2}\n");
        assertThat(once()).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(9);
        assertThat(rows("silver/readings")).isEqualTo(4);
        assertThat(reasons()).hasSize(5).anyMatch(r -> r.startsWith("no_number: ")).anyMatch(r -> r.startsWith("unreadable_time: "))
                .anyMatch(r -> r.startsWith("no_device: ")).anyMatch(r -> r.startsWith("malformed: "));
        assertThat(out()).contains("9 = 4 readings (0 late) + 5 rejected + 0 duplicates").contains("rejected: 1 no_device");
    }

    @Test
    void a_truncated_gzip_is_told_and_what_could_be_read_of_it_is_taken() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 20_000; i++) {
            text.append("1,").append(Instant.parse("2024-05-01T10:00:00Z").plusSeconds(i)).append(',').append(Math.sin(i)).append(",hall\n");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        file("cut.csv.gz", Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        file("whole.csv", HEADER + "2,2024-05-01 10:00:00,20.5,hall\n");
        assertThat(once()).isEqualTo(1);
        assertThat(err()).contains("tidemark-streamer: ").contains("cut.csv.gz").contains("gzip").contains("1 problem with the sources")
                .doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(rows("bronze/events")).isGreaterThan(5_000).isLessThan(20_000);
        file("cut.csv.gz", packed.toByteArray());
        assertThat(once()).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(20_001);
        assertThat(rows("silver/readings")).isEqualTo(20_001);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "run --source files:x --once                    | No lake given (expected --lake ROOT, or lake: in the file that --config names)",
        "run --lake LAKE --once                         | No source given (expected --source SPEC, or sources: in the file that --config names)",
        "run --lake LAKE --source files:x --close       | Cannot use --close without --once",
        "run --lake LAKE --source foo --once            | Cannot use source foo: unknown kind",
        "run --lake LAKE --source simulate:rate=5 --once | it never ends, so --once cannot wait for its end",
        "run --lake LAKE --source files:x --config nope.yaml | Cannot use configuration nope.yaml: there is no such file",
        "run --lake LAKE --source files:x --sometimes   | Unknown option --sometimes (expected one of ",
        "run --lake LAKE --source eventhubs:connection-string-env=TIDEMARK_NO_SUCH_VARIABLE | no connection string in the environment",
        "run --lake LAKE --sorce files:x                | Unknown option --sorce (did you mean --source?)",
        "rnu --lake LAKE                                | Unknown command rnu (did you mean run?)",
        "status --lake LAKE now                         | Unknown argument now (expected an option)",
        "''                                             | No command given"})
    void misuse_ends_with_2_and_one_line_that_says_what_was_expected(String line, String message) {
        String[] arguments = line.isBlank() ? new String[0] : line.strip().replace("LAKE", lake().toString()).split(" ");
        assertThat(run(arguments)).as(err()).isEqualTo(2);
        assertThat(err()).startsWith("tidemark-streamer: ").contains(message.strip()).contains("--help").hasLineCount(1);
        assertThat(lake()).doesNotExist();
    }

    @Test
    void a_configuration_can_be_the_whole_deployment() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        Path config = Files.writeString(folder.resolve("all.yaml"), "lake: " + lake() + "\nsources:\n  - kind: files\n    dir: " + drop() + "\nwindows: [1m]\n");
        assertThat(run("run", "--config", config.toString(), "--once", "--close")).as(err()).isZero();
        assertThat(rows("silver/readings")).isEqualTo(1);
        assertThat(rows("gold/windows")).isEqualTo(2);
        Path other = folder.resolve("other");
        assertThat(run("run", "--config", config.toString(), "--lake", other.toString(), "--source", "simulate:count=10", "--once")).as(err()).isZero();
        assertThat(Scan.of(Lake.at(other.toString()).table("bronze/events").snapshot()).count()).isEqualTo(10);
        assertThat(rows("silver/readings")).isEqualTo(1);
    }

    @Test
    void every_mistake_of_a_configuration_is_a_line() throws IOException {
        Path config = Files.writeString(folder.resolve("bad.yaml"), "widnows: [1m]\nidle-timeout: never\n");
        assertThat(run("run", "--lake", lake().toString(), "--source", "files:x", "--config", config.toString())).isEqualTo(2);
        assertThat(err().lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("tidemark-streamer: Cannot use configuration " + config + ", line "))
                .last().asString().contains("line 2, column 15").endsWith("Try 'tidemark-streamer run --help'");
        assertThat(lake()).doesNotExist();
    }

    @Test
    void a_folder_that_is_not_there_ends_with_1() {
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot use source files:").contains("there is no such folder").hasLineCount(1);
    }

    @Test
    void the_same_source_twice_is_refused() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        assertThat(once("--source", "files:" + drop())).isEqualTo(1);
        assertThat(err()).contains("twice").hasLineCount(1);
    }

    @Test
    void a_lake_that_is_a_file_ends_with_1() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        Files.writeString(lake(), "not a folder");
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot ").contains(lake().toString()).hasLineCount(1).doesNotContain("fault of the program");
    }

    @Test
    void a_lake_without_the_right_to_write_ends_with_1_and_says_what_to_do() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        Files.createDirectory(lake());
        assumeTrue(lake().toFile().setWritable(false) && !Files.isWritable(lake()), "the rights of files do not bind this user");
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot ").contains(lake().toString()).contains("right").hasLineCount(1);
    }

    @Test
    void a_broken_log_ends_with_1_and_names_the_file() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        assertThat(once()).isZero();
        Files.writeString(lake().resolve("silver/readings/_delta_log/00000000000000000001.json"), "{broken\n");
        file("b.csv", HEADER + "1,2024-05-01 12:00:00,20.5,hall\n");
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot ").contains("00000000000000000001.json").hasLineCount(1).doesNotContain("fault of the program");
    }

    @Test
    void a_live_table_that_is_broken_is_made_anew() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        assertThat(once()).isZero();
        Files.writeString(lake().resolve("gold/live/_delta_log/00000000000000000000.json"), "{broken\n");
        file("b.csv", HEADER + "1,2024-05-01 12:00:00,20.5,hall\n");
        assertThat(run("run", "--lake", lake().toString(), "--source", "files:" + drop(), "--once")).as(err()).isZero();
        assertThat(rows("gold/live")).isEqualTo(6);
        assertThat(rows("gold/windows")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"'\"minReaderVersion\":1', '\"minReaderVersion\":9'",
        "'\"delta.checkpointInterval\"', '\"delta.appendOnly\":\"true\",\"delta.checkpointInterval\"'"})
    void a_live_table_that_someone_made_unwritable_is_left_alone_and_stops_nothing(String was, String is) throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        assertThat(once()).isZero();
        Path created = lake().resolve("gold/live/_delta_log/00000000000000000000.json");
        String before = Files.readString(created);
        String foreign = before.replace(was, is);
        assertThat(foreign).isNotEqualTo(before);
        Files.writeString(created, foreign);
        file("b.csv", HEADER + "1,2024-05-01 12:00:00,20.5,hall\n");
        assertThat(once()).as(err()).isZero();
        assertThat(created).hasContent(foreign);
        assertThat(rows("silver/readings")).isEqualTo(2);
    }

    @Test
    void a_lake_that_is_a_file_ends_with_1_and_says_so() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        Files.writeString(lake(), "mine");
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot use lake " + lake()).contains("it is a file").hasLineCount(1);
        assertThat(lake()).hasContent("mine");
    }

    @Test
    void a_data_file_that_is_missing_ends_with_1_and_says_how_the_table_can_be_made_again() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n1,2024-05-01 10:01:00,21.5,hall\n");
        assertThat(once()).isZero();
        try (var files = Files.walk(lake().resolve("silver/readings"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
                Files.delete(file);
            }
        }
        assertThat(once()).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot ").contains(".parquet", "move silver/readings and gold/windows away").hasLineCount(1);
        Files.move(lake().resolve("silver/readings"), folder.resolve("old-readings"));
        Files.move(lake().resolve("gold/windows"), folder.resolve("old-windows"));
        assertThat(once()).as(err()).isZero();
        assertThat(rows("silver/readings")).isEqualTo(2);
        assertThat(rows("bronze/events")).isEqualTo(2);
    }

    @Test
    void too_little_memory_ends_with_1_and_says_what_helps() throws IOException {
        file("a.csv", HEADER + "1,2024-05-01 10:00:00,20.5,hall\n");
        PrintStream full = new PrintStream(out) {
            @Override
            public void print(String text) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        int code = TidemarkStreamer.run(new Terminal(full, new PrintStream(err, true, StandardCharsets.UTF_8), false),
                "run", "--lake", lake().toString(), "--source", "files:" + drop(), "--once");
        assertThat(code).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot go on: not enough memory").contains("-Xmx").hasLineCount(1);
    }

    @Test
    void a_full_folder_for_temporary_files_is_told_and_what_helps() {
        TidemarkStreamer.tell(new Terminal(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), false),
                new IllegalStateException(new ExceptionInInitializerError("Cannot unpack libzstd-jni-1.5.6-10: No space left on device")));
        assertThat(err()).contains("No space left on device", System.getProperty("java.io.tmpdir"), "-Djava.io.tmpdir=").doesNotContain("fault of the program").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "status", "optimize", "hub", "simulate"})
    void every_command_explains_itself_with_an_example_on_a_terminal_of_eighty_columns(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out()).contains("Example", "  tidemark-streamer " + command + " ");
        assertThat(out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void help_and_version_are_no_failure() {
        assertThat(run("run", "--help")).isZero();
        assertThat(out()).contains("--once").contains("files:DIR").contains("late");
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("tidemark-streamer ");
    }
}
