package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.maintain.Backfill;
import dev.tidemark.stream.maintain.Clustering;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowRow;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackfillTest {

    private static final Instant BEGIN = Instant.parse("2026-11-20T22:00:00Z");
    private static final Instant LAST = BEGIN.plus(Duration.ofHours(4));
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));
    private static final List<WindowSpec> WINDOWS = Stream.of("1m", "7m", "1h", "10m/4m", "session-3m").map(WindowSpec::parse).toList();

    /** The lakes as streamers left them, by their watermark delay. */
    @TempDir
    static Path streamed;
    @TempDir
    Path root;

    /** Three devices of two halls over four hours across midnight, with pauses; some readings come up to half an hour late, and some twice. None of the last half hour do. */
    private static ScriptedSource source() {
        ScriptedSource source = new ScriptedSource("s", 5, true);
        Random random = new Random(3);
        for (long second = 0; second < Duration.between(BEGIN, LAST).toSeconds(); second += 7) {
            if (second / 400 % 3 == 2) {
                continue;
            }
            long late = second > 2_000 && second < 12_000 && random.nextInt(40) == 0 ? random.nextInt(1_800) : 0;
            String text = String.format(Locale.ROOT, "{\"deviceId\":\"d%d\",\"location\":\"hall %d\",\"ts\":%d,\"temp\":%.3f}", second % 3, second % 2, BEGIN.getEpochSecond() + second - late,
                    20 + random.nextGaussian());
            source.json("p", text);
            if (random.nextInt(50) == 0) {
                source.json("p", text);
            }
        }
        return source.json("p", "{\"deviceId\":\"d0\",\"location\":\"hall 0\",\"ts\":" + LAST.plusSeconds(3_600).getEpochSecond() + ",\"temp\":1}");
    }

    @BeforeAll
    static void stream() throws IOException {
        for (String delay : List.of("10s", "1h")) {
            Settings otherwise = Settings.DEFAULT;
            Settings settings = new Settings(WINDOWS, TimeSpan.parse(delay), otherwise.idleTimeout(), TimeSpan.parse("2h"), otherwise.commitInterval(), 100, otherwise.commitBytes(),
                    otherwise.liveInterval());
            new Pipeline(Lake.at(streamed.resolve(delay).toString()), List.of(source()), settings, CLOCK, new Figures(new SimpleMeterRegistry()), problem -> { },
                    new Pipeline.Surroundings(System::nanoTime, table -> { }, false)).run(Pipeline.Until.CLOSED);
        }
    }

    private Path lake(String name, String delay) throws IOException {
        Path from = streamed.resolve(delay);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, root.resolve(name).resolve(from.relativize(file).toString()));
            }
        }
        return root.resolve(name);
    }

    private static Backfill.Result backfill(Path lake, Instant from, Instant to, boolean dryRun) {
        return new Backfill(Lake.at(lake.toString()), List.of(), from, to, false, CLOCK, (done, of) -> { }).run(dryRun);
    }

    private static Table gold(Path lake) {
        return Lake.at(lake.toString()).table("gold/windows");
    }

    private static List<String> rows(Path lake) {
        return LakeRows.comparable(lake, "gold/windows");
    }

    @Test
    void a_lake_with_late_readings_becomes_the_one_without() throws IOException {
        Path late = lake("late", "10s");
        Path inTime = lake("in-time", "1h");
        assertThat(LakeRows.of(late, "silver/readings")).anyMatch(row -> (Boolean) row.get("late"));
        List<String> before = rows(late);
        assertThat(before).isNotEqualTo(rows(inTime));
        Map<String, Long> positions = gold(late).snapshot().transactions();

        Backfill.Result result = backfill(late, BEGIN.minusSeconds(3_600), LAST, false);
        assertThat(rows(late)).isEqualTo(rows(inTime));
        assertThat(result.changed()).isPositive();
        assertThat(result.removed()).as("sessions that were joined").isPositive();
        assertThat(result.kept()).isZero();
        assertThat(gold(late).snapshot().transactions()).isEqualTo(positions);
        Commit commit = gold(late).history().get((int) result.version());
        assertThat(commit.operation()).isEqualTo("BACKFILL");
        assertThat(commit.dataChange()).isTrue();
        assertThat(commit.parameters()).containsEntry("from", "\"2026-11-20T21:00:00Z\"").containsEntry("to", "\"2026-11-21T02:00:00Z\"");
        assertThat(commit.metrics()).containsEntry("numChangedWindows", Long.toString(result.changed())).containsEntry("numNewWindows", Long.toString(result.added()))
                .containsKeys("numAddedFiles", "numRemovedFiles", "numOutputRows");

        assertThat(backfill(late, BEGIN.minusSeconds(3_600), LAST, false)).matches(Backfill.Result::isEmpty).extracting(Backfill.Result::version).isEqualTo(-1L);
        assertThat(gold(late).latestVersion()).isEqualTo(result.version());
    }

    @Test
    void where_nothing_was_late_nothing_changes() throws IOException {
        Path inTime = lake("in-time", "1h");
        long version = gold(inTime).latestVersion();
        Backfill.Result result = backfill(inTime, BEGIN, LAST, false);
        assertThat(result.isEmpty()).isTrue();
        assertThat(result.windows()).isGreaterThan(500);
        assertThat(gold(inTime).latestVersion()).isEqualTo(version);
    }

    @Test
    void the_parts_of_a_range_do_together_what_it_does_and_a_dry_run_does_nothing() throws IOException {
        Path late = lake("late", "10s");
        List<String> before = rows(late);
        Backfill.Result planned = backfill(late, BEGIN, LAST, true);
        assertThat(planned.changed()).isPositive();
        assertThat(planned.version()).isEqualTo(-1);
        assertThat(rows(late)).isEqualTo(before);
        // Hours, so that every window of a fixed length but the seven and ten minutes across their borders lies in one of them.
        for (Instant hour = BEGIN; hour.isBefore(LAST); hour = hour.plusSeconds(3_600)) {
            backfill(late, hour, hour.plusSeconds(3_600), false);
        }
        backfill(late, BEGIN, LAST, false);
        assertThat(rows(late)).isEqualTo(rows(lake("in-time", "1h")));
    }

    @Test
    void windows_outside_of_the_range_stay_as_they_are() throws IOException {
        Path late = lake("late", "10s");
        List<Map<String, Object>> before = LakeRows.of(late, "gold/windows");
        Instant from = BEGIN.plusSeconds(5_000);
        Instant to = BEGIN.plusSeconds(9_000);
        backfill(late, from, to, false);
        List<String> outside = before.stream().filter(row -> !row.get("window").equals("session-3m"))
                .filter(row -> (long) row.get("window_start") < from.getEpochSecond() * 1_000_000 || (long) row.get("window_end") > to.getEpochSecond() * 1_000_000).map(Object::toString).toList();
        assertThat(LakeRows.of(late, "gold/windows")).extracting(Object::toString).containsAll(outside);
    }

    @Test
    void rows_that_are_there_twice_or_wrong_are_mended_and_those_without_readings_stay() throws IOException {
        Path inTime = lake("in-time", "1h");
        List<String> right = rows(inTime);
        Map<String, Object> some = LakeRows.of(inTime, "gold/windows").stream().filter(row -> row.get("window").equals("1m") && row.get("device_id") != null).findFirst().orElseThrow();
        long start = (long) some.get("window_start");
        WindowRow stray = new WindowRow("1m", start, start + 60_000_000, "device", "unknown", null, "temp", null, 1, 1, 1, 1, 1, 0, 1, 1, start);
        WindowRow wrong = new WindowRow("1m", start, start + 60_000_000, "device", (String) some.get("device_id"), (String) some.get("location"), "temp", null, 1, 1, 1, 1, 1, 0, 1, 1, start);
        try (DeltaTable table = DeltaTable.open(Lake.at(inTime.toString()), "gold/windows", LakeTables.GOLD_WINDOWS.layout(), CLOCK)) {
            Rows rows = table.newRows();
            WindowRows.write(rows, stray);
            WindowRows.write(rows, wrong);
            table.append(rows, Map.of(), Map.of());
        }
        Backfill.Result result = backfill(inTime, BEGIN, LAST, false);
        assertThat(result.kept()).isEqualTo(1);
        assertThat(result.removed()).isEqualTo(1);
        List<String> mended = rows(inTime);
        assertThat(mended).hasSize(right.size() + 1).containsAll(right).filteredOn(row -> row.contains("unknown")).hasSize(1);
    }

    @Test
    void files_in_another_order_make_no_difference() throws IOException {
        Path late = lake("late", "10s");
        try (Clustering clustering = Clustering.open(Lake.at(late.toString()), "gold/windows", List.of(), CompactionRule.DEFAULT, CLOCK, () -> false)) {
            clustering.partitions().forEach(clustering::rewrite);
        }
        backfill(late, BEGIN, LAST, false);
        assertThat(rows(late)).isEqualTo(rows(lake("in-time", "1h")));
    }

    @Test
    void open_windows_and_empty_ranges_are_refused() throws IOException {
        Path late = lake("late", "10s");
        assertThatThrownBy(() -> backfill(late, BEGIN, LAST.plus(Duration.ofDays(1)), false)).isInstanceOf(LakeException.class).hasMessageContaining("still open")
                .hasMessageContaining("expected at most 2026-11-21T");
        assertThatThrownBy(() -> backfill(late, LAST, LAST, false)).isInstanceOf(LakeException.class).hasMessageContaining("the range is empty");
    }
}
