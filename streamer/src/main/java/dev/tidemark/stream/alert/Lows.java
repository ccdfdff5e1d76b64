package dev.tidemark.stream.alert;

import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.Arrays;

/**
 * For each measure of one device when it came last, and the lowest value of the last while: those values that are lower than all after them, oldest first. No
 * more than 32 are kept; of more the ones between are thinned out, which can only make the lowest value look higher. All of it stands in one array:
 * with many devices it is waiting for memory that costs.
 */
final class Lows {

    private static final int MOST = 32;
    /** Of a measure: last time, how many cells of entries, then the entries: a time and the bits of its value, in turn. */
    private static final int HEAD = 2;

    private long[] cells = {};
    private int width = HEAD + 4;

    /** There are so many measures now. */
    void measures(int count) {
        int before = cells.length / width;
        cells = Arrays.copyOf(cells, count * width);
        for (int i = before; i < count; i++) {
            cells[i * width] = Long.MIN_VALUE;
        }
    }

    /** Event time of a measure's newest value; {@link Long#MIN_VALUE} if none is known. */
    long last(int measure) {
        return cells[measure * width];
    }

    void heard(int measure, long time) {
        cells[measure * width] = time;
    }

    /** The lowest value not older than this; NaN if there is none. */
    double since(int measure, long from) {
        int head = measure * width;
        int first = head + HEAD;
        int size = (int) cells[head + 1];
        int gone = 0;
        while (gone < size && cells[first + gone] < from) {
            gone += 2;
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(cells, first + gone, cells, first, size);
            cells[head + 1] = size;
        }
        return size == 0 ? Double.NaN : Double.longBitsToDouble(cells[first + 1]);
    }

    /** Times must not go back. */
    void add(int measure, double value, long time) {
        int head = measure * width;
        int size = (int) cells[head + 1];
        while (size > 0 && Double.longBitsToDouble(cells[head + HEAD + size - 1]) >= value) {
            size -= 2;
        }
        if (size == 2 * MOST) {
            size = MOST;
            for (int i = 0; i < size; i += 2) {
                System.arraycopy(cells, head + HEAD + 2 * i, cells, head + HEAD + i, 2);
            }
        }
        if (size == width - HEAD) {
            widen();
            head = measure * width;
        }
        cells[head + HEAD + size] = time;
        cells[head + HEAD + size + 1] = Double.doubleToRawLongBits(value);
        cells[head + 1] = size + 2L;
    }

    private void widen() {
        int wider = HEAD + 2 * (width - HEAD);
        long[] more = new long[cells.length / width * wider];
        for (int from = 0, to = 0; from < cells.length; from += width, to += wider) {
            System.arraycopy(cells, from, more, to, width);
        }
        cells = more;
        width = wider;
    }

    boolean isEmpty(int measure) {
        return cells[measure * width + 1] == 0;
    }

    void write(int measure, StateWriter out) {
        int head = measure * width;
        int size = (int) cells[head + 1];
        out.number(size / 2);
        for (int i = head + HEAD; i < head + HEAD + size; i += 2) {
            out.number(cells[i]);
            out.number(Double.longBitsToDouble(cells[i + 1]));
        }
    }

    void read(int measure, StateReader in) {
        int size = in.count(16);
        for (int i = 0; i < size; i++) {
            long time = in.longNumber();
            add(measure, in.doubleNumber(), time);
        }
    }
}
