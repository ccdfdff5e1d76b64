package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.maintain.Clustering;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a query of one device's day reads of {@code gold/windows}, all columns: of the table as the streamer leaves it, compacted, and in Z-order. Bytes are those that the
 * process read by the operating system's count ({@code /proc/self/io}). Arguments: days, devices, measures.
 */
public final class ZOrderBenchmark {

    private static final long FIRST_DAY = LocalDate.of(2026, 11, 1).toEpochDay();
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 1_440 * MINUTE;

    private ZOrderBenchmark() {
    }

    public static void main(String[] args) throws IOException {
        int days = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int devices = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int measures = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        Path folder = Files.createTempDirectory("zorder");
        try {
            fill(folder, days, devices, measures);
            tell("as written", folder, days, devices);
            try (Compaction compaction = Compaction.open(lake(folder), "gold/windows", new CompactionRule(2, 128 << 20, Duration.ZERO), false, InstantSource.system(), () -> false)) {
                for (List<LiveFile> bin : compaction.all()) {
                    compaction.rewrite(bin, false);
                }
            }
            tell("compacted", folder, days, devices);
            long bytes = lake(folder).table("gold/windows").snapshot().bytes();
            long cpu = cpu();
            resetPeak();
            try (Clustering clustering = Clustering.open(lake(folder), "gold/windows", List.of(), CompactionRule.DEFAULT, InstantSource.system(), () -> false)) {
                for (List<LiveFile> partition : clustering.partitions()) {
                    clustering.rewrite(partition);
                }
            }
            double seconds = (cpu() - cpu) / 1e9;
            tell("in Z-order", folder, days, devices);
            System.out.printf(Locale.ROOT, "Z-order of %d MB of Parquet: %.1f s of CPU, %.0f MB/s, heap at most %d MB%n", bytes >> 20, seconds, bytes / seconds / (1 << 20), peak() >> 20);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Lake lake(Path folder) {
        return Lake.at(folder.toString());
    }

    /** Windows of 1, 5 and 60 minutes in the order in which they close, a file for every ten minutes. */
    private static void fill(Path folder, int days, int devices, int measures) {
        TableLayout layout = LakeTables.GOLD_WINDOWS.layout();
        Random random = new Random(1);
        try (DeltaTable table = DeltaTable.open(lake(folder), "gold/windows", new TableLayout(layout.schema(), layout.partitionColumns(), layout.properties(), false), InstantSource.system())) {
            Rows rows = table.newRows();
            for (int minute = 0; minute < days * 1_440; minute++) {
                for (int length : new int[] {1, 5, 60}) {
                    if ((minute + 1) % length == 0) {
                        closed(rows, length, FIRST_DAY * DAY + (minute + 1L - length) * MINUTE, devices, measures, random);
                    }
                }
                if (minute % 10 == 9) {
                    table.append(rows, Map.of(), Map.of());
                    rows.clear();
                }
            }
        }
    }

    private static void closed(Rows rows, int length, long start, int devices, int measures, Random random) {
        for (int device = 0; device < devices; device++) {
            for (int measure = 0; measure < measures; measure++) {
                rows.setString(0, length == 60 ? "1h" : length + "m");
                rows.setLong(1, start);
                rows.setLong(2, start + length * MINUTE);
                rows.setString(3, "device");
                rows.setString(4, device(device));
                rows.setString(5, "hall-" + device % 7);
                rows.setString(6, "measure_" + measure);
                rows.setLong(8, 60L * length);
                for (int column = 9; column <= 15; column++) {
                    rows.setDouble(column, random.nextGaussian());
                }
                rows.setLong(16, start + length * MINUTE - 1 - random.nextInt(1_000_000));
                rows.setLong(17, start / DAY);
                rows.end();
            }
        }
    }

    private static String device(int number) {
        return String.format(Locale.ROOT, "device-%05d", number);
    }

    private static void tell(String name, Path folder, int days, int devices) throws IOException {
        Snapshot snapshot = lake(folder).table("gold/windows").snapshot();
        long day = FIRST_DAY + days / 2;
        long before = read();
        AtomicLong rows = new AtomicLong();
        Scan.of(snapshot).cache(new ColumnCache(0)).where(new Condition.Range("date", day, day + 1)).where(new Condition.In("device_id", java.util.Set.of(device(devices / 2))))
                .read(batch -> rows.addAndGet(batch.rows()));
        long bytes = read() - before;
        System.out.printf(Locale.ROOT, "%-10s %,6d files, %,5d MB: one device's day is %,d rows, read %,8.1f KB, %.2f %% of the bytes%n", name, snapshot.files().size(), snapshot.bytes() >> 20,
                rows.get(), bytes / 1024.0, 100.0 * bytes / snapshot.bytes());
    }

    private static long read() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream().filter(line -> line.startsWith("rchar:")).mapToLong(line -> Long.parseLong(line.substring(7).strip())).findFirst().orElseThrow();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void resetPeak() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP).mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }
}
