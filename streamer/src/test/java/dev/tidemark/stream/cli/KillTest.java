package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The process is killed in the middle of its work, and asked to stop; started again it leaves the tables of an undisturbed run. */
class KillTest {

    private static final Path DATA = Path.of("src/main/demo/house/house-sensors.csv.gz");
    private static final int LINES = 6_000;
    private static final List<String> TABLES = List.of("bronze/events", "silver/readings", "silver/rejects", "gold/windows", "gold/live");

    @TempDir
    Path folder;

    /** A file a room, as their gateways would write them. */
    @BeforeEach
    void files() throws IOException {
        Map<String, StringBuilder> rooms = new TreeMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
            String header = in.readLine();
            for (int i = 0; i < LINES; i++) {
                String line = in.readLine();
                rooms.computeIfAbsent(line.substring(0, line.indexOf(',')), room -> new StringBuilder(header).append('\n')).append(line).append('\n');
            }
        }
        Path drop = Files.createDirectory(folder.resolve("drop"));
        for (Map.Entry<String, StringBuilder> room : rooms.entrySet()) {
            Path file = Files.writeString(drop.resolve(room.getKey() + ".csv"), room.getValue());
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
        }
        // So many commits that there is always one under way.
        Files.writeString(folder.resolve("config.yaml"), "commit-rows: 250\ncommit-interval: 10ms\nlive-interval: 10ms\n");
    }

    private Process start(Path lake, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), TidemarkStreamer.class.getName(), "run", "--lake", lake.toString(),
                "--source", "files:" + folder.resolve("drop"), "--config", folder.resolve("config.yaml").toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile()).start();
    }

    private void finish(Path lake) throws Exception {
        Process process = start(lake, "--once", "--close");
        assertThat(process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
        assertThat(process.exitValue()).as(output()).isZero();
    }

    /** Waits until a table has this version, or the process has ended. */
    private void waitFor(Process process, Path lake, String table, int version) {
        Path commit = lake.resolve(table).resolve("_delta_log").resolve(String.format("%020d.json", version));
        Patience.until(() -> Files.exists(commit) || !process.isAlive(), this::output);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rows(Path lake, String table) {
        Batch all = Scan.of(Lake.at(lake.toString()).table(table).snapshot()).readAll();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < all.rows(); row++) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < all.names().size(); column++) {
                if (!all.names().get(column).equals("ingested_at") && !(all.names().get(column).equals("date") && !table.startsWith("gold"))) {
                    Object value = all.columns().get(column).value(row);
                    text.append(value instanceof Map<?, ?> map ? new TreeMap<>(map) : value).append('|');
                }
            }
            rows.add(text.toString());
        }
        Collections.sort(rows);
        return rows;
    }

    @Test
    void killed_at_random_moments_the_tables_end_up_as_if_nothing_had_been() throws Exception {
        Path undisturbed = folder.resolve("undisturbed");
        finish(undisturbed);
        Path lake = folder.resolve("killed");
        Random random = new Random();
        List<String> kills = new ArrayList<>();
        for (int kill = 1; kill <= 4; kill++) {
            Process process = start(lake, "--once", "--close");
            // Each time a little further, at any moment of a commit, and long before the end of the 24.
            int version = kill * 3;
            int moment = random.nextInt(40);
            waitFor(process, lake, "bronze/events", version);
            boolean ended = process.waitFor(moment, TimeUnit.MILLISECONDS);
            kills.add("version " + version + " and " + moment + " ms");
            assertThat(ended).as("ended before it was killed, at %s: %s", kills, output()).isFalse();
            process.destroyForcibly().waitFor();
        }
        finish(lake);
        for (String table : TABLES) {
            assertThat(rows(lake, table)).as("%s, killed at %s", table, kills).isEqualTo(rows(undisturbed, table));
        }
        assertThat(rows(lake, "bronze/events")).hasSize(LINES);
    }

    @Test
    void asked_to_stop_it_commits_what_it_has_and_ends_with_0() throws Exception {
        Path lake = folder.resolve("stopped");
        Process process = start(lake);
        waitFor(process, lake, "silver/readings", 4);
        process.destroy();
        assertThat(process.waitFor(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String output = output();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("messages read").doesNotContain("\tat ");
        assertThat(rows(lake, "silver/readings").size()).isEqualTo(rows(lake, "bronze/events").size()).isPositive();
    }
}
