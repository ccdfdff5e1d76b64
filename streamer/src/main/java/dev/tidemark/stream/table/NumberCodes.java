package dev.tidemark.stream.table;

import java.util.Arrays;

/**
 * Gives equal numbers of one column the same code, as long as there are few: times of windows, counts, readings with two decimals. As codes they take less room and
 * less time to compress than as numbers. Doubles are equal if their bits are. Not thread-safe; used for many columns.
 */
final class NumberCodes {

    /** So many differing numbers are 256 KB as a dictionary. */
    private static final int MOST = 1 << 15;
    private static final int TRIAL = 1 << 10;

    /** Open addressing: code + 1, 0 for free; never more than half full. */
    private int[] slots = new int[2 * TRIAL];
    private final long[] numbers = new long[MOST + 1];
    private int size;
    private int[] codes = {};
    private long[] bits = {};

    /** Looks for codes of some values of a column; false if they are too many for it to be worth it, or of another kind. */
    boolean find(ColumnBuffer buffer, int from, int to) {
        if (buffer instanceof ColumnBuffer.Longs longs) {
            return find(longs.array(), from, to);
        } else if (buffer instanceof ColumnBuffer.Doubles doubles) {
            bits = bits.length >= to - from ? bits : new long[to - from];
            for (int i = from; i < to; i++) {
                bits[i - from] = Double.doubleToRawLongBits(doubles.array()[i]);
            }
            return find(bits, 0, to - from);
        }
        return false;
    }

    private boolean find(long[] values, int from, int to) {
        begin(to - from);
        int trial = Math.max(TRIAL, (to - from) / 16);
        int code = -1;
        for (int i = from; i < to; i++) {
            if (code < 0 || numbers[code] != values[i]) {
                code = code(values[i]);
                int before = i - from + 1;
                if (size > MOST || before >= trial && size > before / 2) {
                    return false;
                }
            }
            codes[i - from] = code;
        }
        return size > 0 && size <= (to - from) / 2;
    }

    private void begin(int count) {
        if (size > 0) {
            // Small again: what fits the processor's cache is found faster.
            slots = slots.length > 2 * TRIAL ? new int[2 * TRIAL] : slots;
            Arrays.fill(slots, 0);
            size = 0;
        }
        codes = codes.length >= count ? codes : new int[count];
    }

    private int code(long number) {
        int slot = slot(number);
        while (slots[slot] != 0) {
            if (numbers[slots[slot] - 1] == number) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & slots.length - 1;
        }
        numbers[size] = number;
        slots[slot] = ++size;
        if (size * 2 > slots.length) {
            makeSlots();
        }
        return size - 1;
    }

    private void makeSlots() {
        slots = new int[slots.length * 4];
        for (int code = 0; code < size; code++) {
            int slot = slot(numbers[code]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = code + 1;
        }
    }

    private int slot(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40 ^ mixed >>> 20) & slots.length - 1;
    }

    /** The codes, that of the first value at 0. */
    int[] codes() {
        return codes;
    }

    /** The number of each code. */
    long[] numbers() {
        return numbers;
    }

    /** How many codes there are. */
    int size() {
        return size;
    }
}
