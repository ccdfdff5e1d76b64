package dev.tidemark.ui.bench;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

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
import java.util.Map;

/**
 * A lake of thousands of devices and tens of millions of rows, up to now: {@code FOLDER [DEVICES MINUTES]}, by default 5,000 and 1,440. {@code gold/windows} holds four measures a device and
 * minute, of kind device only; {@code plain} the same devices as a table with a column of time and one column a measure. What is older than half an hour stands in large files,
 * a quarter of a million rows a row group, ordered by time; what is newer in one commit a minute.
 */
public final class BigLake {

    private static final long MINUTE = 60_000_000;
    private static final int TOGETHER = 120;
    private static final int APART = 30;
    private static final Binary[] MEASURES = {text("temperature"), text("vibration"), text("pressure"), text("humidity")};
    private static final Binary[] UNITS = {text("°C"), text("mm/s"), text("bar"), text("%")};
    private static final Binary WINDOW = text("1m");
    private static final Binary GRAIN = text("device");
    private static final MessageType WINDOWS = MessageTypeParser.parseMessageType("""
            message gold { optional binary window (STRING); optional int64 window_start (TIMESTAMP(MICROS,true)); optional int64 window_end (TIMESTAMP(MICROS,true));
              optional binary grain (STRING); optional binary device_id (STRING); optional binary location (STRING); optional binary measure (STRING); optional binary unit (STRING);
              optional int64 count; optional double avg; optional double min; optional double max; optional double sum; optional double stddev; optional double first;
              optional double last; optional int64 last_event_time (TIMESTAMP(MICROS,true)); }""");
    private static final MessageType PLAIN = MessageTypeParser.parseMessageType("""
            message plain { optional int64 event_time (TIMESTAMP(MICROS,true)); optional binary sensor (STRING); optional binary site (STRING);
              optional double temperature_c; optional double pressure_bar; optional int32 pulses; }""");

    private final Path table;
    private final MessageType columns;
    private final String time;
    private final Binary[] devices;
    private final int rowsOfMinute;
    private long version;

    private BigLake(Path table, MessageType columns, String time, int devices, int measures) {
        this.table = table;
        this.columns = columns;
        this.time = time;
        this.devices = new Binary[devices];
        for (int i = 0; i < devices; i++) {
            this.devices[i] = text(String.format("machine-%04d", i));
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
        new BigLake(root.resolve("gold/windows"), WINDOWS, "window_start", devices, MEASURES.length).write(minutes, now);
        new BigLake(root.resolve("plain"), PLAIN, "event_time", devices, 1).write(minutes, now);
    }

    private void write(int minutes, Instant now) throws IOException {
        Files.createDirectories(table.resolve("_delta_log"));
        Instant begin = now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(minutes));
        commit(begin, List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", metadata()));
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
        Path path = table.resolve("date=" + day).resolve("part-" + version + ".parquet");
        Files.createDirectories(path.getParent());
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, from);
        ParquetWriter.Builder<Integer, ?> builder = new Builder(new LocalOutputFile(path), new Rows(start)).withConf(new PlainParquetConfiguration())
                .withCompressionCodec(minutes == 1 ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD).withPageRowCountLimit(16_384).withRowGroupRowCountLimit(250_000).withDictionaryEncoding(false);
        for (Type column : columns.getFields()) {
            builder.withDictionaryEncoding(column.getName(), column.asPrimitiveType().getLogicalTypeAnnotation() != null);
        }
        int rows = minutes * rowsOfMinute;
        try (ParquetWriter<Integer> writer = builder.build()) {
            for (int i = 0; i < rows; i++) {
                writer.write(i);
            }
        }
        String statistics = "{\\\"numRecords\\\":" + rows + ",\\\"minValues\\\":{\\\"" + time + "\\\":\\\"" + from + "\\\"},\\\"maxValues\\\":{\\\"" + time + "\\\":\\\""
                + from.plus(Duration.ofMinutes(minutes - 1L)) + "\\\"},\\\"nullCount\\\":{\\\"" + time + "\\\":0}}";
        return "{\"add\":{\"path\":\"" + table.relativize(path) + "\",\"partitionValues\":{\"date\":\"" + day + "\"},\"size\":" + Files.size(path) + ",\"modificationTime\":" + from.toEpochMilli()
                + ",\"dataChange\":true,\"stats\":\"" + statistics + "\"}}";
    }

    private void commit(Instant at, List<String> actions) throws IOException {
        List<String> lines = new ArrayList<>(List.of("{\"commitInfo\":{\"timestamp\":" + at.toEpochMilli() + ",\"operation\":\"WRITE\"}}"));
        lines.addAll(actions);
        Path commit = table.resolve("_delta_log").resolve(String.format("%020d.json", version++));
        Files.write(commit, lines);
        Files.setLastModifiedTime(commit, FileTime.from(at));
    }

    private String metadata() {
        List<String> fields = new ArrayList<>();
        for (Type column : columns.getFields()) {
            fields.add(field(column.getName(), switch (column.asPrimitiveType().getPrimitiveTypeName()) {
                case BINARY -> "string";
                case DOUBLE -> "double";
                case INT32 -> "integer";
                default -> column.getLogicalTypeAnnotation() == null ? "long" : "timestamp";
            }));
        }
        fields.add(field("date", "date"));
        return "{\"metaData\":{\"id\":\"big\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + String.join(",", fields)
                + "]}\",\"partitionColumns\":[\"date\"],\"configuration\":{},\"createdTime\":0}}";
    }

    private static String field(String name, String type) {
        return "{\\\"name\\\":\\\"" + name + "\\\",\\\"type\\\":\\\"" + type + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}";
    }

    private static Binary text(String value) {
        return Binary.fromString(value);
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
        private final Rows rows;

        Builder(OutputFile file, Rows rows) {
            super(file);
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @Deprecated
        protected WriteSupport<Integer> getWriteSupport(Configuration configuration) {
            return rows;
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration configuration) {
            return rows;
        }
    }

    /** Writes the rows of a file by their number: minute by minute, in it device by device. */
    private final class Rows extends WriteSupport<Integer> {
        private final long start;
        private RecordConsumer out;
        private int field;

        Rows(long start) {
            this.start = start;
        }

        @Override
        @Deprecated
        public WriteContext init(Configuration configuration) {
            return new WriteContext(columns, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(columns, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(Integer i) {
            long from = start + i / rowsOfMinute * MINUTE;
            out.startMessage();
            field = 0;
            if (columns == WINDOWS) {
                window(from, i % rowsOfMinute / MEASURES.length, i % MEASURES.length);
            } else {
                reading(from, i % rowsOfMinute);
            }
            out.endMessage();
        }

        private void window(long from, int device, int measure) {
            double average = value(from, device, measure);
            double spread = 0.1 + (device * 31 + from / MINUTE) % 7 / 20.0;
            put(WINDOW);
            put(from);
            put(from + MINUTE);
            put(GRAIN);
            put(devices[device]);
            put(text("hall-" + device % 40));
            put(MEASURES[measure]);
            put(UNITS[measure]);
            put(50 + (device + from / MINUTE) % 20);
            put(average);
            put(average - spread);
            put(average + spread);
            put(average * 60);
            put(spread / 3);
            put(average - spread / 2);
            put(average + spread / 2);
            put(from + 59_000_000 + device * 37L % 1_000_000);
        }

        private void reading(long from, int device) {
            put(from + device * MINUTE / devices.length);
            put(devices[device]);
            put(text("hall-" + device % 40));
            put(value(from, device, 0));
            put(value(from, device, 2));
            out.startField("pulses", field);
            out.addInteger((int) (3 + (device + from / MINUTE * 7) % 5));
            out.endField("pulses", field++);
        }

        /** Every thousandth machine runs away in the last hours of a day. */
        private double value(long time, int device, int measure) {
            double minute = time / (double) MINUTE;
            double usual = 20 + 15 * measure + device % 40 / 8.0 + 2 * Math.sin(minute / 97 + device % 13) + 0.5 * Math.sin(minute / 7.3 + device);
            return device % 1000 == 417 && measure == 0 ? usual + 6 + 6 * Math.sin(minute / 180) : usual;
        }

        private void put(Binary value) {
            String name = columns.getFieldName(field);
            out.startField(name, field);
            out.addBinary(value);
            out.endField(name, field++);
        }

        private void put(long value) {
            String name = columns.getFieldName(field);
            out.startField(name, field);
            out.addLong(value);
            out.endField(name, field++);
        }

        private void put(double value) {
            String name = columns.getFieldName(field);
            out.startField(name, field);
            out.addDouble(value);
            out.endField(name, field++);
        }
    }
}
