package dev.tidemark.lake.column;

import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Integers, dates and times. */
final class LongValues extends Values {

    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final int INT96 = 12;

    private final Leaf leaf;
    private final PrimitiveTypeName physical;
    private final long[] values;
    private long[] dictionary = {};

    LongValues(Leaf leaf, int capacity) {
        this.leaf = leaf;
        this.physical = leaf.physical();
        this.values = new long[capacity];
    }

    @Override
    void dictionary(Page page) {
        dictionary = new long[page.values()];
        decode(page.bytes(), page.from(), page.to(), dictionary, 0, page.values());
    }

    @Override
    void plain(byte[] bytes, int from, int to, int at, int n) {
        decode(bytes, from, to, values, at, n);
    }

    private void decode(byte[] bytes, int from, int to, long[] out, int at, int n) {
        switch (physical) {
            case INT32 -> {
                require((long) n * Integer.BYTES <= to - from, n);
                for (int i = 0; i < n; i++) {
                    out[at + i] = LittleEndian.int32(bytes, from + i * Integer.BYTES);
                }
            }
            case INT64 -> {
                require((long) n * Long.BYTES <= to - from, n);
                ByteBuffer.wrap(bytes, from, to - from).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(out, at, n);
            }
            case INT96 -> {
                require((long) n * INT96 <= to - from, n);
                for (int i = 0; i < n; i++) {
                    out[at + i] = int96(bytes, from + i * INT96);
                }
            }
            default -> throw new IllegalStateException(physical.toString());
        }
        scale(out, at, n);
    }

    /** Nanoseconds of the day, then the Julian day: how Spark and Impala wrote times before Parquet had a type for them. */
    private static long int96(byte[] bytes, int at) {
        long nanos = LittleEndian.int64(bytes, at);
        long day = LittleEndian.int32(bytes, at + Long.BYTES) - JULIAN_DAY_OF_EPOCH;
        return day * MICROS_OF_DAY + Math.floorDiv(nanos, 1000L);
    }

    private void scale(long[] out, int at, int n) {
        if (leaf.scaling() != Leaf.Scaling.AS_IS) {
            for (int i = at; i < at + n; i++) {
                out[i] = leaf.scaling().apply(out[i]);
            }
        }
    }

    @Override
    void coded(byte[] bytes, int from, int to, int width, int at, int n) {
        int[] codes = codes(bytes, from, to, width, n);
        long[] dictionary = this.dictionary;
        for (int i = 0; i < n; i++) {
            values[at + i] = dictionary[codes[i]];
        }
    }

    @Override
    void other(ValuesReader reader, int at, int n) {
        switch (physical) {
            case INT32 -> {
                for (int i = at; i < at + n; i++) {
                    values[i] = reader.readInteger();
                }
            }
            case INT64 -> {
                for (int i = at; i < at + n; i++) {
                    values[i] = reader.readLong();
                }
            }
            default -> {
                for (int i = at; i < at + n; i++) {
                    values[i] = int96(reader.readBytes().getBytes(), 0);
                }
            }
        }
        scale(values, at, n);
    }

    @Override
    void spread(boolean[] nulls, int at, int n, int present) {
        spread(values, nulls, at, n, present, (a, from, to) -> Arrays.fill(a, from, to, 0));
    }

    @Override
    Column column(boolean[] nulls) {
        if (leaf.calendar() != null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = leaf.calendar().applyAsLong(values[i]);
            }
        }
        return new Column.Longs(leaf.type(), values, nulls);
    }
}
