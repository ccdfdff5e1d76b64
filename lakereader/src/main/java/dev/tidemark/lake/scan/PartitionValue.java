package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Column;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** The value a partition column has in all rows of a file (Delta protocol, "Partition Value Serialization"). */
final class PartitionValue {

    private PartitionValue() {
    }

    /** The value as a column would give it; null for none. An empty text stands for none, whatever the type. */
    static Object of(DataFile file, Schema.Field column) {
        String text = text(file.partition(), column.stored().name());
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return parse(text, column.type());
        } catch (RuntimeException e) {
            throw new LakeException(LakeException.Reason.BROKEN_LOG, "Cannot read " + file.location() + ": the log gives it the partition "
                    + column.name() + "=" + text + " (expected " + column.type() + "). The table's writer wrote a broken log", e);
        }
    }

    /** Whether what is asked of a partition column holds for the rows of a file: for all, or for none. */
    static boolean satisfies(Filter filter, DataFile file, Schema.Field column) {
        return filter.select(Column.constant(column.type(), of(file, column), 1), null) == null;
    }

    private static String text(Map<String, String> partition, String column) {
        if (partition.containsKey(column)) {
            return partition.get(column);
        }
        return partition.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(column)).map(Map.Entry::getValue)
                .filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }

    private static Object parse(String text, Type type) {
        if (type instanceof Type.Decimal decimal) {
            return new BigDecimal(text).setScale(decimal.scale());
        }
        return switch ((Type.Primitive) type) {
            case STRING -> text;
            case LONG, INTEGER, SHORT, BYTE -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case FLOAT -> (double) Float.parseFloat(text);
            case BOOLEAN -> truth(text);
            case DATE -> LocalDate.parse(text).toEpochDay();
            case TIMESTAMP, TIMESTAMP_NTZ -> micros(text);
            case BINARY -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private static Boolean truth(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException(text);
    }

    private static Long micros(String text) {
        String iso = text.replace(' ', 'T');
        Instant time = iso.endsWith("Z") ? Instant.parse(iso) : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }
}
