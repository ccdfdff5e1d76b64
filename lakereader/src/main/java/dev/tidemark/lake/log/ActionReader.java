package dev.tidemark.lake.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads the lines of a commit file (JSON, one action a line) as they stream by, without a tree. Fields and kinds of
 * action it does not know are passed over, as the Delta protocol asks of a reader.
 */
final class ActionReader {

    private static final JsonFactory JSON = new JsonFactory();

    private ActionReader() {
    }

    /**
     * All actions of a commit file.
     *
     * @param name the file's name, for messages
     * @throws BrokenLogException if a line is no action
     */
    static List<Action> read(String name, byte[] bytes) throws BrokenLogException {
        List<Action> actions = new ArrayList<>();
        int line = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            if (!blank(bytes, start, end)) {
                try (JsonParser parser = JSON.createParser(bytes, start, end - start)) {
                    line(parser, actions);
                } catch (JsonProcessingException e) {
                    throw broken(name, line, e.getOriginalMessage(), e);
                } catch (IOException | RuntimeException e) {
                    throw broken(name, line, e.getMessage(), e);
                }
            }
            start = end + 1;
        }
        if (actions.isEmpty()) {
            throw broken(name, 1, "the file holds no action", null);
        }
        return List.copyOf(actions);
    }

    /** The version that the file {@code _last_checkpoint} names; empty if it makes no sense, since it is only a hint. */
    static OptionalLong lastCheckpoint(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals("version") && json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    return OptionalLong.of(json.getLongValue());
                }
                json.skipChildren();
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static BrokenLogException broken(String name, int line, String why, Exception cause) {
        return new BrokenLogException(name + ", line " + line + ": " + why.lines().findFirst().orElse(""), cause);
    }

    private static boolean blank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static void line(JsonParser json, List<Action> actions) throws IOException {
        expect(json, json.nextToken(), JsonToken.START_OBJECT);
        for (String kind = json.nextFieldName(); kind != null; kind = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (kind) {
                case "add" -> actions.add(add(json));
                case "remove" -> actions.add(remove(json));
                case "metaData" -> actions.add(metadata(json));
                case "protocol" -> actions.add(protocol(json));
                case "txn" -> actions.add(transaction(json));
                case "commitInfo" -> actions.add(info(json));
                case "sidecar" -> actions.add(sidecar(json));
                default -> json.skipChildren();
            }
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT);
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("more than one JSON value in the line");
        }
    }

    private static Action add(JsonParser json) throws IOException {
        String path = null;
        Map<String, String> partition = Map.of();
        long size = 0;
        long modified = 0;
        boolean dataChange = true;
        String stats = null;
        Action.Deletions deletions = null;
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "path" -> path = text(json);
                case "partitionValues" -> partition = texts(json, true);
                case "size" -> size = number(json);
                case "modificationTime" -> modified = number(json);
                case "dataChange" -> dataChange = json.getValueAsBoolean(true);
                case "stats" -> stats = text(json);
                case "deletionVector" -> deletions = deletions(json);
                default -> json.skipChildren();
            }
        }
        return new Action.Add(required(path, "add", "path"), partition, size, modified, dataChange, stats, deletions);
    }

    private static Action.Deletions deletions(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String storage = null;
        String place = null;
        int offset = 0;
        int size = 0;
        long rows = 0;
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "storageType" -> storage = text(json);
                case "pathOrInlineDv" -> place = text(json);
                case "offset" -> offset = Math.toIntExact(number(json));
                case "sizeInBytes" -> size = Math.toIntExact(number(json));
                case "cardinality" -> rows = number(json);
                default -> json.skipChildren();
            }
        }
        return new Action.Deletions(required(storage, "add", "deletionVector.storageType"), required(place, "add", "deletionVector.pathOrInlineDv"),
                offset, size, rows);
    }

    private static Action sidecar(JsonParser json) throws IOException {
        String path = null;
        long size = 0;
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "path" -> path = text(json);
                case "sizeInBytes" -> size = number(json);
                default -> json.skipChildren();
            }
        }
        return new Action.Sidecar(required(path, "sidecar", "path"), size);
    }

    private static Action remove(JsonParser json) throws IOException {
        String path = null;
        boolean dataChange = true;
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "path" -> path = text(json);
                case "dataChange" -> dataChange = json.getValueAsBoolean(true);
                default -> json.skipChildren();
            }
        }
        return new Action.Remove(required(path, "remove", "path"), dataChange);
    }

    private static Action metadata(JsonParser json) throws IOException {
        String id = null;
        String schema = null;
        List<String> partitionColumns = List.of();
        Map<String, String> configuration = Map.of();
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "id" -> id = text(json);
                case "schemaString" -> schema = text(json);
                case "partitionColumns" -> partitionColumns = list(json);
                case "configuration" -> configuration = texts(json, false);
                default -> json.skipChildren();
            }
        }
        return new Action.Metadata(id, required(schema, "metaData", "schemaString"), partitionColumns, configuration);
    }

    private static Action protocol(JsonParser json) throws IOException {
        int reader = 0;
        int writer = 0;
        List<String> readerFeatures = List.of();
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "minReaderVersion" -> reader = (int) number(json);
                case "minWriterVersion" -> writer = (int) number(json);
                case "readerFeatures" -> readerFeatures = list(json);
                default -> json.skipChildren();
            }
        }
        return new Action.Protocol(reader, writer, readerFeatures);
    }

    private static Action transaction(JsonParser json) throws IOException {
        String id = null;
        long version = 0;
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "appId" -> id = text(json);
                case "version" -> version = number(json);
                default -> json.skipChildren();
            }
        }
        return new Action.Transaction(required(id, "txn", "appId"), version);
    }

    private static Action info(JsonParser json) throws IOException {
        String operation = null;
        Map<String, String> parameters = Map.of();
        Map<String, String> metrics = Map.of();
        String engine = null;
        String userMetadata = null;
        OptionalLong inCommitTime = OptionalLong.empty();
        OptionalLong time = OptionalLong.empty();
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "operation" -> operation = text(json);
                case "operationParameters" -> parameters = texts(json, false);
                case "operationMetrics" -> metrics = texts(json, false);
                case "engineInfo" -> engine = text(json);
                case "userMetadata" -> userMetadata = text(json);
                case "timestamp" -> time = json.currentToken().isNumeric() ? OptionalLong.of(number(json)) : OptionalLong.empty();
                case "inCommitTimestamp" -> inCommitTime = json.currentToken() == JsonToken.VALUE_NULL
                        ? OptionalLong.empty() : OptionalLong.of(number(json));
                default -> json.skipChildren();
            }
        }
        return new Action.Info(operation, parameters, metrics, engine, userMetadata, inCommitTime, time);
    }

    private static void expect(JsonParser json, JsonToken actual, JsonToken expected) {
        if (actual != expected) {
            throw new IllegalArgumentException("expected a JSON object, actual "
                    + (actual == null ? "the end of the line" : actual.name()));
        }
    }

    private static String required(String value, String action, String field) {
        if (value == null) {
            throw new IllegalArgumentException("an action \"" + action + "\" without \"" + field + "\"");
        }
        return value;
    }

    private static long number(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? 0 : json.getLongValue();
    }

    /** The value as text: a string as it is, null as null, anything else as JSON. */
    private static String text(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            return json.getText();
        }
        StringWriter copy = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(copy)) {
            generator.copyCurrentStructure(json);
        }
        return copy.toString();
    }

    private static Map<String, String> texts(JsonParser json, boolean keepNulls) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            String value = text(json);
            if (value != null || keepNulls) {
                texts.put(field, value);
            }
        }
        return texts.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(texts);
    }

    private static List<String> list(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<String> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(text(json));
        }
        return List.copyOf(values);
    }
}
