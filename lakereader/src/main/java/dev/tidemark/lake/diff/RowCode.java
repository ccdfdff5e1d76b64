package dev.tidemark.lake.diff;

import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows as bytes: equal values are equal bytes, whatever file they come from. Of a struct, fields without a value are left out. The columns of the key stand
 * first, so that a row's key is a run of bytes, too.
 */
final class RowCode {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte FALSE = 3;
    private static final byte TRUE = 4;
    private static final byte TEXT = 5;
    private static final byte BINARY = 6;
    private static final byte DECIMAL = 7;
    private static final byte LIST = 8;
    private static final byte MAP = 9;

    private final int keys;
    private final Spelling[] spellings;
    private byte[] bytes = new byte[256];
    private int size;
    private Column[] columns;
    private byte[][][] texts;
    private int keyLength;

    /**
     * @param keys      how many of the columns are the key
     * @param spellings how the values of each column are written
     */
    RowCode(int keys, List<Spelling> spellings) {
        this.keys = keys;
        this.spellings = spellings.toArray(Spelling[]::new);
    }

    void bind(Batch batch) {
        columns = batch.columns().toArray(Column[]::new);
        texts = new byte[columns.length][][];
        for (int i = 0; i < columns.length; i++) {
            texts[i] = columns[i] instanceof Column.Strings strings ? new byte[strings.dictionary().length][] : null;
        }
    }

    /** Encodes a row of the bound batch, to be found in {@link #buffer}. */
    void encode(int row) {
        size = 0;
        for (int i = 0; i < columns.length; i++) {
            cell(i, row);
            if (i == keys - 1) {
                keyLength = size;
            }
        }
        if (keys == 0) {
            keyLength = size;
        }
    }

    byte[] buffer() {
        return bytes;
    }

    int length() {
        return size;
    }

    /** Bytes of the key; without a key the whole row is its own. */
    int keyLength() {
        return keyLength;
    }

    private void cell(int column, int row) {
        if (columns[column] instanceof Column.Strings strings) {
            int code = strings.codes()[row];
            if (code < 0) {
                put(NULL);
                return;
            }
            if (texts[column][code] == null) {
                texts[column][code] = strings.dictionary()[code].getBytes(StandardCharsets.UTF_8);
            }
            text(texts[column][code]);
        } else if (columns[column].isNull(row)) {
            put(NULL);
        } else if (columns[column] instanceof Column.Longs longs) {
            put(LONG);
            putLong(longs.values()[row]);
        } else if (columns[column] instanceof Column.Doubles doubles) {
            real(doubles.values()[row]);
        } else {
            value(columns[column].value(row), spellings[column]);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, more) * 2);
        }
    }

    private void put(byte one) {
        reserve(1);
        bytes[size++] = one;
    }

    private void putInt(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    private void putLong(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    private void text(byte[] utf8) {
        bytes(TEXT, utf8);
    }

    private void real(double value) {
        put(DOUBLE);
        // One NaN is as good as another.
        putLong(Double.doubleToLongBits(value));
    }

    private void value(Object value, Spelling spelling) {
        if (value == null) {
            put(NULL);
        } else if (value instanceof Long number) {
            put(LONG);
            putLong(number);
        } else if (value instanceof Double number) {
            real(number);
        } else if (value instanceof Boolean truth) {
            put(truth ? TRUE : FALSE);
        } else if (value instanceof String text) {
            text(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] binary) {
            bytes(BINARY, binary);
        } else if (value instanceof BigDecimal decimal) {
            put(DECIMAL);
            putInt(decimal.scale());
            bytes(BINARY, decimal.unscaledValue().toByteArray());
        } else if (value instanceof List<?> list) {
            put(LIST);
            putInt(list.size());
            for (Object element : list) {
                value(element, ((Spelling.Elements) spelling).each());
            }
        } else if (spelling instanceof Spelling.Fields fields) {
            struct((Map<?, ?>) value, fields);
        } else {
            map((Map<?, ?>) value, (Spelling.Entries) spelling);
        }
    }

    private void bytes(byte kind, byte[] binary) {
        put(kind);
        putInt(binary.length);
        reserve(binary.length);
        System.arraycopy(binary, 0, bytes, size, binary.length);
        size += binary.length;
    }

    /** A field without a value is left out, as a version that does not have the field yet leaves it out. */
    private void struct(Map<?, ?> value, Spelling.Fields fields) {
        put(MAP);
        putInt((int) value.values().stream().filter(Objects::nonNull).count());
        for (Spelling.Part part : fields.parts()) {
            Object found = value.get(part.own());
            if (found != null) {
                text(part.shared().getBytes(StandardCharsets.UTF_8));
                value(found, part.value());
            }
        }
    }

    /** Maps are equal whatever the order of their entries: these stand in that of their bytes. */
    private void map(Map<?, ?> value, Spelling.Entries type) {
        put(MAP);
        putInt(value.size());
        int start = size;
        List<byte[]> entries = new ArrayList<>(value.size());
        for (Map.Entry<?, ?> entry : value.entrySet()) {
            int from = size;
            value(entry.getKey(), type.key());
            value(entry.getValue(), type.value());
            entries.add(Arrays.copyOfRange(bytes, from, size));
        }
        entries.sort(Arrays::compareUnsigned);
        size = start;
        for (byte[] entry : entries) {
            System.arraycopy(entry, 0, bytes, size, entry.length);
            size += entry.length;
        }
    }

    /** The values of an encoded row. */
    static List<Object> decode(byte[] row, int from, int length, int columns) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row, from, length))) {
            List<Object> values = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                values.add(value(in));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case NULL -> null;
            case LONG -> in.readLong();
            case DOUBLE -> Double.longBitsToDouble(in.readLong());
            case FALSE, TRUE -> kind == TRUE;
            case TEXT -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            case BINARY -> in.readNBytes(in.readInt());
            case DECIMAL -> {
                int scale = in.readInt();
                yield new BigDecimal(new BigInteger((byte[]) value(in)), scale);
            }
            case LIST -> {
                int size = in.readInt();
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    list.add(value(in));
                }
                yield list;
            }
            default -> {
                int size = in.readInt();
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    Object key = value(in);
                    map.put(key, value(in));
                }
                yield map;
            }
        };
    }
}
