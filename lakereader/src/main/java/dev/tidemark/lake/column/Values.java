package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;

/**
 * Gathers the values of one column, page after page. The loops over values are inside each kind, so that a value costs no
 * virtual call. Values come without the nulls between them; {@link #spread} makes room for those afterwards.
 */
abstract sealed class Values permits LongValues, DoubleValues, BooleanValues, StringValues, ObjectValues {

    /** Learns the dictionary that {@link #coded} speaks of. */
    abstract void dictionary(Page page);

    /** Takes {@code n} plainly encoded values and puts them at {@code at}. */
    abstract void plain(byte[] bytes, int from, int to, int at, int n);

    /** Takes {@code n} dictionary codes and puts their values at {@code at}. */
    abstract void coded(int[] codes, int at, int n);

    /** Takes {@code n} values of any other encoding and puts them at {@code at}. */
    abstract void other(ValuesReader reader, int at, int n);

    /** Moves the {@code present} values at {@code at} to the rows among the {@code n} from there on that are not null. */
    abstract void spread(boolean[] nulls, int at, int n, int present);

    /** What was gathered. */
    abstract Column column(boolean[] nulls);

    static void require(boolean holds, int n) {
        if (!holds) {
            throw new CorruptPageException("a page too short for its " + n + " values");
        }
    }
}
