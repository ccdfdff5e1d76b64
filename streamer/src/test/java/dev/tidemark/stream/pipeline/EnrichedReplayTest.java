package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Readings are enriched as they were when they came, however often and whenever tables are made again from what stands before them. */
class EnrichedReplayTest {

    private static final Settings SETTINGS = new Settings(List.of(WindowSpec.parse("1m")), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"),
            TimeSpan.parse("1h"), 10, 64 << 20, TimeSpan.parse("1h"));
    private static final long T0 = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();

    @TempDir
    Path folder;

    private static ScriptedSource script() {
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int i = 0; i < 60; i++) {
            source.json("p", "{\"deviceId\":\"d" + i % 2 + "\",\"ts\":" + (T0 + i * 5) + ",\"temperature\":" + i + (i % 7 == 0 ? ",\"location\":\"own\"" : "") + "}");
        }
        return source;
    }

    private static Reference reference(String location, String unit) {
        return new Reference(List.of(new Reference.Row("d0", location, null, "temperature", unit, Double.NaN, Double.NaN)));
    }

    private void run(Path lake, Supplier<Reference> reference, Consumer<String> committed, Pipeline.Until until) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(script()), SETTINGS, InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")),
                new Figures(new SimpleMeterRegistry()), problem -> { }, new Pipeline.Surroundings(() -> 0, committed, false, 30_000_000_000L, true)).enrichedBy(reference).run(until);
    }

    private static List<Map<String, Object>> rows(Path lake, LakeTables table, String... order) {
        Comparator<Map<String, Object>> by = Comparator.comparing(row -> "");
        for (String column : order) {
            by = by.thenComparing(row -> String.valueOf(row.get(column)));
        }
        return LakeRows.of(lake, table.path()).stream().sorted(by).toList();
    }

    private static List<Map<String, Object>> silver(Path lake) {
        return rows(lake, LakeTables.SILVER_READINGS, "event_time");
    }

    private static List<Map<String, Object>> windows(Path lake) {
        return rows(lake, LakeTables.GOLD_WINDOWS, "grain", "device_id", "location", "measure", "window_start");
    }

    /** The reference data changes after every other commit to silver. */
    private static Supplier<Reference> changing(AtomicInteger commits) {
        return () -> reference("hall " + commits.get() / 2, commits.get() < 2 ? "°C" : "K");
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void tables_that_are_made_again_from_bronze_are_the_same_although_the_reference_data_has_changed() throws IOException {
        Path lake = folder.resolve("lake");
        AtomicInteger commits = new AtomicInteger();
        run(lake, changing(commits), table -> commits.addAndGet(table.equals(LakeTables.SILVER_READINGS.path()) ? 1 : 0), Pipeline.Until.CLOSED);
        List<Map<String, Object>> silver = silver(lake);
        List<Map<String, Object>> windows = windows(lake);
        assertThat(silver).hasSize(60).extracting(row -> row.get("location")).contains("hall 0", "hall 1", "hall 2", "own", null);
        assertThat(windows).extracting(row -> row.get("unit")).contains("°C", "K", null);
        delete(lake.resolve(LakeTables.GOLD_WINDOWS.path()));
        run(lake, () -> reference("elsewhere", "F"), table -> { }, Pipeline.Until.CLOSED);
        assertThat(windows(lake)).isEqualTo(windows);
        delete(lake.resolve(LakeTables.GOLD_WINDOWS.path()));
        delete(lake.resolve(LakeTables.SILVER_READINGS.path()));
        run(lake, () -> Reference.NONE, table -> { }, Pipeline.Until.CLOSED);
        assertThat(silver(lake)).isEqualTo(silver);
        assertThat(windows(lake)).isEqualTo(windows);
    }

    @Test
    void killed_between_the_commits_of_the_tables_the_next_run_enriches_as_the_last_one_did() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        Path lake = folder.resolve("killed");
        AtomicInteger commits = new AtomicInteger();
        run(undisturbed, changing(commits), table -> commits.addAndGet(table.equals(LakeTables.BRONZE_EVENTS.path()) ? 1 : 0), Pipeline.Until.CLOSED);
        commits.set(0);
        for (int kill = 1; kill <= 5; kill++) {
            int at = kill;
            try {
                run(lake, changing(commits), table -> {
                    if (table.equals(LakeTables.BRONZE_EVENTS.path()) && commits.incrementAndGet() == at) {
                        throw new IllegalStateException("killed");
                    }
                }, Pipeline.Until.CLOSED);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
            }
        }
        run(lake, changing(commits), table -> commits.addAndGet(table.equals(LakeTables.BRONZE_EVENTS.path()) ? 1 : 0), Pipeline.Until.CLOSED);
        assertThat(silver(lake)).isEqualTo(silver(undisturbed));
        assertThat(windows(lake)).isEqualTo(windows(undisturbed));
    }
}
