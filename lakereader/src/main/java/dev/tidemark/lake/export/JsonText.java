package dev.tidemark.lake.export;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Writes structs, arrays and maps as JSON text. What JSON has no literal for (times, binary, NaN) is a string. */
final class JsonText {

    private final BiFunction<Object, Type, String> scalars;

    /** @param scalars a value without parts as text, as it would stand in a field of its own, with a decimal point */
    JsonText(BiFunction<Object, Type, String> scalars) {
        this.scalars = scalars;
    }

    String of(Object value, Type type) {
        StringBuilder json = new StringBuilder();
        json(json, value, type);
        return json.toString();
    }

    private void json(StringBuilder out, Object value, Type type) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof Type.Struct struct) {
            String separator = "{";
            for (Schema.Field field : struct.fields()) {
                out.append(separator);
                quoted(out, field.name());
                out.append(':');
                json(out, ((Map<?, ?>) value).get(field.name()), field.type());
                separator = ",";
            }
            out.append('}');
        } else if (type instanceof Type.Array array) {
            out.append('[');
            for (Iterator<?> elements = ((List<?>) value).iterator(); elements.hasNext(); ) {
                json(out, elements.next(), array.element());
                out.append(elements.hasNext() ? "," : "");
            }
            out.append(']');
        } else if (type instanceof Type.MapOf map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.append(separator);
                quoted(out, entry.getKey() instanceof String text ? text : plain(entry.getKey(), map.key()));
                out.append(':');
                json(out, entry.getValue(), map.value());
                separator = ",";
            }
            out.append(separator.equals("{") ? "{}" : "}");
        } else if (value instanceof String text) {
            quoted(out, text);
        } else {
            String plain = plain(value, type);
            boolean literal = value instanceof Boolean || type instanceof Type.Decimal || value instanceof Double number && Double.isFinite(number)
                    || value instanceof Long && !(type == Type.Primitive.DATE || type == Type.Primitive.TIMESTAMP || type == Type.Primitive.TIMESTAMP_NTZ);
            out.append(literal ? plain : '"' + plain + '"');
        }
    }

    private String plain(Object value, Type type) {
        return type instanceof Type.Struct || type instanceof Type.Array || type instanceof Type.MapOf ? of(value, type) : scalars.apply(value, type);
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(c >> 4).append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
