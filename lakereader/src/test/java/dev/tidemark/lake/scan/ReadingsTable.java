package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small table of readings, a file a day, made by hand so that a test knows every row: row {@code n} is reading {@code n}. */
public final class ReadingsTable {

    public static final Schema SCHEMA = new Schema(List.of(field("n", Type.Primitive.LONG), field("device", Type.Primitive.STRING), field("value", Type.Primitive.DOUBLE),
            field("ok", Type.Primitive.BOOLEAN), field("window", new Type.Struct(List.of(field("start", Type.Primitive.TIMESTAMP), field("end", Type.Primitive.TIMESTAMP)))),
            field("day", Type.Primitive.DATE)));

    private static final MessageType FILE = MessageTypeParser.parseMessageType("""
            message m { optional int64 n; optional binary device (STRING); optional double value; optional boolean ok;
              optional group window { optional int64 start (TIMESTAMP(MICROS,true)); optional int64 end (TIMESTAMP(MICROS,true)); } }""");

    private ReadingsTable() {
    }

    private static Schema.Field field(String name, Type type) {
        return new Schema.Field(name, type, true);
    }

    /** {@code days} files of {@code rows} rows each, the first on 2026-11-21, in row groups of 100 rows. */
    public static Snapshot write(Path folder, int days, int rows, boolean statistics) throws IOException {
        return write(folder, days, rows, 100, statistics);
    }

    static Snapshot write(Path folder, int days, int rows, int rowsOfGroup, boolean statistics) throws IOException {
        DataFile[] files = new DataFile[days];
        for (int day = 0; day < days; day++) {
            Path path = folder.resolve("day-" + day + ".parquet");
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path)).withConf(new PlainParquetConfiguration()).withType(FILE)
                    .withRowGroupRowCountLimit(rowsOfGroup).build()) {
                for (int n = day * rows; n < (day + 1) * rows; n++) {
                    Group row = new SimpleGroup(FILE).append("n", (long) n);
                    if (n % 10 != 9) {
                        row.append("device", "dev-" + n % 7).append("value", n / 4.0).append("ok", n % 3 == 0);
                        row.addGroup("window").append("start", n * 60_000_000L).append("end", (n + 1) * 60_000_000L);
                    }
                    writer.write(row);
                }
            }
            Optional<DataFile.Statistics> noted = statistics ? Optional.of(new DataFile.Statistics(rows, Map.of("n", (long) day * rows), Map.of("n", (long) (day + 1) * rows - 1),
                    Map.of("n", 0L))) : Optional.empty();
            Map<String, String> partition = new HashMap<>();
            partition.put("day", day == 2 ? null : "2026-11-" + (21 + day));
            files[day] = new DataFile("file:" + path, partition, Files.size(path), Instant.EPOCH, noted);
        }
        return new Snapshot(folder.toString(), 3, Instant.EPOCH, SCHEMA, List.of("day"), List.of(files), Map.of(), Map.of(), 1, 2);
    }
}
