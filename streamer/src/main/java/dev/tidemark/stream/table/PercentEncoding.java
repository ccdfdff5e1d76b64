package dev.tidemark.stream.table;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/** Bytes of UTF-8 as {@code %XX}, so that a name is fit for a file system or a URI. */
final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final BitSet PLAIN = new BitSet();
    private static final BitSet PATH = new BitSet();

    static {
        PLAIN.set('0', '9' + 1);
        PLAIN.set('A', 'Z' + 1);
        PLAIN.set('a', 'z' + 1);
        for (char c : "-._".toCharArray()) {
            PLAIN.set(c);
        }
        PATH.or(PLAIN);
        PATH.set('/');
        PATH.set('=');
    }

    private PercentEncoding() {
    }

    /**
     * A column's name or value as part of a folder's name. Everything that some file system or tool minds is encoded, as Hive does, and
     * so is what is not ASCII; readers take values from the log, never from the name.
     */
    static String folder(String text) {
        return encode(text, PLAIN);
    }

    /** A file's name, relative to its table, as the log has it: a URI reference (RFC 2396). */
    static String path(String name) {
        return encode(name, PATH);
    }

    private static String encode(String text, BitSet unchanged) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && unchanged.get(b)) {
                encoded.append((char) b);
            } else {
                HEX.toHexDigits(encoded.append('%'), b);
            }
        }
        return encoded.toString();
    }
}
