package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.pipeline.LakeRows;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Each accident is found, and nothing else. */
class DoctorCommandTest {

    @TempDir
    static Path streamed;
    @TempDir
    Path root;
    private Path lake;
    private CommandRun run;

    @BeforeAll
    static void stream() throws IOException {
        Path in = Files.createDirectories(streamed.resolve("in"));
        for (int file = 0; file < 2; file++) {
            StringBuilder lines = new StringBuilder("nonsense\n");
            for (int minute = 0; minute < 50; minute++) {
                String line = String.format("{\"deviceId\":\"d%d\",\"ts\":\"2026-11-20T1%d:%02d:00Z\",\"temp\":%d}%n", minute % 2, file, minute, minute);
                lines.append(line).append(minute == 7 ? line : "");
            }
            Files.writeString(in.resolve(file + ".jsonl"), lines);
            assertThat(CommandRun.of(streamed.resolve("lake"), "run", "--source", "files:" + in, "--once").code()).isZero();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        lake = root.resolve("lake");
        Path from = streamed.resolve("lake");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, lake.resolve(from.relativize(file).toString()));
            }
        }
    }

    private List<JsonNode> findings() throws IOException {
        run = CommandRun.of(lake, "doctor", "--json");
        List<JsonNode> findings = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            findings.add(new ObjectMapper().readTree(line));
        }
        JsonNode summary = findings.remove(findings.size() - 1);
        assertThat(summary.get("healthy").asBoolean()).isEqualTo(run.code() == 0);
        return findings.stream().filter(finding -> !finding.get("weight").asText().equals("note")).toList();
    }

    private void isFound(String table, String check, String weight, String what, String repair) throws IOException {
        List<JsonNode> findings = findings();
        assertThat(run.code()).isEqualTo(1);
        assertThat(findings).as(run.out()).singleElement().satisfies(finding -> {
            assertThat(finding.get("table").asText()).isEqualTo(table);
            assertThat(finding.get("check").asText()).isEqualTo(check);
            assertThat(finding.get("weight").asText()).isEqualTo(weight);
            assertThat(finding.get("what").asText()).contains(what);
            assertThat(finding.get("repair").asText()).contains(repair);
        });
    }

    private Path log(String table, long version) {
        return lake.resolve(table).resolve(String.format("_delta_log/%020d.json", version));
    }

    private long newest(String table) {
        return Lake.at(lake.toString()).table(table).latestVersion();
    }

    /** Edits the newest commit that has files. */
    private void editNewest(String table, UnaryOperator<String> edit) throws IOException {
        long version = newest(table);
        while (!Files.readString(log(table, version)).contains("numRecords")) {
            version--;
        }
        Path commit = log(table, version);
        String before = Files.readString(commit);
        String after = edit.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(commit, after);
    }

    /** Appends rows of a table to it again, with another value for some columns, without any position. */
    private void appendAgain(LakeTables kind, int count, Map<String, Object> others) {
        Batch all = Scan.of(Lake.at(lake.toString()).table(kind.path()).snapshot()).readAll();
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), kind.path(), kind.layout(), Clock.systemUTC())) {
            Rows rows = table.newRows();
            for (int row = 0; row < count; row++) {
                for (int column = 0; column < all.names().size(); column++) {
                    Object value = others.getOrDefault(all.names().get(column), all.columns().get(column).value(row));
                    if (value instanceof Long number) {
                        rows.setLong(column, number);
                    } else if (value instanceof Double number) {
                        rows.setDouble(column, number);
                    } else if (value instanceof Boolean flag) {
                        rows.setBoolean(column, flag);
                    } else if (value instanceof String text) {
                        rows.setString(column, text);
                    }
                }
                rows.end();
            }
            table.append(rows, Map.of(), Map.of());
        }
    }

    @Test
    void a_healthy_lake_is_healthy_and_says_what_time_travel_costs() {
        run = CommandRun.of(lake, "doctor");
        assertThat(run.out()).contains("6 tables: healthy").contains("bronze/events: note (counts): 104 messages = 100 readings + 2 rejects + 2 duplicates")
                .containsPattern("gold/windows: note \\(retention\\): \\d+ files \\(.*\\) hold the newest version; time travel of 7 days costs 0 files \\(0 KB\\) more, and the log \\d+ \\(\\d+ KB\\)");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        run = CommandRun.of(lake, "doctor", "--table", "gold/windows");
        assertThat(run.out()).doesNotContain("bronze/events:").contains("1 table: healthy");
    }

    @Test
    void a_gap_in_the_log() throws IOException {
        Files.delete(log("silver/rejects", 1));
        isFound("silver/rejects", "log", "error", "commit 1 is missing", "put the file back from a copy");
    }

    @Test
    void a_checkpoint_that_is_nonsense() throws IOException {
        Files.writeString(lake.resolve("gold/alerts/_delta_log/00000000000000000000.checkpoint.parquet"), "nonsense");
        isFound("gold/alerts", "log", "warning", "checkpoint 0 cannot be read", "delete 00000000000000000000.checkpoint.parquet");
    }

    @Test
    void a_data_file_that_is_missing() throws IOException {
        Path file = Path.of(Lake.at(lake.toString()).table("gold/windows").snapshot().files().get(0).location().substring(5));
        Files.delete(file);
        isFound("gold/windows", "files", "error", file.getFileName().toString(), "restore --table gold/windows --to-version ");
    }

    @Test
    void a_file_that_belongs_to_no_version() throws IOException {
        Path orphan = Files.writeString(lake.resolve("silver/readings/orphan.parquet"), "half");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.EPOCH));
        isFound("silver/readings", "files", "warning", "orphan.parquet", "vacuum --table silver/readings");
    }

    @Test
    void rows_that_the_log_counts_otherwise() throws IOException {
        editNewest("bronze/events", text -> text.replaceAll("numRecords\\\\\":(\\d+)", "numRecords\\\\\":99"));
        isFound("bronze/events", "statistics", "error", "expected 99 rows, actual ", "restore --table bronze/events --to-version ");
    }

    @Test
    void bounds_that_do_not_enclose_the_values() throws IOException {
        editNewest("silver/readings", text -> text.replaceFirst("(maxValues\\\\\":\\{.*?\\\\\"temp\\\\\":)[0-9.]+", "$11.0"));
        isFound("silver/readings", "statistics", "error", "column temp has values beyond its bounds", "restore --table silver/readings --to-version ");
    }

    @Test
    void bounds_of_text_that_only_the_values_can_tell() throws IOException {
        editNewest("silver/readings", text -> text.replaceFirst("(maxValues\\\\\":\\{.*?\\\\\"device_id\\\\\":\\\\\")d1", "$1d0"));
        isFound("silver/readings", "statistics", "error", "column device_id has values beyond its bounds", "restore --table silver/readings --to-version ");
    }

    @Test
    void values_that_the_log_says_are_not_there() throws IOException {
        editNewest("gold/windows", text -> text.replaceFirst("(nullCount\\\\\":\\{.*?\\\\\"avg\\\\\":)0", "$17"));
        isFound("gold/windows", "statistics", "error", "column avg: expected 7 rows without a value, actual 0", "restore --table gold/windows --to-version ");
    }

    @Test
    void a_page_that_cannot_be_read() throws IOException {
        Path file = Path.of(Lake.at(lake.toString()).table("gold/windows").snapshot().files().get(0).location().substring(5));
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4, 60, (byte) 0xff);
        Files.write(file, bytes);
        isFound("gold/windows", "files", "error", file.getFileName().toString(), "restore --table gold/windows --to-version ");
    }

    @Test
    void an_open_window_that_is_there_twice() throws IOException {
        appendAgain(LakeTables.GOLD_LIVE, 1, Map.of());
        isFound("gold/live", "windows", "error", "1 row is there more than once", "start the streamer");
    }

    /** What is done to a lake, and what is told to do about it. */
    @ParameterizedTest
    @ValueSource(strings = {"a file is gone", "rows are counted otherwise", "messages are doubled", "windows are doubled"})
    void what_it_tells_to_do_heals_the_lake(String accident) throws IOException {
        Map<String, List<String>> before = LakeRows.all(lake);
        switch (accident) {
            case "a file is gone" -> Files.delete(Path.of(Lake.at(lake.toString()).table("silver/readings").snapshot().files().get(0).location().substring(5)));
            case "rows are counted otherwise" -> editNewest("silver/readings", text -> text.replaceAll("numRecords\\\\\":(\\d+)", "numRecords\\\\\":99"));
            case "messages are doubled" -> appendAgain(LakeTables.SILVER_READINGS, 3, Map.of());
            default -> appendAgain(LakeTables.GOLD_WINDOWS, 2, Map.of());
        }
        String repair = findings().stream().filter(finding -> finding.get("weight").asText().equals("error")).map(finding -> finding.get("repair").asText())
                .filter(text -> text.matches(".*(restore|backfill) --.*")).findFirst().orElseThrow(() -> new AssertionError(run.out()));
        List<String> words = new ArrayList<>(List.of(repair.replaceFirst(".*?((restore|backfill) --)", "$1").replaceFirst(", .*", "").split(" ")));
        String command = words.remove(0);
        CommandRun repaired = CommandRun.of(lake, command, words.toArray(String[]::new));
        assertThat(repaired.code()).as("%s %s: %s", command, words, repaired.err()).isZero();
        CommandRun streamed = CommandRun.of(lake, "run", "--source", "files:" + DoctorCommandTest.streamed.resolve("in"), "--once");
        assertThat(streamed.code()).as(streamed.err()).isZero();
        assertThat(findings()).as("after %s %s", command, words).isEmpty();
        // What is open is told anew by every commit.
        before.remove(LakeTables.GOLD_LIVE.path());
        before.forEach((table, rows) -> {
            List<String> now = LakeRows.comparable(lake, table);
            assertThat(now.stream().filter(row -> !rows.contains(row)).limit(3).toList()).as("only afterwards in %s", table).isEmpty();
            assertThat(rows.stream().filter(row -> !now.contains(row)).limit(3).toList()).as("no more in %s", table).isEmpty();
            assertThat(now).hasSameSizeAs(rows);
        });
    }

    @Test
    void a_message_that_is_there_twice() throws IOException {
        appendAgain(LakeTables.SILVER_READINGS, 3, Map.of());
        List<JsonNode> findings = findings();
        assertThat(findings).extracting(finding -> finding.get("table").asText() + " " + finding.get("check").asText()).containsExactlyInAnyOrder("silver/readings duplicates", "bronze/events counts");
        assertThat(run.out()).contains("3 rows are there more than once");
    }

    @Test
    void rows_of_which_the_positions_know_nothing() throws IOException {
        appendAgain(LakeTables.BRONZE_EVENTS, 1, Map.of("partition", "another", "ingested_at", Long.MAX_VALUE / 4));
        isFound("bronze/events", "positions", "error", "partition another, but says nothing of how far it holds them", "restore the table");
    }

    @Test
    void a_window_that_is_there_twice() throws IOException {
        appendAgain(LakeTables.GOLD_WINDOWS, 2, Map.of());
        isFound("gold/windows", "windows", "error", "2 rows are there more than once", "backfill --from 2026-11-20T00:00:00Z --to 2026-11-20T11:");
    }

    @Test
    void a_window_that_is_not_over() throws IOException {
        appendAgain(LakeTables.GOLD_WINDOWS, 1, Map.of("window_start", 4_000_000_000_000_000L, "window_end", 4_000_000_060_000_000L));
        isFound("gold/windows", "positions", "error", "1 rows are of windows that end after its watermark", "restore the table");
    }

    @Test
    void a_state_file_that_is_broken() throws IOException {
        Path folder = lake.resolve("gold/windows/_streamer/state");
        try (Stream<Path> files = Files.list(folder)) {
            Path newest = files.max(Comparator.naturalOrder()).orElseThrow();
            byte[] bytes = Files.readAllBytes(newest);
            bytes[bytes.length / 2] ^= 1;
            Files.write(newest, bytes);
        }
        isFound("gold/windows", "state", "warning", "its checksum is wrong", "an older one");
    }

    @Test
    void a_table_that_has_less_than_one_made_from_it() throws IOException {
        for (long gone = newest("silver/readings"); gone > 2; gone--) {
            Files.delete(log("silver/readings", gone));
        }
        assertThat(findings()).extracting(finding -> finding.get("table").asText() + " " + finding.get("check").asText()).contains("gold/alerts positions");
        assertThat(run.out()).contains("the streamer will not start").contains("put back from a copy what silver/readings has lost, or restore --table gold/alerts --to-version ");
    }
}
