package dev.tidemark.stream.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows on their way into a table, column by column in primitive buffers. A row is begun, its columns are set by index into the
 * schema in any order (those not set stay null), and it is ended. Partition columns are set like the others; rows are
 * kept apart by them. Dates are days, timestamps microseconds since 1970-01-01T00:00Z. Not thread-safe.
 */
public final class Rows {

    private final Columns columns;
    private final Map<List<Object>, PartitionRows> partitions = new LinkedHashMap<>();

    /** The row that is being filled: numbers and flags as bits, the rest as objects. */
    private final long[] bits;
    private final Object[] objects;
    private final boolean[] set;
    private final int[] touched;
    private int touchedCount;

    private Object[] currentKey;
    private PartitionRows current;
    private int size;
    private long bytes;

    Rows(Columns columns) {
        this.columns = columns;
        this.bits = new long[columns.size()];
        this.objects = new Object[columns.size()];
        this.set = new boolean[columns.size()];
        this.touched = new int[columns.size()];
    }

    /**
     * Rows for a table of this layout, which need not be open.
     *
     * @param table for messages
     */
    public static Rows of(String table, TableLayout layout) {
        return new Rows(new Columns(table, layout.schema(), layout.partitionColumns()));
    }

    /** Sets a long, integer, date or timestamp. */
    public void setLong(int column, long value) {
        Kind kind = columns.kind(column);
        if (!kind.isLong() || kind.isInt() && value != (int) value) {
            throw columns.mismatch(column, Long.toString(value));
        }
        touch(column);
        bits[column] = value;
    }

    public void setDouble(int column, double value) {
        if (columns.kind(column) != Kind.DOUBLE) {
            throw columns.mismatch(column, "a double");
        }
        touch(column);
        bits[column] = Double.doubleToRawLongBits(value);
    }

    public void setBoolean(int column, boolean value) {
        if (columns.kind(column) != Kind.BOOLEAN) {
            throw columns.mismatch(column, "a boolean");
        }
        touch(column);
        bits[column] = value ? 1 : 0;
    }

    /** Null leaves the column null. */
    public void setString(int column, String value) {
        text(column, value);
    }

    /**
     * UTF-8 text, without making a String of it. The array is copied when the row ends. Null leaves the column null.
     * Bytes that are no UTF-8 become U+FFFD, because readers refuse whole files for them.
     */
    public void setUtf8(int column, byte[] value) {
        text(column, value == null || Utf8.isValid(value) ? value : new String(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    private void text(int column, Object value) {
        if (columns.kind(column) != Kind.TEXT) {
            throw columns.mismatch(column, "text");
        }
        if (value != null) {
            touch(column);
            objects[column] = value;
        }
    }

    /** The map is kept: it must not change. Null leaves the column null. */
    public void setMap(int column, Map<String, String> value) {
        if (columns.kind(column) != Kind.MAP) {
            throw columns.mismatch(column, "a map");
        }
        if (value != null) {
            touch(column);
            objects[column] = value;
        }
    }

    private void touch(int column) {
        if (!set[column]) {
            set[column] = true;
            touched[touchedCount++] = column;
        }
    }

    /**
     * Ends the row.
     *
     * @throws IllegalStateException if a column that must have a value has none
     */
    public void end() {
        for (int column : columns.required()) {
            if (!set[column]) {
                throw new IllegalStateException("Cannot end row: column " + columns.name(column)
                        + " has no value (expected one, because it is not nullable)");
            }
        }
        PartitionRows target = target();
        int at = target.size();
        int taken = 0;
        for (int i = 0; i < touchedCount; i++) {
            int column = touched[i];
            if (!columns.isPartition(column)) {
                taken += put(target.make(column), at, column);
            }
        }
        target.endRow(taken);
        bytes += taken;
        begin();
        size++;
    }

    private void begin() {
        for (int i = 0; i < touchedCount; i++) {
            set[touched[i]] = false;
        }
        touchedCount = 0;
    }

    @SuppressWarnings("unchecked")
    private int put(ColumnBuffer buffer, int at, int column) {
        if (buffer instanceof ColumnBuffer.Doubles doubles) {
            doubles.add(at, Double.longBitsToDouble(bits[column]));
            return Double.BYTES;
        } else if (buffer instanceof ColumnBuffer.Longs longs) {
            longs.add(at, bits[column]);
            return Long.BYTES;
        } else if (buffer instanceof Texts texts) {
            return objects[column] instanceof String text ? texts.add(at, text) : texts.add(at, (byte[]) objects[column]);
        } else if (buffer instanceof ColumnBuffer.Booleans booleans) {
            booleans.add(at, bits[column] != 0);
            return 1;
        } else {
            return ((ColumnBuffer.Maps) buffer).add(at, (Map<String, String>) objects[column]);
        }
    }

    /**
     * Begins many rows at once.
     *
     * @param from      the place of the first of them in the arrays that hold their values
     * @param to        the place after the last
     * @param partition the value of each partition column: days (Long), text, or null
     */
    public RowBlock block(int from, int to, Object... partition) {
        if (current == null || !Arrays.equals(currentKey, partition)) {
            enter(partition.clone());
        }
        return new RowBlock(this, current, from, to);
    }

    /** A block of rows has been ended. */
    void added(int count, long taken) {
        size += count;
        bytes += taken;
    }

    private PartitionRows target() {
        int[] partition = columns.partition();
        if (current != null) {
            boolean same = true;
            for (int i = 0; same && i < partition.length; i++) {
                same = matches(partition[i], currentKey[i]);
            }
            if (same) {
                return current;
            }
        }
        Object[] key = new Object[partition.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = value(partition[i]);
        }
        enter(key);
        return current;
    }

    private void enter(Object[] key) {
        currentKey = key;
        current = partitions.computeIfAbsent(Arrays.asList(key), k -> new PartitionRows(columns, key));
    }

    private boolean matches(int column, Object value) {
        if (!set[column]) {
            return value == null;
        }
        if (value instanceof Long number) {
            return number == bits[column];
        }
        return columns.kind(column) == Kind.TEXT && objects[column].equals(value);
    }

    /** Delta knows no empty partition value: an empty string is no value there. */
    private Object value(int column) {
        if (!set[column]) {
            return null;
        }
        if (columns.kind(column) != Kind.TEXT) {
            return bits[column];
        }
        String text = objects[column] instanceof byte[] utf8 ? new String(utf8, StandardCharsets.UTF_8) : (String) objects[column];
        return text.isEmpty() ? null : text;
    }

    /** Ended rows. */
    public int size() {
        return size;
    }

    /** About how many bytes of memory the rows take. */
    public long bytes() {
        return bytes;
    }

    /** Forgets all rows and keeps the room for new ones of the same schema. */
    public void clear() {
        // A file of tomorrow's partition must not drag the buffers of all the days before along.
        partitions.values().removeIf(rows -> rows.size() == 0);
        partitions.values().forEach(PartitionRows::clear);
        // It may be one of those that are gone: rows that went on into it would be in no file.
        current = null;
        Arrays.fill(objects, null);
        begin();
        size = 0;
        bytes = 0;
    }

    Columns columns() {
        return columns;
    }

    /** The partitions; those without rows have none to write. */
    Collection<PartitionRows> partitions() {
        return partitions.values();
    }
}
