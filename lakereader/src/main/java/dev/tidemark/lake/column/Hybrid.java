package dev.tidemark.lake.column;

/**
 * Parquet's hybrid of run-length and bit-packed numbers, used for levels and dictionary codes
 * (Parquet format, Encodings, "Run Length Encoding / Bit-Packing Hybrid").
 */
final class Hybrid {

    /** Bytes that must be readable after the encoded ones: numbers are taken out of 8 bytes at a time. */
    static final int SLACK = 8;

    private Hybrid() {
    }

    /** The smallest width that holds every number up to {@code max}. */
    static int width(int max) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(max);
    }

    /** Whether the first {@code n} numbers are one run of {@code value}; false does not mean that they are not all equal. */
    static boolean isRunOf(int value, byte[] bytes, int from, int to, int width, int n) {
        int at = from;
        int header = 0;
        for (int shift = 0; shift < 35 && at < to; shift += 7) {
            byte b = bytes[at++];
            header |= (b & 0x7f) << shift;
            if (b >= 0) {
                return (header & 1) == 0 && header >>> 1 >= n && runValue(bytes, at, to, width) == value;
            }
        }
        return false;
    }

    /** Decodes {@code n} numbers of {@code width} bits from {@code bytes[from, to)} into {@code out}. */
    static void decode(byte[] bytes, int from, int to, int width, int[] out, int n) {
        if (width < 0 || width > 32) {
            throw new CorruptPageException("a width of " + width + " bits");
        }
        int at = from;
        int done = 0;
        while (done < n) {
            int header = 0;
            int shift = 0;
            byte b;
            do {
                if (at >= to || shift > 28) {
                    throw new CorruptPageException("a run header that does not end");
                }
                b = bytes[at++];
                header |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            int count = header >>> 1;
            if ((header & 1) == 0) {
                int run = Math.min(count, n - done);
                if (run == 0) {
                    throw new CorruptPageException("an empty run");
                }
                java.util.Arrays.fill(out, done, done + run, runValue(bytes, at, to, width));
                at += (width + 7) >>> 3;
                done += run;
            } else {
                int packed = (int) Math.min(count * 8L, n - done);
                if (packed == 0 || at + ((long) packed * width + 7) / 8 > to) {
                    throw new CorruptPageException("a bit-packed run that reaches beyond its page");
                }
                unpack(bytes, at, width, out, done, packed);
                at = (int) Math.min(to, at + (long) count * width);
                done += packed;
            }
        }
    }

    private static int runValue(byte[] bytes, int at, int to, int width) {
        int length = (width + 7) >>> 3;
        if (at + length > to) {
            throw new CorruptPageException("a run that reaches beyond its page");
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[at + i] & 0xff) << (8 * i);
        }
        return value;
    }

    private static void unpack(byte[] bytes, int from, int width, int[] out, int start, int n) {
        long mask = (1L << width) - 1;
        int i = 0;
        if (width <= 8) {
            int at = from;
            for (; i + 8 <= n; i += 8, at += width) {
                long word = LittleEndian.int64(bytes, at);
                int o = start + i;
                out[o] = (int) (word & mask);
                out[o + 1] = (int) (word >>> width & mask);
                out[o + 2] = (int) (word >>> 2 * width & mask);
                out[o + 3] = (int) (word >>> 3 * width & mask);
                out[o + 4] = (int) (word >>> 4 * width & mask);
                out[o + 5] = (int) (word >>> 5 * width & mask);
                out[o + 6] = (int) (word >>> 6 * width & mask);
                out[o + 7] = (int) (word >>> 7 * width & mask);
            }
        }
        long bit = (long) i * width;
        for (; i < n; i++, bit += width) {
            long word = LittleEndian.int64(bytes, from + (int) (bit >>> 3));
            out[start + i] = (int) (word >>> (bit & 7) & mask);
        }
    }
}
