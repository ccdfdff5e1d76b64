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

    private long[] times = new long[4];
    private double[] values = new double[4];
    private int size;

    /** The lowest value not older than this; NaN if there is none. */
    double since(long from) {
        int gone = 0;
        while (gone < size && times[gone] < from) {
            gone++;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(times, gone, times, 0, size);
            System.arraycopy(values, gone, values, 0, size);
        }
        return size == 0 ? Double.NaN : values[0];
    }

    /** Times must not go back. */
    void add(double value, long time) {
        while (size > 0 && values[size - 1] >= value) {
            size--;
        }
        if (size == MOST) {
            size = MOST / 2;
            for (int i = 0; i < size; i++) {
                times[i] = times[2 * i];
                values[i] = values[2 * i];
            }
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        times[size] = time;
        values[size++] = value;
    }

    void write(StateWriter out) {
        out.number(size);
        for (int i = 0; i < size; i++) {
            out.number(times[i]);
            out.number(values[i]);
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
