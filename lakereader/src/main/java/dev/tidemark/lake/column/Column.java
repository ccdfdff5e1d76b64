package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;

/** The values of one column for a run of rows. Immutable by agreement: nobody writes into the arrays. */
public sealed interface Column {

    /** The column's type. */
    Type type();

    /** Number of rows. */
    int size();

    /** Whether row {@code i} has no value. */
    boolean isNull(int i);

    /** Row {@code i} as Long, Double, Boolean, String, byte[], BigDecimal, List or Map; null if it has no value. For export and tables, not for hot paths. */
    Object value(int i);

    /**
     * Integers, dates (days) and times (microseconds since 1970-01-01T00:00Z).
     *
     * @param nulls true where a row has no value; null if every row has one
     */
    record Longs(Type type, long[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }
    }

    /** Floating point numbers; a float is widened. */
    record Doubles(Type type, double[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }
    }

    /** Truth values. */
    record Booleans(Type type, boolean[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }
    }

    /**
     * Text, as codes into a dictionary, so that equal strings are one object and can be compared by code.
     *
     * @param codes      row → index into the dictionary, -1 for no value
     * @param dictionary distinct strings (they may hold some that no row uses)
     */
    record Strings(Type type, int[] codes, String[] dictionary) implements Column {
        @Override public int size() { return codes.length; }
        @Override public boolean isNull(int i) { return codes[i] < 0; }
        @Override public Object value(int i) { return codes[i] < 0 ? null : dictionary[codes[i]]; }

        /** Row {@code i}; null if it has no value. */
        public String get(int i) { return codes[i] < 0 ? null : dictionary[codes[i]]; }
    }

    /** Everything else: decimals, binary, structs (Map by field name), arrays (List), maps (Map). */
    record Objects(Type type, Object[] values) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return values[i] == null; }
        @Override public Object value(int i) { return values[i]; }
    }
}
