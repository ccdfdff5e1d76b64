package dev.tidemark.stream.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How fast rows of {@code silver/readings} (16 columns) become a committed file: filling the buffers, writing, committing. Beside it, in the
 * same run, the same rows by Parquet's example writer. Arguments: rows per commit, rounds.
 */
public final class BulkWrite {

    private static final long DAY = LocalDate.of(2026, 11, 21).toEpochDay();
    private static final long START = DAY * 86_400_000_000L;
    private static final int LEAVES = 6;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final int rows;
    private final String[] devices = IntStream.range(0, 200).mapToObj(i -> "device-" + i).toArray(String[]::new);
    private final double[] values;

    private BulkWrite(int rows) {
        this.rows = rows;
        this.values = new double[rows * LEAVES];
        Random random = new Random(1);
        double level = 20;
        for (int i = 0; i < values.length; i++) {
            level += random.nextGaussian() / 10;
            values[i] = Math.round(level * 100) / 100.0;
        }
    }

    public static void main(String[] args) throws IOException {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        Path folder = Files.createTempDirectory("bulk-write");
        try {
            new BulkWrite(rows).run(folder, rounds);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void run(Path folder, int rounds) throws IOException {
        Schema leaves = new Schema(IntStream.range(0, LEAVES)
                .mapToObj(i -> new Schema.Field("leaf_" + i, Type.Primitive.DOUBLE, true)).toList());
        try (DeltaTable table = DeltaTable.open(Lake.at(folder.toString()), "silver/readings", LakeTables.SILVER_READINGS.layout(),
                InstantSource.system())) {
            table.addColumns(leaves);
            Rows buffer = table.newRows();
            double[] ours = new double[rounds];
            double[] fill = new double[rounds];
            double[] group = new double[rounds / 4];
            MessageType message = null;
            for (int round = 0; round < rounds; round++) {
                long start = CPU.getCurrentThreadCpuTime();
                buffer.clear();
                fill(buffer, round);
                fill[round] = millis(start);
                table.append(buffer, Map.of("bench", (long) round), Map.of());
                ours[round] = millis(start);
                if (message == null) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
                        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
                            message = reader.getFileMetaData().getSchema();
                        }
                        System.out.printf("file: %,d bytes, %.1f a row%n", Files.size(file), Files.size(file) / (double) rows);
                    }
                }
                if (round % 4 == 3) {
                    Path file = folder.resolve("group-" + round + ".parquet");
                    start = CPU.getCurrentThreadCpuTime();
                    group(message, file, round);
                    group[round / 4] = millis(start);
                    if (round == 3) {
                        System.out.printf("example writer's file: %,d bytes%n", Files.size(file));
                    }
                }
            }
            report("append (fill, write, fsync, commit)", ours);
            report("of it filling the buffers", fill);
            report("ExampleParquetWriter", group);
        }
    }

    private static double millis(long start) {
        return (CPU.getCurrentThreadCpuTime() - start) / 1e6;
    }

    private void report(String what, double[] millis) {
        double[] warm = java.util.Arrays.copyOfRange(millis, millis.length / 2, millis.length);
        java.util.Arrays.sort(warm);
        double median = warm[warm.length / 2];
        System.out.printf("%-40s %8.2f ms, %6.2f M rows/s%n", what, median, rows / median / 1_000);
    }

    private void fill(Rows buffer, int round) {
        for (int i = 0; i < rows; i++) {
            long at = START + (round * (long) rows + i) % 86_400_000 * 1_000;
            buffer.setString(0, devices[i % devices.length]);
            buffer.setLong(1, at);
            buffer.setString(2, "hall-3");
            buffer.setString(3, "ok");
            buffer.setBoolean(4, false);
            buffer.setString(5, "hub");
            buffer.setString(6, "0");
            buffer.setLong(7, round * (long) rows + i);
            buffer.setLong(8, START + i / 1_000 * 1_000_000L);
            buffer.setLong(9, DAY);
            for (int leaf = 0; leaf < LEAVES; leaf++) {
                buffer.setDouble(11 + leaf, values[i * LEAVES + leaf]);
            }
            buffer.end();
        }
    }

    private void group(MessageType message, Path file, int round) throws IOException {
        Configuration settings = new Configuration(false);
        SimpleGroupFactory groups = new SimpleGroupFactory(message);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withConf(settings).withType(message)
                .withCompressionCodec(CompressionCodecName.SNAPPY).build()) {
            for (int i = 0; i < rows; i++) {
                Group row = groups.newGroup();
                row.append("device_id", devices[i % devices.length]);
                row.append("event_time", START + (round * (long) rows + i) % 86_400_000 * 1_000);
                row.append("location", "hall-3");
                row.append("status", "ok");
                row.append("late", false);
                row.append("source", "hub");
                row.append("partition", "0");
                row.append("offset", round * (long) rows + i);
                row.append("ingested_at", START + i / 1_000 * 1_000_000L);
                for (int leaf = 0; leaf < LEAVES; leaf++) {
                    row.append("leaf_" + leaf, values[i * LEAVES + leaf]);
                }
                writer.write(row);
            }
        }
    }
}
