package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

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

    /** The given rows, in the given order. */
    Column select(int[] rows);

    /** Roughly the memory that this takes, in bytes. */
    long weight();

    /** The same value in every row; null for none. The value has the class that {@link #value} would give. */
    static Column constant(Type type, Object value, int rows) {
        boolean[] nulls = null;
        if (value == null) {
            nulls = new boolean[rows];
            Arrays.fill(nulls, true);
        }
        return switch (Kind.of(type)) {
            case LONGS -> {
                long[] values = new long[rows];
                Arrays.fill(values, value == null ? 0 : (Long) value);
                yield new Longs(type, values, nulls);
            }
            case DOUBLES -> {
                double[] values = new double[rows];
                Arrays.fill(values, value == null ? 0 : (Double) value);
                yield new Doubles(type, values, nulls);
            }
            case BOOLEANS -> {
                boolean[] values = new boolean[rows];
                Arrays.fill(values, value != null && (Boolean) value);
                yield new Booleans(type, values, nulls);
            }
            case STRINGS -> {
                int[] codes = new int[rows];
                Arrays.fill(codes, value == null ? -1 : 0);
                yield new Strings(type, codes, value == null ? new String[0] : new String[] {(String) value});
            }
            case OBJECTS -> {
                Object[] values = new Object[rows];
                Arrays.fill(values, value);
                yield new Objects(type, values);
            }
        };
    }

    /** One column after the other. All have this type. */
    static Column concat(Type type, List<Column> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int rows = Math.toIntExact(parts.stream().mapToLong(Column::size).sum());
        return switch (Kind.of(type)) {
            case LONGS -> new Longs(type, Join.into(new long[rows], parts, part -> ((Longs) part).values),
                    Join.nulls(rows, parts, part -> ((Longs) part).nulls));
            case DOUBLES -> new Doubles(type, Join.into(new double[rows], parts, part -> ((Doubles) part).values),
                    Join.nulls(rows, parts, part -> ((Doubles) part).nulls));
            case BOOLEANS -> new Booleans(type, Join.into(new boolean[rows], parts, part -> ((Booleans) part).values),
                    Join.nulls(rows, parts, part -> ((Booleans) part).nulls));
            case STRINGS -> Join.strings(type, rows, parts);
            case OBJECTS -> new Objects(type, Join.into(new Object[rows], parts, part -> ((Objects) part).values));
        };
    }

    /**
     * Integers, dates (days) and times (microseconds since 1970-01-01T00:00Z).
     *
     * @param nulls true where a row has no value; null if every row has one
     */
    record Longs(Type type, long[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }

        @Override public Column select(int[] rows) {
            long[] selected = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Longs(type, selected, Join.select(nulls, rows));
        }

        @Override public long weight() { return 8L * values.length + (nulls == null ? 0 : nulls.length); }
    }

    /** Floating point numbers; a float is widened. */
    record Doubles(Type type, double[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }

        @Override public Column select(int[] rows) {
            double[] selected = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Doubles(type, selected, Join.select(nulls, rows));
        }

        @Override public long weight() { return 8L * values.length + (nulls == null ? 0 : nulls.length); }
    }

    /** Truth values. */
    record Booleans(Type type, boolean[] values, boolean[] nulls) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return nulls != null && nulls[i]; }
        @Override public Object value(int i) { return isNull(i) ? null : (Object) values[i]; }

        @Override public Column select(int[] rows) {
            boolean[] selected = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Booleans(type, selected, Join.select(nulls, rows));
        }

        @Override public long weight() { return 1L * values.length + (nulls == null ? 0 : nulls.length); }
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

        @Override public Column select(int[] rows) {
            int[] selected = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = codes[rows[i]];
            }
            return new Strings(type, selected, dictionary);
        }

        @Override public long weight() {
            long weight = 4L * codes.length;
            for (String string : dictionary) {
                weight += 56 + string.length();
            }
            return weight;
        }
    }

    /**
     * Text as its file has it, for those who pass it on: no string is made. The entries lie one behind the other as in Parquet's plain encoding, each after its
     * length (4 bytes, little-endian). Several may be equal, and nobody has looked whether they are well-formed UTF-8.
     *
     * @param codes   row → entry, -1 for no value
     * @param bytes   the entries, perhaps with room behind them
     * @param starts  where each entry begins, with its length; that of {@code entries} is the end
     * @param entries how many there are (there may be some that no row uses)
     */
    record Utf8(Type type, int[] codes, byte[] bytes, int[] starts, int entries) implements Column {
        @Override public int size() { return codes.length; }
        @Override public boolean isNull(int i) { return codes[i] < 0; }

        @Override public Object value(int i) {
            int start = isNull(i) ? 0 : starts[codes[i]] + Integer.BYTES;
            return isNull(i) ? null : new String(bytes, start, starts[codes[i] + 1] - start, StandardCharsets.UTF_8);
        }

        @Override public Column select(int[] rows) {
            int[] selected = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = codes[rows[i]];
            }
            return new Utf8(type, selected, bytes, starts, entries);
        }

        @Override public long weight() { return 4L * codes.length + bytes.length + 4L * starts.length; }
    }

    /** Everything else: decimals, binary, structs (Map by field name), arrays (List), maps (Map). */
    record Objects(Type type, Object[] values) implements Column {
        @Override public int size() { return values.length; }
        @Override public boolean isNull(int i) { return values[i] == null; }
        @Override public Object value(int i) { return values[i]; }

        @Override public Column select(int[] rows) {
            Object[] selected = new Object[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = values[rows[i]];
            }
            return new Objects(type, selected);
        }

        @Override public long weight() {
            long weight = 8L * values.length;
            for (Object value : values) {
                weight += Join.weight(value);
            }
            return weight;
        }
    }
}
