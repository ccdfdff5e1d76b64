package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.Compaction;
import dev.tidemark.stream.maintain.CompactionRule;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.FileRewriter.Rewritten;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.LiveFile;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How fast small files are rewritten as large ones: megabytes of Parquet read a second of CPU time, all threads counted.
 * Tables as a streamer leaves them, with rows a file as given (below 2,000 they are not compressed). Run it with the heap that shall be enough, such as
 * {@code -Xmx256m}. Arguments: rows a file, megabytes of files a table.
 */
public final class CompactionBenchmark {

    /** The first are for the compiler, which a streamer has behind it after a minute; of the others the one in the middle is told. */
    private static final int WARM = 5;
    private static final int ROUNDS = 5;
    private static final long DAY = LocalDate.of(2026, 11, 20).toEpochDay();
    private static final long DAY_MICROS = DAY * 86_400_000_000L;

    private CompactionBenchmark() {
    }

    public static void main(String[] args) throws IOException {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_500;
        long megabytes = args.length > 1 ? Long.parseLong(args[1]) : 256;
        Path folder = Files.createTempDirectory("compaction");
        try {
            for (LakeTables kind : List.of(LakeTables.BRONZE_EVENTS, LakeTables.SILVER_READINGS, LakeTables.GOLD_WINDOWS)) {
                Lake lake = Lake.at(folder.toString());
                fill(lake, kind, rows, megabytes << 20);
                List<Round> rounds = new ArrayList<>();
                for (int round = 0; round < WARM + ROUNDS; round++) {
                    Path copy = folder.resolve("copy");
                    copy(folder.resolve(kind.path()), copy.resolve(kind.path()));
                    Round done = compact(Lake.at(copy.toString()), kind);
                    if (round >= WARM) {
                        rounds.add(done);
                    }
                    delete(copy);
                }
                rounds.sort(Comparator.comparingDouble(Round::cpu));
                System.out.println(rounds.get(ROUNDS / 2).text(kind, rows));
                delete(folder.resolve(kind.path()));
            }
        } finally {
            delete(folder);
        }
    }

    /** Data files never change: a link is as good as a copy. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private static void fill(Lake lake, LakeTables kind, int rowsOfFile, long bytes) {
        TableLayout layout = kind.layout();
        Random random = new Random(1);
        try (DeltaTable table = DeltaTable.open(lake, kind.path(), new TableLayout(layout.schema(), layout.partitionColumns(), layout.properties(), false),
                InstantSource.system())) {
            if (kind == LakeTables.SILVER_READINGS) {
                table.addColumns(new dev.tidemark.lake.Schema(Stream.of("temperature", "humidity", "pressure", "vibration_x", "vibration_y", "vibration_z")
                        .map(name -> new dev.tidemark.lake.Schema.Field(name, dev.tidemark.lake.Type.Primitive.DOUBLE, true)).toList()));
            }
            Rows rows = table.newRows();
            long written = 0;
            for (long number = 0; written < bytes; ) {
                rows.clear();
                for (int i = 0; i < rowsOfFile; i++) {
                    row(rows, kind, number++, random);
                }
                table.append(rows, Map.of(), Map.of());
                if (number == rowsOfFile) {
                    try (Compaction look = open(lake, kind)) {
                        written = look.files().get(0).size();
                        bytes -= bytes % written;
                    }
                } else {
                    written += written / (number / rowsOfFile - 1);
                }
            }
        }
    }

    private static Compaction open(Lake lake, LakeTables kind) {
        return Compaction.open(lake, kind.path(), new CompactionRule(2, 128 << 20, Duration.ZERO), false, InstantSource.system(), () -> false);
    }

    private static void row(Rows rows, LakeTables kind, long number, Random random) {
        String device = "machine-" + number % 50;
        long time = DAY_MICROS + number * 1_000;
        switch (kind) {
            case BRONZE_EVENTS -> {
                rows.setString(0, "simulate:devices=50,rate=1000,seed=1");
                rows.setString(1, "0");
                rows.setLong(2, number);
                rows.setLong(3, time);
                rows.setString(4, device);
                rows.setUtf8(6, String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"timestamp\":\"2026-11-20T08:00:%02d.%03dZ\",\"temperature\":%.2f,\"humidity\":%.2f,"
                        + "\"location\":\"hall-%d\",\"status\":\"ok\"}", device, number / 1000 % 60, number % 1000, 20 + random.nextGaussian(),
                        50 + random.nextGaussian(), number % 5).getBytes(StandardCharsets.UTF_8));
                rows.setLong(7, time / 256_000 * 256_000);
                rows.setLong(8, DAY);
            }
            case SILVER_READINGS -> {
                rows.setString(0, device);
                rows.setLong(1, time);
                rows.setString(2, "hall-" + number % 5);
                rows.setString(3, "ok");
                rows.setBoolean(4, false);
                rows.setString(5, "simulate:devices=50,rate=1000,seed=1");
                rows.setString(6, "0");
                rows.setLong(7, number);
                rows.setLong(8, time / 256_000 * 256_000);
                rows.setLong(9, DAY);
                for (int column = 11; column < 17; column++) {
                    rows.setDouble(column, Math.round(random.nextGaussian() * 100) / 100.0);
                }
            }
            default -> {
                rows.setString(0, "1m");
                rows.setLong(1, time / 60_000_000 * 60_000_000);
                rows.setLong(2, time / 60_000_000 * 60_000_000 + 60_000_000);
                rows.setString(3, "device");
                rows.setString(4, device);
                rows.setString(5, "hall-" + number % 5);
                rows.setString(6, "temperature");
                rows.setString(7, "C");
                rows.setLong(8, 60);
                for (int column = 9; column < 16; column++) {
                    rows.setDouble(column, random.nextGaussian());
                }
                rows.setLong(16, time);
                rows.setLong(17, DAY);
            }
        }
        rows.end();
    }

    /** One table rewritten; seconds of CPU time and by the clock. */
    private record Round(long read, long written, long files, double cpu, double seconds) {
        String text(LakeTables kind, int rowsOfFile) {
            return String.format(Locale.ROOT, "%-16s %,6d rows a file, %,6d files, %4d MB -> %4d MB: %4.0f MB/s of CPU (%.2f s CPU, %.2f s), heap at most %d MB", kind.path(),
                    rowsOfFile, files, read >> 20, written >> 20, read / 1048576.0 / cpu, cpu, seconds, Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private static Round compact(Lake lake, LakeTables kind) {
        try (Compaction compaction = open(lake, kind)) {
            long read = 0;
            long written = 0;
            long files = 0;
            long cpu = cpu();
            long began = System.nanoTime();
            for (List<LiveFile> bin : compaction.all()) {
                Rewritten done = compaction.rewrite(bin, false).orElseThrow();
                read += done.bytes();
                written += done.written();
                files += done.files();
            }
            return new Round(read, written, files, (cpu() - cpu) / 1e9, (System.nanoTime() - began) / 1e9);
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
