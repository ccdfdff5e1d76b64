package dev.tidemark.stream.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the lines of a commit file: one action each, as the Delta protocol names them (PROTOCOL.md, "Actions"). */
public final class CommitText {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> lines = new ArrayList<>();

    /** Fills the object of an action. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private void action(String name, Fields fields) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart(name);
            fields.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.add(text.toString());
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /**
     * Who commits and why.
     *
     * @param millis     now, milliseconds since 1970
     * @param id         unique, so that this commit can be told from any other
     * @param parameters values are JSON text by Delta's custom; they are written as strings
     */
    public CommitText info(long millis, String operation, Map<String, String> parameters, Map<String, String> metrics,
                    boolean blindAppend, long readVersion, String id) {
        return info(millis, operation, parameters, metrics, "Serializable", blindAppend, readVersion, id);
    }

    /** The same with the isolation level by which the commit was checked against others. */
    public CommitText info(long millis, String operation, Map<String, String> parameters, Map<String, String> metrics, String isolationLevel,
                    boolean blindAppend, long readVersion, String id) {
        action("commitInfo", json -> {
            json.writeNumberField("timestamp", millis);
            json.writeStringField("operation", operation);
            texts(json, "operationParameters", parameters);
            json.writeNumberField("readVersion", readVersion);
            json.writeStringField("isolationLevel", isolationLevel);
            json.writeBooleanField("isBlindAppend", blindAppend);
            texts(json, "operationMetrics", metrics);
            json.writeStringField("engineInfo", Engine.NAME);
            json.writeStringField("txnId", id);
        });
        return this;
    }

    /** What the table is from here on; {@code schema} is Delta's JSON text. */
    public CommitText metadata(String id, String schema, List<String> partitionColumns, Map<String, String> configuration, long millis) {
        action("metaData", json -> {
            json.writeStringField("id", id);
            json.writeObjectFieldStart("format");
            json.writeStringField("provider", "parquet");
            texts(json, "options", Map.of());
            json.writeEndObject();
            json.writeStringField("schemaString", schema);
            json.writeArrayFieldStart("partitionColumns");
            for (String column : partitionColumns) {
                json.writeString(column);
            }
            json.writeEndArray();
            texts(json, "configuration", configuration);
            json.writeNumberField("createdTime", millis);
        });
        return this;
    }

    public CommitText transaction(String id, long version, long millis) {
        action("txn", json -> {
            json.writeStringField("appId", id);
            json.writeNumberField("version", version);
            json.writeNumberField("lastUpdated", millis);
        });
        return this;
    }

    public CommitText add(LoggedFile file, String statistics, long millis) {
        return add(file, statistics, millis, true);
    }

    /** @param dataChange whether rows come that the table did not have */
    public CommitText add(LoggedFile file, String statistics, long millis, boolean dataChange) {
        action("add", json -> {
            json.writeStringField("path", file.path());
            texts(json, "partitionValues", file.partitionValues());
            json.writeNumberField("size", file.size());
            json.writeNumberField("modificationTime", millis);
            json.writeBooleanField("dataChange", dataChange);
            if (statistics != null) {
                json.writeStringField("stats", statistics);
            }
        });
        return this;
    }

    public CommitText remove(LoggedFile file, long millis) {
        return remove(file, millis, true);
    }

    /** @param dataChange whether rows go that the table does not keep elsewhere */
    public CommitText remove(LoggedFile file, long millis, boolean dataChange) {
        action("remove", json -> {
            json.writeStringField("path", file.path());
            json.writeNumberField("deletionTimestamp", millis);
            json.writeBooleanField("dataChange", dataChange);
            json.writeBooleanField("extendedFileMetadata", true);
            texts(json, "partitionValues", file.partitionValues());
            json.writeNumberField("size", file.size());
        });
        return this;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
