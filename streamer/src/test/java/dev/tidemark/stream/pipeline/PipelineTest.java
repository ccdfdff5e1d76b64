package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PipelineTest {

    private static final long T0 = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z"));

    @TempDir
    Path lake;

    private final Figures figures = new Figures(new SimpleMeterRegistry());
    private LongSupplier nanos = () -> 0;
    private Consumer<String> committed = table -> { };
    private boolean stepwise;

    private static Settings settings(int commitRows) {
        return new Settings(List.of(WindowSpec.parse("1m"), WindowSpec.parse("5m")), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"),
                TimeSpan.parse("1h"), commitRows, 64 << 20, TimeSpan.parse("10ms"));
    }

    private Pipeline pipeline(int commitRows, EventSource... sources) {
        return new Pipeline(Lake.at(lake.toString()), List.of(sources), settings(commitRows), CLOCK, figures, problem -> { },
                new Pipeline.Surroundings(() -> nanos.getAsLong(), table -> committed.accept(table), false, 30_000_000_000L, stepwise));
    }

    private static String reading(String device, long seconds, double temperature) {
        return String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"temperature\":%s}", device, T0 + seconds, temperature);
    }

    private List<Map<String, Object>> rows(String table) {
        return LakeRows.of(lake, table);
    }

    @Test
    void files_of_one_device_each_are_merged_by_event_time_so_that_none_is_late() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int device = 0; device < 5; device++) {
            for (int i = 0; i < 200; i++) {
                source.json("device-" + device, reading("d" + device, i * (device + 1L) * 10, i));
            }
        }
        pipeline(10_000, source).run(Pipeline.Until.CLOSED);
        assertThat(figures.late()).isZero();
        assertThat(figures.accepted()).isEqualTo(1_000);
        assertThat(rows(LakeTables.GOLD_WINDOWS.path()).stream().filter(row -> row.get("window").equals("1m")).mapToLong(row -> (Long) row.get("count")).sum()).isEqualTo(1_000);
    }

    @Test
    void a_batch_has_its_own_time_and_one_partition_and_their_order_is_that_of_the_readings() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int i = 0; i < 50; i++) {
            source.json("a", reading("a", i, i)).json("b", reading("b", i, i));
        }
        pipeline(10_000, source).run(Pipeline.Until.CLOSED);
        Map<Object, List<Map<String, Object>>> batches = new HashMap<>();
        rows(LakeTables.BRONZE_EVENTS.path()).forEach(row -> batches.computeIfAbsent(row.get("ingested_at"), t -> new ArrayList<>()).add(row));
        assertThat(batches).hasSize(10).allSatisfy((time, batch) -> {
            assertThat(batch).hasSize(10);
            assertThat(batch).extracting(row -> row.get("partition")).containsOnly(batch.get(0).get("partition"));
        });
        assertThat(batches.keySet().stream().map(Long.class::cast).sorted(Comparator.naturalOrder()).toList())
                .extracting(time -> batches.get(time).get(0).get("partition")).containsExactly("a", "b", "a", "b", "a", "b", "a", "b", "a", "b");
    }

    @Test
    void the_watermark_moves_only_between_batches() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 3, true);
        source.json("p", reading("a", 0, 1), reading("a", 600, 2), reading("a", 1, 3), reading("a", 2, 4));
        pipeline(10_000, source).run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("offset") + " " + row.get("late")).containsExactly("0 false", "1 false", "2 false", "3 true");
        assertThat(rows(LakeTables.GOLD_WINDOWS.path()).stream().filter(row -> row.get("window").equals("1m"))).extracting(row -> row.get("count")).containsExactly(2L, 1L);
    }

    @Test
    void duplicates_are_in_bronze_alone_and_rejects_in_a_table_of_their_own() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 2, true);
        source.json("p", reading("a", 0, 1), "nonsense", reading("a", 0, 9), reading("b", 0, 1), "{\"deviceId\":\"a\",\"ts\":\"whenever\",\"x\":1}")
                .message("p", new byte[] {(byte) 0xE9, 'x'}, Map.of("k", "v"));
        pipeline(10_000, source).run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.BRONZE_EVENTS.path())).hasSize(6);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("temperature")).containsExactly(1.0, 1.0);
        assertThat(rows(LakeTables.SILVER_REJECTS.path())).extracting(row -> row.get("offset")).containsExactly(1L, 4L, 5L);
        assertThat(rows(LakeTables.SILVER_REJECTS.path())).allSatisfy(row -> assertThat((String) row.get("reason")).matches("(malformed|unreadable_time): .+"));
        assertThat(rows(LakeTables.SILVER_REJECTS.path()).get(2)).containsEntry("properties", Map.of("k", "v")).containsEntry("body", "éx");
        assertThat(figures.duplicates()).isEqualTo(1);
        assertThat(figures.events()).isEqualTo(figures.accepted() + figures.rejected() + figures.duplicates());
    }

    @Test
    void new_leaves_add_columns_and_what_does_not_fit_its_column_is_rescued() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 1, true);
        source.json("p", reading("a", 0, 1),
                "{\"deviceId\":\"a\",\"ts\":" + (T0 + 1) + ",\"temperature\":\"warm\",\"fan\":{\"on\":true,\"speed\":3}}",
                "{\"deviceId\":\"a\",\"ts\":" + (T0 + 2) + ",\"fan\":{\"on\":\"yes \\\"sir\\\"\",\"speed\":4}}");
        pipeline(10_000, source).run(Pipeline.Until.CLOSED);
        List<Map<String, Object>> rows = rows(LakeTables.SILVER_READINGS.path());
        rows.sort(Comparator.comparing(row -> (Long) row.get("offset")));
        assertThat(rows).extracting(row -> row.get("temperature")).containsExactly(1.0, null, null);
        assertThat(rows).extracting(row -> row.get("fan_on")).containsExactly(null, true, null);
        assertThat(rows).extracting(row -> row.get("fan_speed")).containsExactly(null, 3.0, 4.0);
        assertThat(rows).extracting(row -> row.get("_rescued_data")).containsExactly(null, "{\"temperature\":\"warm\"}", "{\"fan_on\":\"yes \\\"sir\\\"\"}");
    }

    @Test
    void live_and_closed_windows_together_are_all_windows_each_once_at_every_commit() throws IOException {
        stepwise = true;
        ScriptedSource source = new ScriptedSource("s", 7, true);
        for (int i = 0; i < 300; i++) {
            source.json("p" + i % 2, reading("d" + i % 3, i * 5L, i));
        }
        AtomicLong time = new AtomicLong();
        nanos = () -> time.addAndGet(3_000_000);
        int[] looks = {0};
        committed = table -> {
            if (table.equals(LakeTables.GOLD_LIVE.path())) {
                looks[0]++;
                assertThat(togetherOnce()).isEqualTo(figures.accepted() * 2);
            }
        };
        pipeline(40, source).run(Pipeline.Until.DRAINED);
        assertThat(looks[0]).isGreaterThan(5);
        assertThat(rows(LakeTables.GOLD_LIVE.path())).isNotEmpty();
        assertThat(rows(LakeTables.GOLD_WINDOWS.path())).isNotEmpty();
    }

    /** Values counted in {@code gold/live} and the version of {@code gold/windows} that it continues, in both of which no window is twice. */
    private long togetherOnce() {
        Lake seen = Lake.at(lake.toString());
        Table live = seen.table(LakeTables.GOLD_LIVE.path());
        long version = live.latestVersion();
        Commit newest = live.history(version, version).get(0);
        long continues = Long.parseLong(newest.parameters().get(LiveTable.CONTINUES).replace("\"", ""));
        Set<List<Object>> keys = new HashSet<>();
        long count = 0;
        for (Batch batch : List.of(Scan.of(live.snapshot(version)).readAll(), Scan.of(seen.table(LakeTables.GOLD_WINDOWS.path()).snapshot(continues)).readAll())) {
            for (int row = 0; row < batch.rows(); row++) {
                assertThat(keys.add(List.of(batch.column("window").value(row), batch.column("window_start").value(row), batch.column("device_id").value(row)))).isTrue();
                count += (Long) batch.column("count").value(row);
            }
        }
        return count;
    }

    @Test
    void a_partition_that_brings_nothing_or_only_nonsense_holds_the_watermark_until_it_is_idle() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 10, false) {
            @Override
            public boolean drained() {
                arrive();
                return false;
            }
        };
        source.json("busy", reading("a", 0, 1), reading("a", 400, 2)).json("silent").json("mad", "nonsense", "more of it");
        AtomicLong time = new AtomicLong();
        nanos = () -> time.addAndGet(1_000_000_000);
        List<String> tables = new ArrayList<>();
        Pipeline pipeline = pipeline(10_000, source);
        committed = table -> {
            tables.add(table);
            if (table.equals(LakeTables.GOLD_WINDOWS.path())) {
                assertThat(time.get()).isGreaterThan(30_000_000_000L);
                pipeline.stop();
            }
        };
        pipeline.run(Pipeline.Until.DRAINED);
        assertThat(tables).contains(LakeTables.GOLD_WINDOWS.path());
        assertThat(rows(LakeTables.GOLD_WINDOWS.path())).hasSize(2);
    }

    @Test
    void while_a_batch_with_a_new_column_waits_for_it_the_figures_say_no_more_than_what_is_held() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 10, false);
        for (int i = 0; i < 10; i++) {
            source.json("p", reading("a", i, i));
        }
        source.json("p", "{\"deviceId\":\"a\",\"ts\":" + (T0 + 20) + ",\"pressure\":1}");
        List<Long> held = new ArrayList<>();
        committed = table -> {
            if (table.equals(LakeTables.SILVER_READINGS.path()) && !figures.partitions().isEmpty()) {
                held.add(figures.partitions().get(0).held());
            }
        };
        pipeline(10_000, source).run(Pipeline.Until.DRAINED);
        assertThat(held).as("the first column, the rows with it, the second column, the row with that").containsExactly(-1L, -1L, 9L, 9L);
        assertThat(figures.partitions().get(0).held()).isEqualTo(10);
    }

    @Test
    void a_stop_commits_what_was_polled_and_a_later_run_goes_on_from_there() throws IOException {
        stepwise = true;
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int i = 0; i < 100; i++) {
            source.json("p", reading("a", i, i));
        }
        Pipeline pipeline = pipeline(30, source);
        committed = table -> {
            if (table.equals(LakeTables.BRONZE_EVENTS.path())) {
                pipeline.stop();
            }
        };
        pipeline.run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.BRONZE_EVENTS.path())).hasSize(30);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).hasSize(30);
        assertThat(rows(LakeTables.GOLD_LIVE.path())).isNotEmpty();
        committed = table -> { };
        pipeline(30, source).run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).hasSize(100);
    }

    @Test
    void of_two_streamers_on_a_lake_one_wins_and_no_row_comes_twice() throws IOException {
        ScriptedSource first = script();
        ScriptedSource second = script();
        Pipeline winner = pipeline(30, second);
        Pipeline loser = pipeline(30, first);
        boolean[] begun = {false};
        committed = table -> {
            if (table.equals(LakeTables.BRONZE_EVENTS.path()) && !begun[0]) {
                begun[0] = true;
                try {
                    winner.run(Pipeline.Until.CLOSED);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        assertThatThrownBy(() -> loser.run(Pipeline.Until.CLOSED)).isInstanceOf(StreamException.class)
                .hasMessageContaining("silver/").hasMessageContaining("Only one streamer can write to a lake");
        assertThat(rows(LakeTables.BRONZE_EVENTS.path())).hasSize(100);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("offset")).doesNotHaveDuplicates().hasSize(100);
        assertThat(rows(LakeTables.GOLD_WINDOWS.path()).stream().filter(row -> row.get("window").equals("1m")).mapToLong(row -> (Long) row.get("count")).sum()).isEqualTo(100);
    }

    @Test
    void a_streamer_whose_place_is_taken_in_the_middle_of_a_cut_does_not_take_the_other_one_with_it() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Pipeline old = pipeline(30, "bronze/events", () -> {
            half.countDown();
            await(taken);
        });
        CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> run(old)).whenComplete((nothing, failure) -> ended.countDown());
        await(half);
        // Its first commit, to whichever of the two tables: now is the old one's last chance to commit what it has under way.
        pipeline(1_000, "bronze/events|silver/readings", () -> {
            taken.countDown();
            await(ended);
        }).run(Pipeline.Until.CLOSED);
        assertThatThrownBy(ending::join).hasCauseInstanceOf(StreamException.class).hasMessageContaining("silver/readings");
        assertThat(rows(LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("offset")).doesNotHaveDuplicates().hasSize(100);
    }

    private Pipeline pipeline(int commitRows, String tables, Runnable whenOneIsFirstCommitted) {
        AtomicReference<Runnable> left = new AtomicReference<>(whenOneIsFirstCommitted);
        return new Pipeline(Lake.at(lake.toString()), List.of(script()), settings(commitRows), CLOCK, figures, problem -> { }, new Pipeline.Surroundings(() -> 0, table -> {
            Runnable first = table.matches(tables) ? left.getAndSet(null) : null;
            if (first != null) {
                first.run();
            }
        }, false));
    }

    private static void run(Pipeline pipeline) {
        try {
            pipeline.run(Pipeline.Until.CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_live_table_that_vanishes_is_made_anew_while_the_stream_goes_on() throws IOException {
        AtomicLong time = new AtomicLong();
        nanos = () -> time.addAndGet(3_000_000);
        int[] commits = {0};
        committed = table -> {
            if (table.equals(LakeTables.GOLD_LIVE.path()) && ++commits[0] == 2) {
                try {
                    deleteRecursively(lake.resolve(LakeTables.GOLD_LIVE.path()));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        pipeline(30, script()).run(Pipeline.Until.DRAINED);
        assertThat(commits[0]).isGreaterThan(3);
        assertThat(rows(LakeTables.GOLD_LIVE.path())).isNotEmpty();
        assertThat(rows(LakeTables.SILVER_READINGS.path())).hasSize(100);
    }

    private static ScriptedSource script() {
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int i = 0; i < 100; i++) {
            source.json("p", reading("a", i * 7L, i));
        }
        return source;
    }

    @Test
    void a_table_that_holds_less_than_what_was_made_from_it_is_refused() throws IOException {
        pipeline(30, script()).run(Pipeline.Until.CLOSED);
        deleteRecursively(lake.resolve(LakeTables.BRONZE_EVENTS.path()));
        assertThatThrownBy(() -> pipeline(30, script()).run(Pipeline.Until.CLOSED)).isInstanceOf(StreamException.class)
                .hasMessageContaining("bronze/events holds less than").hasMessageContaining("restore bronze/events");
        assertThat(rows(LakeTables.SILVER_READINGS.path())).hasSize(100);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void closed_windows_do_not_close_those_of_a_later_day() throws IOException {
        pipeline(30, new ScriptedSource("s", 10, true).json("p", reading("a", 0, 1))).run(Pipeline.Until.CLOSED);
        pipeline(30, new ScriptedSource("s", 10, true).json("p", reading("a", 0, 1)).json("q", reading("a", 30, 2), reading("a", 86_400, 3)))
                .run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("late")).containsExactlyInAnyOrder(false, true, false);
        assertThat(rows(LakeTables.GOLD_WINDOWS.path()).stream().filter(row -> row.get("window").equals("1m"))).extracting(row -> row.get("sum")).containsExactlyInAnyOrder(1.0, 3.0);
    }

    @Test
    void text_that_is_no_ascii_comes_through() throws IOException {
        ScriptedSource source = new ScriptedSource("s", 10, true)
                .message("p", ("{\"deviceId\":\"wärme-1\",\"ts\":" + T0 + ",\"location\":\"Küche\",\"temperature\":1}").getBytes(StandardCharsets.UTF_8), Map.of());
        pipeline(30, source).run(Pipeline.Until.CLOSED);
        assertThat(rows(LakeTables.GOLD_WINDOWS.path())).extracting(row -> row.get("location")).containsOnly("Küche");
        assertThat(rows(LakeTables.BRONZE_EVENTS.path())).extracting(row -> (String) row.get("body")).allMatch(body -> body.contains("wärme-1"));
    }
}
