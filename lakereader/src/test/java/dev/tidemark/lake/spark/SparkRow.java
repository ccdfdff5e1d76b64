package dev.tidemark.lake.spark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row as one line of JSON that keeps every value exactly: times are microseconds since 1970-01-01T00:00Z (of the local time where there is
 * no zone), dates days since then, decimals numbers with all their digits, binary is hexadecimal text, a float its value as a double, NaN and the
 * infinities are text, a map is a list of pairs in the order of their keys' texts.
 */
public final class SparkRow {

    private SparkRow() {
    }

    /** A row of Spark's. */
    static String json(Object row) {
        try {
            return text(plain(row));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Spark's value by its Java class. */
    private static Object plain(Object value) throws ReflectiveOperationException {
        if (value == null || value.getClass().getName().startsWith("java.") || value instanceof byte[]) {
            return value;
        }
        if (is(value, "org.apache.spark.sql.Row")) {
            String[] names = (String[]) SparkServer.call(SparkServer.call(value, "schema"), "fieldNames");
            Map<String, Object> struct = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                struct.put(names[i], plain(SparkServer.call(value, "get", i)));
            }
            return struct;
        }
        if (is(value, "scala.collection.Map")) {
            List<Object> pairs = new ArrayList<>();
            for (Map.Entry<?, ?> entry : SparkServer.map(value).entrySet()) {
                pairs.add(new Object[] {plain(entry.getKey()), plain(entry.getValue())});
            }
            return pairs;
        }
        if (is(value, "scala.collection.Seq")) {
            List<Object> elements = new ArrayList<>();
            for (Object element : SparkServer.list(value)) {
                elements.add(plain(element));
            }
            return elements;
        }
        return value.toString();
    }

    private static boolean is(Object value, String type) throws ReflectiveOperationException {
        return Class.forName(type).isInstance(value);
    }

    /** A value as JSON; structs are Maps, arrays Lists, maps Lists of Object[] pairs. */
    public static String text(Object value) {
        if (value instanceof Map<?, ?> struct) {
            return "{" + String.join(",", struct.entrySet().stream().map(e -> quoted((String) e.getKey()) + ":" + text(e.getValue())).toList()) + "}";
        }
        if (value instanceof List<?> list) {
            boolean map = !list.isEmpty() && list.get(0) instanceof Object[];
            return "[" + String.join(",", map ? list.stream().map(SparkRow::pair).sorted().toList() : list.stream().map(SparkRow::text).toList()) + "]";
        }
        if (value instanceof Instant time) {
            return Long.toString(micros(time));
        }
        if (value instanceof LocalDateTime time) {
            return Long.toString(micros(time.toInstant(ZoneOffset.UTC)));
        }
        if (value instanceof LocalDate date) {
            return Long.toString(date.toEpochDay());
        }
        if (value instanceof Float number) {
            return text((double) number);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number.toString() : quoted(number.toString());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return quoted(HexFormat.of().formatHex(bytes));
        }
        return value == null || value instanceof Number || value instanceof Boolean ? String.valueOf(value) : quoted(value.toString());
    }

    private static String pair(Object pair) {
        return "[" + text(((Object[]) pair)[0]) + "," + text(((Object[]) pair)[1]) + "]";
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return quoted.append('"').toString();
    }
}
