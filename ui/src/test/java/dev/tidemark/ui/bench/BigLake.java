package dev.tidemark.ui.bench;

import dev.tidemark.lake.bench.WrittenTable;
import dev.tidemark.lake.bench.WrittenTable.Row;
import org.apache.parquet.io.api.Binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A lake of thousands of devices and tens of millions of rows, up to now: {@code FOLDER [DEVICES MINUTES]}, by default 5,000 and 1,440. {@code gold/windows} holds four measures a device and
 * minute, of kind device only; {@code plain} the same devices as a table with a column of time and one column a measure. What is older than half an hour stands in large files,
 * a quarter of a million rows a row group, ordered by time; what is newer in one commit a minute.
 */
public final class BigLake {

    static final List<String> MEASURES = List.of("temperature", "vibration", "pressure", "humidity");
    private static final long MINUTE = 60_000_000;
    private static final int TOGETHER = 120;
    private static final int APART = 30;
    private static final int ROWS_OF_GROUP = 250_000;
    private static final Binary[] MEASURE = texts(MEASURES);
    private static final Binary[] UNIT = texts(List.of("°C", "mm/s", "bar", "%"));
    private static final Binary WINDOW = Binary.fromString("1m");
    private static final Binary GRAIN = Binary.fromString("device");
    private static final WrittenTable PLAIN = WrittenTable.of("event_time", """
            message plain { optional int64 event_time (TIMESTAMP(MICROS,true)); optional binary sensor (STRING); optional binary site (STRING);
              optional double temperature_c; optional double pressure_bar; optional int32 pulses; }""");

    private final Path folder;
    private final WrittenTable table;
    private final Binary[] devices;
    private final Binary[] halls = new Binary[40];
    private final int rowsOfMinute;
    private long version;

    private BigLake(Path folder, WrittenTable table, int devices, int measures) {
        this.folder = folder;
        this.table = table;
        this.devices = new Binary[devices];
        for (int i = 0; i < devices; i++) {
            this.devices[i] = Binary.fromString(name(i));
        }
        for (int i = 0; i < halls.length; i++) {
            halls[i] = Binary.fromString("hall-" + i);
        }
        this.rowsOfMinute = devices * measures;
    }

    public static void main(String[] arguments) throws IOException {
        int devices = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        int minutes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_440;
        write(Path.of(arguments[0]), devices, minutes, Instant.now());
    }

    /** Writes both tables, their last minute before {@code now}. */
    static void write(Path root, int devices, int minutes, Instant now) throws IOException {
        new BigLake(root.resolve("gold/windows"), WrittenTable.GOLD, devices, MEASURES.size()).write(minutes, now);
        new BigLake(root.resolve("plain"), PLAIN, devices, 1).write(minutes, now);
    }

    /** How a device is called. */
    static String name(int device) {
        return String.format("machine-%04d", device);
    }

    private void write(int minutes, Instant now) throws IOException {
        Files.createDirectories(folder.resolve("_delta_log"));
        Instant begin = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(minutes));
        commit(begin, table.head());
        for (int minute = 0; minute < minutes; ) {
            int some = minutes - minute <= APART ? 1 : Math.min(TOGETHER, minutes - APART - minute);
            Instant from = begin.plus(Duration.ofMinutes(minute));
            // A file holds one day.
            some = (int) Math.min(some, Math.max(1, Duration.between(from, from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS)).toMinutes()));
            minute += some;
            commit(from.plus(Duration.ofMinutes(some)).plusSeconds(3), List.of(file(from, some)));
        }
    }

    private String file(Instant from, int minutes) throws IOException {
        LocalDate day = from.atZone(ZoneOffset.UTC).toLocalDate();
        Path path = folder.resolve("date=" + day).resolve("part-" + version + ".parquet");
        Files.createDirectories(path.getParent());
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        int rows = minutes * rowsOfMinute;
        table.write(path, rows, ROWS_OF_GROUP, minutes == 1, (row, i) -> fill(row, start + i / rowsOfMinute * MINUTE, i % rowsOfMinute));
        return table.add(folder.relativize(path).toString(), day, Files.size(path), rows, from, from.plus(Duration.ofMinutes(table == PLAIN ? minutes : minutes - 1L)), from);
    }

    private void commit(Instant at, List<String> actions) throws IOException {
        List<String> lines = new ArrayList<>(List.of(WrittenTable.commitInfo(at)));
        lines.addAll(actions);
        Path commit = folder.resolve("_delta_log").resolve(String.format("%020d.json", version++));
        Files.write(commit, lines);
        Files.setLastModifiedTime(commit, FileTime.from(at));
    }

    private static Binary[] texts(List<String> texts) {
        return texts.stream().map(Binary::fromString).toArray(Binary[]::new);
    }

    private void fill(Row row, long from, int i) {
        if (table == PLAIN) {
            reading(row, from, i);
        } else {
            window(row, from, i / MEASURE.length, i % MEASURE.length);
        }
    }

    private void window(Row row, long from, int device, int measure) {
        double average = value(from, device, measure);
        double spread = 0.1 + (device * 31 + from / MINUTE) % 7 / 20.0;
        row.text(WINDOW);
        row.number(from);
        row.number(from + MINUTE);
        row.text(GRAIN);
        row.text(devices[device]);
        row.text(halls[device % halls.length]);
        row.text(MEASURE[measure]);
        row.text(UNIT[measure]);
        row.number(50 + (device + from / MINUTE) % 20);
        row.number(average);
        row.number(average - spread);
        row.number(average + spread);
        row.number(average * 60);
        row.number(spread / 3);
        row.number(average - spread / 2);
        row.number(average + spread / 2);
        row.number(from + 59_000_000 + device * 37L % 1_000_000);
    }

    private void reading(Row row, long from, int device) {
        row.number(from + device * MINUTE / devices.length);
        row.text(devices[device]);
        row.text(halls[device % halls.length]);
        row.number(value(from, device, 0));
        row.number(value(from, device, 2));
        row.number(3 + (device + from / MINUTE * 7) % 5);
    }

    /** Every thousandth machine runs away in the last hours of a day. */
    static double value(long time, int device, int measure) {
        double minute = time / (double) MINUTE;
        double usual = 20 + 15 * measure + device % 40 / 8.0 + 2 * Math.sin(minute / 97 + device % 13) + 0.5 * Math.sin(minute / 7.3 + device);
        return device % 1000 == 417 && measure == 0 ? usual + 6 + 6 * Math.sin(minute / 180) : usual;
    }
}
