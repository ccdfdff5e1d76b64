package dev.tidemark.lake.diff;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows as bytes: equal values are equal bytes, whatever file they come from. Of a struct, fields without a value are left out. The columns of the key stand first, so that a row's key is a run of bytes, too.
 */
final class RowCode {

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
    private final Bytes bytes = new Bytes();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private Column[] columns;
    private byte[][][] texts;
    private int keyLength;

    /** @param keys how many of the columns are the key */
    RowCode(int keys) {
        this.keys = keys;
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
        bytes.reset();
        try {
            for (int i = 0; i < columns.length; i++) {
                cell(i, row);
                if (i == keys - 1) {
                    keyLength = bytes.size();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (keys == 0) {
            keyLength = bytes.size();
        }
    }

    byte[] buffer() {
        return bytes.buffer();
    }

    int length() {
        return bytes.size();
    }

    /** Bytes of the key; without a key the whole row is its own. */
    int keyLength() {
        return keyLength;
    }

    private void cell(int column, int row) throws IOException {
        if (columns[column] instanceof Column.Strings strings) {
            int code = strings.codes()[row];
            if (code < 0) {
                out.writeByte(NULL);
                return;
            }
            if (texts[column][code] == null) {
                texts[column][code] = strings.dictionary()[code].getBytes(StandardCharsets.UTF_8);
            }
            text(texts[column][code]);
        } else if (columns[column].isNull(row)) {
            out.writeByte(NULL);
        } else if (columns[column] instanceof Column.Longs longs) {
            out.writeByte(LONG);
            out.writeLong(longs.values()[row]);
        } else if (columns[column] instanceof Column.Doubles doubles) {
            real(doubles.values()[row]);
        } else {
            value(columns[column].value(row), columns[column].type());
        }
    }

    private void text(byte[] utf8) throws IOException {
        bytes(TEXT, utf8);
    }

    private void real(double value) throws IOException {
        out.writeByte(DOUBLE);
        // One NaN is as good as another.
        out.writeLong(Double.doubleToLongBits(value));
    }

    private void value(Object value, Type type) throws IOException {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof Long number) {
            out.writeByte(LONG);
            out.writeLong(number);
        } else if (value instanceof Double number) {
            real(number);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? TRUE : FALSE);
        } else if (value instanceof String text) {
            text(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] binary) {
            bytes(BINARY, binary);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte(DECIMAL);
            out.writeInt(decimal.scale());
            bytes(BINARY, decimal.unscaledValue().toByteArray());
        } else if (value instanceof List<?> list) {
            out.writeByte(LIST);
            out.writeInt(list.size());
            for (Object element : list) {
                value(element, ((Type.Array) type).element());
            }
        } else if (type instanceof Type.Struct struct) {
            struct((Map<?, ?>) value, struct);
        } else {
            map((Map<?, ?>) value, (Type.MapOf) type);
        }
    }

    private void bytes(byte kind, byte[] binary) throws IOException {
        out.writeByte(kind);
        out.writeInt(binary.length);
        out.write(binary, 0, binary.length);
    }

    /** A field without a value is left out, as a version that does not have the field yet leaves it out. */
    private void struct(Map<?, ?> value, Type.Struct type) throws IOException {
        out.writeByte(MAP);
        out.writeInt((int) value.values().stream().filter(Objects::nonNull).count());
        for (Schema.Field field : type.fields()) {
            Object found = value.get(field.name());
            if (found != null) {
                text(field.name().getBytes(StandardCharsets.UTF_8));
                value(found, field.type());
            }
        }
    }

    private void map(Map<?, ?> value, Type.MapOf type) throws IOException {
        out.writeByte(MAP);
        out.writeInt(value.size());
        for (Map.Entry<?, ?> entry : value.entrySet()) {
            value(entry.getKey(), type.key());
            value(entry.getValue(), type.value());
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

    /** Lends its array. */
    private static final class Bytes extends ByteArrayOutputStream {
        private byte[] buffer() {
            return buf;
        }

        @Override
        public synchronized int size() {
            return count;
        }
    }
}
