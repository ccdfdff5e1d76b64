package dev.tidemark.stream.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import io.delta.standalone.actions.AddFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Every value lies within the bounds that the log names, whatever the values are. */
class FileStatisticsTest {

    static final Schema SCHEMA = new Schema(List.of(
            new Schema.Field("long", Type.Primitive.LONG, true),
            new Schema.Field("time", Type.Primitive.TIMESTAMP, true),
            new Schema.Field("day", Type.Primitive.DATE, true),
            new Schema.Field("double", Type.Primitive.DOUBLE, true),
            new Schema.Field("flag", Type.Primitive.BOOLEAN, true),
            new Schema.Field("text", Type.Primitive.STRING, true),
            new Schema.Field("map", new Type.MapOf(Type.Primitive.STRING, Type.Primitive.STRING, true), true),
            new Schema.Field("int", Type.Primitive.INTEGER, true),
            new Schema.Field("date", Type.Primitive.DATE, true)));
    static final TableLayout LAYOUT = new TableLayout(SCHEMA, List.of("date"), Map.of(), false);

    @TempDir
    Path lake;

    /** A row of values in the order of the schema, without the partition; null for none. */
    JsonNode statistics(List<Object[]> rows) {
        WrittenTable written = new WrittenTable(lake.resolve(Example.PATH));
        try (DeltaTable table = Example.open(lake, LAYOUT)) {
            Rows buffer = table.newRows();
            for (Object[] row : rows) {
                set(buffer, row);
            }
            table.replace(buffer, Map.of(), Map.of());
        }
        List<AddFile> files = written.files();
        assertThat(files).hasSize(1);
        return written.statistics(files.get(0));
    }

    JsonNode statisticsOf(Object[]... rows) {
        return statistics(Arrays.asList(rows));
    }

    @SuppressWarnings("unchecked")
    static void set(Rows buffer, Object[] row) {
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof Long value) {
                buffer.setLong(i, value);
            } else if (row[i] instanceof Double value) {
                buffer.setDouble(i, value);
            } else if (row[i] instanceof Boolean value) {
                buffer.setBoolean(i, value);
            } else if (row[i] instanceof String value) {
                buffer.setString(i, value);
            } else if (row[i] instanceof Map<?, ?> value) {
                buffer.setMap(i, (Map<String, String>) value);
            }
        }
        buffer.setLong(8, Example.DAY);
        buffer.end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void all_values_of_any_file_lie_within_its_bounds(int seed) {
        Random random = new Random(seed);
        List<Object[]> rows = new ArrayList<>();
        int count = seed % 4 == 0 ? 40_000 : 1 + random.nextInt(300);
        double gaps = seed % 3 == 0 ? 0 : random.nextDouble();
        for (int i = 0; i < count; i++) {
            Object[] row = {random.nextLong() >> random.nextInt(64), time(random), (long) random.nextInt(40_000) - 20_000, number(random),
                random.nextBoolean(), text(random), Map.of("a", "b"), (long) random.nextInt()};
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextDouble() < gaps ? null : row[column];
            }
            rows.add(row);
        }
        JsonNode statistics = statistics(rows);

        assertThat(statistics.path("numRecords").asInt()).isEqualTo(count);
        for (int column : new int[] {0, 1, 2, 3, 4, 5, 7}) {
            int at = column;
            String name = SCHEMA.fields().get(column).name();
            assertThat(statistics.path("nullCount").path(name).asLong()).isEqualTo(rows.stream().filter(row -> row[at] == null).count());
        }
        List<Object> longs = column(rows, 0);
        assertBounds(statistics, "long", longs, node -> node.asLong(), value -> (Long) value, true);
        assertBounds(statistics, "int", column(rows, 7), node -> node.asLong(), value -> (Long) value, true);
        assertBounds(statistics, "day", column(rows, 2), node -> LocalDate.parse(node.asText()).toEpochDay(), value -> (Long) value, true);
        assertBounds(statistics, "time", column(rows, 1), node -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(node.asText())),
                value -> (Long) value, false);
        assertBounds(statistics, "double", column(rows, 3).stream().filter(value -> !((Double) value).isNaN()).toList(),
                JsonNode::asDouble, value -> (Double) value, false);
        assertBounds(statistics, "text", column(rows, 5), node -> new Utf8(node.asText()), value -> new Utf8((String) value), false);
        for (String bounds : List.of("minValues", "maxValues")) {
            assertThat(statistics.path(bounds).has("map")).isFalse();
            assertThat(statistics.path(bounds).has("flag")).isFalse();
            assertThat(statistics.path(bounds).has("date")).isFalse();
            String text = statistics.path(bounds).path("text").asText();
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(32);
        }
    }

    static List<Object> column(List<Object[]> rows, int column) {
        return rows.stream().map(row -> row[column]).filter(value -> value != null).collect(Collectors.toList());
    }

    static <T extends Comparable<T>> void assertBounds(JsonNode statistics, String name, List<Object> values, Function<JsonNode, T> bound,
                                                       Function<Object, T> value, boolean exact) {
        JsonNode min = statistics.path("minValues").path(name);
        JsonNode max = statistics.path("maxValues").path(name);
        assertThat(values.isEmpty() && !(min.isMissingNode() && max.isMissingNode())).isFalse();
        if (values.isEmpty()) {
            return;
        }
        T least = values.stream().map(value).min(Comparable::compareTo).orElseThrow();
        T greatest = values.stream().map(value).max(Comparable::compareTo).orElseThrow();
        if (exact) {
            assertThat(bound.apply(min)).isEqualTo(least);
            assertThat(bound.apply(max)).isEqualTo(greatest);
        }
        if (!min.isMissingNode()) {
            assertThat(bound.apply(min)).isLessThanOrEqualTo(least);
        }
        if (!max.isMissingNode()) {
            assertThat(bound.apply(max)).isGreaterThanOrEqualTo(greatest);
        }
    }

    /** Text in the order of its bytes, as Spark, Parquet and the Delta protocol have it. */
    record Utf8(String text) implements Comparable<Utf8> {
        @Override
        public int compareTo(Utf8 other) {
            return Arrays.compareUnsigned(text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static long time(Random random) {
        return Example.DAY * 86_400_000_000L + random.nextInt(1_000_000_000) * (random.nextInt(10) == 0 ? -1_000_000L : 1L);
    }

    static double number(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> 0.0;
            case 2 -> -0.0;
            case 3 -> Double.MIN_VALUE;
            case 4 -> Double.MAX_VALUE;
            case 5 -> -Double.MAX_VALUE;
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
        };
    }

    static String text(Random random) {
        int[] alphabet = {'a', 'z', 0, '"', '\\', '\n', 0xe4, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff};
        int[] points = random.ints(random.nextInt(70), 0, random.nextBoolean() ? alphabet.length : 1).map(i -> alphabet[i]).toArray();
        if (random.nextInt(20) == 0) {
            Arrays.fill(points, 0x10ffff);
        }
        return new String(points, 0, points.length);
    }

    static Object[] only(int column, Object value) {
        Object[] row = new Object[8];
        row[column] = value;
        return row;
    }

    @Test
    void a_time_bound_is_rounded_to_milliseconds_outwards() {
        JsonNode statistics = statisticsOf(only(1, 1_234_567L), only(1, 7_654_321L), only(1, 2_000_000L));
        assertThat(statistics.path("minValues").path("time").asText()).isEqualTo("1970-01-01T00:00:01.234Z");
        assertThat(statistics.path("maxValues").path("time").asText()).isEqualTo("1970-01-01T00:00:07.655Z");

        JsonNode before1970 = statisticsOf(only(1, -1_234_567L), only(1, -999L));
        assertThat(before1970.path("minValues").path("time").asText()).isEqualTo("1969-12-31T23:59:58.765Z");
        assertThat(before1970.path("maxValues").path("time").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void long_text_is_cut_and_its_upper_bound_stays_one() {
        String same = "0123456789012345678901234567890";
        JsonNode statistics = statisticsOf(only(5, same + "5tail"), only(5, same + "\ud83d\ude00tail"), only(5, "short"));
        assertThat(statistics.path("minValues").path("text").asText()).isEqualTo(same + "5");
        assertThat(statistics.path("maxValues").path("text").asText()).isEqualTo("short");

        JsonNode cut = statisticsOf(only(5, same + "\ud83d\ude00tail"));
        assertThat(cut.path("minValues").path("text").asText()).isEqualTo(same + "\ud83d\ude00");
        assertThat(cut.path("maxValues").path("text").asText()).isEqualTo(same + "\ud83d\ude01");
    }

    @Test
    void text_that_has_nothing_above_it_has_no_upper_bound() {
        JsonNode statistics = statisticsOf(only(5, new String(Character.toChars(0x10ffff)).repeat(33)));
        assertThat(statistics.path("minValues").has("text")).isTrue();
        assertThat(statistics.path("maxValues").has("text")).isFalse();
    }

    @Test
    void a_nan_takes_the_upper_bound_away_because_some_sort_it_above_everything() {
        JsonNode statistics = statisticsOf(only(3, 1.0), only(3, Double.NaN), only(3, 2.0));
        assertThat(statistics.path("minValues").path("double").asDouble()).isEqualTo(1.0);
        assertThat(statistics.path("maxValues").has("double")).isFalse();
        assertThat(statistics.path("nullCount").path("double").asInt()).isZero();

        JsonNode nothingElse = statisticsOf(only(3, Double.NaN));
        assertThat(nothingElse.path("minValues").has("double")).isFalse();
        assertThat(nothingElse.path("maxValues").has("double")).isFalse();
    }

    @Test
    void infinities_are_no_bounds_because_json_has_no_word_for_them() {
        JsonNode statistics = statisticsOf(only(3, Double.NEGATIVE_INFINITY), only(3, 1.0));
        assertThat(statistics.path("minValues").has("double")).isFalse();
        assertThat(statistics.path("maxValues").path("double").asDouble()).isEqualTo(1.0);
    }

    @Test
    void times_beyond_the_years_that_have_four_digits_are_no_bounds() {
        JsonNode statistics = statisticsOf(only(1, Long.MAX_VALUE), only(1, 0L), only(2, 5_000_000L), only(2, 1L));
        assertThat(statistics.path("minValues").path("time").asText()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(statistics.path("maxValues").has("time")).isFalse();
        assertThat(statistics.path("minValues").path("day").asText()).isEqualTo("1970-01-02");
        assertThat(statistics.path("maxValues").has("day")).isFalse();
    }
}
