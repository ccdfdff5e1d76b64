package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What one small commit costs on {@code gold/windows} when it has 100,000 versions, a data file in each, while checkpoints are written beside: 100 rows
 * appended every 20 ms, with and without forcing them to the disk. The versions before are made by copying the text of one commit; their data files do
 * not exist, and nobody asks for them.
 *
 * <p>Arguments: versions (100,000); commits (2,000).
 */
public final class LongLog {

    private static final long DAY = LocalDate.of(2026, 11, 21).toEpochDay();
    private static final int ROWS = 100;
    private static final long PAUSE = 20_000_000;

    private LongLog() {
    }

    public static void main(String[] arguments) throws IOException {
        int versions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int commits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        Path folder = Files.createTempDirectory("long-log");
        try {
            Lake lake = Lake.at(folder.toString());
            Path log = folder.resolve(LakeTables.GOLD_WINDOWS.path()).resolve("_delta_log");
            prepare(lake, log, versions);
            measure(lake, log, false, commits);
            measure(lake, log, true, commits);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static DeltaTable open(Lake lake, boolean durable) {
        TableLayout layout = LakeTables.GOLD_WINDOWS.layout();
        return DeltaTable.open(lake, LakeTables.GOLD_WINDOWS.path(), new TableLayout(layout.schema(), layout.partitionColumns(), layout.properties(), durable),
                InstantSource.system());
    }

    private static void prepare(Lake lake, Path log, int versions) throws IOException {
        long began = System.nanoTime();
        try (DeltaTable table = open(lake, false)) {
            Rows rows = table.newRows();
            fill(rows, 0);
            table.append(rows, Map.of("hub#0", 0L), Map.of());
        }
        String commit = Files.readString(log.resolve(name(1)));
        int at = commit.indexOf("part-00000-") + "part-00000-".length();
        for (int version = 2; version < versions; version++) {
            String other = commit.substring(0, at) + String.format("%08x", version) + commit.substring(at + 8);
            Files.write(log.resolve(name(version)), other.getBytes(StandardCharsets.UTF_8));
        }
        System.out.printf(Locale.ROOT, "%,d versions made in %.0f s%n", versions, (System.nanoTime() - began) / 1e9);
    }

    private static String name(int version) {
        return String.format("%020d.json", version);
    }

    private static void measure(Lake lake, Path log, boolean durable, int commits) throws IOException {
        long began = System.nanoTime();
        long checkpoints = checkpoints(log);
        double[] millis = new double[commits];
        try (DeltaTable table = open(lake, durable)) {
            System.out.printf(Locale.ROOT, "opened in %.1f s%n", (System.nanoTime() - began) / 1e9);
            Rows rows = table.newRows();
            for (int i = 0; i < commits; i++) {
                rows.clear();
                fill(rows, i);
                long start = System.nanoTime();
                table.append(rows, Map.of("hub#0", (long) i), Map.of());
                millis[i] = (System.nanoTime() - start) / 1e6;
                LockSupport.parkNanos(start + PAUSE - System.nanoTime());
            }
        }
        Arrays.sort(millis);
        System.out.printf(Locale.ROOT, "one commit, %-12s p50 %6.2f ms, p99 %6.2f ms, longest %6.1f ms; %d checkpoints beside; heap %d MB%n", durable ? "forced:" : "not forced:",
                millis[commits / 2], millis[commits * 99 / 100], millis[commits - 1], checkpoints(log) - checkpoints, Runtime.getRuntime().totalMemory() >> 20);
    }

    private static long checkpoints(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".checkpoint.parquet")).count();
        }
    }

    private static void fill(Rows rows, int round) {
        for (int i = 0; i < ROWS; i++) {
            rows.setString(0, "1m");
            rows.setLong(1, DAY * 86_400_000_000L);
            rows.setLong(2, DAY * 86_400_000_000L + 60_000_000L);
            rows.setString(3, "device");
            rows.setString(4, "device-" + i);
            rows.setString(5, "hall-3");
            rows.setString(6, "temperature");
            rows.setString(7, "C");
            rows.setLong(8, round);
            for (int column = 9; column < 16; column++) {
                rows.setDouble(column, i / 7.0 + round);
            }
            rows.setLong(16, DAY * 86_400_000_000L + round);
            rows.setLong(17, DAY);
            rows.end();
        }
    }
}
