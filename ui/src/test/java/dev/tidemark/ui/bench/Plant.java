package dev.tidemark.ui.bench;

import dev.tidemark.ui.GoldLake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes the Gold tables of a plant with many measures, as the streamer does: six hours of closed windows, then the open minute anew several times a second,
 * and every minute the one that has closed. A process of its own, so that what it costs is not the desktop's. Ends with its input.
 *
 * <p>Arguments: folder, measures, commits a second.
 */
public final class Plant {

    private static final int HOURS = 6;
    private static final int HALLS = 4;
    private static final int DEVICES = 3;

    private final int measures;
    private int commits;

    private Plant(int measures) {
        this.measures = measures;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Plant plant = new Plant(Integer.parseInt(arguments[1]));
        long pause = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(arguments[2]);
        Thread end = new Thread(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException gone) {
                // Then it ends as well.
            }
            System.exit(0);
        });
        end.setDaemon(true);
        end.start();
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant begin = minute.minus(Duration.ofHours(HOURS));
        GoldLake lake = GoldLake.in(Path.of(arguments[0]), begin);
        List<GoldLake.Row> past = new ArrayList<>();
        for (Instant at = begin; at.isBefore(minute); at = at.plusSeconds(60)) {
            past.addAll(plant.rows(at, 1));
        }
        long version = lake.append(past, minute);
        for (long next = System.nanoTime(); true; next += pause) {
            Instant now = Instant.now();
            if (now.isAfter(minute.plusSeconds(60))) {
                version = lake.append(plant.rows(minute, 1), now);
                minute = now.truncatedTo(ChronoUnit.MINUTES);
            }
            lake.open(plant.rows(minute, Math.max(0.01, Duration.between(minute, now).toMillis() / 60e3)), version, now);
            plant.commits++;
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next + pause - System.nanoTime()));
        }
    }

    private List<GoldLake.Row> rows(Instant minute, double share) {
        List<GoldLake.Row> rows = new ArrayList<>();
        double x = minute.getEpochSecond() / 60.0 + share;
        for (int measure = 0; measure < measures; measure++) {
            for (int hall = 0; hall < HALLS; hall++) {
                String place = "hall-" + (char) ('a' + hall);
                double value = 40 + 3 * hall + 4 * Math.sin(x / 43 + measure) + Math.sin(x / 3.7 + hall) + 0.05 * Math.sin(commits / 5.0);
                long count = Math.max(1, (long) (60 * share));
                rows.add(new GoldLake.Row("1m", minute, null, place, "measure-" + (char) ('a' + measure), DEVICES * count, value));
                for (int device = 1; device <= DEVICES; device++) {
                    rows.add(new GoldLake.Row("1m", minute, place + "-" + device, place, "measure-" + (char) ('a' + measure), count, value + device - 2));
                }
            }
        }
        return rows;
    }
}
