package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Ended after any commit and started again, a run leaves the same rows as one that was never disturbed. */
class RecoveryTest {

    /** Ends a run as if the process had been killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final Settings SETTINGS = new Settings(List.of(WindowSpec.parse("1m"), WindowSpec.parse("10m/5m"), WindowSpec.parse("1h")),
            TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"), TimeSpan.parse("1h"), 100, 64 << 20, TimeSpan.parse("1h"));

    @TempDir
    Path folder;

    private List<String> run(Path lake, Pipeline.Until until, Consumer<String> committed) throws IOException {
        List<String> commits = new ArrayList<>();
        new Pipeline(Lake.at(lake.toString()), List.of(source()), SETTINGS, InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")),
                new Figures(new SimpleMeterRegistry()), problem -> { }, new Pipeline.Surroundings(() -> 0, table -> {
                    commits.add(table);
                    committed.accept(table);
                }, false)).run(until);
        return commits;
    }

    /**
     * Partitions of different length and pace, with everything that can be in them: late and early events, duplicates in one and
     * across partitions, rejects, leaves that come later, leaves of changing kind, measures with a name and unit of their own. Some end
     * when the others are far from it, and one ends at once, far ahead of all others.
     */
    private static EventSource source() {
        Random random = new Random(42);
        ScriptedSource source = new ScriptedSource("scripted:#1", 16, true);
        int[] length = {210, 150, 60, 30, 70, 110};
        for (int partition = 0; partition < length.length; partition++) {
            long time = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();
            String before = "{}";
            for (int i = 0; i < length[partition]; i++) {
                time += random.nextInt(partition == 2 ? 60 : 14);
                long at = time - (random.nextInt(5) == 0 ? random.nextInt(150) : 0);
                String device = "d" + partition + random.nextInt(3);
                String body = switch (random.nextInt(14)) {
                    case 0 -> before;
                    case 1 -> "{broken";
                    case 2 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"note\":\"no number\"}", device, at);
                    case 3 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"device_type\":\"t%d\",\"value\":%s,\"unit\":\"u%d\"}", device, at,
                            random.nextInt(2), random.nextDouble(), random.nextInt(2));
                    case 4 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"temperature\":%s,\"mode\":%s}", device, at, random.nextDouble(),
                            i < 60 || random.nextBoolean() ? "\"auto\"" : Double.toString(random.nextDouble()));
                    case 5 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"Temperature\":%s,\"temperature\":1}", device, at, random.nextDouble());
                    case 6 -> String.format(Locale.ROOT, "{\"deviceId\":\"shared\",\"ts\":%d,\"temperature\":%s}", time / 120 * 120, random.nextDouble());
                    case 7 -> i > 90 ? String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"later%d\":{\"x\":%s},\"ok\":true,\"location\":\"gärten\"}", device, at,
                            i / 40, random.nextDouble()) : "";
                    default -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"temperature\":%s,\"humidity\":%s,\"location\":\"hall%d\",\"status\":\"ok\"}",
                            device, at, random.nextDouble() * 100, random.nextInt(5) == 0 ? "null" : Double.toString(random.nextDouble()), random.nextInt(2));
                };
                source.json("p/" + partition + ".json", body);
                before = body;
            }
        }
        return source.json("ahead.json", "{\"deviceId\":\"ahead\",\"ts\":\"2024-05-01T11:07:00Z\",\"temperature\":1}");
    }

    @Test
    void after_every_third_commit_with_open_windows_left() throws IOException {
        afterAnyCommit(Pipeline.Until.DRAINED, 3);
    }

    @Test
    void after_any_commit_with_all_windows_closed() throws IOException {
        afterAnyCommit(Pipeline.Until.CLOSED, 1);
    }

    private void afterAnyCommit(Pipeline.Until until, int step) throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        List<Path> killed = new ArrayList<>();
        List<String> commits = run(undisturbed, until, table -> killed.add(copy(undisturbed, folder.resolve("killed-" + killed.size()))));
        Map<String, List<String>> expected = LakeRows.all(undisturbed);
        assertThat(commits).hasSizeGreaterThan(20).contains(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_REJECTS.path(), LakeTables.SILVER_READINGS.path(), LakeTables.GOLD_WINDOWS.path(), LakeTables.GOLD_LIVE.path());
        assertInteresting(expected, until);
        for (int commit = 0; commit < killed.size(); commit += step) {
            Path lake = killed.get(commit);
            run(lake, until, table -> { });
            String when = "killed after commit " + commit + ", to " + commits.get(commit);
            expected.forEach((table, rows) -> assertThat(LakeRows.comparable(lake, table)).as("%s, %s", table, when).containsExactlyElementsOf(rows));
        }
    }

    /** What a process that is killed now leaves behind. */
    private static Path copy(Path lake, Path to) {
        try (Stream<Path> all = Files.walk(lake)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(lake.relativize(path).toString()));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertInteresting(Map<String, List<String>> tables, Pipeline.Until until) {
        assertThat(tables.get(LakeTables.SILVER_REJECTS.path())).hasSizeGreaterThan(20);
        assertThat(tables.get(LakeTables.SILVER_READINGS.path())).anyMatch(row -> row.contains("late=true"));
        assertThat(tables.get(LakeTables.SILVER_READINGS.path())).anyMatch(row -> row.contains("_rescued_data={\"mode\":0."));
        assertThat(tables.get(LakeTables.BRONZE_EVENTS.path()).size()).isGreaterThan(tables.get(LakeTables.SILVER_READINGS.path()).size() + tables.get(LakeTables.SILVER_REJECTS.path()).size());
        assertThat(tables.get(LakeTables.GOLD_WINDOWS.path())).anyMatch(row -> row.contains("measure=t1") && row.contains("unit=u1"));
        assertThat(tables.get(LakeTables.GOLD_LIVE.path()).isEmpty()).isEqualTo(until == Pipeline.Until.CLOSED);
    }

    @Test
    void after_any_commit_with_tables_that_are_compacted_all_the_time() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, Pipeline.Until.CLOSED, table -> { });
        Map<String, List<String>> expected = LakeRows.all(undisturbed);
        Path lake = folder.resolve("compacted");
        List<Path> killed = new ArrayList<>();
        int[] rewritten = {0};
        run(lake, Pipeline.Until.CLOSED, table -> {
            rewritten[0] += compact(lake, table);
            killed.add(copy(lake, folder.resolve("killed-" + killed.size())));
        });
        assertThat(rewritten[0]).isGreaterThan(20);
        assertThat(LakeRows.all(lake)).isEqualTo(expected);
        for (int commit = 0; commit < killed.size(); commit += 9) {
            Path left = killed.get(commit);
            run(left, Pipeline.Until.CLOSED, table -> compact(left, table));
            assertThat(LakeRows.all(left)).as("killed after commit %d", commit).isEqualTo(expected);
        }
    }

    /** Rewrites all small files of a table; returns how often. */
    private static int compact(Path lake, String table) {
        int rewritten = 0;
        if (!table.equals(LakeTables.GOLD_LIVE.path())) {
            try (Compaction compaction = Compaction.open(Lake.at(lake.toString()), table, CompactionRule.DEFAULT, false,
                    InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")), () -> false)) {
                for (List<LiveFile> files : compaction.all()) {
                    rewritten += compaction.rewrite(files, true).isPresent() ? 1 : 0;
                }
            }
        }
        return rewritten;
    }

    @Test
    void made_again_from_compacted_events_the_tables_are_the_same() throws IOException {
        Path lake = folder.resolve("lake");
        run(lake, Pipeline.Until.CLOSED, table -> { });
        Map<String, List<String>> expected = LakeRows.all(lake);
        assertThat(compact(lake, LakeTables.BRONZE_EVENTS.path())).isPositive();
        for (LakeTables table : List.of(LakeTables.SILVER_READINGS, LakeTables.GOLD_WINDOWS)) {
            Files.move(lake.resolve(table.path()), folder.resolve(table.name()));
        }
        run(lake, Pipeline.Until.CLOSED, table -> { });
        assertThat(LakeRows.all(lake)).isEqualTo(expected);
    }

    @Test
    void killed_again_and_again_it_still_gets_there() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, Pipeline.Until.CLOSED, table -> { });
        for (int step = 1; step <= 5; step++) {
            Path lake = folder.resolve("killed-every-" + step);
            boolean done = false;
            for (int attempt = 0; !done; attempt++) {
                assertThat(attempt).as("attempts").isLessThan(200);
                int[] left = {step + attempt % 3};
                try {
                    run(lake, Pipeline.Until.CLOSED, table -> {
                        if (--left[0] == 0) {
                            throw new Killed();
                        }
                    });
                    done = true;
                } catch (Killed e) {
                    // and start again
                }
            }
            assertThat(LakeRows.all(lake)).isEqualTo(LakeRows.all(undisturbed));
        }
    }

    @Test
    void a_run_that_ended_goes_on_with_its_open_windows() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, Pipeline.Until.CLOSED, table -> { });
        Path lake = folder.resolve("lake");
        run(lake, Pipeline.Until.DRAINED, table -> { });
        assertThat(LakeRows.of(lake, LakeTables.GOLD_LIVE.path())).isNotEmpty();
        run(lake, Pipeline.Until.CLOSED, table -> { });
        assertThat(LakeRows.all(lake)).isEqualTo(LakeRows.all(undisturbed));
    }

    @Test
    void a_run_with_nothing_to_do_commits_nothing_but_live() throws IOException {
        Path lake = folder.resolve("lake");
        run(lake, Pipeline.Until.CLOSED, table -> { });
        assertThat(run(lake, Pipeline.Until.CLOSED, table -> { })).containsOnly(LakeTables.GOLD_LIVE.path());
    }
}
