package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Text as it stands in the pages. The file's dictionary codes are the column's; what comes without a code becomes an entry of its own behind the dictionary. */
final class Utf8Values extends Values {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Leaf leaf;
    private final int[] codes;
    private byte[] bytes = {};
    private int[] starts = new int[1];
    private int entries;
    private int dictionary;

    Utf8Values(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.codes = new int[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = page.values();
        take(page.bytes(), page.from(), page.to(), dictionary);
    }

    @Override
    void plain(byte[] page, int from, int to, int at, int n) {
        for (int i = 0; i < n; i++) {
            codes[at + i] = entries + i;
        }
        take(page, from, to, n);
    }

    /** Adds plainly encoded entries: found one by one, copied as a whole. */
    private void take(byte[] page, int from, int to, int n) {
        int end = starts[entries];
        needEntries(n);
        int position = from;
        for (int i = 0; i < n; i++) {
            position += Integer.BYTES + StringValues.length(page, position, to, n);
            starts[++entries] = end + position - from;
        }
        needBytes(end, position - from);
        System.arraycopy(page, from, bytes, end, position - from);
    }

    private void needEntries(int more) {
        if (entries + more >= starts.length) {
            starts = Arrays.copyOf(starts, Math.max(entries + more + 1, entries == 0 ? 0 : 2 * starts.length));
        }
    }

    private void needBytes(int end, int more) {
        if (more > bytes.length - end) {
            long length = Math.max((long) end + more, end == 0 ? 0 : Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
            Scratch.requireRoom(length);
            bytes = Arrays.copyOf(bytes, Math.toIntExact(length));
        }
    }

    @Override
    void coded(byte[] page, int from, int to, int width, int at, int n) {
        StringValues.codes(page, from, to, width, dictionary, codes, at, n);
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        needEntries(n);
        for (int i = at; i < at + n; i++) {
            ByteBuffer value = reader.readBytes().toByteBuffer();
            int end = starts[entries];
            int length = value.remaining();
            needBytes(end, Math.addExact(Integer.BYTES, length));
            INTS.set(bytes, end, length);
            value.get(bytes, end + Integer.BYTES, length);
            codes[i] = entries;
            starts[++entries] = end + Integer.BYTES + length;
        }
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(codes, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, -1));
    }

    @Override
    Column column(boolean[] nulls) {
        return new Column.Utf8(leaf.type(), codes, bytes, starts, entries);
    }
}
