package dev.tidemark.lake.bench;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Five columns of three million rows of {@code gold/windows}: our scan, Parquet's ColumnReader, Parquet's Group. Run the
 * main method; it prints millions of rows a second on one thread, and how many times faster the scan is.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 2)
@Fork(1)
public class ReadBenchmark {

    private static final int ROWS = 3_000_000;
    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message gold { optional int64 window_start (TIMESTAMP(MICROS,true)); optional binary device_id (STRING); optional binary measure (STRING);
              optional int64 count; optional double avg; }""");

    private Path folder;
    private Path path;
    private Snapshot snapshot;
    private ParquetReadOptions options;

    @Setup(Level.Trial)
    public void write() throws Exception {
        folder = Files.createTempDirectory("read-benchmark");
        path = folder.resolve("gold.parquet");
        Random random = new Random(1);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(FILE)
                .withCompressionCodec(CompressionCodecName.SNAPPY).build()) {
            for (int i = 0; i < ROWS; i++) {
                Group row = new SimpleGroup(FILE).append("window_start", i / 500 * 60_000_000L).append("device_id", "device-" + i % 250)
                        .append("measure", i % 2 == 0 ? "temperature" : "humidity").append("count", 50L + random.nextInt(20));
                writer.write(random.nextInt(100) == 0 ? row : row.append("avg", 20 + random.nextGaussian()));
            }
        }
        Schema schema = new Schema(List.of(new Schema.Field("window_start", Type.Primitive.TIMESTAMP, true), new Schema.Field("device_id", Type.Primitive.STRING, true),
                new Schema.Field("measure", Type.Primitive.STRING, true), new Schema.Field("count", Type.Primitive.LONG, true), new Schema.Field("avg", Type.Primitive.DOUBLE, true)));
        snapshot = new Snapshot(folder.toString(), 0, Instant.EPOCH, schema, List.of(),
                List.of(new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty())), Map.of(), Map.of(), 1, 2);
        options = options();
    }

    /** Parquet's own builder needs Hadoop's MapReduce classes, which we leave out: the constructor behind it does not. */
    private static ParquetReadOptions options() throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(ParquetReadOptions.class.getDeclaredConstructors()).filter(c -> c.getParameterCount() == 18).findFirst().orElseThrow();
        constructor.setAccessible(true);
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        return (ParquetReadOptions) constructor.newInstance(false, false, false, false, false, false, false, false, false, null, ParquetMetadataConverter.NO_FILTER,
                new CodecFactory(configuration, 0), new HeapByteBufferAllocator(), 8 << 20, Map.of(), null, null, configuration);
    }

    @TearDown(Level.Trial)
    public void delete() throws Exception {
        Files.deleteIfExists(path);
        Files.deleteIfExists(folder);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void scan(Blackhole hole) {
        Scan.of(snapshot).cache(new ColumnCache(0)).read(hole::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void columnReader(Blackhole hole) throws Exception {
        try (ParquetFileReader file = ParquetFileReader.open(new LocalInputFile(path), options)) {
            for (PageReadStore group = file.readNextRowGroup(); group != null; group = file.readNextRowGroup()) {
                ColumnReadStoreImpl columns = new ColumnReadStoreImpl(group, new GroupRecordConverter(FILE).getRootConverter(), FILE, "benchmark");
                for (ColumnDescriptor column : FILE.getColumns()) {
                    ColumnReader reader = columns.getColumnReader(column);
                    for (long i = reader.getTotalValueCount(); i > 0; i--) {
                        if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                            switch (column.getPrimitiveType().getPrimitiveTypeName()) {
                                case INT64 -> hole.consume(reader.getLong());
                                case DOUBLE -> hole.consume(reader.getDouble());
                                default -> hole.consume(reader.getBinary());
                            }
                        }
                        reader.consume();
                    }
                }
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void group(Blackhole hole) throws Exception {
        MessageColumnIO io = new ColumnIOFactory().getColumnIO(FILE);
        try (ParquetFileReader file = ParquetFileReader.open(new LocalInputFile(path), options)) {
            for (PageReadStore group = file.readNextRowGroup(); group != null; group = file.readNextRowGroup()) {
                RecordReader<Group> records = io.getRecordReader(group, new GroupRecordConverter(FILE));
                for (long i = group.getRowCount(); i > 0; i--) {
                    hole.consume(records.read());
                }
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(ReadBenchmark.class.getName() + ".*").build()).run();
        double scan = results.stream().filter(r -> r.getPrimaryResult().getLabel().equals("scan")).findFirst().orElseThrow().getPrimaryResult().getScore();
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            System.out.printf("%-14s %6.1f M rows/s   scan is %.1f times as fast%n", result.getPrimaryResult().getLabel(), score, scan / score);
        }
    }
}
