package dev.tidemark.stream.alert;

import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.Arrays;

/**
 * The lowest value of the last while: those values that are lower than all after them, oldest first. No more than 32 are kept; of more
 * the ones between are thinned out, which can only make the lowest value look higher.
 */
final class Lowest {

    private static final int MOST = 32;

    /** A time and the bits of its value, in turn: one array is one place in memory to wait for. */
    private long[] entries = new long[4];
    private int size;

    /** The lowest value not older than this; NaN if there is none. */
    double since(long from) {
        int gone = 0;
        while (gone < size && entries[gone] < from) {
            gone += 2;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(entries, gone, entries, 0, size);
        }
        return size == 0 ? Double.NaN : value(0);
    }

    private double value(int entry) {
        return Double.longBitsToDouble(entries[entry + 1]);
    }

    /** Times must not go back. */
    void add(double value, long time) {
        while (size > 0 && value(size - 2) >= value) {
            size -= 2;
        }
        if (size == 2 * MOST) {
            size = MOST;
            for (int i = 0; i < size; i += 2) {
                System.arraycopy(entries, 2 * i, entries, i, 2);
            }
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size] = time;
        entries[size + 1] = Double.doubleToRawLongBits(value);
        size += 2;
    }

    void write(StateWriter out) {
        out.number(size / 2);
        for (int i = 0; i < size; i += 2) {
            out.number(entries[i]);
            out.number(value(i));
        }
    }

    static Lowest read(StateReader in) {
        Lowest lowest = new Lowest();
        int size = in.count(16);
        for (int i = 0; i < size; i++) {
            long time = in.longNumber();
            lowest.add(in.doubleNumber(), time);
        }
        return lowest;
    }
}
