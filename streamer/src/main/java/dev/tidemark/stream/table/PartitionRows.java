package dev.tidemark.stream.table;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of one partition, column by column. */
final class PartitionRows {

    private final Columns columns;
    private final Object[] partition;
    private final ColumnBuffer[] buffers;
    private int size;
    private long bytes;

    /** @param partition the values of the partition columns: Long (days), String, or null */
    PartitionRows(Columns columns, Object[] partition) {
        this.columns = columns;
        this.partition = partition;
        this.buffers = new ColumnBuffer[columns.size()];
    }

    /** The buffer of a column, made if there is none yet. */
    ColumnBuffer make(int column) {
        ColumnBuffer buffer = buffers[column];
        if (buffer == null) {
            buffer = ColumnBuffer.of(columns.kind(column));
            buffers[column] = buffer;
        }
        return buffer;
    }

    /** The buffer of a column; null if no row has a value in it. */
    ColumnBuffer buffer(int column) {
        return buffers[column];
    }

    /** @throws IllegalStateException if a column that must have a value lacks one in the first so many rows */
    void requireValues(int rows) {
        for (int column : columns.required()) {
            if (!columns.isPartition(column) && (buffers[column] == null || !buffers[column].isFull(rows))) {
                throw new IllegalStateException("Cannot end rows: column " + columns.name(column) + " lacks a value (expected one in each, because it is not nullable)");
            }
        }
        for (int i = 0; i < partition.length; i++) {
            if (partition[i] == null && !columns.schema().fields().get(columns.partition()[i]).nullable()) {
                throw new IllegalStateException("Cannot end rows: partition column " + columns.name(columns.partition()[i]) + " has no value (expected one)");
            }
        }
    }

    int size() {
        return size;
    }

    /** About how many bytes of memory the rows take. */
    long bytes() {
        return bytes;
    }

    /** @param taken about how many bytes the row took */
    void endRow(int taken) {
        endRows(1, taken);
    }

    /** @param taken about how many bytes the rows took */
    void endRows(int count, long taken) {
        size += count;
        bytes += taken;
    }

    /** Partition column → its value as Delta writes it; null for no value. */
    Map<String, String> partitionValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < partition.length; i++) {
            Object value = partition[i];
            values.put(columns.name(columns.partition()[i]),
                    value instanceof Long days ? LocalDate.ofEpochDay(days).toString() : (String) value);
        }
        return values;
    }

    void clear() {
        size = 0;
        bytes = 0;
        for (ColumnBuffer buffer : buffers) {
            if (buffer != null) {
                buffer.clear();
            }
        }
    }
}
