package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Floating point numbers. */
final class DoubleValues extends Values {

    private final Leaf leaf;
    private final boolean single;
    /** Of a column that held integers when the file was written. */
    private final boolean integer;
    private final double[] values;
    private double[] dictionary = {};

    DoubleValues(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.single = leaf.physical() == PrimitiveTypeName.FLOAT;
        this.integer = leaf.physical() == PrimitiveTypeName.INT32;
        this.values = new double[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = new double[page.values()];
        decode(page.bytes(), page.from(), page.to(), dictionary, 0, page.values());
    }

    @Override
    void plain(byte[] bytes, int from, int to, int at, int n) {
        decode(bytes, from, to, values, at, n);
    }

    private void decode(byte[] bytes, int from, int to, double[] out, int at, int n) {
        if (integer) {
            require((long) n * Integer.BYTES <= to - from, n);
            for (int i = 0; i < n; i++) {
                out[at + i] = leaf.integer(LittleEndian.int32(bytes, from + i * Integer.BYTES));
            }
        } else if (single) {
            require((long) n * Float.BYTES <= to - from, n);
            for (int i = 0; i < n; i++) {
                out[at + i] = Float.intBitsToFloat(LittleEndian.int32(bytes, from + i * Float.BYTES));
            }
        } else {
            require((long) n * Double.BYTES <= to - from, n);
            ByteBuffer.wrap(bytes, from, to - from).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(out, at, n);
        }
    }

    @Override
    void coded(byte[] bytes, int from, int to, int width, int at, int n) {
        int[] codes = codes(bytes, from, to, width, n);
        double[] dictionary = this.dictionary;
        for (int i = 0; i < n; i++) {
            values[at + i] = dictionary[codes[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        if (integer) {
            for (int i = at; i < at + n; i++) {
                values[i] = leaf.integer(reader.readInteger());
            }
        } else if (single) {
            for (int i = at; i < at + n; i++) {
                values[i] = reader.readFloat();
            }
        } else {
            for (int i = at; i < at + n; i++) {
                values[i] = reader.readDouble();
            }
        }
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(values, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, 0));
    }

    @Override
    Column column(boolean[] nulls) {
        return new Column.Doubles(leaf.type(), values, nulls);
    }
}
