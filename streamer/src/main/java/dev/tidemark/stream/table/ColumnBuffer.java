package dev.tidemark.stream.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The values of one column for the rows of one partition. Only rows that have a value take room: values lie densely in
 * the order of their rows, and a bit for each row, once there is one without a value, tells which row has one.
 */
abstract sealed class ColumnBuffer permits ColumnBuffer.Longs, ColumnBuffer.Doubles, ColumnBuffer.Booleans, ColumnBuffer.Maps, Texts {

    static final int FIRST = 64;

    private long[] present;
    private int rows;
    private int values;

    static ColumnBuffer of(Kind kind) {
        return switch (kind) {
            case LONG, INTEGER, DATE, TIMESTAMP -> new Longs();
            case DOUBLE -> new Doubles();
            case BOOLEAN -> new Booleans();
            case TEXT -> new Texts();
            case MAP -> new Maps();
            case OTHER -> throw new IllegalArgumentException("Cannot hold values of an unknown type");
        };
    }

    /** Number of values. */
    final int values() {
        return values;
    }

    /** Whether each of the first {@code count} rows has a value. */
    final boolean isFull(int count) {
        return present == null && rows == count;
    }

    /** Whether a row has a value. */
    final boolean has(int row) {
        return row < rows && (present == null || (present[row >> 6] & 1L << row) != 0);
    }

    /** The bits of the rows {@code 64 * word} and following, the lowest first: set where there is a value. */
    final long presence(int word) {
        int first = word << 6;
        if (first >= rows) {
            return 0;
        }
        if (present != null) {
            return present[word];
        }
        return rows - first >= 64 ? -1L : (1L << rows - first) - 1;
    }

    /** Takes note that a row, later than all before, has a value; returns where among the values it goes. */
    final int next(int row) {
        if (row != rows && present == null) {
            present = new long[Math.max(FIRST, (row >> 6) + 1)];
            Arrays.fill(present, 0, rows >> 6, -1L);
            present[rows >> 6] |= (1L << rows) - 1;
        }
        if (present != null) {
            int word = row >> 6;
            if (word >= present.length) {
                present = Arrays.copyOf(present, Math.max(word + 1, present.length * 2));
            }
            present[word] |= 1L << row;
        }
        rows = row + 1;
        return values++;
    }

    /** The same for some rows one after the other, each of which has a value; returns where among the values theirs begin. */
    final int nextAll(int row, int count) {
        int first = values;
        if (present == null && row == rows) {
            rows += count;
            values += count;
        } else {
            for (int i = 0; i < count; i++) {
                next(row + i);
            }
        }
        return first;
    }

    /** Forgets all values and keeps the room for new ones. */
    void clear() {
        present = null;
        rows = 0;
        values = 0;
    }

    static final class Longs extends ColumnBuffer {
        private long[] array = new long[FIRST];

        void add(int row, long value) {
            int at = next(row);
            if (at == array.length) {
                array = Arrays.copyOf(array, at * 2);
            }
            array[at] = value;
        }

        void add(int row, long value, int count) {
            int at = room(row, count);
            Arrays.fill(array, at, at + count, value);
        }

        /** Adds the values of rows one after the other. */
        void add(int row, long[] from, int start, int end) {
            int at = room(row, end - start);
            System.arraycopy(from, start, array, at, end - start);
        }

        private int room(int row, int count) {
            int at = nextAll(row, count);
            if (at + count > array.length) {
                array = Arrays.copyOf(array, Math.max(at + count, array.length * 2));
            }
            return at;
        }

        long[] array() {
            return array;
        }
    }

    static final class Doubles extends ColumnBuffer {
        private double[] array = new double[FIRST];

        void add(int row, double value) {
            int at = next(row);
            if (at == array.length) {
                array = Arrays.copyOf(array, at * 2);
            }
            array[at] = value;
        }

        /** Adds the values of rows one after the other. */
        void addAll(int row, double[] others) {
            int at = nextAll(row, others.length);
            if (at + others.length > array.length) {
                array = Arrays.copyOf(array, Math.max(at + others.length, array.length * 2));
            }
            System.arraycopy(others, 0, array, at, others.length);
        }

        double[] array() {
            return array;
        }
    }

    static final class Booleans extends ColumnBuffer {
        private boolean[] array = new boolean[FIRST];

        void add(int row, boolean value) {
            int at = next(row);
            if (at == array.length) {
                array = Arrays.copyOf(array, at * 2);
            }
            array[at] = value;
        }

        /** Adds the values of rows one after the other. */
        void addAll(int row, boolean[] others) {
            int at = nextAll(row, others.length);
            if (at + others.length > array.length) {
                array = Arrays.copyOf(array, Math.max(at + others.length, array.length * 2));
            }
            System.arraycopy(others, 0, array, at, others.length);
        }

        boolean[] array() {
            return array;
        }
    }

    /** Maps as codes into a list of maps: messages of one sender share theirs, or bring the same again. */
    static final class Maps extends ColumnBuffer {
        private int[] codes = new int[FIRST];
        private final List<Map<String, String>> entries = new ArrayList<>();
        private Map<String, String> last;

        /** Adds a map, which is kept; returns about how many bytes of memory it took. */
        int add(int row, Map<String, String> map) {
            int at = next(row);
            if (at == codes.length) {
                codes = Arrays.copyOf(codes, at * 2);
            }
            boolean known = map == last || map.equals(last);
            if (!known) {
                entries.add(map);
            }
            last = map;
            codes[at] = entries.size() - 1;
            return Integer.BYTES + (known ? 0 : Long.BYTES + 64 * map.size());
        }

        int[] codes() {
            return codes;
        }

        List<Map<String, String>> entries() {
            return entries;
        }

        @Override
        void clear() {
            super.clear();
            entries.clear();
            last = null;
        }
    }
}
