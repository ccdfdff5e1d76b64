package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.log.Vacuum;
import dev.tidemark.stream.maintain.Backfill;
import dev.tidemark.stream.maintain.Clustering;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.maintain.Vacuuming;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compaction, Z-order, vacuum and backfill beside a streamer and somebody who follows a table: no row is lost, doubled or changed. */
@Timeout(600)
class UpkeepBesideStreamerTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Settings SETTINGS = new Settings(Stream.of("1m", "10m/5m", "session-2m").map(WindowSpec::parse).toList(), TimeSpan.parse("10s"), TimeSpan.parse("30s"),
            TimeSpan.parse("1h"), TimeSpan.parse("10ms"), 20, 64 << 20, TimeSpan.parse("1h"));

    @TempDir
    Path root;

    private static ScriptedSource source() {
        ScriptedSource source = new ScriptedSource("s", 10, true);
        for (int i = 0; i < 1_200; i++) {
            long late = i % 37 == 0 && i > 300 ? 900 : 0;
            source.json("p", String.format(Locale.ROOT, "{\"deviceId\":\"d%d\",\"ts\":%d,\"temp\":%d}", i % 3, BEGIN.getEpochSecond() + 8L * i - late, i));
        }
        return source.json("p", String.format("{\"deviceId\":\"d0\",\"ts\":%d,\"temp\":1}", BEGIN.getEpochSecond() + 20_000));
    }

    private static void stream(Path lake) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(source()), SETTINGS, CLOCK, new Figures(new SimpleMeterRegistry()), problem -> { },
                new Pipeline.Surroundings(System::nanoTime, table -> { }, false)).run(Pipeline.Until.CLOSED);
    }

    private static void backfill(Path path) {
        Lake lake = Lake.at(path.toString());
        if (!lake.table("gold/windows").exists()) {
            return;
        }
        OptionalLong watermark = Position.watermark(lake.table("gold/windows").snapshot().transactions());
        Instant to = watermark.isEmpty() || watermark.getAsLong() < 0 ? Instant.MIN : Instant.EPOCH.plus(watermark.getAsLong(), ChronoUnit.MICROS);
        if (to.isAfter(BEGIN)) {
            new Backfill(lake, SETTINGS.windows(), BEGIN, to, false, CLOCK, (done, of) -> { }).run(false);
        }
    }

    private static void rearrange(Path path) {
        Lake lake = Lake.at(path.toString());
        CompactionRule rule = new CompactionRule(2, 1 << 20, Duration.ZERO);
        for (String table : List.of("bronze/events", "silver/readings", "gold/windows")) {
            if (lake.table(table).exists()) {
                try (Compaction compaction = Compaction.open(lake, table, rule, false, CLOCK, () -> false)) {
                    compaction.all().forEach(files -> compaction.rewrite(files, false));
                }
                Vacuuming vacuuming = Vacuuming.open(lake, table, CLOCK);
                vacuuming.run(vacuuming.plan(Vacuum.Mode.FULL, null, false), false, deleted -> { });
            }
        }
        if (lake.table("gold/windows").exists()) {
            try (Clustering clustering = Clustering.open(lake, "gold/windows", List.of(), rule, CLOCK, () -> false)) {
                clustering.partitions().forEach(clustering::rewrite);
            }
        }
    }

    @Test
    void all_rows_are_as_if_it_had_been_alone() throws Exception {
        Path alone = root.resolve("alone");
        stream(alone);
        backfill(alone);
        Path beside = root.resolve("beside");
        Table gold = Lake.at(beside.toString()).table("gold/windows");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TableFollower readings = new TableFollower(Lake.at(beside.toString()).table("silver/readings")); TableFollower windows = new TableFollower(gold)) {
            Future<?> streamer = threads.submit(() -> {
                stream(beside);
                return null;
            });
            Future<?> rewrites = threads.submit(() -> {
                while (!streamer.isDone()) {
                    rearrange(beside);
                }
            });
            while (!streamer.isDone()) {
                backfill(beside);
            }
            streamer.get();
            rewrites.get();
            backfill(beside);
            rearrange(beside);
            assertThat(readings.mistakes()).isEmpty();
            assertThat(windows.mistakes()).isEmpty();
            assertThat(windows.rewrites()).isPositive();
        } finally {
            threads.shutdownNow();
        }
        for (String table : List.of("bronze/events", "silver/readings", "silver/rejects", "gold/alerts", "gold/windows")) {
            assertThat(LakeRows.comparable(beside, table)).as(table).isEqualTo(LakeRows.comparable(alone, table));
        }
        assertThat(gold.history()).extracting(Commit::operation).contains("OPTIMIZE", "VACUUM END", "BACKFILL", "STREAMING UPDATE");
    }
}
