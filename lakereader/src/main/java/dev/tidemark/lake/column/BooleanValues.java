package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;

import java.util.Arrays;

/** Truth values. */
final class BooleanValues extends Values {

    private final Leaf leaf;
    private final boolean[] values;
    private boolean[] dictionary = {};

    BooleanValues(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.values = new boolean[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = new boolean[page.values()];
        decode(page.bytes(), page.from(), page.to(), dictionary, 0, page.values());
    }

    @Override
    void plain(byte[] bytes, int from, int to, int at, int n) {
        decode(bytes, from, to, values, at, n);
    }

    private static void decode(byte[] bytes, int from, int to, boolean[] out, int at, int n) {
        require((n + 7L) / 8 <= to - from, n);
        for (int i = 0; i < n; i++) {
            out[at + i] = (bytes[from + (i >>> 3)] >>> (i & 7) & 1) != 0;
        }
    }

    @Override
    void coded(byte[] bytes, int from, int to, int width, int at, int n) {
        int[] codes = codes(bytes, from, to, width, n);
        for (int i = 0; i < n; i++) {
            values[at + i] = dictionary[codes[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        for (int i = at; i < at + n; i++) {
            values[i] = reader.readBoolean();
        }
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(values, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, false));
    }

    @Override
    Column column(boolean[] nulls) {
        return new Column.Booleans(leaf.type(), values, nulls);
    }
}
