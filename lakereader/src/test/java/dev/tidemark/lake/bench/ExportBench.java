package dev.tidemark.lake.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.export.CsvExport;
import dev.tidemark.lake.export.Question;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Scan;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Ten columns of two million rows of {@code gold/windows} as CSV: ours, with a manifest, and DuckDB's COPY with one thread, in turn. Run with
 * {@code java -Xmx1g -cp "lakereader/target/test-classes:lakereader/target/tidemark-lake/lib/*:DUCKDB_JDBC.jar" dev.tidemark.lake.bench.ExportBench}.
 */
public final class ExportBench {

    private static final int ROWS = 2_000_000;
    private static final int ROUNDS = 5;
    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message gold { optional binary window (STRING); optional int64 window_start (TIMESTAMP(MICROS,true)); optional binary device_id (STRING);
              optional binary location (STRING); optional binary measure (STRING); optional int64 count; optional double avg; optional double min; optional double max;
              optional int64 last_event_time (TIMESTAMP(MICROS,true)); }""");

    private ExportBench() {
    }

    private record Cost(double wall, double cpu) {
        private Cost best(Cost other) {
            return other == null ? this : new Cost(Math.min(wall, other.wall), Math.min(cpu, other.cpu));
        }
    }

    /** Prints seconds; the best of some rounds. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("export-bench");
        Path file = folder.resolve("gold.parquet");
        Path csv = folder.resolve("out.csv");
        try {
            write(file);
            Snapshot snapshot = snapshot(folder, file);
            Cost ours = null;
            Cost hashed = null;
            Cost sorted = null;
            Cost duck = null;
            for (int round = 0; round < ROUNDS; round++) {
                Scan scan = Scan.of(snapshot).cache(new ColumnCache(0));
                ours = cost(() -> CsvExport.of(scan).write(csv, (rows, total) -> { })).best(ours);
                if (arguments.length == 0) {
                    hashed = cost(() -> CsvExport.of(snapshot, new Question(List.of(), null, null, null, null, List.of(), ZoneOffset.UTC)).writeWithManifest(csv, (rows, total) -> { })).best(hashed);
                    duck = duck(file, folder.resolve("duck.csv")).best(duck);
                    if (round < 2) {
                        sorted = cost(() -> CsvExport.of(scan).sort(List.of("avg")).write(csv, (rows, total) -> { })).best(sorted);
                    }
                }
            }
            print("ours", ours, ours, Files.size(csv));
            if (arguments.length == 0) {
                print("ours with manifest", hashed, ours, Files.size(csv));
                print("ours sorted by avg", sorted, ours, Files.size(csv));
                print("DuckDB, 1 thread", duck, ours, Files.size(folder.resolve("duck.csv")));
            }
        } finally {
            for (String name : List.of("gold.parquet", "out.csv", "out.csv.manifest.json", "duck.csv")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private static void print(String what, Cost cost, Cost ours, long bytes) {
        System.out.printf("%-20s %6.2f s wall, %6.2f s CPU, %6.1f MB/s   %.2f and %.2f times ours%n", what, cost.wall, cost.cpu, bytes / 1e6 / cost.wall, cost.wall / ours.wall, cost.cpu / ours.cpu);
    }

    private static Cost duck(Path file, Path csv) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
            statement.execute("SET threads=1");
            return cost(() -> statement.execute("COPY (SELECT * FROM read_parquet('" + file + "')) TO '" + csv + "' (FORMAT csv, HEADER)"));
        }
    }

    private static Cost cost(Callable<?> work) throws Exception {
        long wall = System.nanoTime();
        long cpu = cpu();
        work.call();
        return new Cost((System.nanoTime() - wall) / 1e9, (cpu() - cpu) / 1e9);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void write(Path path) throws Exception {
        Random random = new Random(1);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(FILE)
                .withCompressionCodec(CompressionCodecName.SNAPPY).withRowGroupSize(16L << 20).build()) {
            for (int i = 0; i < ROWS; i++) {
                double avg = 20 + random.nextGaussian();
                writer.write(new SimpleGroup(FILE).append("window", "1m").append("window_start", i / 500 * 60_000_000L + 1_700_000_000_000_000L).append("device_id", "device-" + i % 250)
                        .append("location", "hall " + i % 9).append("measure", i % 2 == 0 ? "temperature" : "humidity").append("count", 50L + random.nextInt(20)).append("avg", avg)
                        .append("min", Math.rint(avg * 100 - random.nextInt(500)) / 100).append("max", Math.rint(avg * 100 + random.nextInt(500)) / 100)
                        .append("last_event_time", i / 500 * 60_000_000L + 1_700_000_000_000_000L + random.nextInt(60_000_000)));
            }
        }
    }

    private static Snapshot snapshot(Path folder, Path path) throws Exception {
        Schema schema = new Schema(FILE.getFields().stream().map(field -> new Schema.Field(field.getName(), switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case DOUBLE -> Type.Primitive.DOUBLE;
            case INT64 -> field.getLogicalTypeAnnotation() == null ? Type.Primitive.LONG : Type.Primitive.TIMESTAMP;
            default -> Type.Primitive.STRING;
        }, true)).toList());
        return new Snapshot(folder.toString(), 0, Instant.EPOCH, schema, List.of(), List.of(new DataFile("file:" + path, Map.of(), Files.size(path), Instant.EPOCH, Optional.empty())),
                Map.of(), Map.of(), 1, 2);
    }
}
