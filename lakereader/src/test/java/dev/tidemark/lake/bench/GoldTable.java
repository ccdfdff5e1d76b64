package dev.tidemark.lake.bench;

import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.LinkLogStore;
import dev.tidemark.lake.log.Place;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.DeltaLogImpl;
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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A table like {@code gold/windows} after compaction: a file a day, ordered by time; every minute two measures of 250 devices. The files
 * have the layout of the streamer's (zstd, pages of 16,384 rows, dictionaries for texts only).
 */
final class GoldTable {

    static final int ROWS_OF_DAY = 1440 * 500;
    private static final long DAY = 86_400_000_000L;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message gold { optional binary window (STRING); optional int64 window_start (TIMESTAMP(MICROS,true)); optional int64 window_end (TIMESTAMP(MICROS,true));
              optional binary grain (STRING); optional binary device_id (STRING); optional binary location (STRING); optional binary measure (STRING); optional binary unit (STRING);
              optional int64 count; optional double avg; optional double min; optional double max; optional double sum; optional double stddev; optional double first;
              optional double last; optional int64 last_event_time (TIMESTAMP(MICROS,true)); }""");

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
        String statistics = "{\\\"numRecords\\\":" + rows + ",\\\"minValues\\\":{\\\"window_start\\\":\\\"" + time(from) + "\\\"},\\\"maxValues\\\":{\\\"window_start\\\":\\\""
                + time(to) + "\\\"},\\\"nullCount\\\":{\\\"window_start\\\":0}}";
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{\"date\":\"" + date + "\"},\"size\":" + size + ",\"modificationTime\":1767225600000,\"dataChange\":true,\"stats\":\""
                + statistics + "\"}}";
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Protocol and metadata: what the first commit begins with. */
    static List<String> head() {
        StringBuilder fields = new StringBuilder();
        FILE.getFields().forEach(field -> {
            String type = switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case BINARY -> "string";
                case DOUBLE -> "double";
                default -> field.getLogicalTypeAnnotation() == null ? "long" : "timestamp";
            };
            fields.append(field(field.getName(), type)).append(',');
        });
        fields.append(field("date", "date"));
        return List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "{\"metaData\":{\"id\":\"gold\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                + "\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + fields + "]}\",\"partitionColumns\":[\"date\"],\"configuration\":{},\"createdTime\":1767225600000}}");
    }

    private static String field(String name, String type) {
        return "{\\\"name\\\":\\\"" + name + "\\\",\\\"type\\\":\\\"" + type + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}";
    }

    /** Writes the log: one commit with all days. */
    GoldTable commit() throws IOException {
        Files.createDirectories(folder.resolve("_delta_log"));
        List<String> lines = new ArrayList<>(List.of("{\"commitInfo\":{\"timestamp\":1767225600000,\"operation\":\"WRITE\"}}"));
        lines.addAll(head());
        lines.addAll(adds);
        Files.write(folder.resolve("_delta_log").resolve("00000000000000000000.json"), lines);
        return this;
    }

    /** Rows of some minutes as one file. */
    static void write(Path file, long start, int minutes, int seed) throws IOException {
        CompressionCodecName codec = minutes < 100 ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD;
        ParquetWriter.Builder<Integer, ?> builder = new Builder(new LocalOutputFile(file), new Rows(start, new Random(seed))).withConf(new PlainParquetConfiguration())
                .withCompressionCodec(codec).withPageRowCountLimit(16_384).withDictionaryEncoding(false);
        for (String text : List.of("window", "grain", "device_id", "location", "measure", "unit")) {
            builder.withDictionaryEncoding(text, true);
        }
        try (ParquetWriter<Integer> writer = builder.build()) {
            for (int i = 0; i < minutes * 500; i++) {
                writer.write(i);
            }
        }
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

    /** Writes row {@code i}: minute {@code i / 500}, device {@code i % 500 / 2}. */
    private static final class Rows extends WriteSupport<Integer> {
        private final long start;
        private final Random random;
        private final Binary[] devices = new Binary[250];
        private RecordConsumer out;
        private int field;

        Rows(long start, Random random) {
            this.start = start;
            this.random = random;
            for (int i = 0; i < devices.length; i++) {
                devices[i] = Binary.fromString("machine-" + i);
            }
        }

        @Override
        @Deprecated
        public WriteContext init(Configuration configuration) {
            return new WriteContext(FILE, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(FILE, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        private static final Binary WINDOW = Binary.fromString("1m");
        private static final Binary GRAIN = Binary.fromString("device");
        private static final Binary[] LOCATIONS = {Binary.fromString("hall-1"), Binary.fromString("hall-2"), Binary.fromString("yard")};
        private static final Binary[] MEASURES = {Binary.fromString("temperature"), Binary.fromString("vibration")};
        private static final Binary[] UNITS = {Binary.fromString("°C"), Binary.fromString("mm/s")};

        @Override
        public void write(Integer i) {
            int device = i % 500 / 2;
            int measure = i % 2;
            long from = start + i / 500 * 60_000_000L;
            long count = 50 + random.nextInt(20);
            double first = measure(measure, device);
            double last = measure(measure, device);
            double low = Math.min(first, last) - random.nextInt(8) / 8.0;
            double high = Math.max(first, last) + random.nextInt(8) / 8.0;
            double average = (low + high) / 2 + random.nextGaussian() / 100;
            out.startMessage();
            field = 0;
            text(WINDOW);
            number(from);
            number(from + 60_000_000);
            text(GRAIN);
            text(devices[device]);
            text(LOCATIONS[device % 3]);
            text(MEASURES[measure]);
            text(UNITS[measure]);
            number(count);
            number(average);
            number(low);
            number(high);
            number(average * count);
            number((high - low) / 4 * random.nextDouble());
            number(first);
            number(last);
            number(from + 59_000_000 + random.nextInt(1_000_000));
            out.endMessage();
        }

        /** Sensors give tenths. */
        private double measure(int measure, int device) {
            return Math.round((measure == 0 ? 20 + device / 10.0 : 3) * 10 + random.nextGaussian() * 5) / 10.0;
        }

        private void text(Binary value) {
            String name = FILE.getFieldName(field);
            out.startField(name, field);
            out.addBinary(value);
            out.endField(name, field++);
        }

        private void number(long value) {
            String name = FILE.getFieldName(field);
            out.startField(name, field);
            out.addLong(value);
            out.endField(name, field++);
        }

        private void number(double value) {
            // A sensor that does not report leaves a hole now and then.
            if (field == 9 && random.nextInt(100) == 0) {
                field++;
                return;
            }
            String name = FILE.getFieldName(field);
            out.startField(name, field);
            out.addDouble(value);
            out.endField(name, field++);
        }
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
