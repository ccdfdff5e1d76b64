package dev.tidemark.ui.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.ui.GoldLake;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lake whose {@code gold/windows} has many versions: a minute of windows each, of twelve series; of every hundred versions the last writes the files of the
 * others into one, and every hundredth has a checkpoint, as with the streamer.
 */
final class LongTable {

    private static final int TOGETHER = 99;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MessageType CHECKPOINT = MessageTypeParser.parseMessageType("""
            message checkpoint {
              optional group protocol { required int32 minReaderVersion; required int32 minWriterVersion; }
              optional group metaData {
                optional binary id (STRING);
                optional group format {
                  optional binary provider (STRING);
                  optional group options (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } }
                }
                optional binary schemaString (STRING);
                optional group partitionColumns (LIST) { repeated group list { optional binary element (STRING); } }
                optional group configuration (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } }
                optional int64 createdTime;
              }
              optional group add {
                optional binary path (STRING);
                optional group partitionValues (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } }
                optional int64 size;
                optional int64 modificationTime;
                optional boolean dataChange;
                optional binary stats (STRING);
              }
            }""");

    private final Path log;
    private final Map<String, JsonNode> files = new LinkedHashMap<>();
    private JsonNode protocol;
    private JsonNode metadata;

    private LongTable(Path log) {
        this.log = log;
    }

    static void write(Path root, int versions) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant begin = now.minus(Duration.ofMinutes(versions));
        GoldLake lake = GoldLake.in(root, begin);
        LongTable table = new LongTable(lake.table("gold/windows").resolve("_delta_log"));
        table.read(0);
        List<GoldLake.Row> since = new ArrayList<>();
        int small = 0;
        for (int version = 1; version < versions; version++) {
            Instant from = begin.plus(Duration.ofMinutes(version));
            Instant at = from.plusSeconds(64);
            if (small == TOGETHER) {
                lake.compactNewest(small, since, at);
                since.clear();
                small = 0;
            } else {
                List<GoldLake.Row> rows = GoldLake.rows("1m", from, 1, (series, minute) -> value(series, from));
                lake.append(rows, at);
                since.addAll(rows);
                small++;
            }
            table.read(version);
            if (version % 100 == 0) {
                table.checkpoint(version);
            }
        }
    }

    private static double value(int series, Instant time) {
        double minute = time.getEpochSecond() / 60.0;
        return 30 + 4 * series + 3 * Math.sin(minute / 97 + series) + Math.sin(minute / 7.3 + 3 * series);
    }

    private void read(int version) throws IOException {
        for (String line : Files.readAllLines(log.resolve(String.format("%020d.json", version)))) {
            JsonNode action = JSON.readTree(line);
            protocol = action.has("protocol") ? action.get("protocol") : protocol;
            metadata = action.has("metaData") ? action.get("metaData") : metadata;
            if (action.has("remove")) {
                files.remove(action.get("remove").get("path").asText());
            } else if (action.has("add")) {
                files.put(action.get("add").get("path").asText(), action.get("add"));
            }
        }
    }

    private void checkpoint(int version) throws IOException {
        SimpleGroupFactory groups = new SimpleGroupFactory(CHECKPOINT);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(log.resolve(String.format("%020d.checkpoint.parquet", version))))
                .withType(CHECKPOINT).withConf(new PlainParquetConfiguration()).build()) {
            Group group = groups.newGroup();
            group.addGroup("protocol").append("minReaderVersion", protocol.get("minReaderVersion").asInt()).append("minWriterVersion", protocol.get("minWriterVersion").asInt());
            writer.write(group);
            group = groups.newGroup();
            Group meta = group.addGroup("metaData").append("id", metadata.get("id").asText()).append("schemaString", metadata.get("schemaString").asText())
                    .append("createdTime", metadata.get("createdTime").asLong());
            meta.addGroup("format").append("provider", "parquet").addGroup("options");
            meta.addGroup("partitionColumns").addGroup("list").append("element", "date");
            meta.addGroup("configuration");
            writer.write(group);
            for (JsonNode file : files.values()) {
                group = groups.newGroup();
                Group add = group.addGroup("add").append("path", file.get("path").asText()).append("size", file.get("size").asLong())
                        .append("modificationTime", file.get("modificationTime").asLong()).append("dataChange", false).append("stats", file.get("stats").asText());
                add.addGroup("partitionValues").addGroup("key_value").append("key", "date").append("value", file.get("partitionValues").get("date").asText());
                writer.write(group);
            }
        }
        Files.writeString(log.resolve("_last_checkpoint"), "{\"version\":" + version + ",\"size\":" + (files.size() + 2) + "}");
    }
}
