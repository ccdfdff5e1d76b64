package dev.tidemark.lake.bench;

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
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table that a benchmark writes: its files have the layout of the streamer's (pages of 16,384 rows, dictionaries for texts only; zstd, or no compression where a file is the work of a moment),
 * and its log tells of each between which times it lies. Partitioned by {@code date}. What a row holds is told by its number, so large tables need no memory.
 *
 * @param columns as Parquet writes them
 * @param time    the column of time of which there are statistics
 */
public record WrittenTable(MessageType columns, String time) {

    /** {@code gold/windows} of a lake. */
    public static final WrittenTable GOLD = of("window_start", """
            message gold { optional binary window (STRING); optional int64 window_start (TIMESTAMP(MICROS,true)); optional int64 window_end (TIMESTAMP(MICROS,true));
              optional binary grain (STRING); optional binary device_id (STRING); optional binary location (STRING); optional binary measure (STRING); optional binary unit (STRING);
              optional int64 count; optional double avg; optional double min; optional double max; optional double sum; optional double stddev; optional double first;
              optional double last; optional int64 last_event_time (TIMESTAMP(MICROS,true)); }""");

    /** Puts together the rows of a file. */
    public interface Rows {
        /** A value for each column, in their order. */
        void fill(Row row, int number);
    }

    /** Takes the values of one row, in the order of the columns. */
    public static final class Row {
        private final MessageType columns;
        private final RecordConsumer out;
        private int column;

        private Row(MessageType columns, RecordConsumer out) {
            this.columns = columns;
            this.out = out;
        }

        public void text(Binary value) {
            String name = columns.getFieldName(column);
            out.startField(name, column);
            out.addBinary(value);
            out.endField(name, column++);
        }

        public void number(long value) {
            String name = columns.getFieldName(column);
            out.startField(name, column);
            if (columns.getType(column).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32) {
                out.addInteger((int) value);
            } else {
                out.addLong(value);
            }
            out.endField(name, column++);
        }

        public void number(double value) {
            String name = columns.getFieldName(column);
            out.startField(name, column);
            out.addDouble(value);
            out.endField(name, column++);
        }

        /** Leaves a column without a value. */
        public void nothing() {
            column++;
        }
    }

    /** A table of columns as Parquet writes a schema. */
    public static WrittenTable of(String time, String columns) {
        return new WrittenTable(MessageTypeParser.parseMessageType(columns), time);
    }

    /**
     * Writes a file.
     *
     * @param rowsOfGroup rows of a row group, at most
     * @param small       whether it is one of those that stay uncompressed until they are compacted
     */
    public void write(Path file, int rows, int rowsOfGroup, boolean small, Rows content) throws IOException {
        ParquetWriter.Builder<Integer, ?> builder = new Builder(new LocalOutputFile(file), new Filling(columns, content)).withConf(new PlainParquetConfiguration())
                .withCompressionCodec(small ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD).withPageRowCountLimit(16_384).withRowGroupRowCountLimit(rowsOfGroup)
                .withDictionaryEncoding(false);
        for (Type column : columns.getFields()) {
            builder.withDictionaryEncoding(column.getName(), column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY);
        }
        try (ParquetWriter<Integer> writer = builder.build()) {
            for (int i = 0; i < rows; i++) {
                writer.write(i);
            }
        }
    }

    /** Protocol and metadata: what the first commit begins with. */
    public List<String> head() {
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
        return List.of("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}", "{\"metaData\":{\"id\":\"" + columns.getName()
                + "\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[" + String.join(",", fields)
                + "]}\",\"partitionColumns\":[\"date\"],\"configuration\":{},\"createdTime\":1767225600000}}");
    }

    private static String field(String name, String type) {
        return "{\\\"name\\\":\\\"" + name + "\\\",\\\"type\\\":\\\"" + type + "\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}";
    }

    /** What the log says of a file, below the table's folder, whose rows lie between two times. */
    public String add(String path, LocalDate date, long size, long rows, Instant from, Instant to, Instant writtenAt) {
        String statistics = "{\\\"numRecords\\\":" + rows + ",\\\"minValues\\\":{\\\"" + time + "\\\":\\\"" + from + "\\\"},\\\"maxValues\\\":{\\\"" + time + "\\\":\\\"" + to
                + "\\\"},\\\"nullCount\\\":{\\\"" + time + "\\\":0}}";
        return "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{\"date\":\"" + date + "\"},\"size\":" + size + ",\"modificationTime\":" + writtenAt.toEpochMilli()
                + ",\"dataChange\":true,\"stats\":\"" + statistics + "\"}}";
    }

    /** What a commit begins with. */
    public static String commitInfo(Instant at) {
        return "{\"commitInfo\":{\"timestamp\":" + at.toEpochMilli() + ",\"operation\":\"WRITE\"}}";
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
        private final Filling rows;

        Builder(OutputFile file, Filling rows) {
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

    private static final class Filling extends WriteSupport<Integer> {
        private final MessageType columns;
        private final Rows rows;
        private RecordConsumer out;
        private Row row;

        Filling(MessageType columns, Rows rows) {
            this.columns = columns;
            this.rows = rows;
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
            row = new Row(columns, consumer);
        }

        @Override
        public void write(Integer number) {
            out.startMessage();
            row.column = 0;
            rows.fill(row, number);
            out.endMessage();
        }
    }
}
