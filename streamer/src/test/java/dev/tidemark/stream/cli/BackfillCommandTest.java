package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class BackfillCommandTest {

    @TempDir
    Path root;
    private CommandRun run;

    private int backfill(String... more) {
        run = CommandRun.of(root.resolve("lake"), "backfill", more);
        return run.code();
    }

    /** Readings of some hours, one of them an hour late. */
    private void stream() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int minute = 0; minute < 180; minute++) {
            lines.append(String.format("{\"deviceId\":\"a\",\"ts\":\"2026-11-20T%02d:%02d:00Z\",\"temp\":%d}%n", 10 + minute / 60, minute % 60, minute));
        }
        Path in = Files.createDirectories(root.resolve("in"));
        Files.writeString(in.resolve("1.jsonl"), lines);
        CommandRun.of(root.resolve("lake"), "run", "--source", "files:" + in, "--once");
        Files.writeString(in.resolve("2.jsonl"), "{\"deviceId\":\"a\",\"ts\":\"2026-11-20T10:30:30Z\",\"temp\":1000}\n");
        assertThat(CommandRun.of(root.resolve("lake"), "run", "--source", "files:" + in, "--once").code()).isZero();
    }

    @Test
    void late_readings_are_added_once_and_told_of() throws IOException {
        stream();
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-20 12:00", "--dry-run")).isZero();
        assertThat(run.out()).contains("gold/windows: 0 windows would be added, 3 changed, 0 removed, of ").contains("would be rewritten");
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-20T12:00:00Z", "--json")).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.get("changed").asInt()).isEqualTo(3);
        assertThat(summary.get("version").asLong()).isEqualTo(Lake.at(root.resolve("lake").toString()).table("gold/windows").latestVersion());
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-20T12:00:00Z")).isZero();
        assertThat(run.out()).contains("nothing to do");
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-21")).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("still open");
    }

    @Test
    void misuse_is_told_in_one_line() {
        assertThat(backfill("--from", "yesterday", "--to", "2026-11-20")).isEqualTo(2);
        assertThat(run.err()).contains("--from: 'yesterday' is no time");
        assertThat(backfill("--from", "2026-11-21", "--to", "2026-11-20")).isEqualTo(2);
        assertThat(run.err()).contains("the range is empty");
        assertThat(backfill("--from", "2026-11-21")).isEqualTo(2);
        assertThat(run.err()).contains("--to");
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-21", "--table", "silver/readings")).isEqualTo(2);
        assertThat(run.err()).contains("Cannot backfill silver/readings");
        assertThat(backfill("--from", "2026-11-20", "--to", "2026-11-21")).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
    }
}
