package dev.tidemark.stream.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link StateWriter} wrote. Every method throws {@link BrokenState} where there is no such value. Not thread-safe. */
public final class StateReader {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int to;
    private final List<String> texts = new ArrayList<>();
    private int at;

    /** Reads {@code bytes} in {@code [from, to)}. */
    public StateReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    public boolean bool() {
        int value = bytes[skip(1)];
        if (value != 0 && value != 1) {
            throw new BrokenState("no yes or no at byte " + (at - 1));
        }
        return value == 1;
    }

    public int number() {
        return (int) INTS.get(bytes, skip(4));
    }

    public long longNumber() {
        return (long) LONGS.get(bytes, skip(8));
    }

    public double doubleNumber() {
        return Double.longBitsToDouble(longNumber());
    }

    /** A number of things that follow, each of at least so many bytes. */
    public int count(int leastBytes) {
        int count = number();
        if (count < 0 || (long) count * leastBytes > to - at) {
            throw new BrokenState("impossible count at byte " + (at - 4) + " (actual " + count + ")");
        }
        return count;
    }

    /** A number from 0 to {@code below}, exclusive. */
    public int index(int below) {
        int index = number();
        if (index < 0 || index >= below) {
            throw new BrokenState("impossible index at byte " + (at - 4) + " (expected less than " + below + ", actual " + index + ")");
        }
        return index;
    }

    /** A text, or null. */
    public String text() {
        int number = number();
        if (number == -1) {
            return null;
        }
        if (number == texts.size()) {
            int length = count(1);
            texts.add(new String(bytes, skip(length), length, StandardCharsets.UTF_8));
        }
        if (number < 0 || number >= texts.size()) {
            throw new BrokenState("no text at byte " + (at - 4));
        }
        return texts.get(number);
    }

    /** What {@link StateWriter#shared} wrote, as an array of its own. */
    public long[] longs() {
        long[] values = new long[count(8)];
        int from = skip(8 * values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) LONGS.get(bytes, from + 8 * i);
        }
        return values;
    }

    /** Whether everything is read. */
    public boolean ended() {
        return at == to;
    }

    private int skip(int length) {
        if (length > to - at) {
            throw new BrokenState("ends too early (expected " + length + " more bytes, actual " + (to - at) + ")");
        }
        int from = at;
        at += length;
        return from;
    }
}
