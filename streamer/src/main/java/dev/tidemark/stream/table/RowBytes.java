package dev.tidemark.stream.table;

import dev.tidemark.lake.column.Column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows as bytes, one after the other, for the time of a sort: they can be put into another order, or aside into a file, and become columns again. Texts that
 * repeat are written once. Not thread-safe.
 */
final class RowBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_TEXTS = 1 << 17;
    /** Before the bytes of a text that has no number. */
    private static final int INLINE = -1;
    private static final int NULL = -2;

    private final Columns columns;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private byte[] row = new byte[1024];
    private int end;

    RowBytes(Columns columns) {
        this.columns = columns;
    }

    /** Numbers of a column's texts, to be found once for many rows; null for a column of another kind. */
    int[] numbers(Column column) {
        if (!(column instanceof Column.Strings strings)) {
            return null;
        }
        int[] found = new int[strings.dictionary().length];
        boolean repeats = strings.dictionary().length <= strings.codes().length / 2 + 16;
        for (int i = 0; i < found.length; i++) {
            String text = strings.dictionary()[i];
            Integer number = numbers.get(text);
            if (number == null && repeats && texts.size() < MOST_TEXTS) {
                number = texts.size();
                texts.add(text);
                numbers.put(text, number);
            }
            found[i] = number == null ? INLINE : number;
        }
        return found;
    }

    /** Makes a row of some columns the {@linkplain #row present} one; returns how many bytes it has. */
    int take(Column[] data, int[][] numbersOfTexts, int at) {
        end = 0;
        for (int i = 0; i < data.length; i++) {
            take(data[i], numbersOfTexts[i], at);
        }
        return end;
    }

    byte[] row() {
        return row;
    }

    private void take(Column column, int[] numbersOfTexts, int at) {
        need(9);
        if (column instanceof Column.Strings strings) {
            int code = strings.codes()[at];
            putInt(code < 0 ? NULL : numbersOfTexts[code]);
            if (code >= 0 && numbersOfTexts[code] == INLINE) {
                put(strings.dictionary()[code]);
            }
            return;
        }
        boolean isNull = column.isNull(at);
        row[end++] = (byte) (isNull ? 0 : 1);
        if (isNull) {
            return;
        }
        if (column instanceof Column.Longs longs) {
            putLong(longs.values()[at]);
        } else if (column instanceof Column.Doubles doubles) {
            putLong(Double.doubleToRawLongBits(doubles.values()[at]));
        } else if (column instanceof Column.Booleans booleans) {
            row[end++] = (byte) (booleans.values()[at] ? 1 : 0);
        } else {
            Map<?, ?> map = (Map<?, ?>) column.value(at);
            putInt(map.size());
            map.forEach((key, value) -> {
                put((String) key);
                if (value == null) {
                    putInt(NULL);
                } else {
                    put((String) value);
                }
            });
        }
    }

    private void need(int more) {
        if (row.length - end < more) {
            row = java.util.Arrays.copyOf(row, Math.max(2 * row.length, end + more));
        }
    }

    private void putInt(int value) {
        need(Integer.BYTES);
        INTS.set(row, end, value);
        end += Integer.BYTES;
    }

    private void putLong(long value) {
        need(Long.BYTES);
        LONGS.set(row, end, value);
        end += Long.BYTES;
    }

    private void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length);
        need(utf8.length);
        System.arraycopy(utf8, 0, row, end, utf8.length);
        end += utf8.length;
    }

    /** Adds a row to others. */
    void addTo(PartitionRows rows, byte[] bytes, int from) {
        Reader in = new Reader(bytes, from);
        int at = rows.size();
        int taken = 0;
        for (int column : columns.data()) {
            taken += add(rows, at, column, in);
        }
        rows.endRow(taken);
    }

    private int add(PartitionRows rows, int at, int column, Reader in) {
        Kind kind = columns.kind(column);
        if (kind == Kind.TEXT) {
            int number = in.readInt();
            return number == NULL ? 0 : ((Texts) rows.make(column)).add(at, number == INLINE ? in.readText() : texts.get(number));
        }
        if (in.readByte() == 0) {
            return 0;
        }
        ColumnBuffer buffer = rows.make(column);
        if (buffer instanceof ColumnBuffer.Longs longs) {
            longs.add(at, in.readLong());
            return Long.BYTES;
        } else if (buffer instanceof ColumnBuffer.Doubles doubles) {
            doubles.add(at, Double.longBitsToDouble(in.readLong()));
            return Double.BYTES;
        } else if (buffer instanceof ColumnBuffer.Booleans booleans) {
            booleans.add(at, in.readByte() != 0);
            return 1;
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            map.put(in.readText(), in.readText());
        }
        return ((ColumnBuffer.Maps) buffer).add(at, map);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        byte readByte() {
            return bytes[at++];
        }

        int readInt() {
            at += Integer.BYTES;
            return (int) INTS.get(bytes, at - Integer.BYTES);
        }

        long readLong() {
            at += Long.BYTES;
            return (long) LONGS.get(bytes, at - Long.BYTES);
        }

        String readText() {
            int length = readInt();
            if (length == NULL) {
                return null;
            }
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.UTF_8);
        }
    }
}
