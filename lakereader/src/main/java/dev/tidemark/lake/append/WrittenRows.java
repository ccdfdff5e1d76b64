package dev.tidemark.lake.append;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.log.HadoopSettings;
import dev.tidemark.lake.log.Place;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A data file that was written for a commit and belongs to none yet.
 *
 * @param path       below the table, as the log will have it
 * @param day        the partition, {@code 2026-11-21}
 * @param size       bytes
 * @param statistics as the log will have them: JSON
 */
record WrittenRows(String path, String day, long size, long rows, String statistics) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes rows of one day. A handful of rows is smallest and fastest without compression. */
    static WrittenRows write(Place table, Schema schema, String dayColumn, long day, List<Map<String, Object>> rows, String id) throws IOException {
        Schema inFile = new Schema(schema.fields().stream().filter(field -> !field.name().equals(dayColumn)).toList());
        String date = LocalDate.ofEpochDay(day).toString();
        String path = dayColumn + "=" + date + "/part-" + id + ".parquet";
        try (ParquetWriter<Map<String, Object>> writer = new RowSupport.Builder(file(table, path), inFile)
                .withConf(new PlainParquetConfiguration()).withCompressionCodec(CompressionCodecName.UNCOMPRESSED).build()) {
            for (Map<String, Object> row : rows) {
                writer.write(row);
            }
        } catch (IOException e) {
            new WrittenRows(path, date, 0, 0, "").delete(table);
            throw e;
        }
        return new WrittenRows(path, date, sync(table, path), rows.size(), statistics(inFile, rows));
    }

    private static OutputFile file(Place table, String path) throws IOException {
        Place file = table.resolve(path);
        if (table.isLocal()) {
            Files.createDirectories(file.path().getParent());
            return new LocalOutputFile(file.path());
        }
        return HadoopOutputFile.fromPath(file.hadoop(), HadoopSettings.of(table));
    }

    /** What a commit names has to outlive a failure of power as the commit does. */
    private static long sync(Place table, String path) throws IOException {
        Place file = table.resolve(path);
        if (!table.isLocal()) {
            return files(file).getFileStatus(file.hadoop()).getLen();
        }
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (file.path().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            for (Path folder = file.path().getParent(); folder.startsWith(table.path()); folder = folder.getParent()) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
        return Files.size(file.path());
    }

    private static FileSystem files(Place file) throws IOException {
        return file.hadoop().getFileSystem(HadoopSettings.of(file));
    }

    /** Takes it away again. If that fails it lies there unnamed, until VACUUM. */
    void delete(Place table) {
        Place file = table.resolve(path);
        try {
            if (table.isLocal()) {
                Files.deleteIfExists(file.path());
            } else {
                files(file).delete(file.hadoop(), false);
            }
        } catch (IOException leftToVacuum) {
            // It is in no commit.
        }
    }

    /** Rows, and bounds of the times: whole milliseconds, because that is what every reader understands, rounded so that they enclose. */
    private static String statistics(Schema schema, List<Map<String, Object>> rows) {
        ObjectNode statistics = JSON.createObjectNode().put("numRecords", rows.size());
        ObjectNode lowest = statistics.putObject("minValues");
        ObjectNode highest = statistics.putObject("maxValues");
        ObjectNode nulls = statistics.putObject("nullCount");
        for (Schema.Field field : schema.fields()) {
            nulls.put(field.name(), rows.stream().filter(row -> row.get(field.name()) == null).count());
            long[] times = field.type() == Type.Primitive.TIMESTAMP
                    ? rows.stream().filter(row -> row.get(field.name()) != null).mapToLong(row -> (Long) row.get(field.name())).sorted().toArray() : new long[0];
            if (times.length > 0) {
                lowest.put(field.name(), millis(Math.floorDiv(times[0], 1000)));
                highest.put(field.name(), millis(-Math.floorDiv(-times[times.length - 1], 1000)));
            }
        }
        return statistics.toString();
    }

    private static String millis(long millis) {
        return Instant.EPOCH.plus(millis, ChronoUnit.MILLIS).toString();
    }
}
