package dev.tidemark.lake.export;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTextTest {

    private static String text(Consumer<CsvText> write) {
        CsvText text = new CsvText();
        write.accept(text);
        return new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"0.0,0.0", "-0.0,-0.0", "1,1.0", "-21.5,-21.5", "0.1,0.1", "0.001,0.001", "0.00099,9.9E-4", "9999999,9999999.0", "1E7,1.0E7", "123456789.25,1.2345678925E8",
            "2E23,2.0E23", "8.41E21,8.41E21", "2.0E-3,0.002", "4.9E-324,4.9E-324", "1.7976931348623157E308,1.7976931348623157E308", "2.2250738585072014E-308,2.2250738585072014E-308",
            "76.53399999999999,76.53399999999999", "9007199254740993,9.007199254740992E15", "NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity"})
    void a_double_is_written_as_Java_lays_it_out_with_the_shortest_digits(double value, String expected) {
        assertThat(text(t -> t.number(value))).isEqualTo(expected);
    }

    @Test
    void the_digits_of_any_double_are_the_fewest_that_read_back_and_of_those_the_nearest() {
        Random random = new Random(1);
        for (int i = 0; i < 60_000; i++) {
            double value = switch (i % 4) {
                case 0 -> Double.longBitsToDouble(random.nextLong());
                case 1 -> random.nextInt(1_000_000) / 1000.0;
                case 2 -> random.nextGaussian() * 100;
                default -> Math.scalb(1.0, random.nextInt(2046) - 1022);
            };
            if (Double.isFinite(value) && Math.abs(value) > 1e-300) {
                String text = text(t -> t.number(value));
                assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
                BigDecimal exact = new BigDecimal(value);
                BigDecimal written = new BigDecimal(text).stripTrailingZeros();
                if (written.precision() > 1) {
                    // Either neighbour with a digit less reads back as another number.
                    MathContext shorter = new MathContext(written.precision() - 1, RoundingMode.DOWN);
                    BigDecimal toZero = exact.round(shorter);
                    BigDecimal fromZero = exact.round(new MathContext(written.precision() - 1, RoundingMode.UP));
                    assertThat(toZero.doubleValue()).as(text).isNotEqualTo(value);
                    assertThat(fromZero.doubleValue()).as(text).isNotEqualTo(value);
                }
                BigDecimal nearest = exact.round(new MathContext(written.precision(), RoundingMode.HALF_EVEN));
                if (nearest.doubleValue() == value) {
                    assertThat(written.subtract(exact).abs()).as(text).isEqualByComparingTo(nearest.subtract(exact).abs());
                }
            }
        }
    }

    @Test
    void integers_of_every_length() {
        for (long value : new long[] {0, 7, -7, 10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, 1_000_000_000_000_000_000L, 999_999_999_999_999_999L}) {
            assertThat(text(t -> t.number(value))).isEqualTo(Long.toString(value));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T05:24:09.123456Z,2026-11-21T05:24:09.123456", "1970-01-01T00:00:00Z,1970-01-01T00:00:00.000000", "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999",
            "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000000", "+10000-02-29T12:00:00.000001Z,+10000-02-29T12:00:00.000001"})
    void times_are_in_UTC_with_microseconds(Instant time, String expected) {
        assertThat(text(t -> t.time(time.getEpochSecond() * 1_000_000 + time.getNano() / 1000))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"plain|plain", "`a,b`|`\"a,b\"`", "say \"x\"|\"say \"\"x\"\"\"", "``|\"\"", "` lead `|` lead `", "ünï😀|ünï😀"})
    void text_is_quoted_only_where_it_must_be(String value, String expected) {
        assertThat(new String(new CsvText().field(value), StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"=1+1|'=1+1", "@SUM(A1)|'@SUM(A1)", "-2+3|'-2+3", "+49 30|'+49 30", "=\"a\"|\"'=\"\"a\"\"\"", "a=1|a=1", "``|\"\"", "'x|'x"})
    void a_formula_is_defused_on_request(String value, String expected) {
        assertThat(new String(new CsvText(CsvFormat.STANDARD.defused(true)).field(value), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(new String(new CsvText().field("=1+1"), StandardCharsets.UTF_8)).isEqualTo("=1+1");
    }

    @Test
    void numbers_are_no_formulas() {
        CsvText text = new CsvText(CsvFormat.STANDARD.defused(true));
        text.number(-5.5);
        assertThat(new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8)).isEqualTo("-5.5");
    }

    @Test
    void whatever_text_is_written_is_read_back_by_a_plain_reader() {
        Random random = new Random(3);
        String signs = "ab,;|\t\"\n\r='-é😀 ";
        for (char delimiter : new char[] {',', ';', '\t', '|'}) {
            CsvText text = new CsvText(CsvFormat.STANDARD.delimiter(delimiter));
            for (int i = 0; i < 500; i++) {
                List<String> row = new java.util.ArrayList<>();
                text.clear();
                for (int field = 0; field < 4; field++) {
                    int[] points = random.ints(random.nextInt(6), 0, signs.codePointCount(0, signs.length())).map(at -> signs.codePointAt(signs.offsetByCodePoints(0, at))).toArray();
                    row.add(random.nextInt(6) == 0 ? null : new String(points, 0, points.length));
                    if (field > 0) {
                        text.raw(delimiter);
                    }
                    if (row.get(field) != null) {
                        text.raw(text.field(row.get(field)));
                    }
                }
                text.raw('\n');
                assertThat(parsed(new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8), delimiter)).isEqualTo(row);
            }
        }
    }

    /** One record of RFC 4180; an empty field without quotes is null. */
    private static List<String> parsed(String line, char delimiter) {
        List<String> row = new java.util.ArrayList<>();
        int i = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            boolean quoted = line.charAt(i) == '"';
            if (quoted) {
                for (i++; line.charAt(i) != '"' || line.charAt(i + 1) == '"'; i++) {
                    field.append(line.charAt(i));
                    i += line.charAt(i) == '"' ? 1 : 0;
                }
                i++;
            } else {
                for (; line.charAt(i) != delimiter && line.charAt(i) != '\n'; i++) {
                    field.append(line.charAt(i));
                }
            }
            row.add(!quoted && field.isEmpty() ? null : field.toString());
            if (line.charAt(i++) == '\n') {
                assertThat(i).isEqualTo(line.length());
                return row;
            }
        }
    }

    @Test
    void nested_values_are_JSON() {
        Type type = new Type.Struct(List.of(new Schema.Field("start", Type.Primitive.TIMESTAMP, true), new Schema.Field("n", Type.Primitive.LONG, true),
                new Schema.Field("list", new Type.Array(Type.Primitive.DOUBLE, true), true), new Schema.Field("map", new Type.MapOf(Type.Primitive.STRING, Type.Primitive.DATE, true), true),
                new Schema.Field("gone", Type.Primitive.STRING, true), new Schema.Field("money", new Type.Decimal(10, 2), true), new Schema.Field("raw", Type.Primitive.BINARY, true),
                new Schema.Field("on", Type.Primitive.BOOLEAN, true), new Schema.Field("text", Type.Primitive.STRING, true), new Schema.Field("none", new Type.MapOf(Type.Primitive.LONG, Type.Primitive.LONG, true), true)));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("start", 0L);
        value.put("n", -5L);
        value.put("list", java.util.Arrays.asList(1.0, null, Double.NaN));
        value.put("map", Map.of("k", 1L));
        value.put("money", new BigDecimal("12.30"));
        value.put("raw", new byte[] {1, 2});
        value.put("on", true);
        value.put("text", "a\"\\\n\u0001");
        value.put("none", Map.of());
        assertThat(text(t -> t.value(value, type))).isEqualTo("\"{\"\"start\"\":\"\"1970-01-01T00:00:00.000000Z\"\",\"\"n\"\":-5,\"\"list\"\":[1.0,null,\"\"NaN\"\"],"
                + "\"\"map\"\":{\"\"k\"\":\"\"1970-01-02\"\"},\"\"gone\"\":null,\"\"money\"\":12.30,\"\"raw\"\":\"\"AQI=\"\",\"\"on\"\":true,"
                + "\"\"text\"\":\"\"a\\\"\"\\\\\\n\\u0001\"\",\"\"none\"\":{}}\"");
    }
}
