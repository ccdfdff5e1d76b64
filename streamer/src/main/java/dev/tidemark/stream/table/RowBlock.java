package dev.tidemark.stream.table;

import java.util.Map;

/**
 * Rows of one partition that go into {@link Rows} at once, column by column: those of a batch cost a third of what they cost one by one. Values come in arrays in
 * which a row has the same place in each: rows {@code from} to {@code to} of them. Columns not set stay null. {@link #end} ends the rows; until then nothing else
 * may be put into them. Not thread-safe.
 */
public final class RowBlock {

    private final Rows rows;
    private final Columns columns;
    private final PartitionRows target;
    private final int first;
    private final int from;
    private final int to;
    private long taken;

    RowBlock(Rows rows, PartitionRows target, int from, int to) {
        this.rows = rows;
        this.columns = rows.columns();
        this.target = target;
        this.first = target.size();
        this.from = from;
        this.to = to;
    }

    /** The values of a column of longs or timestamps. */
    public void longs(int column, long[] values) {
        longs(column).add(first, values, from, to);
        taken += (long) Long.BYTES * (to - from);
    }

    /** The same value for all rows. */
    public void same(int column, long value) {
        longs(column).add(first, value, to - from);
        taken += (long) Long.BYTES * (to - from);
    }

    private ColumnBuffer.Longs longs(int column) {
        Kind kind = columns.kind(column);
        if (!kind.isLong() || kind.isInt()) {
            throw columns.mismatch(column, "longs");
        }
        return (ColumnBuffer.Longs) target.make(column);
    }

    /** The values of a column of flags. */
    public void flags(int column, boolean[] values) {
        require(column, Kind.BOOLEAN);
        ColumnBuffer.Booleans buffer = (ColumnBuffer.Booleans) target.make(column);
        for (int i = from; i < to; i++) {
            buffer.add(first + i - from, values[i]);
        }
        taken += to - from;
    }

    /** Texts; null for none. */
    public void texts(int column, String[] values) {
        require(column, Kind.TEXT);
        Texts buffer = (Texts) target.make(column);
        for (int i = from; i < to; i++) {
            if (values[i] != null) {
                taken += buffer.add(first + i - from, values[i]);
            }
        }
    }

    /** The same text for all rows; null for none. */
    public void same(int column, String value) {
        require(column, Kind.TEXT);
        if (value != null) {
            taken += ((Texts) target.make(column)).add(first, value, to - from);
        }
    }

    /** Texts as UTF-8, which is copied. All of it must be well-formed ({@link Utf8#isValid}): readers refuse whole files for what is not. */
    public void utf8(int column, byte[][] values) {
        require(column, Kind.TEXT);
        Texts buffer = (Texts) target.make(column);
        for (int i = from; i < to; i++) {
            taken += buffer.add(first + i - from, values[i]);
        }
    }

    /** Maps, which are kept: they must not change. Null for none. */
    public void maps(int column, Map<String, String>[] values) {
        require(column, Kind.MAP);
        ColumnBuffer.Maps buffer = (ColumnBuffer.Maps) target.make(column);
        for (int i = from; i < to; i++) {
            if (values[i] != null) {
                taken += buffer.add(first + i - from, values[i]);
            }
        }
    }

    /** One row's double. The rows of a column must be set in their order. */
    public void setDouble(int row, int column, double value) {
        require(column, Kind.DOUBLE);
        ((ColumnBuffer.Doubles) target.make(column)).add(first + row - from, value);
        taken += Double.BYTES;
    }

    /** One row's flag, like {@link #setDouble}. */
    public void setBoolean(int row, int column, boolean value) {
        require(column, Kind.BOOLEAN);
        ((ColumnBuffer.Booleans) target.make(column)).add(first + row - from, value);
        taken++;
    }

    /** One row's text, like {@link #setDouble}; null for none. */
    public void setString(int row, int column, String value) {
        require(column, Kind.TEXT);
        if (value != null) {
            taken += ((Texts) target.make(column)).add(first + row - from, value);
        }
    }

    private void require(int column, Kind kind) {
        if (columns.kind(column) != kind) {
            throw columns.mismatch(column, "a value of another type");
        }
    }

    /**
     * Ends the rows.
     *
     * @throws IllegalStateException if a column that must have a value lacks one
     */
    public void end() {
        target.requireValues(first + to - from);
        target.endRows(to - from, taken);
        rows.added(to - from, taken);
    }
}
