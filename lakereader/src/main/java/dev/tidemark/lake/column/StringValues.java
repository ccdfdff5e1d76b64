package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text. The file's dictionary codes are the column's; what comes without a code is looked up in the same dictionary. */
final class StringValues extends Values {

    private final Leaf leaf;
    private final int[] codes;
    private String[] dictionary = {};
    /** Made when the first value without a code comes; begins with the dictionary. */
    private StringPool pool;

    StringValues(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.codes = new int[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = new String[page.values()];
        int at = page.from();
        for (int i = 0; i < dictionary.length; i++) {
            int length = length(page.bytes(), at, page.to(), dictionary.length);
            dictionary[i] = new String(page.bytes(), at + Integer.BYTES, length, StandardCharsets.UTF_8);
            at += Integer.BYTES + length;
        }
    }

    private StringPool pool() {
        if (pool == null) {
            pool = new StringPool(dictionary);
        }
        return pool;
    }

    @Override
    void plain(byte[] bytes, int from, int to, int at, int n) {
        StringPool pool = pool();
        int position = from;
        for (int i = at; i < at + n; i++) {
            int length = length(bytes, position, to, n);
            codes[i] = pool.code(bytes, position + Integer.BYTES, length);
            position += Integer.BYTES + length;
        }
    }

    /** Length of the plainly encoded byte sequence at {@code at}, known to lie before {@code to}. */
    static int length(byte[] bytes, int at, int to, int n) {
        int length = at + Integer.BYTES <= to ? LittleEndian.int32(bytes, at) : -1;
        require(length >= 0 && length <= to - at - Integer.BYTES, n);
        return length;
    }

    @Override
    void coded(byte[] bytes, int from, int to, int width, int at, int n) {
        codes(bytes, from, to, width, dictionary.length, codes, at, n);
    }

    /** Decodes codes into a dictionary of so many entries to {@code [at, at + n)}. */
    static void codes(byte[] bytes, int from, int to, int width, int entries, int[] codes, int at, int n) {
        Hybrid.decode(bytes, from, to, width, codes, at, n);
        if (width < 32 && 1 << width <= entries) {
            return;
        }
        int largest = 0;
        int smallest = 0;
        for (int i = at; i < at + n; i++) {
            largest = Math.max(largest, codes[i]);
            smallest = Math.min(smallest, codes[i]);
        }
        if (largest >= entries || smallest < 0) {
            throw new CorruptPageException("code " + Math.max(largest, -smallest) + " of a dictionary of " + entries);
        }
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        StringPool pool = pool();
        for (int i = at; i < at + n; i++) {
            ByteBuffer value = reader.readBytes().toByteBuffer();
            if (value.hasArray()) {
                codes[i] = pool.code(value.array(), value.arrayOffset() + value.position(), value.remaining());
            } else {
                byte[] bytes = new byte[value.remaining()];
                value.get(bytes);
                codes[i] = pool.code(bytes, 0, bytes.length);
            }
        }
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(codes, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, -1));
    }

    @Override
    Column column(boolean[] nulls) {
        return new Column.Strings(leaf.type(), codes, pool == null ? dictionary : pool.strings());
    }
}
