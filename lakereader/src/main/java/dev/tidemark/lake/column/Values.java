package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;

/**
 * Gathers the values of one column, page after page. The loops over values are inside each kind, so that a value costs no
 * virtual call. Values come without the nulls between them; {@link #spread} makes room for those afterwards.
 */
abstract sealed class Values permits LongValues, DoubleValues, BooleanValues, StringValues, Utf8Values, ObjectValues {

    private int[] codes = {};

    /** Learns the dictionary that {@link #coded} speaks of. */
    abstract void dictionary(Page page);

    /** Takes {@code n} plainly encoded values and puts them at {@code at}. */
    abstract void plain(byte[] bytes, int from, int to, int at, int n);

    /** Takes {@code n} dictionary codes, hybrid-encoded with {@code width} bits, and puts their values at {@code at}. */
    abstract void coded(byte[] bytes, int from, int to, int width, int at, int n);

    /** The codes, in an array that is used again. */
    final int[] codes(byte[] bytes, int from, int to, int width, int n) {
        if (codes.length < n) {
            codes = new int[n];
        }
        Hybrid.decode(bytes, from, to, width, codes, 0, n);
        return codes;
    }

    /** Takes {@code n} values of any other encoding and puts them at {@code at}. */
    abstract void other(ValuesReader reader, int at, int n);

    /** Moves the {@code present} values at {@code at} to the rows among the {@code n} from there on that are not null. */
    abstract void spread(boolean[] nulls, int at, int n, int present);

    /** What was gathered. */
    abstract Column column(boolean[] nulls);

    /**
     * Moves arrays' elements as {@link #spread} asks: for each run of rows with values, from the last to the first.
     *
     * @param values an array of the kind's
     * @param fill   makes elements those of rows without a value
     */
    static <A> void spread(A values, boolean[] nulls, int at, int n, int present, Fill<A> fill) {
        int from = at + present;
        int end = at + n;
        while (end > at) {
            int start = end;
            while (start > at && !nulls[start - 1]) {
                start--;
            }
            from -= end - start;
            if (from != start) {
                System.arraycopy(values, from, values, start, end - start);
            }
            end = start;
            while (end > at && nulls[end - 1]) {
                end--;
            }
            if (end < start) {
                fill.fill(values, end, start);
            }
        }
    }

    /** Fills elements from one to before another. */
    interface Fill<A> {
        void fill(A values, int from, int to);
    }

    static void require(boolean holds, int n) {
        if (!holds) {
            throw new CorruptPageException("a page too short for its " + n + " values");
        }
    }
}
