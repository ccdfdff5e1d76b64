package dev.tidemark.stream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A month of commits, as fast as they go: the streamer's tables with few rows each, its writers, checkpoints, vacuum, log clean-up and compaction, by a clock that is set forward. Files are given the
 * time of that clock. Every six hours of it: files, log, disk, how long a fresh reader takes to open the newest version, commits' p99, heap after a collection. Drawn as an SVG. Arguments: days,
 * seconds between cuts, file for the drawing, folder to leave the lake in (deleted without one).
 */
public final class Month {

    private static final Duration TIME_TRAVEL = Duration.ofDays(2);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    /** {@code gold/live} is replaced so many times from cut to cut. */
    private static final double LIVE_A_CUT = 1.7;
    private static final Duration SAMPLED_EVERY = Duration.ofHours(6);
    private static final Pattern ADDED = Pattern.compile("\\{\"add\":\\{\"path\":\"([^\"]+)\"");
    private static final Duration COMPACTED_EVERY = Duration.ofMinutes(10);

    private final Path folder;
    private final List<Written> tables = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private volatile Instant now = BEGIN;
    private long commits;
    private long[] took = new long[1 << 16];
    private int timed;

    private Month(Path folder) {
        this.folder = folder;
    }

    /** A table, its writer and its compactor. */
    private static final class Written {
        private final LakeTables kind;
        private final Path log;
        private final DeltaTable table;
        private final Rows rows;
        private Compaction compaction;
        private long dated = -1;

        Written(LakeTables kind, Path log, DeltaTable table) {
            this.kind = kind;
            this.log = log;
            this.table = table;
            this.rows = table.newRows();
        }
    }

    /** What a moment of the month was like. */
    private record Sample(double day, Map<String, Double> values) {
    }

    public static void main(String[] args) throws IOException {
        int days = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        Path drawing = args.length > 2 ? Path.of(args[2]) : null;
        boolean kept = args.length > 3;
        Path folder = kept ? Files.createDirectories(Path.of(args[3])) : Files.createTempDirectory("month");
        // If it fails its tables are left, to be looked at.
        new Month(folder).run(days, seconds, drawing);
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void run(int days, int seconds, Path drawing) throws IOException {
        long began = System.nanoTime();
        for (LakeTables kind : List.of(LakeTables.BRONZE_EVENTS, LakeTables.SILVER_READINGS, LakeTables.SILVER_REJECTS, LakeTables.GOLD_WINDOWS, LakeTables.GOLD_ALERTS, LakeTables.GOLD_LIVE)) {
            open(kind);
        }
        double live = 0;
        long cut = 0;
        Instant sampled = BEGIN;
        Instant compacted = BEGIN;
        while (now.isBefore(BEGIN.plus(Duration.ofDays(days)))) {
            for (Written each : tables) {
                boolean due = switch (each.kind) {
                    case SILVER_REJECTS -> cut % 25 == 0;
                    case GOLD_ALERTS -> cut % 60 == 0;
                    case GOLD_LIVE -> false;
                    default -> true;
                };
                if (due) {
                    commit(each);
                }
            }
            for (live += LIVE_A_CUT; live >= 1; live--) {
                commit(tables.get(tables.size() - 1));
            }
            if (!now.isBefore(compacted.plus(COMPACTED_EVERY))) {
                compacted = now;
                compact();
            }
            if (!now.isBefore(sampled.plus(SAMPLED_EVERY))) {
                sampled = now;
                sample(began, drawing);
            }
            cut++;
            now = now.plusSeconds(seconds);
        }
        compact();
        sample(began, drawing);
        if (drawing != null) {
            draw(drawing);
        }
        tables.forEach(each -> each.table.close());
        System.out.printf(Locale.ROOT, "%,d commits over %d days in %.0f s%n", commits, days, (System.nanoTime() - began) / 1e9);
    }

    private void open(LakeTables kind) {
        TableLayout layout = kind.layout();
        Map<String, String> properties = new HashMap<>(layout.properties());
        if (kind != LakeTables.GOLD_LIVE) {
            properties.putAll(Retention.of(TIME_TRAVEL).properties());
        }
        DeltaTable table = DeltaTable.open(Lake.at(folder.toString()), kind.path(), new TableLayout(layout.schema(), layout.partitionColumns(), properties, false), () -> now);
        tables.add(new Written(kind, folder.resolve(kind.path()).resolve("_delta_log"), table));
    }

    private void commit(Written to) throws IOException {
        to.rows.clear();
        List<String> names = to.table.schema().names();
        for (int row = 0; row < 3; row++) {
            for (String time : List.of("ingested_at", "window_start", "window_end", "raised_at")) {
                if (names.contains(time)) {
                    to.rows.setLong(names.indexOf(time), now.getEpochSecond() * 1_000_000 + row);
                }
            }
            to.rows.setLong(names.indexOf("date"), now.getEpochSecond() / 86_400);
            to.rows.setString(names.indexOf("device_id"), "device-" + row);
            to.rows.end();
        }
        long began = System.nanoTime();
        if (to.kind == LakeTables.GOLD_LIVE) {
            to.table.replace(to.rows, Map.of(), Map.of());
        } else {
            to.table.append(to.rows, Map.of("source#0", commits), Map.of());
        }
        took[timed++ % took.length] = System.nanoTime() - began;
        commits++;
        date(to);
        awaitCheckpoint(to);
    }

    /** Gives the commits since the last time the time that they were made at. */
    private void date(Written table) throws IOException {
        while (table.dated < table.table.version()) {
            try {
                Path commit = table.log.resolve(String.format("%020d.json", ++table.dated));
                if (table.kind == LakeTables.GOLD_LIVE) {
                    // Its folder is listed for files that no commit names: their age counts as well.
                    Matcher added = ADDED.matcher(Files.readString(commit));
                    if (added.find()) {
                        Files.setLastModifiedTime(table.log.resolveSibling(added.group(1)), FileTime.from(now));
                    }
                }
                Files.setLastModifiedTime(commit, FileTime.from(now));
            } catch (NoSuchFileException e) {
                // cleaned up already
            }
        }
    }

    /** In a real month there is time between commits for a checkpoint. */
    private static void awaitCheckpoint(Written table) throws IOException {
        int every = table.kind == LakeTables.GOLD_LIVE ? 200 : 100;
        if (table.table.version() % every < every / 4 || table.table.version() < every) {
            return;
        }
        Path last = table.log.resolve("_last_checkpoint");
        for (int tries = 0; tries < 2_000 && table.table.version() % every == every / 4; tries++) {
            if (Files.exists(last) && new ObjectMapper().readTree(last.toFile()).path("version").asLong() > table.table.version() - every) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void compact() {
        for (Written each : tables) {
            if (each.kind == LakeTables.GOLD_LIVE) {
                continue;
            }
            if (each.compaction == null) {
                each.compaction = Compaction.open(Lake.at(folder.toString()), each.kind.path(), CompactionRule.DEFAULT, false, () -> now, () -> false);
            }
            for (List<LiveFile> due = next(each.compaction); due != null; due = next(each.compaction)) {
                each.compaction.rewrite(due, true);
            }
        }
    }

    private static List<LiveFile> next(Compaction compaction) {
        List<List<LiveFile>> due = compaction.due();
        return due.isEmpty() ? null : due.get(0);
    }

    private void sample(long began, Path drawing) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        double files = 0;
        double logFiles = 0;
        double logBytes = 0;
        double disk = 0;
        double open = 0;
        for (Written each : tables) {
            double[] times = new double[3];
            int held = 0;
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                try {
                    held = Lake.at(folder.toString()).table(each.kind.path()).snapshot().files().size();
                } catch (LakeException e) {
                    System.out.println(e.getMessage());
                }
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(times);
            open = Math.max(open, times[1]);
            files += held;
            values.put("files " + each.kind.path(), (double) held);
            // Not Files.walk, which ends where a file is deleted meanwhile.
            long[] counted = new long[3];
            Files.walkFileTree(folder.resolve(each.kind.path()), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean log = file.toString().contains("_delta_log");
                    counted[0] += log ? 1 : 0;
                    counted[1] += log ? attributes.size() : 0;
                    counted[2] += log ? 0 : 1;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
            logFiles += counted[0];
            logBytes += counted[1];
            disk += counted[2];
        }
        System.gc();
        long[] sorted = Arrays.copyOf(took, Math.min(timed, took.length));
        Arrays.sort(sorted);
        values.put("live files", files);
        values.put("disk files", disk);
        values.put("log files", logFiles);
        values.put("log MB", logBytes / (1 << 20));
        values.put("open ms", open);
        values.put("p50 ms", sorted[sorted.length / 2] / 1e6);
        values.put("p99 ms", sorted[sorted.length * 99 / 100] / 1e6);
        values.put("heap MB", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1048576.0);
        timed = 0;
        samples.add(new Sample(Duration.between(BEGIN, now).toMinutes() / 1440.0, values));
        System.out.printf(Locale.ROOT, "day %5.2f, %,7d commits, %4.0f s: %s%n", samples.get(samples.size() - 1).day, commits, (System.nanoTime() - began) / 1e9, values);
        if (drawing != null && samples.size() % 4 == 0) {
            draw(drawing);
        }
    }

    private void draw(Path drawing) throws IOException {
        double[] days = samples.stream().mapToDouble(Sample::day).toArray();
        Plot plot = new Plot(String.format(Locale.ROOT, "Six tables, %,d commits in %.0f days", commits, samples.get(samples.size() - 1).day));
        plot.add("data files of the newest version", days, lines("files "));
        plot.add("data files on disk, with time travel of " + Retention.words(TIME_TRAVEL), days, Map.of("all tables", line("disk files")));
        plot.add("files of all logs", days, Map.of("files", line("log files")));
        plot.add("bytes of all logs, MB", days, Map.of("MB", line("log MB")));
        plot.add("opening the newest version, slowest of the six tables, ms", days, Map.of("ms", line("open ms")));
        Map<String, double[]> commit = new LinkedHashMap<>();
        commit.put("p99", line("p99 ms"));
        commit.put("p50", line("p50 ms"));
        plot.add("one commit, ms", days, commit);
        plot.add("heap after a collection, MB", days, Map.of("MB", line("heap MB")));
        Files.writeString(drawing, plot.svg());
    }

    private double[] line(String name) {
        return samples.stream().mapToDouble(sample -> sample.values.get(name)).toArray();
    }

    private Map<String, double[]> lines(String prefix) {
        Map<String, double[]> lines = new LinkedHashMap<>();
        samples.get(0).values.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> lines.put(name.substring(prefix.length()), line(name)));
        return lines;
    }
}
