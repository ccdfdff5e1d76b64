package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Decimals and binary. */
final class ObjectValues extends Values {

    private final Leaf leaf;
    private final PrimitiveTypeName physical;
    private final Object[] values;
    private Object[] dictionary = {};

    ObjectValues(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.physical = leaf.physical();
        this.values = new Object[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = new Object[page.values()];
        decode(page.bytes(), page.from(), page.to(), dictionary, 0, page.values());
    }

    @Override
    void plain(byte[] bytes, int from, int to, int at, int n) {
        decode(bytes, from, to, values, at, n);
    }

    private void decode(byte[] bytes, int from, int to, Object[] out, int at, int n) {
        int position = from;
        for (int i = at; i < at + n; i++) {
            int length = switch (physical) {
                case INT32 -> Integer.BYTES;
                case INT64 -> Long.BYTES;
                case FIXED_LEN_BYTE_ARRAY -> leaf.column().getPrimitiveType().getTypeLength();
                default -> {
                    int prefixed = StringValues.length(bytes, position, to, n);
                    position += Integer.BYTES;
                    yield prefixed;
                }
            };
            require(length <= to - position, n);
            out[i] = switch (physical) {
                case INT32 -> decimal(LittleEndian.int32(bytes, position));
                case INT64 -> decimal(LittleEndian.int64(bytes, position));
                default -> object(bytes, position, length);
            };
            position += length;
        }
    }

    private Object object(byte[] bytes, int from, int length) {
        return leaf.type() instanceof Type.Decimal
                ? scaled(new BigDecimal(length == 0 ? BigInteger.ZERO : new BigInteger(bytes, from, length), scale()))
                : Arrays.copyOfRange(bytes, from, from + length);
    }

    private BigDecimal decimal(long unscaled) {
        return scaled(BigDecimal.valueOf(unscaled, scale()));
    }

    private int scale() {
        return leaf.column().getPrimitiveType().getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0;
    }

    private BigDecimal scaled(BigDecimal value) {
        return value.setScale(((Type.Decimal) leaf.type()).scale());
    }

    @Override
    void coded(byte[] bytes, int from, int to, int width, int at, int n) {
        int[] codes = codes(bytes, from, to, width, n);
        for (int i = 0; i < n; i++) {
            values[at + i] = dictionary[codes[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        for (int i = at; i < at + n; i++) {
            values[i] = switch (physical) {
                case INT32 -> decimal(reader.readInteger());
                case INT64 -> decimal(reader.readLong());
                default -> {
                    byte[] bytes = reader.readBytes().getBytes();
                    yield object(bytes, 0, bytes.length);
                }
            };
        }
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(values, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, null));
    }

    @Override
    Column column(boolean[] nulls) {
        return new Column.Objects(leaf.type(), values);
    }
}
