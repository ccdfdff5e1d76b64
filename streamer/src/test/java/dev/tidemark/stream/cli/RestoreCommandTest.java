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

class RestoreCommandTest {

    @TempDir
    Path root;
    private CommandRun run;

    private int restore(String... more) {
        run = CommandRun.of(root.resolve("lake"), "restore", more);
        return run.code();
    }

    private long rows(String table) {
        return Lake.at(root.resolve("lake").toString()).table(table).snapshot().rows();
    }

    private void stream(int file) throws IOException {
        Path in = Files.createDirectories(root.resolve("in"));
        Files.writeString(in.resolve(file + ".jsonl"), String.format("{\"deviceId\":\"a\",\"ts\":\"2026-11-20T1%d:00:00Z\",\"temp\":1}%n{\"deviceId\":\"a\",\"ts\":\"2026-11-20T1%d:10:00Z\",\"temp\":2}%n", file, file));
        assertThat(CommandRun.of(root.resolve("lake"), "run", "--source", "files:" + in, "--once").code()).isZero();
    }

    @Test
    void a_table_goes_back_and_the_streamer_makes_again_what_came_since() throws IOException {
        stream(1);
        long version = Lake.at(root.resolve("lake").toString()).table("gold/windows").latestVersion();
        long before = rows("gold/windows");
        stream(2);
        long rows = rows("gold/windows");
        assertThat(rows).isGreaterThan(before);
        assertThat(restore("--table", "gold/windows", "--to-version", Long.toString(version), "--dry-run")).isZero();
        assertThat(run.out()).contains("gold/windows: would be as at version " + version + "; 0 files (0 KB) would come back, ");
        assertThat(rows("gold/windows")).isEqualTo(rows);
        assertThat(restore("--table", "gold/windows", "--to-version", Long.toString(version), "--json")).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.get("target").asLong()).isEqualTo(version);
        assertThat(summary.get("removedFiles").asInt()).isPositive();
        assertThat(rows("gold/windows")).isEqualTo(before);
        stream(3);
        assertThat(restore("--table", "gold/windows", "--to-timestamp", "2050-01-01")).isZero();
        assertThat(run.out()).contains("nothing to do");
        assertThat(rows("gold/windows")).isGreaterThan(rows);
        assertThat(restore("--table", "silver/readings", "--to-version", "1")).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("--derived");
        assertThat(restore("--table", "silver/readings", "--to-version", "1", "--derived")).isZero();
        assertThat(run.out().lines()).hasSizeGreaterThan(1);
    }

    @Test
    void misuse_is_told_in_one_line() throws IOException {
        stream(1);
        assertThat(restore("--to-version", "1")).isEqualTo(2);
        assertThat(run.err()).contains("Which table?");
        assertThat(restore("--table", "gold/windows")).isEqualTo(2);
        assertThat(run.err()).contains("To which version?");
        assertThat(restore("--table", "gold/windows", "--to-timestamp", "then")).isEqualTo(2);
        assertThat(run.err()).contains("'then' is no time");
        assertThat(restore("--table", "gold/windows", "--to-version", "1000")).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("version 1000");
        assertThat(restore("--table", "gold/live", "--to-version", "0")).isEqualTo(1);
        assertThat(run.err()).contains("replaced many times a second");
    }
}
