package dev.tidemark.lake.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/** Text for bytes as ZeroMQ's RFC 32 ("Z85") has it, which Delta uses for deletion vectors: five characters for four bytes. */
public final class Base85 {

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int[] VALUES = new int[128];

    static {
        Arrays.fill(VALUES, -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            VALUES[DIGITS.charAt(i)] = i;
        }
    }

    private Base85() {
    }

    /** @throws IllegalArgumentException if the text is none */
    public static byte[] decode(String text) {
        if (text.length() % 5 != 0) {
            throw new IllegalArgumentException("Base85 text of " + text.length() + " characters");
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() / 5 * 4);
        for (int i = 0; i < text.length(); i += 5) {
            long word = 0;
            for (int j = i; j < i + 5; j++) {
                int digit = text.charAt(j) < VALUES.length ? VALUES[text.charAt(j)] : -1;
                if (digit < 0) {
                    throw new IllegalArgumentException("\"" + text.charAt(j) + "\" in Base85 text");
                }
                word = word * 85 + digit;
            }
            if (word > 0xffff_ffffL) {
                throw new IllegalArgumentException("Base85 text beyond four bytes");
            }
            bytes.putInt((int) word);
        }
        return bytes.array();
    }

    /** A UUID of twenty characters. */
    public static UUID uuid(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(decode(text));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
