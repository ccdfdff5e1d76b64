package dev.tidemark.ui;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Writes a lake with a history worth looking at, up to now: {@code FOLDER [HOURS]}. Late and corrected windows, a compaction, a new column. */
public final class ExampleLake {

    private ExampleLake() {
    }

    public static void main(String[] arguments) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1));
        int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
        Instant begin = now.minus(Duration.ofHours(hours));
        GoldLake lake = GoldLake.in(Path.of(arguments[0]), begin);
        List<GoldLake.Row> all = new ArrayList<>();
        List<GoldLake.Row> late = new ArrayList<>();
        int steps = hours * 6;
        for (int i = 0; i < steps; i++) {
            Instant from = begin.plus(Duration.ofMinutes(10L * i));
            Instant at = from.plus(Duration.ofMinutes(10)).plusSeconds(4);
            List<GoldLake.Row> rows = new ArrayList<>(GoldLake.rows("1m", from, 10, (series, minute) -> value(series, from.plus(minute, ChronoUnit.MINUTES))));
            if (i == steps - 4) {
                late.addAll(rows.stream().filter(row -> row.location().equals("hall-b")).toList());
                rows.removeAll(late);
            }
            all.addAll(rows);
            lake.append(rows, at);
            if (i == steps / 2) {
                lake.compact(all, at.plusSeconds(60));
            }
            if (i == steps * 2 / 3) {
                lake.widen("humidity_max", at.plusSeconds(90));
            }
        }
        Instant wrong = now.minus(Duration.ofMinutes(15));
        all.addAll(late);
        all.replaceAll(row -> row.start().isAfter(wrong) && row.location().equals("hall-a") && row.start().isBefore(wrong.plusSeconds(360))
                ? new GoldLake.Row(row.window(), row.start(), row.device(), row.location(), row.measure(), row.count(), row.avg() + 2.5) : row);
        lake.overwrite(all, now.plusSeconds(40));
    }

    private static double value(int series, Instant time) {
        double minute = time.getEpochSecond() / 60.0;
        return 21 + 4 * (series % 4) + 2.2 * Math.sin(minute / 47 + series) + 0.6 * Math.sin(minute / 5.3 + 3 * series) + 0.25 * Math.sin(minute * 2.1 + series);
    }
}
