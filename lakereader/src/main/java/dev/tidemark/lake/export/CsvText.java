package dev.tidemark.lake.export;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A growing run of bytes that values are written into as text, without a String for each. Doubles are written as
 * {@link Double#toString} lays them out (plain from 0.001 up to 10 million, else like 1.0E-5), with the shortest digits that
 * read back as the same number. Not thread-safe.
 */
final class CsvText {

    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final byte[] NOTHING = {};

    private final ShortestDecimal shortest = new ShortestDecimal();
    private byte[] bytes = new byte[1 << 16];
    private int size;
    private long lastDay = Long.MIN_VALUE;
    private byte[] lastDate = NOTHING;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Makes room for {@code more} bytes. */
    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
        }
    }

    void raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void raw(byte[] text) {
        raw(text, 0, text.length);
    }

    void raw(byte[] text, int from, int length) {
        reserve(length);
        System.arraycopy(text, from, bytes, size, length);
        size += length;
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** A field of text, quoted if it must be or if it is empty, as an unquoted empty field stands for null. */
    static byte[] field(String text) {
        boolean quoted = text.isEmpty();
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        return (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(StandardCharsets.UTF_8);
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii("-9223372036854775808");
            return;
        }
        reserve(20);
        long rest = value;
        if (rest < 0) {
            bytes[size++] = '-';
            rest = -rest;
        }
        digits(rest, length(rest));
    }

    private static int length(long positive) {
        int length = 1;
        for (long bound = 10; length < 19 && positive >= bound; bound *= 10) {
            length++;
        }
        return length;
    }

    /** The last {@code length} digits; there is room for them. */
    private void digits(long value, int length) {
        long rest = value;
        for (int i = size + length - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += length;
    }

    void number(double value) {
        if (value != value || Double.isInfinite(value) || value == 0) {
            ascii(Double.toString(value));
            return;
        }
        reserve(32);
        if (value < 0) {
            bytes[size++] = '-';
        }
        shortest.of(Math.abs(value));
        long digits = shortest.digits;
        int length = length(digits);
        int point = length + shortest.exponent;
        if (point > 7 || point < -2) {
            int from = size;
            digits(digits, length);
            insertPoint(from + 1);
            ascii("E");
            number(point - 1L);
        } else if (point <= 0) {
            ascii("0.");
            for (int i = point; i < 0; i++) {
                bytes[size++] = '0';
            }
            digits(digits, length);
        } else {
            int from = size;
            digits(digits, length);
            while (size < from + point) {
                bytes[size++] = '0';
            }
            insertPoint(from + point);
        }
    }

    /** Puts a point before the digit at {@code at}, and a zero after it if there is none. */
    private void insertPoint(int at) {
        System.arraycopy(bytes, at, bytes, at + 1, size - at);
        bytes[at] = '.';
        size++;
        if (size == at + 1) {
            bytes[size++] = '0';
        }
    }

    /** A float that was widened, by the shortest digits of the float. */
    void single(double value) {
        ascii(Float.toString((float) value));
    }

    /** Days since 1970-01-01 as yyyy-MM-dd. */
    void date(long day) {
        if (day != lastDay) {
            lastDate = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            lastDay = day;
        }
        raw(lastDate);
    }

    /** Microseconds since 1970-01-01T00:00 as yyyy-MM-ddTHH:mm:ss.SSSSSS. */
    void time(long micros) {
        date(Math.floorDiv(micros, MICROS_OF_DAY));
        reserve(16);
        long ofDay = Math.floorMod(micros, MICROS_OF_DAY);
        int second = (int) (ofDay / 1_000_000);
        bytes[size++] = 'T';
        digits(second / 3600, 2);
        bytes[size++] = ':';
        digits(second / 60 % 60, 2);
        bytes[size++] = ':';
        digits(second % 60, 2);
        bytes[size++] = '.';
        digits(ofDay % 1_000_000, 6);
    }

    /** A value of any type but text, as a field. */
    void value(Object value, Type type) {
        if (type instanceof Type.Struct || type instanceof Type.Array || type instanceof Type.MapOf) {
            StringBuilder json = new StringBuilder();
            json(json, value, type);
            raw(field(json.toString()));
        } else {
            scalar(value, type);
        }
    }

    /** A number, truth value, time or base64 text. */
    private void scalar(Object value, Type type) {
        if (type instanceof Type.Decimal) {
            ascii(((java.math.BigDecimal) value).toPlainString());
            return;
        }
        switch ((Type.Primitive) type) {
            case LONG, INTEGER, SHORT, BYTE -> number((long) value);
            case DOUBLE -> number((double) value);
            case FLOAT -> single((double) value);
            case BOOLEAN -> ascii(value.toString());
            case DATE -> date((long) value);
            case TIMESTAMP -> {
                time((long) value);
                raw('Z');
            }
            case TIMESTAMP_NTZ -> time((long) value);
            case BINARY -> raw(Base64.getEncoder().encode((byte[]) value));
            case STRING -> throw new IllegalArgumentException("text is written by field()");
        }
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
        if (type instanceof Type.Struct || type instanceof Type.Array || type instanceof Type.MapOf) {
            StringBuilder json = new StringBuilder();
            json(json, value, type);
            return json.toString();
        }
        int from = size;
        scalar(value, type);
        String text = new String(bytes, from, size - from, StandardCharsets.US_ASCII);
        size = from;
        return text;
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
