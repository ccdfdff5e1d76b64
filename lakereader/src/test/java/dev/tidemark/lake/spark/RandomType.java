package dev.tidemark.lake.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random type of Spark's, and the SQL of values that differ from row to row (by {@code id}) but are the same whenever they are asked for.
 *
 * @param sql   its name
 * @param value an expression of {@code id}; null in some rows
 */
record RandomType(String sql, String value) {

    private static final List<String> TEXTS = List.of("", " ", "a,b", "\"q\"", "it\\'s", "ünï😀", "tab\\tx", "line\\nx", "null", "0", "back\\\\slash", "a/b=c%20");

    /** A type without parts; {@code spread} distinct values at most. */
    static RandomType flat(Random random, long spread) {
        String hash = "pmod(xxhash64(id, " + random.nextInt(1_000_000) + "), " + spread + ")";
        return switch (random.nextInt(14)) {
            case 0 -> of(random, "TINYINT", "cast(" + hash + " % 256 - 128 AS TINYINT)");
            case 1 -> of(random, "SMALLINT", "cast(" + hash + " AS SMALLINT)");
            case 2 -> of(random, "INT", "cast(" + hash + " * 31 AS INT)");
            case 3 -> of(random, "BIGINT", hash + " * 1234567 - 99");
            case 4 -> of(random, "FLOAT", "cast(if(" + hash + " % 7 = 3, 'NaN', " + hash + " / 7) AS FLOAT)");
            case 5 -> of(random, "DOUBLE", "cast(CASE " + hash + " % 9 WHEN 0 THEN 'Infinity' WHEN 1 THEN '-0.0' ELSE " + hash + " / -3 END AS DOUBLE)");
            case 6 -> of(random, "BOOLEAN", hash + " % 2 = 0");
            case 7 -> of(random, "BINARY", "unhex(hex(" + hash + " + 65))");
            case 8 -> of(random, "DATE", "date_add(date'1970-01-01', cast(" + hash + " * 211 % 1000000 - 700000 AS INT))");
            case 9 -> of(random, "TIMESTAMP", "timestamp_micros(" + hash + " * 123456789012 % 100000000000000000 - 60000000000000000)");
            case 10 -> of(random, "TIMESTAMP_NTZ", "cast(timestamp_micros(" + hash + " * 1234567890 - 7) AS TIMESTAMP_NTZ)");
            case 11 -> {
                int precision = 1 + random.nextInt(38);
                int scale = random.nextInt(precision + 1);
                String type = "DECIMAL(" + precision + "," + scale + ")";
                yield of(random, type, "cast(cast(" + hash + " - 50 AS DECIMAL(38,0)) / 8 AS " + type + ")");
            }
            default -> of(random, "STRING", "concat(element_at(array(" + TEXTS.stream().map(text -> "'" + text + "'").collect(Collectors.joining(",")) + "), cast("
                    + hash + " % " + TEXTS.size() + " AS INT) + 1), if(" + hash + " % 3 = 0, '', hex(" + hash + ")))");
        };
    }

    /** Any type, nested up to a depth. */
    static RandomType any(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 6 : 3);
        int hash = random.nextInt(1_000_000);
        if (kind < 3) {
            return flat(random, random.nextBoolean() ? 5 : 100_000);
        }
        if (kind == 3) {
            List<RandomType> fields = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> any(random, depth - 1)).toList();
            List<String> types = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                types.add("f" + i + ": " + fields.get(i).sql());
                values.add("'f" + i + "', " + fields.get(i).value());
            }
            return of(random, "STRUCT<" + String.join(", ", types) + ">", "named_struct(" + String.join(", ", values) + ")");
        }
        RandomType one = any(random, depth - 1);
        if (kind == 4) {
            String type = "ARRAY<" + one.sql() + ">";
            return of(random, type, "CASE pmod(hash(id, " + hash + "), 3) WHEN 0 THEN cast(array() AS " + type + ") WHEN 1 THEN array(" + one.value() + ") ELSE array("
                    + one.value() + ", NULL, " + one.value() + ") END");
        }
        boolean numbers = random.nextBoolean();
        String type = "MAP<" + (numbers ? "INT" : "STRING") + ", " + one.sql() + ">";
        String key = numbers ? "cast(id AS INT)" : "concat('k', id)";
        return of(random, type, "CASE pmod(hash(id, " + hash + "), 3) WHEN 0 THEN cast(map() AS " + type + ") WHEN 1 THEN map(" + key + ", " + one.value() + ") ELSE map("
                + key + ", NULL, " + (numbers ? "-1" : "''") + ", " + one.value() + ") END");
    }

    private static RandomType of(Random random, String sql, String value) {
        return new RandomType(sql, "if(pmod(hash(id, " + random.nextInt(1_000_000) + "), " + (2 + random.nextInt(8)) + ") = 0, NULL, cast(" + value + " AS " + sql + "))");
    }
}
