package dev.tidemark.lake.diff;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encoded rows of two versions. A row of one version that is the same in the other takes it away; equal rows of one version are kept once and
 * counted. What is left is given key by key. Not thread-safe.
 */
final class RowSet {

    static final byte BEFORE = 0;
    static final byte AFTER = 1;

    /** Takes rows. */
    interface Rows {
        void row(byte side, byte[] bytes, int from, int length, int keyLength, int count) throws IOException;
    }

    /** Takes what is left of one key: where the rows begin in {@link #bytes()}, in the order they came, equal ones repeated. */
    interface Keys {
        void key(int[] before, int[] after);
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NONE = -1;
    private static final int OVERHEAD = 32;

    private byte[] bytes = new byte[1 << 16];
    private int size;
    private int rows;
    /** Rows whose count is not zero. */
    private int live;
    private long liveBytes;
    private int[] starts = new int[1024];
    private int[] lengths = new int[1024];
    private int[] keyLengths = new int[1024];
    private int[] hashes = new int[1024];
    private int[] counts = new int[1024];
    private byte[] sides = new byte[1024];
    private int[] nexts = new int[1024];
    private int[] slots = new int[2048];

    RowSet() {
        Arrays.fill(slots, NONE);
    }

    /** Roughly the memory this takes, in bytes. */
    long weight() {
        return size + (long) OVERHEAD * rows;
    }

    /** What of it is still needed. */
    long liveWeight() {
        return liveBytes + (long) OVERHEAD * live;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Bytes of the row that begins at {@code start}, which {@link #drain} has given. */
    int length(int start) {
        return lengths[Arrays.binarySearch(starts, 0, rows, start)];
    }

    static int hash(byte[] bytes, int from, int length) {
        long hash = length;
        int i = from;
        for (; i <= from + length - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; i < from + length; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash ^ hash >>> 32);
    }

    void add(byte side, byte[] row, int from, int length, int keyLength, int count) {
        int hash = hash(row, from, length);
        int left = count;
        for (int other = slots[hash & slots.length - 1]; other != NONE && left > 0; other = nexts[other]) {
            if (hashes[other] == hash && counts[other] > 0 && lengths[other] == length
                    && Arrays.equals(bytes, starts[other], starts[other] + length, row, from, from + length)) {
                if (sides[other] == side) {
                    counts[other] += left;
                    return;
                }
                int both = Math.min(left, counts[other]);
                left -= both;
                counts[other] -= both;
                if (counts[other] == 0) {
                    live--;
                    liveBytes -= length;
                }
            }
        }
        if (left > 0) {
            append(side, row, from, length, keyLength, left, hash);
        }
    }

    private void append(byte side, byte[] row, int from, int length, int keyLength, int count, int hash) {
        if (rows == starts.length) {
            grow();
        }
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(size + (long) length, bytes.length + (long) (bytes.length >> 1))));
        }
        System.arraycopy(row, from, bytes, size, length);
        starts[rows] = size;
        lengths[rows] = length;
        keyLengths[rows] = keyLength;
        hashes[rows] = hash;
        counts[rows] = count;
        sides[rows] = side;
        int slot = hash & slots.length - 1;
        nexts[rows] = slots[slot];
        slots[slot] = rows++;
        size += length;
        live++;
        liveBytes += length;
    }

    private void grow() {
        int room = rows * 2;
        starts = Arrays.copyOf(starts, room);
        lengths = Arrays.copyOf(lengths, room);
        keyLengths = Arrays.copyOf(keyLengths, room);
        hashes = Arrays.copyOf(hashes, room);
        counts = Arrays.copyOf(counts, room);
        sides = Arrays.copyOf(sides, room);
        nexts = new int[room];
        slots = new int[room * 2];
        chain();
    }

    private void chain() {
        Arrays.fill(slots, NONE);
        for (int row = 0; row < rows; row++) {
            int slot = hashes[row] & slots.length - 1;
            nexts[row] = slots[slot];
            slots[slot] = row;
        }
    }

    /** Lets go of rows that were taken away. */
    void compact() {
        int kept = 0;
        int end = 0;
        for (int row = 0; row < rows; row++) {
            if (counts[row] > 0) {
                System.arraycopy(bytes, starts[row], bytes, end, lengths[row]);
                starts[kept] = end;
                end += lengths[row];
                lengths[kept] = lengths[row];
                keyLengths[kept] = keyLengths[row];
                hashes[kept] = hashes[row];
                counts[kept] = counts[row];
                sides[kept++] = sides[row];
            }
        }
        rows = kept;
        size = end;
        chain();
    }

    /** Gives every row that is left, in the order they came, and holds nothing any more. */
    void empty(Rows taker) throws IOException {
        for (int row = 0; row < rows; row++) {
            if (counts[row] > 0) {
                taker.row(sides[row], bytes, starts[row], lengths[row], keyLengths[row], counts[row]);
            }
        }
        rows = 0;
        size = 0;
        live = 0;
        liveBytes = 0;
        Arrays.fill(slots, NONE);
    }

    /** Gives what is left, key by key, in the order in which the keys came. */
    void drain(Keys taker) {
        compact();
        // From here on rows are chained by key, each key's first row standing for it.
        int[] heads = new int[Math.max(16, Integer.highestOneBit(Math.max(1, rows)) * 4)];
        Arrays.fill(heads, NONE);
        int[] tails = new int[rows];
        int[] sames = new int[rows];
        int[] others = new int[rows];
        boolean[] first = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            int slot = hash(bytes, starts[row], keyLengths[row]) & heads.length - 1;
            int head = heads[slot];
            while (head != NONE && !sameKey(head, row)) {
                head = others[head];
            }
            sames[row] = NONE;
            if (head == NONE) {
                others[row] = heads[slot];
                heads[slot] = row;
                tails[row] = row;
                first[row] = true;
            } else {
                sames[tails[head]] = row;
                tails[head] = row;
            }
        }
        for (int row = 0; row < rows; row++) {
            if (first[row]) {
                taker.key(starts(row, sames, BEFORE), starts(row, sames, AFTER));
            }
        }
    }

    private boolean sameKey(int a, int b) {
        return keyLengths[a] == keyLengths[b] && Arrays.equals(bytes, starts[a], starts[a] + keyLengths[a], bytes, starts[b], starts[b] + keyLengths[b]);
    }

    private int[] starts(int head, int[] sames, byte side) {
        int total = 0;
        for (int row = head; row != NONE; row = sames[row]) {
            total += sides[row] == side ? counts[row] : 0;
        }
        int[] found = new int[total];
        int at = 0;
        for (int row = head; row != NONE; row = sames[row]) {
            if (sides[row] == side) {
                Arrays.fill(found, at, at + counts[row], starts[row]);
                at += counts[row];
            }
        }
        return found;
    }
}
