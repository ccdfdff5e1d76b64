package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class OptimizeCommandTest {

    @TempDir
    Path lake;
    private String out;
    private String err;

    private int optimize(String... more) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(outBytes, true, StandardCharsets.UTF_8), new PrintStream(errBytes, true, StandardCharsets.UTF_8), false);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "optimize";
        arguments[1] = "--lake";
        arguments[2] = lake.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        int code = TidemarkStreamer.run(terminal, arguments);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void write(LakeTables kind, int files) {
        try (DeltaTable table = DeltaTable.open(Lake.at(lake.toString()), kind.path(), kind.layout(), Clock.systemUTC())) {
            for (int i = 0; i < files; i++) {
                Rows rows = table.newRows();
                rows.setLong(table.schema().names().indexOf("date"), 20_778);
                rows.end();
                table.append(rows, Map.of(), Map.of());
            }
        }
    }

    private int files(LakeTables kind) {
        return Lake.at(lake.toString()).table(kind.path()).snapshot().files().size();
    }

    @Test
    void all_tables_but_the_live_one_are_compacted_and_told_of() {
        write(LakeTables.BRONZE_EVENTS, 4);
        write(LakeTables.GOLD_WINDOWS, 1);
        write(LakeTables.GOLD_LIVE, 3);
        assertThat(optimize()).isZero();
        assertThat(out).containsPattern("bronze/events: 4 files \\(\\d+ KB\\) are 1 now \\(\\d+ KB\\); 4 rewritten in 1 commit,").contains("gold/windows: nothing to do (1 file,")
                .doesNotContain("gold/live");
        assertThat(err).isEmpty();
        assertThat(files(LakeTables.BRONZE_EVENTS)).isEqualTo(1);
        assertThat(files(LakeTables.GOLD_LIVE)).isEqualTo(3);
    }

    @Test
    void a_dry_run_tells_and_does_nothing() {
        write(LakeTables.BRONZE_EVENTS, 4);
        assertThat(optimize("--dry-run")).isZero();
        assertThat(out).isEqualTo("bronze/events: 4 of 4 files would become 1\n");
        assertThat(files(LakeTables.BRONZE_EVENTS)).isEqualTo(4);
    }

    @Test
    void only_the_table_that_was_named_as_json() throws IOException {
        write(LakeTables.BRONZE_EVENTS, 4);
        write(LakeTables.SILVER_REJECTS, 4);
        assertThat(optimize("--table", "bronze/events", "--json")).isZero();
        JsonNode summary = new ObjectMapper().readTree(out);
        assertThat(summary.get("table").asText()).isEqualTo("bronze/events");
        assertThat(summary.get("filesBefore").asInt()).isEqualTo(4);
        assertThat(summary.get("filesAfter").asInt()).isEqualTo(1);
        assertThat(summary.get("bytesAfter").asLong()).isPositive();
        assertThat(summary.get("commits").asInt()).isEqualTo(1);
        assertThat(files(LakeTables.SILVER_REJECTS)).isEqualTo(4);
    }

    @Test
    void a_table_that_cannot_be_compacted_is_told_and_the_others_are_done() throws IOException {
        write(LakeTables.SILVER_REJECTS, 4);
        Path broken = Files.createDirectories(lake.resolve("bronze/events/_delta_log"));
        Files.writeString(broken.resolve("00000000000000000000.json"), "nonsense\n");
        assertThat(optimize()).isEqualTo(1);
        assertThat(err.lines().toList()).hasSize(1).allMatch(line -> line.startsWith("tidemark-streamer: Cannot ") && line.contains("bronze/events"));
        assertThat(files(LakeTables.SILVER_REJECTS)).isEqualTo(1);
    }

    @Test
    void a_table_that_is_not_there_is_told() {
        assertThat(optimize("--table", "silver/nothing")).isEqualTo(1);
        assertThat(err).contains("silver/nothing");
    }
}
