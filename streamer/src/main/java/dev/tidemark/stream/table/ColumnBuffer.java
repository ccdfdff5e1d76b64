package dev.tidemark.stream.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /**
     * Text as codes into a list of UTF-8 entries, which lie behind one another in one array the way Parquet's plain encoding wants them: length,
     * then bytes. Strings that repeat share an entry; bytes handed over get one each, and so do strings once it has shown that they do not repeat.
     */
    static final class Texts extends ColumnBuffer {
        private static final int TRIAL = 4096;
        private static final int MOST = 1 << 16;
        private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

        private int[] codes = new int[FIRST];
        private byte[] plain = new byte[1024];
        /** Where each entry begins, its length before it. */
        private int[] starts = new int[16];
        private int size;
        private boolean distinct = true;
        private boolean inOrder = true;
        private final TextCodes known = new TextCodes();

        /** Adds a text; returns about how many bytes of memory it took. */
        int add(int row, String text) {
            int before = starts[size];
            put(row, code(text));
            return taken(before);
        }

        /** Adds valid UTF-8, which is copied. */
        int add(int row, byte[] utf8) {
            int before = starts[size];
            distinct = false;
            append(utf8);
            put(row, size - 1);
            return taken(before);
        }

        /** Adds a text for so many rows. */
        int add(int row, String text, int count) {
            int before = starts[size];
            int code = code(text);
            for (int i = 0; i < count; i++) {
                put(row + i, code);
            }
            return taken(before) + (count - 1) * Integer.BYTES;
        }

        private int taken(int before) {
            return starts[size] == before ? Integer.BYTES : 2 * Integer.BYTES + starts[size] - before;
        }

        private void put(int row, int code) {
            int at = next(row);
            if (at == codes.length) {
                codes = Arrays.copyOf(codes, at * 2);
            }
            codes[at] = code;
            inOrder &= code == at;
        }

        /**
         * Adds the values of rows that come as codes into a dictionary (-1 for no value); each of its entries is looked up once. Returns about
         * how many bytes of memory that took.
         */
        long addAll(int firstRow, int[] dictionaryCodes, String[] dictionary) {
            int[] translated = new int[dictionary.length];
            Arrays.fill(translated, -1);
            long before = starts[size];
            int nulls = 0;
            for (int code : dictionaryCodes) {
                nulls += code < 0 ? 1 : 0;
            }
            int values = dictionaryCodes.length - nulls;
            int at = nulls == 0 ? nextAll(firstRow, values) : values();
            if (at + values > codes.length) {
                codes = Arrays.copyOf(codes, Math.max(at + values, codes.length * 2));
            }
            for (int i = 0; i < dictionaryCodes.length; i++) {
                int code = dictionaryCodes[i];
                if (code >= 0) {
                    if (translated[code] < 0) {
                        translated[code] = code(dictionary[code]);
                    }
                    if (nulls > 0) {
                        next(firstRow + i);
                    }
                    codes[at] = translated[code];
                    inOrder &= translated[code] == at++;
                }
            }
            return starts[size] - before + (long) Integer.BYTES * values;
        }

        private int code(String text) {
            if (!distinct) {
                append(text.getBytes(StandardCharsets.UTF_8));
                return size - 1;
            }
            int code = known.find(text);
            if (code < 0) {
                append(text.getBytes(StandardCharsets.UTF_8));
                code = size - 1;
                known.put(text, code);
                if (size > MOST || size > TRIAL && size > values() / 2) {
                    distinct = false;
                    known.clear();
                }
            }
            return code;
        }

        private void append(byte[] utf8) {
            int start = starts[size];
            int end = Math.addExact(start, Integer.BYTES + utf8.length);
            if (end > plain.length) {
                plain = Arrays.copyOf(plain, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, plain.length + (plain.length >> 1) + 1024L)));
            }
            INTS.set(plain, start, utf8.length);
            System.arraycopy(utf8, 0, plain, start + Integer.BYTES, utf8.length);
            if (++size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
            }
            starts[size] = end;
        }

        int[] codes() {
            return codes;
        }

        /** All entries in plain encoding. */
        byte[] plain() {
            return plain;
        }

        /** Where an entry begins in {@link #plain}, its length before its text. That of {@link #size} is the end. */
        int start(int entry) {
            return starts[entry];
        }

        /** Bytes of an entry's text. */
        int length(int entry) {
            return starts[entry + 1] - starts[entry] - Integer.BYTES;
        }

        /** A copy of an entry's text. */
        byte[] entry(int entry) {
            return Arrays.copyOfRange(plain, starts[entry] + Integer.BYTES, starts[entry + 1]);
        }

        /** Compares two entries by their bytes. */
        int compare(int a, int b) {
            return Arrays.compareUnsigned(plain, starts[a] + Integer.BYTES, starts[a + 1], plain, starts[b] + Integer.BYTES, starts[b + 1]);
        }

        /** Number of entries. */
        int size() {
            return size;
        }

        /** Whether all entries differ, so that they can serve as a dictionary. */
        boolean isDistinct() {
            return distinct;
        }

        /** Whether every value has its own entry, in the order of the values. */
        boolean isInOrder() {
            return inOrder;
        }

        @Override
        void clear() {
            super.clear();
            size = 0;
            distinct = true;
            inOrder = true;
            known.clear();
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
