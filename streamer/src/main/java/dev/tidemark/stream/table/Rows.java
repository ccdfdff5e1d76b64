package dev.tidemark.stream.table;

import java.util.Map;

/**
 * Rows on their way into a table, column by column in primitive buffers. A row is begun, its columns are set by index into the
 * schema in any order (those not set stay null), and it is ended. Partition columns are set like the others; rows are
 * kept apart by them. Not thread-safe.
 */
public final class Rows {

    Rows() {
    }

    public void setLong(int column, long value) {
        throw new UnsupportedOperationException("not yet");
    }

    public void setDouble(int column, double value) {
        throw new UnsupportedOperationException("not yet");
    }

    public void setBoolean(int column, boolean value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Null leaves the column null. */
    public void setString(int column, String value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** UTF-8 text, without making a String of it. The array is copied or kept: it must not change. */
    public void setUtf8(int column, byte[] value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Null leaves the column null. */
    public void setMap(int column, Map<String, String> value) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ends the row. */
    public void end() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ended rows. */
    public int size() {
        throw new UnsupportedOperationException("not yet");
    }

    /** About how many bytes of memory the rows take. */
    public long bytes() {
        throw new UnsupportedOperationException("not yet");
    }
}
