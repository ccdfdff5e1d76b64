package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.GoldLake.Row;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Points of many series, whose rows come in any order and some twice, beside a plain count of all rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainCountTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final int DEVICES = 130;
    private static final int MINUTES = 40;

    private final List<Row> all = new ArrayList<>();
    private Table table;

    /** What a point says: from which rows it is made, weighed by their counts. */
    private static final class Sum {
        private double sum;
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;
        private long count;

        private void add(Row row) {
            sum += row.avg() * row.count();
            low = Math.min(low, row.avg() - 1);
            high = Math.max(high, row.avg() + 1);
            count += row.count();
        }
    }

    @BeforeAll
    void write(@TempDir Path folder) {
        Random random = new Random(7);
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int device = 0; device < DEVICES; device++) {
                for (String measure : List.of("temperature", "vibration")) {
                    // One window in ten is missing, one in twenty came in two parts.
                    int parts = random.nextInt(10) == 0 ? 0 : random.nextInt(20) == 0 ? 2 : 1;
                    for (int part = 0; part < parts; part++) {
                        all.add(new Row("1m", BEGIN.plusSeconds(60L * minute), name(device), "hall-" + device % 3, measure, 1 + random.nextInt(60), 20 + random.nextGaussian()));
                    }
                }
            }
        }
        List<Row> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        GoldLake lake = GoldLake.in(folder, BEGIN);
        int commits = 5;
        for (int i = 0; i < commits; i++) {
            lake.append(shuffled.subList(shuffled.size() * i / commits, shuffled.size() * (i + 1) / commits), BEGIN.plusSeconds(3600 + i));
        }
        table = Lake.at(folder.toString()).table("gold/windows");
    }

    private static String name(int device) {
        return String.format("m-%03d", device);
    }

    private Map<String, TreeMap<Long, Sum>> plain(String measure, Predicate<Row> wanted, long step) {
        Map<String, TreeMap<Long, Sum>> lines = new TreeMap<>();
        all.stream().filter(row -> row.measure().equals(measure) && wanted.test(row)).forEach(row -> {
            long time = Micros.of(row.start());
            lines.computeIfAbsent(row.device(), key -> new TreeMap<>()).computeIfAbsent(time - Math.floorMod(time, step), key -> new Sum()).add(row);
        });
        return lines;
    }

    private static void assertSame(Map<String, SeriesData> read, Map<String, TreeMap<Long, Sum>> plain) {
        assertThat(read.keySet()).isEqualTo(plain.keySet());
        plain.forEach((key, points) -> {
            SeriesData data = read.get(key);
            assertThat(data.size()).as(key).isEqualTo(points.size());
            int i = 0;
            for (Map.Entry<Long, Sum> point : points.entrySet()) {
                Sum sum = point.getValue();
                assertThat(data.time(i)).isEqualTo(point.getKey());
                assertThat(data.value(i)).isCloseTo(sum.sum / sum.count, within(1e-9));
                assertThat(data.min(i)).isEqualTo(sum.low);
                assertThat(data.max(i)).isEqualTo(sum.high);
                assertThat(data.count(i++)).isEqualTo(sum.count);
            }
        });
    }

    @Test
    void chosen_series_in_a_part_of_the_time_have_the_points_that_their_rows_give() {
        Turns turns = new Turns();
        LiveModel live = new LiveModel(new TravelModel(), Tasks.on(turns), () -> BEGIN.plusSeconds(3600));
        List<String> chosen = List.of(name(3), name(64), name(129));
        long from = Micros.of(BEGIN.plusSeconds(420));
        long to = Micros.of(BEGIN.plusSeconds(1500));
        live.open(table, Optional.empty(), new Question(null, "device_id", List.of("vibration", "temperature"), new Question.Between(from, to), chosen));
        turns.until(() -> live.frameProperty().get() != null);
        // One window more at the left, so that the line does not begin inside the frame.
        Predicate<Row> wanted = row -> chosen.contains(row.device()) && Micros.of(row.start()) >= from - 60_000_000 && Micros.of(row.start()) < to;
        for (String measure : List.of("vibration", "temperature")) {
            assertSame(live.frameProperty().get().lines().get(measure), plain(measure, wanted, 1));
        }
        live.close();
        turns.all();
    }

    @Test
    void points_of_too_many_rows_have_the_mean_lowest_and_highest_of_all_rows_in_their_step() {
        Snapshot snapshot = table.snapshot();
        Question.Range whole = new Question.Between(Micros.of(BEGIN), Micros.of(BEGIN.plusSeconds(60L * MINUTES)));
        Asked asked = new Asked(TableShape.of(snapshot.schema()).orElseThrow(), "1m", "device_id", List.of("temperature", "vibration"), whole,
                TimeRange.near(Micros.of(BEGIN), Micros.of(BEGIN.plusSeconds(60L * MINUTES))), null);
        Readings readings = new Readings(asked, null, new Roster(), 2_000);
        Scan.of(snapshot).columns(Readings.columns(asked)).read(readings::addLines);
        assertThat(readings.step()).isEqualTo(8 * 60_000_000L);
        for (String measure : List.of("temperature", "vibration")) {
            assertSame(readings.settle().get(measure), plain(measure, row -> true, readings.step()));
        }
    }
}
