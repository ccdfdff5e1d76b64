package dev.tidemark.stream.table;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Test {

    private static boolean byJava(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void compare(byte... bytes) {
        assertThat(Utf8.isValid(bytes)).as(() -> new java.math.BigInteger(1, bytes).toString(16)).isEqualTo(byJava(bytes));
    }

    @Test
    void every_two_bytes_are_judged_as_java_judges_them() {
        for (int i = 0; i < 1 << 16; i++) {
            compare((byte) (i >> 8), (byte) i);
        }
    }

    @Test
    void longer_sequences_at_the_limits_are_judged_as_java_judges_them() {
        int[] limits = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
        for (int a : limits) {
            for (int b : limits) {
                for (int c : limits) {
                    compare((byte) a, (byte) b, (byte) c);
                    for (int d : limits) {
                        compare((byte) a, (byte) b, (byte) c, (byte) d);
                        compare((byte) '{', (byte) a, (byte) b, (byte) c, (byte) d, (byte) '}');
                    }
                }
            }
        }
    }

    @Test
    void text_with_a_broken_byte_somewhere_is_found_out() {
        Random random = new Random(1);
        byte[] text = "{\"unit\":\"°C\",\"place\":\"Halle Süd 日本 🌡\",\"temperature\":21.5,\"padding\":\"0123456789\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(text)).isTrue();
        for (int i = 0; i < 10_000; i++) {
            byte[] broken = text.clone();
            broken[random.nextInt(text.length)] = (byte) random.nextInt(256);
            compare(broken);
        }
    }
}
