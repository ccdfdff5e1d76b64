package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class VacuumCommandTest {

    @TempDir
    Path root;
    CommandRun run;

    private int vacuum(String... more) {
        run = CommandRun.of(root, "vacuum", more);
        return run.code();
    }

    /** Files that were replaced so long ago, and one that was not. */
    private void replaced(LakeTables kind, int files, Duration ago) throws IOException {
        Instant then = Instant.now().minus(ago);
        try (DeltaTable table = DeltaTable.open(Lake.at(root.toString()), kind.path(), kind.layout(), InstantSource.fixed(then))) {
            for (int i = 0; i <= files; i++) {
                Rows rows = table.newRows();
                rows.setLong(table.schema().names().indexOf("date"), 20_778);
                rows.end();
                table.replace(rows, Map.of(), Map.of());
            }
        }
        try (Stream<Path> all = Files.walk(root.resolve(kind.path()))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(then));
            }
        }
    }

    private long dataFiles(LakeTables kind) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(kind.path()))) {
            return all.filter(file -> file.toString().endsWith(".parquet") && !file.toString().contains("_delta_log")).count();
        }
    }

    @Test
    void old_files_go_young_ones_stay_and_each_table_is_told_of() throws IOException {
        replaced(LakeTables.GOLD_WINDOWS, 3, Duration.ofDays(8));
        replaced(LakeTables.GOLD_LIVE, 3, Duration.ofMinutes(10));
        assertThat(vacuum()).isZero();
        assertThat(run.out().lines()).hasSize(2).anyMatch(line -> line.matches("gold/windows: 3 files \\(\\d+ KB\\) deleted, keeping 7 days"))
                .contains("gold/live: nothing to delete, keeping 1 hour");
        assertThat(dataFiles(LakeTables.GOLD_WINDOWS)).isEqualTo(1);
        assertThat(Lake.at(root.toString()).table("gold/windows").history()).extracting(Commit::operation).endsWith("VACUUM START", "VACUUM END");
    }

    @Test
    void a_dry_run_lists_the_files_and_deletes_none() throws IOException {
        replaced(LakeTables.GOLD_WINDOWS, 3, Duration.ofDays(8));
        long version = Lake.at(root.toString()).table("gold/windows").latestVersion();
        assertThat(vacuum("--dry-run")).isZero();
        assertThat(run.out().lines()).hasSize(4).filteredOn(line -> line.startsWith("gold/windows/date=")).hasSize(3);
        assertThat(run.out()).contains("3 files (", "would be deleted");
        assertThat(dataFiles(LakeTables.GOLD_WINDOWS)).isEqualTo(4);
        assertThat(Lake.at(root.toString()).table("gold/windows").latestVersion()).isEqualTo(version);
    }

    @Test
    void a_retention_that_breaks_time_travel_is_refused_unless_forced() throws IOException {
        replaced(LakeTables.GOLD_WINDOWS, 3, Duration.ofDays(2));
        assertThat(vacuum("--retain", "1 day")).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("retention of 1 day", "7 days", "--force");
        assertThat(dataFiles(LakeTables.GOLD_WINDOWS)).isEqualTo(4);
        assertThat(vacuum("--retain", "1 day", "--force", "--json")).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.get("files").asInt()).isEqualTo(3);
        assertThat(summary.get("mode").asText()).isEqualTo("full");
        assertThat(summary.get("retentionMillis").asLong()).isEqualTo(86_400_000L);
        assertThat(dataFiles(LakeTables.GOLD_WINDOWS)).isEqualTo(1);
    }

    @Test
    void lite_does_not_find_what_no_commit_names() throws IOException {
        replaced(LakeTables.GOLD_WINDOWS, 3, Duration.ofDays(8));
        Path orphan = Files.writeString(root.resolve("gold/windows/orphan.parquet"), "half");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.EPOCH));
        assertThat(vacuum("--mode", "lite")).isZero();
        assertThat(run.out()).contains("3 files");
        assertThat(orphan).exists();
        assertThat(vacuum()).isZero();
        assertThat(orphan).doesNotExist();
    }

    /** Needs the right to mount a small file system, which an ordinary user has not. */
    @Test
    void a_full_disk_is_emptied() throws Exception {
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", root.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0, "cannot mount");
        try {
            replaced(LakeTables.GOLD_WINDOWS, 3, Duration.ofDays(8));
            Path filler = root.resolve("filler");
            try (OutputStream out = Files.newOutputStream(filler)) {
                for (byte[] block = new byte[4_096];;) {
                    out.write(block);
                }
            } catch (IOException full) {
                // That is what it is for.
            }
            assertThat(vacuum()).as(run.err()).isZero();
            assertThat(run.out()).contains("gold/windows: 3 files (");
            assertThat(dataFiles(LakeTables.GOLD_WINDOWS)).isEqualTo(1);
        } finally {
            new ProcessBuilder("umount", root.toString()).inheritIO().start().waitFor();
        }
    }

    @Test
    void a_folder_without_tables_is_told() {
        assertThat(vacuum()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("Cannot find a table in lake " + root);
    }

    @Test
    void what_is_no_span_is_misuse() {
        assertThat(vacuum("--retain", "for long")).isEqualTo(2);
        assertThat(run.err()).contains("--retain", "30 days");
    }

    @Test
    void a_misspelt_table_is_told() throws IOException {
        replaced(LakeTables.GOLD_WINDOWS, 1, Duration.ofDays(8));
        assertThat(vacuum("--table", "gold/window")).isEqualTo(1);
        assertThat(run.err()).contains("did you mean gold/windows?");
    }
}
