package dev.tidemark.stream.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The values of one column for the rows of one partition. Only rows that have a value take room: values lie densely in
 * the order of their rows, and a bit for each row, once there is one without a value, tells which row has one.
 */
abstract sealed class ColumnBuffer {

    private static final int FIRST = 64;

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

        boolean[] array() {
            return array;
        }
    }

    /**
     * Text as codes into a list of UTF-8 entries. Strings that repeat share an entry; bytes handed over get one each, and so do strings
     * once it has shown that they do not repeat.
     */
    static final class Texts extends ColumnBuffer {
        private static final int TRIAL = 4096;
        private static final int MOST = 1 << 16;

        private int[] codes = new int[FIRST];
        private byte[][] entries = new byte[16][];
        private int size;
        private boolean distinct = true;
        private final Map<String, Integer> known = new HashMap<>();
        private String lastText;
        private int lastCode;

        /** Returns about how many bytes of memory it took. */
        int add(int row, Object text) {
            int at = next(row);
            if (at == codes.length) {
                codes = Arrays.copyOf(codes, at * 2);
            }
            int before = size;
            codes[at] = text instanceof String string ? code(string) : entry((byte[]) text);
            return size == before ? Integer.BYTES : 2 * Integer.BYTES + Long.BYTES + entries[before].length;
        }

        private int code(String text) {
            if (text.equals(lastText)) {
                return lastCode;
            }
            if (!distinct) {
                return entry(text.getBytes(StandardCharsets.UTF_8));
            }
            Integer code = known.get(text);
            if (code == null) {
                code = size;
                append(text.getBytes(StandardCharsets.UTF_8));
                known.put(text, code);
                if (size > MOST || size > TRIAL && size > values() / 2) {
                    distinct = false;
                    known.clear();
                }
            }
            lastText = text;
            lastCode = code;
            return code;
        }

        private int entry(byte[] utf8) {
            distinct = false;
            append(utf8);
            return size - 1;
        }

        private void append(byte[] utf8) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            entries[size++] = utf8;
        }

        int[] codes() {
            return codes;
        }

        byte[][] entries() {
            return entries;
        }

        /** Number of entries. */
        int size() {
            return size;
        }

        /** Whether all entries differ, so that they can serve as a dictionary. */
        boolean isDistinct() {
            return distinct;
        }

        @Override
        void clear() {
            super.clear();
            Arrays.fill(entries, 0, size, null);
            size = 0;
            distinct = true;
            known.clear();
            lastText = null;
        }
    }

    @SuppressWarnings("unchecked")
    static final class Maps extends ColumnBuffer {
        private Map<String, String>[] array = new Map[FIRST];

        void add(int row, Map<String, String> value) {
            int at = next(row);
            if (at == array.length) {
                array = Arrays.copyOf(array, at * 2);
            }
            array[at] = value;
        }

        Map<String, String>[] array() {
            return array;
        }

        @Override
        void clear() {
            Arrays.fill(array, null);
            super.clear();
        }
    }
}
