package dev.tidemark.stream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.spark.Spark;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.maintain.Compactor;
import dev.tidemark.stream.pipeline.LakeRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A small lake to which everything was done that keeps one in order. Spark reads each table, now and at older versions, as we do, and shows what was done by the names that it uses itself. */
@Timeout(900)
class SparkReadsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TABLES = List.of("bronze/events", "silver/readings", "silver/rejects", "gold/windows", "gold/live", "gold/alerts");
    private static final long BEGIN = 1_700_000_000;
    /** By the names that Spark with Delta 3.3 gives them when it does the same. */
    private static final Map<String, Set<String>> METRICS = Map.of(
            "OPTIMIZE", new TreeSet<>(List.of("numAddedFiles", "numRemovedFiles", "numAddedBytes", "numRemovedBytes", "numDeletionVectorsRemoved", "minFileSize", "p25FileSize",
                    "p50FileSize", "p75FileSize", "maxFileSize")),
            "RESTORE", new TreeSet<>(List.of("numOfFilesAfterRestore", "tableSizeAfterRestore", "numRemovedFiles", "removedFilesSize", "numRestoredFiles", "restoredFilesSize")));
    private static final Map<String, Set<String>> METRICS_OF_VACUUM = Map.of(
            "VACUUM START", new TreeSet<>(List.of("numFilesToDelete", "sizeOfDataToDelete")), "VACUUM END", new TreeSet<>(List.of("numDeletedFiles", "numVacuumedDirectories")));
    /** Enough commits for a checkpoint. */
    private static final int MANY = 2_200;

    @TempDir
    Path root;
    private Path lake;
    private int files;

    private String run(String command, String... more) {
        CommandRun run = CommandRun.of(lake, command, more);
        assertThat(run.code()).as("%s %s: %s", command, Arrays.asList(more), run.err()).isZero();
        return run.out();
    }

    private Table table(String path) {
        return Lake.at(lake.toString()).table(path);
    }

    private static String sql(Path table) {
        return "delta.`" + table + "`";
    }

    /** Readings of four devices, every fifty seconds a hot one, now and then one that nobody can read. */
    private void stream(int from, int to, String more) throws IOException {
        Path in = Files.createDirectories(root.resolve("in"));
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(i % 97 == 5 ? "{\"deviceId\":\"d1\",\"ts\":\"soon\"" : String.format(Locale.ROOT,
                    "{\"deviceId\":\"d%d\",\"location\":\"Halle %d Süd\",\"ts\":%d,\"temp\":%s,\"pressure\":%d.%d,\"on\":%b,\"status\":\"%s\"%s}", i % 4, i % 2, BEGIN + 10L * i,
                    i % 50 < 2 ? "130.5" : Integer.toString(40 + i % 30), i % 7, i % 10, i % 3 == 0, i % 400 == 9 ? "error" : "ok", more));
        }
        Files.write(in.resolve(files++ + ".jsonl"), lines);
        run("run", "--config", root.resolve("conf.yaml").toString(), "--source", "files:" + in, "--once");
    }

    /** All that a lake goes through. */
    private void live() throws Exception {
        lake = root.resolve("lake");
        Files.writeString(root.resolve("conf.yaml"), "windows: [1m, 1h, session-2m]\ncommit-rows: 20\ncommit-interval: 10ms\nlive-interval: 10ms\nauto-compact: false\n");
        stream(0, MANY, "");
        stream(MANY, MANY + 60, ",\"shaft\":{\"speed\":[1.5,2.5],\"note\":\"a \\\"b\\\" ü\"}");
        try (Compactor compactor = Compactor.start(Lake.at(lake.toString()), List.of("silver/readings", "gold/windows"), new CompactionRule(2, 1 << 20, Duration.ZERO), true, Clock.systemUTC())) {
            Patience.until(() -> Stream.of("silver/readings", "gold/windows").allMatch(path -> operations(path).contains("OPTIMIZE")), () -> operations("gold/windows"));
        }
        // A late one, of a day that is compacted.
        stream(300, 310, ",\"late\":true");
        run("backfill", "--from", "2023-11-14", "--to", "2023-11-15");
        run("optimize", "--table", "gold/windows", "--zorder");
        run("vacuum", "--table", "silver/readings", "--mode", "lite", "--retain", "0 days", "--force");
        run("optimize");
        long before = table("gold/windows").latestVersion();
        stream(MANY + 60, MANY + 200, "");
        run("restore", "--table", "gold/windows", "--to-version", Long.toString(before));
        stream(MANY + 200, MANY + 260, ",\"temp\":\"hot\"");
    }

    private List<String> operations(String path) {
        return table(path).history().stream().map(Commit::operation).toList();
    }

    private List<String> ours(String path, long version) {
        return LakeRows.asSpark(table(path).snapshot(version));
    }

    private List<String> sparks(String path, long version) {
        return Spark.shared().rows("SELECT * FROM " + sql(lake.resolve(path)) + " VERSION AS OF " + version).stream().sorted().toList();
    }

    /** The last version before something was done to a table. */
    private long before(String operation, String path) {
        return table(path).history().stream().filter(commit -> commit.operation().equals(operation)).reduce((first, last) -> last).orElseThrow().version() - 1;
    }

    private void agree(String path, long version) {
        List<String> rows = ours(path, version);
        assertThat(rows).as(path).isNotEmpty();
        assertThat(sparks(path, version)).as("%s at version %d", path, version).isEqualTo(rows);
    }

    /** Operation → names of its metrics, as Spark's DESCRIBE HISTORY shows the last of each. */
    private static Map<String, Set<String>> history(Path table) {
        Map<String, Set<String>> history = new LinkedHashMap<>();
        for (String row : Spark.shared().rows("DESCRIBE HISTORY " + sql(table))) {
            try {
                JsonNode commit = JSON.readTree(row);
                Set<String> metrics = new TreeSet<>();
                commit.path("operationMetrics").forEach(pair -> metrics.add(pair.get(0).asText()));
                history.putIfAbsent(commit.path("operation").asText(), metrics);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return history;
    }

    @Test
    void every_table_is_the_same_to_Spark_now_and_at_older_versions_and_its_history_names_what_was_done() throws Exception {
        live();
        for (String path : TABLES) {
            agree(path, table(path).latestVersion());
        }
        agree("bronze/events", 20);
        agree("silver/readings", before("STREAMING UPDATE", "silver/readings"));
        agree("gold/alerts", 20);
        // By the commits alone, and by the checkpoint.
        agree("gold/windows", 20);
        agree("gold/windows", before("BACKFILL", "gold/windows"));
        agree("gold/windows", before("RESTORE", "gold/windows"));
        assertThat(lake.resolve("gold/windows/_delta_log/_last_checkpoint")).exists();

        long vacuumed = 20;
        assertThat(table("silver/readings").travel().readable().contains(vacuumed)).isFalse();
        assertThatThrownBy(() -> sparks("silver/readings", vacuumed)).isInstanceOf(IllegalStateException.class).hasMessageContaining("VERSION AS OF " + vacuumed);

        assertThat(history(lake.resolve("silver/readings"))).containsKeys("STREAMING UPDATE", "OPTIMIZE", "ADD COLUMNS", "CREATE TABLE").containsAllEntriesOf(METRICS_OF_VACUUM);
        assertThat(history(lake.resolve("gold/windows"))).containsAllEntriesOf(METRICS).containsEntry("BACKFILL", new TreeSet<>(List.of("numNewWindows", "numChangedWindows",
                "numRemovedWindows", "numOutputRows", "numAddedFiles", "numAddedBytes", "numRemovedFiles", "numRemovedBytes")));
    }
}
