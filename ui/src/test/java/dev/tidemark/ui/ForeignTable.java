package dev.tidemark.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Delta table that is not ours, with columns of one's own, written for a test: without partitions, and without statistics. */
public final class ForeignTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final List<String[]> columns = new ArrayList<>();
    private long next;

    /** @param columns {@code name:type name:type …}, types as Delta names them: string, long, integer, double, timestamp, date */
    public ForeignTable(Path folder, String columns, Instant madeAt) {
        this.folder = folder;
        for (String column : columns.split(" ")) {
            this.columns.add(column.split(":"));
        }
        ObjectNode protocol = JSON.createObjectNode();
        protocol.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 2);
        commit("CREATE TABLE", List.of(protocol, metadata(madeAt)), madeAt);
    }

    /** Adds a column. @return the version */
    public long widen(String column, Instant at) {
        columns.add(column.split(":"));
        return commit("ADD COLUMNS", List.of(metadata(at)), at);
    }

    /** Appends rows of values in the order of the columns; null for none. @return the version */
    public long append(List<Object[]> rows, Instant at) {
        StringBuilder schema = new StringBuilder("message row {");
        columns.forEach(column -> schema.append("optional ").append(parquet(column[0], column[1])).append(';'));
        MessageType type = MessageTypeParser.parseMessageType(schema.append('}').toString());
        Path file = folder.resolve("part-" + next + ".parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(type)
                .withConf(new PlainParquetConfiguration()).withCompressionCodec(CompressionCodecName.UNCOMPRESSED).build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(type);
            for (Object[] row : rows) {
                Group group = groups.newGroup();
                for (int i = 0; i < row.length; i++) {
                    put(group, columns.get(i)[0], row[i]);
                }
                writer.write(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ObjectNode add = JSON.createObjectNode();
        add.putObject("add").put("path", file.getFileName().toString()).put("size", file.toFile().length()).put("modificationTime", at.toEpochMilli()).put("dataChange", true)
                .put("stats", "{\"numRecords\":" + rows.size() + "}").putObject("partitionValues");
        return commit("WRITE", List.of(add), at);
    }

    /** Appends one row. @return the version */
    public long appendRow(Instant at, Object... row) {
        return append(Collections.singletonList(row), at);
    }

    private static String parquet(String name, String type) {
        return switch (type) {
            case "string" -> "binary " + name + " (STRING)";
            case "long" -> "int64 " + name;
            case "integer" -> "int32 " + name;
            case "double" -> "double " + name;
            case "timestamp" -> "int64 " + name + " (TIMESTAMP(MICROS,true))";
            case "date" -> "int32 " + name + " (DATE)";
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static void put(Group group, String name, Object value) {
        if (value instanceof Instant time) {
            group.append(name, ChronoUnit.MICROS.between(Instant.EPOCH, time));
        } else if (value instanceof LocalDate day) {
            group.append(name, (int) day.toEpochDay());
        } else if (value instanceof String text) {
            group.append(name, text);
        } else if (value instanceof Double number) {
            group.append(name, number);
        } else if (value instanceof Long number) {
            group.append(name, number);
        } else if (value instanceof Integer number) {
            group.append(name, number);
        }
    }

    private ObjectNode metadata(Instant at) {
        ObjectNode schema = JSON.createObjectNode().put("type", "struct");
        var fields = schema.putArray("fields");
        columns.forEach(column -> fields.addObject().put("name", column[0]).put("type", column[1]).put("nullable", true).putObject("metadata"));
        ObjectNode metadata = JSON.createObjectNode();
        ObjectNode body = metadata.putObject("metaData").put("id", folder.getFileName().toString()).put("schemaString", schema.toString()).put("createdTime", at.toEpochMilli());
        body.putObject("format").put("provider", "parquet").putObject("options");
        body.putArray("partitionColumns");
        body.putObject("configuration");
        return metadata;
    }

    private long commit(String operation, List<ObjectNode> actions, Instant at) {
        try {
            Path log = Files.createDirectories(folder.resolve("_delta_log"));
            ObjectNode info = JSON.createObjectNode();
            info.putObject("commitInfo").put("timestamp", at.toEpochMilli()).put("operation", operation).put("engineInfo", "test").putObject("operationParameters");
            StringBuilder text = new StringBuilder(info.toString()).append('\n');
            actions.forEach(action -> text.append(action).append('\n'));
            Path part = Files.writeString(log.resolve(".part"), text);
            Files.setLastModifiedTime(part, FileTime.from(at));
            Files.move(part, log.resolve(String.format("%020d.json", next)));
            return next++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
