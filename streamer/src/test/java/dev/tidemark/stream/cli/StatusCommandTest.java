package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    private String lake() {
        return folder.resolve("lake").toString();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private int fill() {
        return run("run", "--lake", lake(), "--source", "simulate:devices=8,rate=100,count=1000,seed=4", "--once");
    }

    @Test
    void after_a_run_it_tells_what_the_tables_hold() throws IOException {
        assertThat(fill()).as(err.toString()).isZero();
        assertThat(run("status", "--lake", lake())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("none runs: the last one ended ", "Watermark  2025-12-31T23:59:", "Last run   ", "4 partitions have ended")
                .containsPattern("bronze/events +20\\d\\d-\\S+Z +\\d+ .* +\\d,?\\d+ +0 +0 B +\\d+ +[\\d.]+ KB +7 days\n").doesNotContain("null");
        assertThat(run("status", "--lake", lake(), "--json")).isZero();
        assertThat(json().path("running").isBoolean()).isTrue();
        assertThat(json().path("running").booleanValue()).isFalse();
        assertThat(json().at("/streamer/process/state").textValue()).isEqualTo("ended");
        assertThat(json().at("/partitions_ended").longValue()).isEqualTo(4);
        for (JsonNode table : json().path("tables")) {
            if (table.path("table").textValue().equals("bronze/events")) {
                assertThat(table.path("rows").longValue()).isEqualTo(json().at("/streamer/counts/events").longValue()).isPositive();
                assertThat(table.path("files").longValue()).isPositive();
                assertThat(table.path("bytes").longValue()).isPositive();
            }
        }
    }

    @Test
    void what_older_versions_cost_is_told_table_by_table() throws IOException {
        assertThat(fill()).isZero();
        assertThat(run("status", "--lake", lake(), "--json")).isZero();
        JsonNode before = travel("silver/readings");
        long[] replaced = Lake.at(lake()).table("silver/readings").snapshot().files().stream().mapToLong(file -> file.size()).toArray();
        assertThat(before.path("files").longValue()).isZero();
        assertThat(before.path("log_bytes").longValue()).isPositive();
        assertThat(run("optimize", "--lake", lake(), "--table", "silver/readings")).isZero();
        assertThat(run("status", "--lake", lake(), "--json")).isZero();
        assertThat(travel("silver/readings").path("files").longValue()).isEqualTo(replaced.length).isGreaterThan(1);
        assertThat(travel("silver/readings").path("bytes").longValue()).isEqualTo(Arrays.stream(replaced).sum());
        assertThat(travel("silver/readings").path("log_files").longValue()).isEqualTo(before.path("log_files").longValue() + 1);
        assertThat(travel("gold/live").path("span").textValue()).isEqualTo("1 hour");
    }

    private JsonNode travel(String path) throws IOException {
        for (JsonNode table : json().path("tables")) {
            if (table.path("table").textValue().equals(path)) {
                return table.path("time_travel");
            }
        }
        throw new AssertionError(out.toString());
    }

    @Test
    void rejects_are_counted_by_reason_and_a_lake_without_a_word_of_a_streamer_is_told_from_its_tables() throws IOException {
        Path drop = Files.createDirectory(folder.resolve("drop"));
        Path file = Files.writeString(drop.resolve("a.jsonl"), "{\"deviceId\":\"a\",\"ts\":1714557600,\"x\":1}\nnonsense\n{\"x\":1}\n{\"x\":2}\n");
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L));
        assertThat(run("run", "--lake", lake(), "--source", "files:" + drop, "--once")).as(err.toString()).isZero();
        Files.delete(folder.resolve("lake/_streamer/status.json"));
        assertThat(run("status", "--lake", lake())).isZero();
        assertThat(out.toString()).contains("none runs, and none left a word", "Rejects    1 malformed, 2 no_device");
        assertThat(run("status", "--lake", lake(), "--json")).isZero();
        assertThat(json().path("rejects").path("no_device").longValue()).isEqualTo(2);
        assertThat(json().path("streamer").isNull()).isTrue();
    }

    @Test
    void an_empty_folder_and_a_missing_one_are_told() throws IOException {
        assertThat(run("status", "--lake", lake())).isEqualTo(1);
        assertThat(err.toString()).startsWith("tidemark-streamer: Cannot open lake ").hasLineCount(1);
        Files.createDirectory(folder.resolve("lake"));
        assertThat(run("status", "--lake", lake())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no table in it yet").hasLineCount(1);
        assertThat(run("status")).isEqualTo(2);
    }

    @Test
    void a_broken_table_is_told_and_the_others_are_shown() throws IOException {
        assertThat(fill()).isZero();
        Files.writeString(folder.resolve("lake/silver/readings/_delta_log/00000000000000000000.json"), "{broken\n");
        assertThat(run("status", "--lake", lake())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("silver/readings +cannot be read").containsPattern("bronze/events +20\\d\\d");
        assertThat(err.toString()).startsWith("tidemark-streamer: Cannot read ").hasLineCount(1);
        assertThat(run("status", "--lake", lake(), "--json")).isEqualTo(1);
        assertThat(json().path("tables").findValuesAsText("problem")).anyMatch(problem -> problem.contains("its log is broken"));
    }

    @Test
    void a_running_streamer_is_seen_from_outside_and_asked_to_stop_ends_with_everything_committed() throws Exception {
        try (StreamerProcess streamer = new StreamerProcess(folder.resolve("output.txt"), "run", "--lake", lake(), "--source",
                "simulate:devices=20,rate=2000,seed=3", "--metrics-port", "0")) {
            assertThat(streamer.awaitOutput("/health")).as(streamer.output()).isTrue();
            Matcher url = Pattern.compile("(http://127.0.0.1:\\d+)/metrics").matcher(streamer.output());
            assertThat(url.find()).isTrue();
            assertThat(streamer.await(() -> get(url.group(1) + "/metrics").matches("(?s).*tidemark_commit_seconds_count\\{table=\"silver/readings\"} [1-9].*")))
                    .as(streamer.output()).isTrue();
            assertThat(get(url.group(1) + "/health")).contains("\"up\"");
            assertThat(streamer.await(() -> run("status", "--lake", lake(), "--json") == 0 && isRunning())).as(out.toString() + streamer.output()).isTrue();
            assertThat(json().path("partitions")).hasSize(4).allSatisfy(partition -> assertThat(partition.path("lag_messages").isNumber()).isTrue());
            assertThat(json().at("/streamer/counts/events").longValue()).isPositive();
            assertThat(streamer.await(() -> run("status", "--lake", lake()) == 0 && out.toString().contains("runs: process "))).as(out.toString() + streamer.output()).isTrue();
            assertThat(out.toString()).contains("simulate:devices=20,rate=2000,seed=3");
            assertThat(streamer.stop()).as(streamer.output()).isZero();
            Matcher read = Pattern.compile("([\\d,]+) messages read").matcher(streamer.output());
            assertThat(read.find()).as(streamer.output()).isTrue();
            assertThat(Scan.of(Lake.at(lake()).table("bronze/events").snapshot()).count()).isEqualTo(Long.parseLong(read.group(1).replace(",", "")));
        }
        assertThat(run("status", "--lake", lake())).isZero();
        assertThat(out.toString()).contains("none runs: the last one ended ");
    }

    private boolean isRunning() {
        try {
            return json().path("running").booleanValue() && json().at("/streamer/counts/events").longValue() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String get(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
