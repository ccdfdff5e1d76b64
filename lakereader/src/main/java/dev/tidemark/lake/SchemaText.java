package dev.tidemark.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private SchemaText() {
    }

    /**
     * Reads a schema.
     *
     * @throws LakeException UNSUPPORTED for a type not known here, BROKEN_LOG for text that is no schema
     */
    static Schema read(String table, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            if (type(table, "", json(parser)) instanceof Type.Struct struct) {
                return new Schema(struct.fields());
            }
            throw new ClassCastException("not a struct");
        } catch (IOException | ClassCastException | NullPointerException | NumberFormatException e) {
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

    private static Type type(String table, String column, Object json) {
        if (json instanceof String name) {
            return named(table, column, name);
        }
        Map<?, ?> parts = (Map<?, ?>) json;
        String kind = (String) parts.get("type");
        return switch (kind) {
            case "struct" -> new Type.Struct(((List<?>) parts.get("fields")).stream().map(f -> field(table, column, (Map<?, ?>) f)).toList());
            case "array" -> new Type.Array(type(table, column, parts.get("elementType")), flag(parts, "containsNull"));
            case "map" -> new Type.MapOf(type(table, column, parts.get("keyType")), type(table, column, parts.get("valueType")),
                    flag(parts, "valueContainsNull"));
            default -> throw unknown(table, column, kind);
        };
    }

    private static Schema.Field field(String table, String parent, Map<?, ?> field) {
        String name = (String) field.get("name");
        return new Schema.Field(name, type(table, parent.isEmpty() ? name : parent + "." + name, field.get("type")), flag(field, "nullable"));
    }

    private static boolean flag(Map<?, ?> object, String name) {
        return !Boolean.FALSE.equals(object.get(name));
    }

    private static Type named(String table, String column, String name) {
        Type primitive = PRIMITIVES.get(name.toLowerCase(Locale.ROOT));
        if (primitive != null) {
            return primitive;
        }
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new Type.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        if (name.equals("decimal")) {
            return new Type.Decimal(10, 0);
        }
        throw unknown(table, column, name);
    }

    private static LakeException unknown(String table, String column, String type) {
        return new LakeException(LakeException.Reason.UNSUPPORTED,
                "Cannot read " + table + ": the type " + type + " of column " + column + " is not supported yet");
    }
}
