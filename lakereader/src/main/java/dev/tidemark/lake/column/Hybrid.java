package dev.tidemark.lake.column;

import java.util.Arrays;

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

    /** Decodes {@code n} numbers of {@code width} bits from {@code bytes[from, to)} into {@code out[start, start + n)}. */
    static void decode(byte[] bytes, int from, int to, int width, int[] out, int start, int n) {
        Runs runs = new Runs(bytes, from, to, width);
        for (int done = 0; done < n; done += runs.count) {
            runs.next(n - done);
            if (runs.packed) {
                unpack(bytes, runs.at, width, out, start + done, runs.count);
            } else {
                Arrays.fill(out, start + done, start + done + runs.count, runs.value);
            }
        }
    }

    /**
     * Decodes {@code n} levels of one bit, of which 0 stands for no value.
     *
     * @param nulls set where there is no value; false from {@code start} on before
     * @return how many have a value
     */
    static int presence(byte[] bytes, int from, int to, boolean[] nulls, int start, int n) {
        Runs runs = new Runs(bytes, from, to, 1);
        int present = 0;
        for (int done = 0; done < n; done += runs.count) {
            runs.next(n - done);
            if (!runs.packed) {
                present += runs.value * runs.count;
                if (runs.value == 0) {
                    Arrays.fill(nulls, start + done, start + done + runs.count, true);
                }
                continue;
            }
            for (int i = 0; i < runs.count; i += 8) {
                int bits = bytes[runs.at + (i >>> 3)] & 0xff;
                int left = runs.count - i;
                bits |= left < 8 ? 0xff << left & 0xff : 0;
                present += Integer.bitCount(bits) - (left < 8 ? 8 - left : 0);
                for (int missing = ~bits & 0xff; missing != 0; missing &= missing - 1) {
                    nulls[start + done + i + Integer.numberOfTrailingZeros(missing)] = true;
                }
            }
        }
        return present;
    }

    /** Walks from run to run. */
    private static final class Runs {
        private final byte[] bytes;
        private final int to;
        private final int width;
        private int next;
        /** Of the current run: whether it is bit-packed (from {@code at} on) or repeats one value, and how many of its numbers are wanted. */
        private boolean packed;
        private int at;
        private int value;
        private int count;

        Runs(byte[] bytes, int from, int to, int width) {
            if (width < 0 || width > 32) {
                throw new CorruptPageException("a width of " + width + " bits");
            }
            this.bytes = bytes;
            this.next = from;
            this.to = to;
            this.width = width;
        }

        void next(int wanted) {
            int header = 0;
            int shift = 0;
            byte b;
            do {
                if (next >= to || shift > 28) {
                    throw new CorruptPageException("a run header that does not end");
                }
                b = bytes[next++];
                header |= (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            int length = header >>> 1;
            packed = (header & 1) != 0;
            at = next;
            count = (int) Math.min(packed ? length * 8L : length, wanted);
            if (count == 0) {
                throw new CorruptPageException("an empty run");
            }
            if (packed) {
                if (at + ((long) count * width + 7) / 8 > to) {
                    throw new CorruptPageException("a bit-packed run that reaches beyond its page");
                }
                next = (int) Math.min(to, at + (long) length * width);
            } else {
                value = runValue(bytes, at, to, width);
                next = at + ((width + 7) >>> 3);
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
        if (width > 8 && width <= 16) {
            // Eight numbers take two words, of which the second begins with the fifth number, within a byte if the width is odd.
            int half = width >>> 1;
            int odd = (width & 1) << 2;
            int at = from;
            for (; i + 8 <= n; i += 8, at += width) {
                long word = LittleEndian.int64(bytes, at);
                long rest = LittleEndian.int64(bytes, at + half) >>> odd;
                int o = start + i;
                out[o] = (int) (word & mask);
                out[o + 1] = (int) (word >>> width & mask);
                out[o + 2] = (int) (word >>> 2 * width & mask);
                out[o + 3] = (int) (word >>> 3 * width & mask);
                out[o + 4] = (int) (rest & mask);
                out[o + 5] = (int) (rest >>> width & mask);
                out[o + 6] = (int) (rest >>> 2 * width & mask);
                out[o + 7] = (int) (rest >>> 3 * width & mask);
            }
        }
        long bit = (long) i * width;
        for (; i < n; i++, bit += width) {
            long word = LittleEndian.int64(bytes, from + (int) (bit >>> 3));
            out[start + i] = (int) (word >>> (bit & 7) & mask);
        }
    }
}
