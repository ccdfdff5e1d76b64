package dev.tidemark.stream.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells whether bytes are UTF-8, eight at a time where they are ASCII. By table 3-7 of the Unicode Standard, "Well-Formed UTF-8 Byte Sequences". */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;

    private Utf8() {
    }

    /** Whether all bytes together are well-formed: no overlong forms, no surrogates, nothing beyond U+10FFFF, nothing cut off. */
    public static boolean isValid(byte[] bytes) {
        return isValid(bytes, 0, bytes.length);
    }

    /** The same of the bytes from one to before another. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int i = from;
        while (true) {
            while (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & HIGHS) == 0) {
                i += Long.BYTES;
            }
            while (i < to && bytes[i] >= 0) {
                i++;
            }
            if (i == to) {
                return true;
            }
            int length = sequence(bytes, i, to);
            if (length == 0) {
                return false;
            }
            i += length;
        }
    }

    /** Bytes of the sequence at {@code i}, which ends before {@code to}; 0 if it is none. */
    private static int sequence(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        int second = i + 1 < to ? bytes[i + 1] & 0xFF : 0;
        if (first >= 0xC2 && first <= 0xDF) {
            return second >> 6 == 2 ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int low = first == 0xE0 ? 0xA0 : 0x80;
            int high = first == 0xED ? 0x9F : 0xBF;
            return second >= low && second <= high && continues(bytes, i + 2, to) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int low = first == 0xF0 ? 0x90 : 0x80;
            int high = first == 0xF4 ? 0x8F : 0xBF;
            return second >= low && second <= high && continues(bytes, i + 2, to) && continues(bytes, i + 3, to) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int i, int to) {
        return i < to && (bytes[i] & 0xC0) == 0x80;
    }
}
