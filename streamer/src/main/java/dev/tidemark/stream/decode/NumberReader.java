package dev.tidemark.stream.decode;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers from bytes, correctly rounded. Most take the fast path: digits that fit 53 bits and a power of ten up to 22 are
 * both exact doubles, and one IEEE operation on them rounds once (W. D. Clinger, "How to read floating point numbers accurately",
 * 1990). Not thread-safe.
 */
final class NumberReader {

    private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long EXACT = 1L << 53;

    /** The number read last. */
    double value;

    /**
     * Reads the number at {@code from}.
     *
     * @param json whether only JSON's grammar will do; else a plus sign, leading zeros, and a point without digits before or behind it are
     *             fine as well
     * @return index behind it; -1 if there is none
     */
    int read(byte[] bytes, int from, int limit, boolean json) {
        int i = from;
        boolean negative = i < limit && bytes[i] == '-';
        if (negative || !json && i < limit && bytes[i] == '+') {
            i++;
        }
        int digits = i;
        long mantissa = 0;
        int c = 0;
        while (i < limit && (c = bytes[i] - '0') >= 0 && c <= 9) {
            mantissa = mantissa * 10 + c;
            i++;
        }
        int whole = i - digits;
        if (json && (whole == 0 || whole > 1 && bytes[digits] == '0')) {
            return -1;
        }
        int count = whole;
        int exponent = 0;
        if (i < limit && bytes[i] == '.') {
            int point = ++i;
            while (i < limit && (c = bytes[i] - '0') >= 0 && c <= 9) {
                mantissa = mantissa * 10 + c;
                i++;
            }
            exponent = point - i;
            count += i - point;
            if (json && exponent == 0) {
                return -1;
            }
        }
        if (count == 0) {
            return -1;
        }
        boolean huge = false;
        if (i < limit && (bytes[i] | 0x20) == 'e') {
            int e = i + 1;
            boolean minus = e < limit && bytes[e] == '-';
            if (minus || e < limit && bytes[e] == '+') {
                e++;
            }
            int start = e;
            int power = 0;
            while (e < limit && (c = bytes[e] - '0') >= 0 && c <= 9) {
                power = Math.min(power * 10 + c, 100_000);
                e++;
            }
            if (e == start) {
                return -1;
            }
            i = e;
            exponent += minus ? -power : power;
            huge = power > 1_000;
        }
        // 18 digits cannot have overflowed; leading zeros may make the count too high, which costs only time.
        if (count <= 18 && !huge && mantissa < EXACT && exponent >= -22 && exponent <= 22) {
            double magnitude = exponent < 0 ? mantissa / TENS[-exponent] : mantissa * TENS[exponent];
            value = negative ? -magnitude : magnitude;
        } else {
            value = Double.parseDouble(new String(bytes, from, i - from, StandardCharsets.ISO_8859_1));
        }
        return i;
    }
}
