package dev.tidemark.stream.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values one after the other, as bytes in memory: numbers in eight or four bytes, the lowest first; each text once, then by its number. Not thread-safe; what
 * {@link #chunks} returns may be given to another thread.
 */
public final class StateWriter {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1 << 20;

    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[1 << 10];
    private int end;

    /**
     * Bytes of a state: either {@code bytes} up to {@code length}, or those of {@code longs} that are not {@code free}, eight bytes each, the lowest
     * first.
     *
     * @param length in bytes
     */
    public record Chunk(byte[] bytes, long[] longs, long free, long length) {
    }

    public void bool(boolean value) {
        room(1);
        bytes[end++] = (byte) (value ? 1 : 0);
    }

    public void number(int value) {
        room(4);
        INTS.set(bytes, end, value);
        end += 4;
    }

    public void number(long value) {
        room(8);
        LONGS.set(bytes, end, value);
        end += 8;
    }

    public void number(double value) {
        number(Double.doubleToRawLongBits(value));
    }

    /** A text, or null. */
    public void text(String value) {
        Integer known = value == null ? Integer.valueOf(-1) : texts.putIfAbsent(value, texts.size());
        if (known != null) {
            number(known);
            return;
        }
        number(texts.size() - 1);
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, end, utf8.length);
        end += utf8.length;
    }

    /**
     * An array of numbers that is not copied now: it must never change afterwards.
     *
     * @param count how many of them are not {@code free}; the others are left out
     */
    public void shared(long[] values, int count, long free) {
        number(count);
        cut();
        chunks.add(new Chunk(null, values, free, 8L * count));
    }

    private void room(int more) {
        if (bytes.length - end >= more) {
            return;
        }
        int size = bytes.length;
        cut();
        bytes = new byte[Math.max(more, Math.min(CHUNK, size * 4))];
    }

    private void cut() {
        if (end > 0) {
            chunks.add(new Chunk(bytes, null, 0, end));
            bytes = new byte[1 << 10];
            end = 0;
        }
    }

    /** All that was written. Nothing can be written any more. */
    public List<Chunk> chunks() {
        cut();
        return chunks;
    }
}
