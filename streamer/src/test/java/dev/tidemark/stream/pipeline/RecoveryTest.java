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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Ended after any commit and started again, a run leaves the same rows as one that was never disturbed. */
class RecoveryTest {

    /** Ends a run as if the process had been killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    static final Settings SETTINGS = new Settings(List.of(WindowSpec.parse("1m"), WindowSpec.parse("10m/5m"), WindowSpec.parse("1h")),
            TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"), TimeSpan.parse("1h"), 48, 64 << 20, TimeSpan.parse("1h"));

    static final Settings WITH_SESSIONS = new Settings(Stream.of("1m", "session-30s", "10m/5m", "session-3m").map(WindowSpec::parse).toList(),
            TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"), TimeSpan.parse("1h"), 48, 64 << 20, TimeSpan.parse("1h"));

    @TempDir
    Path folder;
    private InstantSource clock = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    private static final long NO_STATES = Long.MAX_VALUE;
    private static final long STATES_EVERYWHERE = 0;

    private List<String> run(Path lake, Pipeline.Until until, Consumer<String> committed) throws IOException {
        return run(lake, until, SETTINGS, NO_STATES, committed);
    }

    private List<String> run(Path lake, Pipeline.Until until, Settings settings, long states, Consumer<String> committed) throws IOException {
        List<String> commits = new ArrayList<>();
        new Pipeline(Lake.at(lake.toString()), List.of(source()), settings, clock,
                new Figures(new SimpleMeterRegistry()), problem -> { }, new Pipeline.Surroundings(() -> 0, table -> {
                    commits.add(table);
                    committed.accept(table);
                }, false, states)).run(until);
        return commits;
    }

    /**
     * Partitions of different length and pace, with everything that can be in them: late and early events, duplicates in one and
     * across partitions, rejects, leaves that come later, leaves of changing kind, measures with a name and unit of their own. Some end
     * when the others are far from it, and one ends at once, far ahead of all others.
     */
    static EventSource source() {
        Random random = new Random(42);
        ScriptedSource source = new ScriptedSource("scripted:#1", 16, true);
        int[] length = {84, 60, 24, 12, 28, 44};
        for (int partition = 0; partition < length.length; partition++) {
            long time = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();
            String before = "{}";
            for (int i = 0; i < length[partition]; i++) {
                time += random.nextInt(partition == 2 ? 120 : 34);
                long at = time - (random.nextInt(5) == 0 ? random.nextInt(150) : 0);
                String device = "d" + partition + random.nextInt(3);
                String body = switch (random.nextInt(14)) {
                    case 0 -> before;
                    case 1 -> "{broken";
                    case 2 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"note\":\"no number\"}", device, at);
                    case 3 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"device_type\":\"t%d\",\"value\":%s,\"unit\":\"u%d\"}", device, at,
                            random.nextInt(2), random.nextDouble(), random.nextInt(2));
                    case 4 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"temperature\":%s,\"mode\":%s}", device, at, random.nextDouble(),
                            i < 24 || random.nextBoolean() ? "\"auto\"" : Double.toString(random.nextDouble()));
                    case 5 -> String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"Temperature\":%s,\"temperature\":1}", device, at, random.nextDouble());
                    case 6 -> String.format(Locale.ROOT, "{\"deviceId\":\"shared\",\"ts\":%d,\"temperature\":%s}", time / 120 * 120, random.nextDouble());
                    case 7 -> i > 36 ? String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"later%d\":{\"x\":%s},\"ok\":true,\"location\":\"gärten\"}", device, at,
                            i / 16, random.nextDouble()) : "";
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
    void after_any_commit_with_open_windows_left() throws IOException {
        afterAnyCommit(Pipeline.Until.DRAINED);
    }

    @Test
    void after_any_commit_with_all_windows_closed() throws IOException {
        afterAnyCommit(Pipeline.Until.CLOSED);
    }

    @Test
    void with_a_state_at_every_commit_that_is_there_or_broken_or_missing() throws IOException {
        List<Consumer<Path>> accidents = List.of(lake -> { }, lake -> flip(newestState(lake)), lake -> states(lake).forEach(RecoveryTest::delete),
                lake -> delete(newestState(lake)));
        afterCommits(Pipeline.Until.CLOSED, 1, WITH_SESSIONS, STATES_EVERYWHERE, (lake, commit) -> {
            if (!states(lake).isEmpty()) {
                accidents.get(commit % accidents.size()).accept(lake);
            }
        });
    }

    @Test
    void with_sessions_that_are_read_together_again() throws IOException {
        afterCommits(Pipeline.Until.DRAINED, 3, WITH_SESSIONS, NO_STATES, (lake, commit) -> { });
    }

    private void afterAnyCommit(Pipeline.Until until) throws IOException {
        afterCommits(until, 1, SETTINGS, NO_STATES, (lake, commit) -> { });
    }

    /** @param step 1: kills after any commit; 2: after every other, where what is tested does not depend on the table */
    private void afterCommits(Pipeline.Until until, int step, Settings settings, long states, BiConsumer<Path, Integer> accident) throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        List<Path> killed = new ArrayList<>();
        List<String> commits = run(undisturbed, until, settings, states, table -> killed.add(copy(undisturbed, folder.resolve("killed-" + killed.size()))));
        Map<String, List<String>> expected = LakeRows.all(undisturbed);
        assertThat(commits).hasSizeGreaterThan(20).contains(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_REJECTS.path(), LakeTables.SILVER_READINGS.path(), LakeTables.GOLD_WINDOWS.path(), LakeTables.GOLD_LIVE.path());
        assertInteresting(expected, until);
        for (int commit = 0; commit < killed.size(); commit += step) {
            Path lake = killed.get(commit);
            accident.accept(lake, commit);
            run(lake, until, settings, states, table -> { });
            String when = "killed after commit " + commit + ", to " + commits.get(commit);
            expected.forEach((table, rows) -> assertThat(LakeRows.comparable(lake, table)).as("%s, %s", table, when).containsExactlyElementsOf(rows));
        }
    }

    /** What a process that is killed now leaves behind. Files are never changed, only made and deleted: links do. */
    private static Path copy(Path lake, Path to) {
        try (Stream<Path> all = Files.walk(lake)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path copied = to.resolve(lake.relativize(path).toString());
                Files.createDirectories(copied.getParent());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copied);
                } else {
                    Files.createLink(copied, path);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertInteresting(Map<String, List<String>> tables, Pipeline.Until until) {
        assertThat(tables.get(LakeTables.SILVER_REJECTS.path())).hasSizeGreaterThan(10);
        assertThat(tables.get(LakeTables.SILVER_READINGS.path())).anyMatch(row -> row.contains("late=true"));
        assertThat(tables.get(LakeTables.SILVER_READINGS.path())).anyMatch(row -> row.contains("_rescued_data={\"mode\":0."));
        assertThat(tables.get(LakeTables.BRONZE_EVENTS.path()).size()).isGreaterThan(tables.get(LakeTables.SILVER_READINGS.path()).size() + tables.get(LakeTables.SILVER_REJECTS.path()).size());
        assertThat(tables.get(LakeTables.GOLD_WINDOWS.path())).anyMatch(row -> row.contains("measure=t1") && row.contains("unit=u1"));
        assertThat(tables.get(LakeTables.GOLD_ALERTS.path())).hasSizeGreaterThan(20).anyMatch(row -> row.contains("kind=missing_data") && row.contains("state=cleared"))
                .anyMatch(row -> row.contains("message=New column")).anyMatch(row -> row.contains("message=Field mode does not fit")).anyMatch(row -> row.contains("kind=threshold"));
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
        assertThat(rewritten[0]).isGreaterThan(10);
        assertThat(LakeRows.all(lake)).isEqualTo(expected);
        for (int commit = 0; commit < killed.size(); commit += 4) {
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

    /** State files, the newest first. */
    private static List<Path> states(Path lake) {
        Path states = lake.resolve(LakeTables.GOLD_WINDOWS.path()).resolve("_streamer/state");
        if (!Files.isDirectory(states)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(states)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newestState(Path lake) {
        return states(lake).get(0);
    }

    private static void flip(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length * 2 / 3] ^= 4;
            Files.delete(file);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void three_states_are_kept() throws IOException {
        Path lake = folder.resolve("lake");
        int[] most = new int[1];
        run(lake, Pipeline.Until.DRAINED, WITH_SESSIONS, STATES_EVERYWHERE, table -> most[0] = Math.max(most[0], states(lake).size()));
        assertThat(most[0]).as("three, and one that is not named yet").isEqualTo(4);
        assertThat(states(lake)).hasSize(3);
    }

    @Test
    void what_a_state_knows_is_not_read_again() throws IOException {
        AtomicLong seconds = new AtomicLong(clock.instant().getEpochSecond());
        // Asked by two threads. Times of arrival must lie apart by more than the bounds of a file are rounded by.
        clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, Pipeline.Until.CLOSED, WITH_SESSIONS, NO_STATES, table -> { });
        Path lake = folder.resolve("lake");
        run(lake, Pipeline.Until.DRAINED, WITH_SESSIONS, NO_STATES, table -> { });
        assertThat(states(lake)).hasSize(1);
        Path hidden = folder.resolve("hidden");
        List<Path> files = Lake.at(lake.toString()).table(LakeTables.SILVER_READINGS.path()).history().stream()
                .flatMap(commit -> commit.added().stream()).map(file -> Path.of(file.location().substring(5))).toList();
        // The newest one is opened: the bounds of its times are milliseconds, which cannot tell that it holds nothing newer than the state.
        List<Path> data = files.subList(0, files.size() - 1);
        assertThat(data).hasSizeGreaterThan(3);
        Files.createDirectories(hidden);
        for (int i = 0; i < data.size(); i++) {
            Files.move(data.get(i), hidden.resolve(Integer.toString(i)));
        }
        run(lake, Pipeline.Until.CLOSED, WITH_SESSIONS, NO_STATES, table -> { });
        for (int i = 0; i < data.size(); i++) {
            Files.move(hidden.resolve(Integer.toString(i)), data.get(i));
        }
        assertThat(LakeRows.all(lake)).isEqualTo(LakeRows.all(undisturbed));
    }

    @Test
    void with_other_windows_it_is_as_if_there_were_no_state() throws IOException {
        Path with = folder.resolve("with");
        run(with, Pipeline.Until.DRAINED, SETTINGS, NO_STATES, table -> { });
        Path without = copy(with, folder.resolve("without"));
        assertThat(states(without)).hasSize(1);
        states(without).forEach(RecoveryTest::delete);
        run(with, Pipeline.Until.DRAINED, WITH_SESSIONS, NO_STATES, table -> { });
        run(without, Pipeline.Until.DRAINED, WITH_SESSIONS, NO_STATES, table -> { });
        assertThat(LakeRows.all(with)).isEqualTo(LakeRows.all(without));
        assertThat(LakeRows.of(with, LakeTables.GOLD_LIVE.path())).anyMatch(row -> row.get("window").equals("session-3m"));
    }

    @Test
    void with_silver_and_gold_made_anew_it_is_as_if_there_were_no_state() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, Pipeline.Until.CLOSED, WITH_SESSIONS, NO_STATES, table -> { });
        Path lake = folder.resolve("lake");
        run(lake, Pipeline.Until.DRAINED, WITH_SESSIONS, NO_STATES, table -> { });
        Files.move(lake.resolve(LakeTables.SILVER_READINGS.path()), folder.resolve("silver"));
        Files.move(lake.resolve(LakeTables.GOLD_WINDOWS.path()), folder.resolve("gold"));
        copy(folder.resolve("gold/_streamer"), lake.resolve(LakeTables.GOLD_WINDOWS.path()).resolve("_streamer"));
        run(lake, Pipeline.Until.CLOSED, WITH_SESSIONS, NO_STATES, table -> { });
        assertThat(LakeRows.all(lake)).isEqualTo(LakeRows.all(undisturbed));
    }
}
