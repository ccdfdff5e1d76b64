package dev.tidemark.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.lake.log.Action;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A file's statistics as Delta's log writes them: JSON text (Delta protocol, "Per-file Statistics"). They are a help, not
 * a promise: what does not fit the column's type is left out.
 */
final class StatisticsText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long MICROS_IN_MILLI = 1_000;

    /** Knows no column: reads counts only. */
    static final StatisticsText NONE = new StatisticsText(new Schema(List.of()));

    private record Leaf(String path, Type type) {
    }

    private static final Leaf AMBIGUOUS = new Leaf(null, null);

    /** By path in lower case. The paths are shared by all statistics read, of which there may be very many. */
    private final Map<String, Leaf> leaves = new HashMap<>();

    /** For files of a table with this schema. */
    StatisticsText(Schema schema) {
        schema.fields().forEach(field -> flatten("", field));
    }

    /** For files written under this metadata. Of a schema that cannot be read, no bounds are known. */
    static StatisticsText of(Action.Metadata metadata) {
        try {
            return new StatisticsText(SchemaText.read("", metadata));
        } catch (LakeException unreadable) {
            return NONE;
        }
    }

    /** The columns whose bounds, read before, say something else now: days that have become microseconds. */
    Set<String> inOtherUnitsThan(StatisticsText before) {
        return leaves.entrySet().stream().filter(now -> now.getValue().type() == Type.Primitive.TIMESTAMP_NTZ
                && before.leaves.getOrDefault(now.getKey(), AMBIGUOUS).type() == Type.Primitive.DATE).map(now -> now.getValue().path()).collect(Collectors.toSet());
    }

    private void flatten(String prefix, Schema.Field field) {
        String path = prefix + field.stored().name();
        if (field.type() instanceof Type.Struct struct) {
            struct.fields().forEach(inner -> flatten(path + ".", inner));
        } else {
            // A column "a.b" beside a struct "a" with a field "b": nobody can tell whose bounds those of "a.b" are.
            leaves.merge(path.toLowerCase(Locale.ROOT), new Leaf(path, field.type()), (one, other) -> AMBIGUOUS);
        }
    }

    private Leaf leaf(String prefix, String field) {
        String path = prefix.isEmpty() ? field : prefix + field;
        Leaf exact = leaves.get(path);
        return exact != null ? exact : leaves.get(path.toLowerCase(Locale.ROOT));
    }

    /** Reads statistics; empty if there are none or they do not say how many rows there are. */
    Optional<DataFile.Statistics> read(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        long rows = -1;
        Map<String, Object> min = Map.of();
        Map<String, Object> max = Map.of();
        Map<String, Long> nulls = Map.of();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken token = json.nextToken();
                switch (field) {
                    case "numRecords" -> rows = json.getValueAsLong(-1);
                    case "minValues" -> bounds(json, "", false, min = new LinkedHashMap<>());
                    case "maxValues" -> bounds(json, "", true, max = new LinkedHashMap<>());
                    case "nullCount" -> counts(json, "", nulls = new LinkedHashMap<>());
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return rows < 0 ? Optional.empty() : Optional.of(new DataFile.Statistics(rows, min, max, nulls));
    }

    private void bounds(JsonParser json, String prefix, boolean upper, Map<String, Object> bounds) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                bounds(json, prefix + field + ".", upper, bounds);
                continue;
            }
            Leaf leaf = leaf(prefix, field);
            Object bound = bound(json, leaf == null ? null : leaf.type(), upper);
            if (bound != null) {
                bounds.put(leaf.path(), bound);
            }
        }
    }

    private void counts(JsonParser json, String prefix, Map<String, Long> counts) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT) {
                counts(json, prefix + field + ".", counts);
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                Leaf leaf = leaf(prefix, field);
                if (leaf != AMBIGUOUS) {
                    counts.put(leaf == null ? prefix + field : leaf.path(), json.getLongValue());
                }
            } else {
                json.skipChildren();
            }
        }
    }

    /** The value as the type's; null if there is none or it is of another type. */
    private static Object bound(JsonParser json, Type type, boolean upper) throws IOException {
        JsonToken token = json.currentToken();
        if (!token.isScalarValue() || !(type instanceof Type.Primitive primitive)) {
            json.skipChildren();
            return null;
        }
        boolean text = token == JsonToken.VALUE_STRING;
        try {
            return switch (primitive) {
                case LONG, INTEGER, SHORT, BYTE -> token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : null;
                case DOUBLE -> token.isNumeric() ? json.getDoubleValue() : null;
                // The text of a float is shorter than its value: 0.1 stands for 0.10000000149011612.
                case FLOAT -> token.isNumeric() ? (double) (float) json.getDoubleValue() : null;
                case BOOLEAN -> token.isBoolean() ? json.getBooleanValue() : null;
                case STRING -> text ? json.getText() : null;
                case DATE -> text ? LocalDate.parse(json.getText()).toEpochDay() : null;
                case TIMESTAMP, TIMESTAMP_NTZ -> text ? micros(json.getText(), upper) : null;
                case BINARY -> null;
            };
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static long micros(String text, boolean upper) {
        // Opening a table reads thousands of them, and the JDK's parser makes a dozen objects for each.
        long micros = WrittenTime.micros(text);
        if (micros == WrittenTime.NONE) {
            micros = parsed(text);
        }
        // Spark cuts times to milliseconds here, so the largest value may lie up to one millisecond above.
        return upper && micros % MICROS_IN_MILLI == 0 ? Math.addExact(micros, MICROS_IN_MILLI - 1) : micros;
    }

    /** Forms that hardly anybody writes, such as years of five digits. */
    private static long parsed(String text) {
        String iso = text.replace(' ', 'T');
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        Instant time = zoned ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }
}
