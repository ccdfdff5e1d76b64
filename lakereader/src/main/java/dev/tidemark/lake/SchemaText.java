package dev.tidemark.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.lake.log.Action;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A schema as Delta's log writes it: JSON text (Delta protocol, "Schema Serialization Format"). */
final class SchemaText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(-?\\d+)\\)");
    private static final Map<String, Type> PRIMITIVES = new HashMap<>();

    static {
        for (Type.Primitive type : Type.Primitive.values()) {
            PRIMITIVES.put(type.toString(), type);
        }
    }

    /** How columns are known to the files: by their own names, by others, or by numbers. */
    private enum Mapping {
        NONE, NAME, ID
    }

    private final Mapping mapping;

    private SchemaText(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a schema. Types not known here are {@link Type.Unreadable}.
     *
     * @throws LakeException BROKEN_LOG for text that is no schema
     */
    static Schema read(String table, Action.Metadata metadata) {
        String text = metadata.schema();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Object json = json(parser);
            String mode = metadata.configuration().getOrDefault("delta.columnMapping.mode", "none");
            if (new SchemaText(Mapping.valueOf(mode.toUpperCase(Locale.ROOT))).type(json) instanceof Type.Struct struct) {
                return new Schema(struct.fields());
            }
            throw new ClassCastException("not a struct");
        } catch (IOException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new LakeException(LakeException.Reason.BROKEN_LOG,
                    "Cannot read " + table + ": its log holds a schema that is none (" + text.substring(0, Math.min(80, text.length())) + ")", e);
        }
    }

    /** A value as Map, List, String or Boolean; a number as its text. */
    private static Object json(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                object.put(field, json(parser));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(json(parser));
            }
            return array;
        }
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private Type type(Object json) {
        if (json instanceof String name) {
            return named(name);
        }
        Map<?, ?> parts = (Map<?, ?>) json;
        String kind = (String) parts.get("type");
        return switch (kind) {
            case "struct" -> new Type.Struct(((List<?>) parts.get("fields")).stream().map(f -> field((Map<?, ?>) f)).toList());
            case "array" -> new Type.Array(type(parts.get("elementType")), flag(parts, "containsNull"));
            case "map" -> new Type.MapOf(type(parts.get("keyType")), type(parts.get("valueType")), flag(parts, "valueContainsNull"));
            default -> new Type.Unreadable(kind);
        };
    }

    private Schema.Field field(Map<?, ?> field) {
        String name = Objects.requireNonNull((String) field.get("name"));
        return new Schema.Field(name, type(field.get("type")), flag(field, "nullable"), stored(name, (Map<?, ?>) field.get("metadata")));
    }

    private Schema.Stored stored(String name, Map<?, ?> metadata) {
        if (mapping == Mapping.NONE) {
            return new Schema.Stored(name, -1);
        }
        return new Schema.Stored(Objects.requireNonNull((String) metadata.get("delta.columnMapping.physicalName")),
                mapping == Mapping.ID ? Integer.parseInt((String) metadata.get("delta.columnMapping.id")) : -1);
    }

    private static boolean flag(Map<?, ?> object, String name) {
        return !Boolean.FALSE.equals(object.get(name));
    }

    private static Type named(String name) {
        Type primitive = PRIMITIVES.get(name.toLowerCase(Locale.ROOT));
        if (primitive != null) {
            return primitive;
        }
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new Type.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return name.equals("decimal") ? new Type.Decimal(10, 0) : new Type.Unreadable(name);
    }
}
