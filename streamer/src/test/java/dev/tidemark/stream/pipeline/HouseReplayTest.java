package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.source.FileDrop;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.WindowRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A real data set goes through the streamer, and every row of {@code gold/windows} is what the readings give when one simply adds them up. */
class HouseReplayTest {

    private static final Path DATA = Path.of("src/main/demo/house/house-sensors.csv.gz");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Map<String, Long> WINDOWS = Map.of("1m", 60_000_000L, "5m", 300_000_000L, "1h", 3_600_000_000L);

    @TempDir
    static Path folder;

    private static final List<Value> VALUES = new ArrayList<>();
    private static final Figures FIGURES = new Figures(new SimpleMeterRegistry());
    private static int lines;

    private record Value(String device, String location, String measure, long time, double value) {
    }

    private record Key(String window, long start, String grain, String device, String location, String measure) {
    }

    @BeforeAll
    static void replay() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
            assertThat(in.readLine()).isEqualTo("sensor_id,timestamp,temperature,humidity,location");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                long time = LocalDateTime.parse(cells[1], TIME).toEpochSecond(ZoneOffset.UTC) * 1_000_000L;
                VALUES.add(new Value(cells[0], cells[4], "temperature", time, Double.parseDouble(cells[2])));
                VALUES.add(new Value(cells[0], cells[4], "humidity", time, Double.parseDouble(cells[3])));
                lines++;
            }
        }
        Path drop = Files.createDirectory(folder.resolve("drop"));
        Path file = Files.copy(DATA, drop.resolve("house-sensors.csv.gz"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
        Clock clock = Clock.systemUTC();
        new Pipeline(Lake.at(folder.resolve("lake").toString()), List.of(new FileDrop(drop, clock)), Settings.DEFAULT, clock, FIGURES, problem -> {
            throw new AssertionError(problem);
        }, new Pipeline.Surroundings(System::nanoTime, table -> { }, false)).run(Pipeline.Until.CLOSED);
    }

    @Test
    void every_message_is_a_reading_a_reject_or_a_duplicate() {
        int bronze = LakeRows.of(folder.resolve("lake"), LakeTables.BRONZE_EVENTS.path()).size();
        int silver = LakeRows.of(folder.resolve("lake"), LakeTables.SILVER_READINGS.path()).size();
        int rejects = LakeRows.of(folder.resolve("lake"), LakeTables.SILVER_REJECTS.path()).size();
        assertThat(bronze).isEqualTo(lines).isEqualTo(44_388);
        assertThat(bronze).isEqualTo((int) (silver + rejects + FIGURES.duplicates()));
        assertThat(FIGURES.events()).isEqualTo(bronze);
        assertThat(FIGURES.accepted()).isEqualTo(silver);
        assertThat(FIGURES.late()).isZero();
    }

    @Test
    void every_gold_row_is_what_the_readings_give() {
        Map<Key, List<Value>> expected = expected();
        List<Map<String, Object>> rows = LakeRows.of(folder.resolve("lake"), LakeTables.GOLD_WINDOWS.path());
        assertThat(rows).hasSameSizeAs(expected.keySet());
        for (Map<String, Object> row : rows) {
            Key key = new Key((String) row.get("window"), (Long) row.get("window_start"), (String) row.get("grain"), (String) row.get("device_id"),
                    (String) row.get("location"), (String) row.get("measure"));
            // Each key once: what is found is taken away.
            List<Value> values = expected.remove(key);
            assertThat(values).as("%s is a window with readings, and comes once", key).isNotNull();
            same(key, row, values);
        }
        assertThat(expected).isEmpty();
    }

    @Test
    void the_open_windows_are_none() {
        assertThat(LakeRows.of(folder.resolve("lake"), LakeTables.GOLD_LIVE.path())).isEmpty();
    }

    private static Map<Key, List<Value>> expected() {
        Map<Key, List<Value>> windows = new HashMap<>();
        for (Value value : VALUES) {
            WINDOWS.forEach((name, length) -> {
                long start = value.time - Math.floorMod(value.time, length);
                windows.computeIfAbsent(new Key(name, start, WindowRow.DEVICE, value.device, value.location, value.measure), k -> new ArrayList<>()).add(value);
                windows.computeIfAbsent(new Key(name, start, WindowRow.LOCATION, null, value.location, value.measure), k -> new ArrayList<>()).add(value);
            });
        }
        return windows;
    }

    private static void same(Key key, Map<String, Object> row, List<Value> values) {
        values.sort(Comparator.comparingLong(Value::time));
        double sum = 0;
        double min = Double.MAX_VALUE;
        double max = -Double.MAX_VALUE;
        for (Value value : values) {
            sum += value.value;
            min = Math.min(min, value.value);
            max = Math.max(max, value.value);
        }
        double avg = sum / values.size();
        double squares = 0;
        for (Value value : values) {
            squares += (value.value - avg) * (value.value - avg);
        }
        double stddev = Math.sqrt(squares / values.size());
        assertThat(row.get("count")).as("count of %s", key).isEqualTo((long) values.size());
        assertThat(row.get("min")).as("min of %s", key).isEqualTo(min);
        assertThat(row.get("max")).as("max of %s", key).isEqualTo(max);
        assertThat(row.get("first")).as("first of %s", key).isEqualTo(values.get(0).value);
        assertThat(row.get("last")).as("last of %s", key).isEqualTo(values.get(values.size() - 1).value);
        assertThat(row.get("last_event_time")).as("last event of %s", key).isEqualTo(values.get(values.size() - 1).time);
        assertThat((Double) row.get("sum")).as("sum of %s", key).isCloseTo(sum, within(Math.abs(sum) * 1e-9));
        assertThat((Double) row.get("avg")).as("avg of %s", key).isCloseTo(avg, within(Math.abs(avg) * 1e-9));
        assertThat((Double) row.get("stddev")).as("stddev of %s", key).isCloseTo(stddev, within(Math.max(Math.abs(avg) * 1e-9, stddev * 1e-9)));
        assertThat(row.get("window_end")).isEqualTo(key.start + WINDOWS.get(key.window));
        assertThat(row.get("date")).isEqualTo(Math.floorDiv(key.start, 86_400_000_000L));
        assertThat(row.get("unit")).isNull();
    }
}
