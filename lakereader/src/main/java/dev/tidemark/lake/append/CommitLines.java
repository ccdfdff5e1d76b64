package dev.tidemark.lake.append;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.lake.Schema;

import java.util.ArrayList;
import java.util.List;

/** The lines of a commit: one action each, as the Delta protocol names them (PROTOCOL.md, "Actions"). */
final class CommitLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();

    private ObjectNode action(ObjectNode line, String name) {
        return line.putObject(name);
    }

    CommitLines info(long millis, String engine, long rows, int files, long readVersion) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode info = action(line, "commitInfo").put("timestamp", millis).put("operation", "WRITE");
        // By custom the values of parameters are texts that hold JSON.
        info.putObject("operationParameters").put("mode", "\"Append\"").put("partitionBy", "[]");
        info.putObject("operationMetrics").put("numFiles", String.valueOf(files)).put("numOutputRows", String.valueOf(rows));
        info.put("isolationLevel", "Serializable").put("isBlindAppend", true).put("engineInfo", engine);
        if (readVersion >= 0) {
            info.put("readVersion", readVersion);
        }
        lines.add(line.toString());
        return this;
    }

    CommitLines protocol(int reader, int writer) {
        ObjectNode line = JSON.createObjectNode();
        action(line, "protocol").put("minReaderVersion", reader).put("minWriterVersion", writer);
        lines.add(line.toString());
        return this;
    }

    CommitLines table(String id, Schema schema, String partition, long millis) {
        ObjectNode struct = JSON.createObjectNode().put("type", "struct");
        ArrayNode fields = struct.putArray("fields");
        for (Schema.Field field : schema.fields()) {
            fields.addObject().put("name", field.name()).put("type", field.type().toString()).put("nullable", true).putObject("metadata");
        }
        ObjectNode line = JSON.createObjectNode();
        ObjectNode table = action(line, "metaData").put("id", id).put("schemaString", struct.toString()).put("createdTime", millis);
        table.putObject("format").put("provider", "parquet").putObject("options");
        table.putArray("partitionColumns").add(partition);
        table.putObject("configuration").put("delta.appendOnly", "true");
        lines.add(line.toString());
        return this;
    }

    CommitLines add(WrittenRows file, String partition, long millis) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode add = action(line, "add").put("path", file.path()).put("size", file.size()).put("modificationTime", millis).put("dataChange", true)
                .put("stats", file.statistics());
        add.putObject("partitionValues").put(partition, file.day());
        lines.add(line.toString());
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
