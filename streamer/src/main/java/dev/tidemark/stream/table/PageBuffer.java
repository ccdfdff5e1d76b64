package dev.tidemark.stream.table;

import org.apache.parquet.bytes.BytesInput;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a Parquet page in the making, little-endian. Grows, and is used again for the next page. */
final class PageBuffer {

    /** From so many equal codes on a run is shorter than packed ones, and quicker to read. */
    private static final int LONG_RUN = 64;

    private byte[] bytes = new byte[4096];
    private ByteBuffer buffer = wrap(bytes);

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        buffer.clear();
    }

    private void need(int more) {
        if (buffer.remaining() < more) {
            int position = buffer.position();
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(position, more), (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
            buffer = wrap(bytes);
            buffer.position(position);
        }
    }

    /**
     * Definition levels of an optional column without parts, with their length before them: Parquet's run-length and bit-packed hybrid of
     * width 1, as one run.
     *
     * @param firstRow a multiple of 64
     * @param values   how many of the rows have a value
     * @param column   may be null if none has
     */
    void putLevels(ColumnBuffer column, int firstRow, int rows, int values) {
        need(Integer.BYTES + 5 + Long.BYTES * (rows / Long.SIZE + 1));
        int start = buffer.position();
        buffer.position(start + Integer.BYTES);
        if (values == rows || values == 0) {
            putVarInt(rows << 1);
            buffer.put((byte) (values == 0 ? 0 : 1));
        } else {
            int groups = (rows + 7) / 8;
            putVarInt(groups << 1 | 1);
            int end = buffer.position() + groups;
            for (int word = firstRow >> 6; buffer.position() < end; word++) {
                buffer.putLong(column.presence(word));
            }
            buffer.position(end);
        }
        buffer.putInt(start, buffer.position() - start - Integer.BYTES);
    }

    private void putVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            buffer.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    void putByte(int value) {
        need(1);
        buffer.put((byte) value);
    }

    void putLongs(long[] values, int from, int count) {
        need(count * Long.BYTES);
        buffer.asLongBuffer().put(values, from, count);
        buffer.position(buffer.position() + count * Long.BYTES);
    }

    /** Values that fit 32 bits. */
    void putInts(long[] values, int from, int count) {
        need(count * Integer.BYTES);
        for (int i = from; i < from + count; i++) {
            buffer.putInt((int) values[i]);
        }
    }

    void putDoubles(double[] values, int from, int count) {
        need(count * Double.BYTES);
        buffer.asDoubleBuffer().put(values, from, count);
        buffer.position(buffer.position() + count * Double.BYTES);
    }

    void putBooleans(boolean[] values, int from, int count) {
        need((count + 7) / 8);
        for (int i = 0; i < count; i += 8) {
            int packed = 0;
            for (int bit = 0; bit < Math.min(8, count - i); bit++) {
                packed |= values[from + i + bit] ? 1 << bit : 0;
            }
            buffer.put((byte) packed);
        }
    }

    void putBytes(byte[] from, int start, int end) {
        need(end - start);
        buffer.put(from, start, end - start);
    }

    /** Levels that are one code a value, with their length before them. */
    void putLevels(int[] levels, int count, int width) {
        need(Integer.BYTES);
        int start = buffer.position();
        buffer.position(start + Integer.BYTES);
        putCodes(levels, 0, count, width);
        buffer.putInt(start, buffer.position() - start - Integer.BYTES);
    }

    /**
     * Small numbers in Parquet's run-length and bit-packed hybrid: what repeats for long as a run, the rest packed.
     *
     * @param width bits of a number, 1 to 24
     */
    void putCodes(int[] codes, int from, int to, int width) {
        int packed = from;
        int at = from;
        while (at < to) {
            int end = at + 1;
            while (end < to && codes[end] == codes[at]) {
                end++;
            }
            if (end - at >= LONG_RUN) {
                // What is packed before a run comes in eights: the run lends the rest.
                int begin = at + (-(at - packed) & 7);
                pack(codes, packed, begin, width);
                need(5 + Integer.BYTES);
                putVarInt((end - begin) << 1);
                for (int bits = 0; bits < width; bits += Byte.SIZE) {
                    buffer.put((byte) (codes[at] >>> bits));
                }
                packed = end;
            }
            at = end;
        }
        pack(codes, packed, to, width);
    }

    private void pack(int[] codes, int from, int to, int width) {
        if (from == to) {
            return;
        }
        int groups = (to - from + 7) / 8;
        need(5 + groups * width + Integer.BYTES);
        putVarInt(groups << 1 | 1);
        int end = buffer.position() + groups * width;
        int at = buffer.position();
        long bits = 0;
        int filled = 0;
        for (int i = from; i < to; i++) {
            bits |= (long) codes[i] << filled;
            filled += width;
            if (filled >= Integer.SIZE) {
                buffer.putInt(at, (int) bits);
                at += Integer.BYTES;
                bits >>>= Integer.SIZE;
                filled -= Integer.SIZE;
            }
        }
        for (; at < end; at++) {
            buffer.put(at, (byte) bits);
            bits >>>= Byte.SIZE;
        }
        buffer.position(end);
    }

    int size() {
        return buffer.position();
    }

    /** The bytes so far; valid until the next change. */
    BytesInput bytes() {
        return BytesInput.from(bytes, 0, buffer.position());
    }
}
