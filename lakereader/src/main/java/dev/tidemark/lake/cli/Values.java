package dev.tidemark.lake.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Values of columns as people and programs read them: times as ISO-8601, binary as base64, what has parts as JSON. */
final class Values {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one JSON object. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private Values() {
    }

    /** A JSON object on one line. */
    static String json(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A value as a field of an object; a number where JSON has it. */
    static void field(JsonGenerator json, String name, Object value, Type type) throws IOException {
        json.writeFieldName(name);
        write(json, value, type);
    }

    /** A number that may be unknown (less than zero). */
    static void count(JsonGenerator json, String name, long value) throws IOException {
        if (value < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    /** Named texts as an object. */
    static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Object value, Type type) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.toPlainString());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            if (type == Type.Primitive.FLOAT) {
                json.writeNumber(number.floatValue());
            } else {
                json.writeNumber(number);
            }
        } else if (value instanceof Long number && !isTime(type)) {
            json.writeNumber(number);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element, type instanceof Type.Array array ? array.element() : null);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                field(json, scalar(entry.getKey(), type instanceof Type.MapOf of ? of.key() : null), entry.getValue(), inner(type, entry.getKey()));
            }
            json.writeEndObject();
        } else {
            json.writeString(scalar(value, type));
        }
    }

    private static Type inner(Type type, Object name) {
        if (type instanceof Type.Struct struct) {
            return struct.fields().stream().filter(field -> field.name().equals(name)).map(Schema.Field::type).findFirst().orElse(null);
        }
        return type instanceof Type.MapOf map ? map.value() : null;
    }

    private static boolean isTime(Type type) {
        return type == Type.Primitive.DATE || type == Type.Primitive.TIMESTAMP || type == Type.Primitive.TIMESTAMP_NTZ;
    }

    private static String scalar(Object value, Type type) {
        if (value instanceof byte[] binary) {
            return Base64.getEncoder().encodeToString(binary);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Double number && type == Type.Primitive.FLOAT) {
            // 0.1 and not the 0.10000000149011612 that it is as a double.
            return Float.toString(number.floatValue());
        }
        try {
            if (value instanceof Long number && type == Type.Primitive.DATE) {
                return LocalDate.ofEpochDay(number).toString();
            }
            if (value instanceof Long number && isTime(type)) {
                Instant time = Instant.EPOCH.plus(number, ChronoUnit.MICROS);
                return type == Type.Primitive.TIMESTAMP ? time.toString() : time.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
            }
        } catch (DateTimeException | ArithmeticException beyondTheCalendar) {
            return value.toString();
        }
        return value.toString();
    }

    /** A value for people. */
    static String text(Object value, Type type) {
        if (value == null) {
            return "null";
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            String object = json(json -> field(json, "v", value, type));
            return object.substring("{\"v\":".length(), object.length() - 1);
        }
        return scalar(value, type);
    }
}
