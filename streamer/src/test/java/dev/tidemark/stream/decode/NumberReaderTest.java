package dev.tidemark.stream.decode;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The judge is {@link Double#parseDouble}. */
class NumberReaderTest {

    private final NumberReader reader = new NumberReader();

    @Test
    void every_number_is_rounded_as_java_rounds_it() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            String text = switch (i % 6) {
                case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 1 -> String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", random.nextGaussian() * 1_000);
                case 2 -> Long.toString(random.nextLong());
                case 3 -> random.nextInt(100) + "." + Math.abs(random.nextLong()) + "e" + (random.nextInt(80) - 40);
                case 4 -> (1L << 53) + random.nextInt(5) + "e" + (random.nextInt(60) - 30);
                default -> random.nextInt(1_000_000) + "E-" + random.nextInt(330);
            };
            if (!text.contains("N") && !text.contains("I")) {
                assertThat(read(text, true)).as(text).isEqualTo(text.length());
                assertThat(reader.value).as(text).isEqualTo(Double.parseDouble(text));
            }
        }
    }

    @Test
    void exponents_beyond_bounds_are_zero_or_infinite() {
        assertThat(read("1e99999999999999", true)).isPositive();
        assertThat(reader.value).isInfinite();
        assertThat(read("1e-99999999999999", true)).isPositive();
        assertThat(reader.value).isZero();
        assertThat(read("0e99999999999999", true)).isPositive();
        assertThat(reader.value).isZero();
    }

    @Test
    void the_grammar_of_json_is_narrower_than_that_of_cells() {
        for (String text : new String[] {"+1", "01", ".5", "5.", "-.5", "00"}) {
            assertThat(read(text, true)).as(text).isEqualTo(-1);
            assertThat(read(text, false)).as(text).isEqualTo(text.length());
            assertThat(reader.value).isEqualTo(Double.parseDouble(text));
        }
        for (String text : new String[] {"", "-", "+", ".", "e5", "1e", "1e+", "-e", "x"}) {
            assertThat(read(text, true)).as(text).isEqualTo(-1);
            assertThat(read(text, false)).as(text).isEqualTo(-1);
        }
    }

    @Test
    void it_stops_where_the_number_ends() {
        assertThat(read("12,5", true)).isEqualTo(2);
        assertThat(read("1-2", true)).isEqualTo(1);
        assertThat(read("1.5.2", true)).isEqualTo(3);
    }

    private int read(String text, boolean json) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return reader.read(bytes, 0, bytes.length, json);
    }
}
