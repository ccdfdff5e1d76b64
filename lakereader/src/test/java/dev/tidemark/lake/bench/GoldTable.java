package dev.tidemark.lake.bench;

import dev.tidemark.lake.bench.WrittenTable.Row;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.LinkLogStore;
import dev.tidemark.lake.log.Place;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.DeltaLogImpl;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.Binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table like {@code gold/windows} after compaction: a file a day, ordered by time; every minute two measures of 250 devices. */
final class GoldTable {

    static final int ROWS_OF_DAY = 1440 * 500;
    private static final long DAY = 86_400_000_000L;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final Instant WRITTEN = Instant.ofEpochMilli(1767225600000L);
    private static final Binary WINDOW = Binary.fromString("1m");
    private static final Binary GRAIN = Binary.fromString("device");
    private static final Binary[] DEVICES = IntStream.range(0, 250).mapToObj(i -> Binary.fromString("machine-" + i)).toArray(Binary[]::new);
    private static final Binary[] LOCATIONS = {Binary.fromString("hall-1"), Binary.fromString("hall-2"), Binary.fromString("yard")};
    private static final Binary[] MEASURES = {Binary.fromString("temperature"), Binary.fromString("vibration")};
    private static final Binary[] UNITS = {Binary.fromString("°C"), Binary.fromString("mm/s")};

    private final Path folder;
    private final List<String> adds = new ArrayList<>();

    GoldTable(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Time of a day's first window, in microseconds. */
    static long start(int day) {
        return FIRST.plusDays(day).toEpochDay() * DAY;
    }

    /** Writes one day as a file; of all days with the same number the rows are the same. */
    Path day(int day) throws IOException {
        Path file = path(day);
        write(file, start(day), 1440, day);
        added(day, file);
        return file;
    }

    /** The same file again under another day's name: for days that nobody opens. */
    void link(int day, Path file) throws IOException {
        Files.createDirectories(path(day).getParent());
        Files.createLink(path(day), file);
        added(day, path(day));
    }

    private Path path(int day) throws IOException {
        Path path = folder.resolve("date=" + FIRST.plusDays(day)).resolve("part-" + day + ".parquet");
        Files.createDirectories(path.getParent());
        return path;
    }

    private void added(int day, Path file) throws IOException {
        adds.add(add(folder.relativize(file).toString(), FIRST.plusDays(day), Files.size(file), ROWS_OF_DAY, start(day), start(day) + DAY - 60_000_000));
    }

    static String add(String path, LocalDate date, long size, long rows, long from, long to) {
        return WrittenTable.GOLD.add(path, date, size, rows, time(from), time(to), WRITTEN);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Protocol and metadata: what the first commit begins with. */
    static List<String> head() {
        return WrittenTable.GOLD.head();
    }

    /** Writes the log: one commit with all days. */
    GoldTable commit() throws IOException {
        Files.createDirectories(folder.resolve("_delta_log"));
        List<String> lines = new ArrayList<>(List.of(WrittenTable.commitInfo(WRITTEN)));
        lines.addAll(head());
        lines.addAll(adds);
        Files.write(folder.resolve("_delta_log").resolve("00000000000000000000.json"), lines);
        return this;
    }

    /** Rows of some minutes as one file. */
    static void write(Path file, long start, int minutes, int seed) throws IOException {
        Random random = new Random(seed);
        WrittenTable.GOLD.write(file, minutes * 500, Integer.MAX_VALUE, minutes < 100, (row, i) -> fill(row, i, start, random));
    }

    /** Row {@code i}: minute {@code i / 500}, device {@code i % 500 / 2}. */
    private static void fill(Row row, int i, long start, Random random) {
        int device = i % 500 / 2;
        int measure = i % 2;
        long from = start + i / 500 * 60_000_000L;
        long count = 50 + random.nextInt(20);
        double first = measure(measure, device, random);
        double last = measure(measure, device, random);
        double low = Math.min(first, last) - random.nextInt(8) / 8.0;
        double high = Math.max(first, last) + random.nextInt(8) / 8.0;
        double average = (low + high) / 2 + random.nextGaussian() / 100;
        row.text(WINDOW);
        row.number(from);
        row.number(from + 60_000_000);
        row.text(GRAIN);
        row.text(DEVICES[device]);
        row.text(LOCATIONS[device % 3]);
        row.text(MEASURES[measure]);
        row.text(UNITS[measure]);
        row.number(count);
        // A sensor that does not report leaves a hole now and then.
        if (random.nextInt(100) == 0) {
            row.nothing();
        } else {
            row.number(average);
        }
        row.number(low);
        row.number(high);
        row.number(average * count);
        row.number((high - low) / 4 * random.nextDouble());
        row.number(first);
        row.number(last);
        row.number(from + 59_000_000 + random.nextInt(1_000_000));
    }

    /** Sensors give tenths. */
    private static double measure(int measure, int device, Random random) {
        return Math.round((measure == 0 ? 20 + device / 10.0 : 3) * 10 + random.nextGaussian() * 5) / 10.0;
    }

    /** Removes the table. */
    void delete() throws IOException {
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Has delta-standalone write a checkpoint of the newest version of a table. */
    static void checkpoint(Path folder) {
        Configuration settings = HadoopSettings.of(Place.local(folder));
        settings.set("delta.logStore.class", LinkLogStore.class.getName());
        ((DeltaLogImpl) DeltaLog.forTable(settings, folder.toString())).checkpoint();
    }
}
