package dev.tidemark.lake.export;

import dev.tidemark.lake.column.Column;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The sort columns of some rows: ascending, nulls first, NaN last, text by Unicode code point. Rows in memory are compared by
 * column, rows of runs by keys read back from disk; both give the same order.
 */
final class SortKeys {

    /** Compares two rows. */
    interface Order {
        int compare(int a, int b);
    }

    private final List<Column> columns;
    private final Order[] orders;

    SortKeys(List<Column> columns) {
        this.columns = columns;
        this.orders = columns.stream().map(SortKeys::order).toArray(Order[]::new);
    }

    private static Order order(Column column) {
        Order values = values(column);
        return (a, b) -> {
            boolean noA = column.isNull(a);
            boolean noB = column.isNull(b);
            return noA || noB ? Boolean.compare(noB, noA) : values.compare(a, b);
        };
    }

    private static Order values(Column column) {
        if (column instanceof Column.Longs longs) {
            return (a, b) -> Long.compare(longs.values()[a], longs.values()[b]);
        }
        if (column instanceof Column.Doubles doubles) {
            return (a, b) -> Double.compare(doubles.values()[a], doubles.values()[b]);
        }
        if (column instanceof Column.Booleans booleans) {
            return (a, b) -> Boolean.compare(booleans.values()[a], booleans.values()[b]);
        }
        if (column instanceof Column.Strings strings) {
            int[] ranks = ranks(strings.dictionary());
            return (a, b) -> Integer.compare(ranks[strings.codes()[a]], ranks[strings.codes()[b]]);
        }
        return (a, b) -> ((BigDecimal) column.value(a)).compareTo((BigDecimal) column.value(b));
    }

    /** Code → its place in the order; equal strings have equal places. */
    private static int[] ranks(String[] dictionary) {
        byte[][] texts = new byte[dictionary.length][];
        Integer[] codes = new Integer[dictionary.length];
        for (int code = 0; code < codes.length; code++) {
            texts[code] = dictionary[code].getBytes(StandardCharsets.UTF_8);
            codes[code] = code;
        }
        Arrays.sort(codes, Comparator.comparing(code -> texts[code], Arrays::compareUnsigned));
        int[] ranks = new int[codes.length];
        for (int i = 1; i < codes.length; i++) {
            ranks[codes[i]] = ranks[codes[i - 1]] + (Arrays.equals(texts[codes[i]], texts[codes[i - 1]]) ? 0 : 1);
        }
        return ranks;
    }

    int compare(int a, int b) {
        for (Order order : orders) {
            int difference = order.compare(a, b);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    /** The rows {@code 0 … rows - 1} in order; equal ones stay as they were. */
    int[] sorted(int rows) {
        int[] from = new int[rows];
        int[] to = new int[rows];
        for (int i = 0; i < rows; i++) {
            from[i] = i;
        }
        for (int width = 1; width < rows && width > 0; width *= 2) {
            for (int start = 0; start < rows; start += 2 * width) {
                merge(from, to, start, Math.min(start + width, rows), (int) Math.min(start + 2L * width, rows));
                if (start + 2L * width > rows) {
                    break;
                }
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        if (middle >= end || compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right >= end || left < middle && compare(from[left], from[right]) <= 0;
            to[i] = from[takeLeft ? left++ : right++];
        }
    }

    /** Writes the keys of a row. */
    void write(int row, DataOutput out) throws IOException {
        for (Column column : columns) {
            Object value = column.value(row);
            if (value == null) {
                out.writeByte(0);
            } else if (value instanceof Long number) {
                out.writeByte(1);
                out.writeLong(number);
            } else if (value instanceof Double number) {
                out.writeByte(2);
                out.writeDouble(number);
            } else if (value instanceof Boolean truth) {
                out.writeByte(3);
                out.writeBoolean(truth);
            } else if (value instanceof String text) {
                out.writeByte(4);
                bytes(out, text.getBytes(StandardCharsets.UTF_8));
            } else {
                out.writeByte(5);
                out.writeInt(((BigDecimal) value).scale());
                bytes(out, ((BigDecimal) value).unscaledValue().toByteArray());
            }
        }
    }

    private static void bytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads the keys of a row back. */
    static Object[] read(DataInput in, int columns) throws IOException {
        Object[] keys = new Object[columns];
        for (int i = 0; i < columns; i++) {
            keys[i] = switch (in.readByte()) {
                case 0 -> null;
                case 1 -> in.readLong();
                case 2 -> in.readDouble();
                case 3 -> in.readBoolean();
                case 4 -> bytes(in);
                default -> {
                    int scale = in.readInt();
                    yield new BigDecimal(new BigInteger(bytes(in)), scale);
                }
            };
        }
        return keys;
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    /** Compares keys that were read back. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Object[] a, Object[] b) {
        for (int i = 0; i < a.length; i++) {
            int difference = a[i] == null || b[i] == null ? Boolean.compare(b[i] == null, a[i] == null)
                    : a[i] instanceof byte[] text ? Arrays.compareUnsigned(text, (byte[]) b[i]) : ((Comparable) a[i]).compareTo(b[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
