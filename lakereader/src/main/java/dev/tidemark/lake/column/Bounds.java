package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Between which values all values of a column lie, NaN left out.
 *
 * @param min   a lower bound: Long, Double, String or Boolean; null if unknown or if there is no value
 * @param max   an upper bound, likewise
 * @param nulls rows without a value; -1 if unknown
 */
public record Bounds(Object min, Object max, long nulls) {

    static Optional<Bounds> of(Leaf leaf, ColumnMetaData chunk) {
        Statistics noted = chunk.getStatistics();
        if (noted == null) {
            return Optional.empty();
        }
        // The older fields hold bounds by the order of signed bytes, which is the right one for numbers only.
        boolean number = leaf.type() != Type.Primitive.STRING && leaf.scaling() != Leaf.Scaling.UNSIGNED_32;
        byte[] min = noted.isSetMin_value() ? noted.getMin_value() : number && noted.isSetMin() ? noted.getMin() : null;
        byte[] max = noted.isSetMax_value() ? noted.getMax_value() : number && noted.isSetMax() ? noted.getMax() : null;
        return Optional.of(of(leaf, min, max, noted.isSetNull_count() ? noted.getNull_count() : -1));
    }

    /** From bounds as the file has them; null for none. */
    static Bounds of(Leaf leaf, byte[] min, byte[] max, long nulls) {
        return new Bounds(bound(leaf, min), bound(leaf, max), nulls);
    }

    private static Object bound(Leaf leaf, byte[] noted) {
        if (noted == null || !(leaf.type() instanceof Type.Primitive primitive) || primitive == Type.Primitive.BINARY) {
            return null;
        }
        try {
            return value(leaf, noted);
        } catch (ArithmeticException beyondMicroseconds) {
            return null;
        }
    }

    private static Object value(Leaf leaf, byte[] noted) {
        return switch (leaf.physical()) {
            case INT32 -> noted.length < Integer.BYTES ? null : leaf.integer(LittleEndian.int32(noted, 0));
            case INT64 -> noted.length < Long.BYTES ? null : leaf.integer(LittleEndian.int64(noted, 0));
            case FLOAT -> noted.length < Float.BYTES ? null : number(Float.intBitsToFloat(LittleEndian.int32(noted, 0)));
            case DOUBLE -> noted.length < Double.BYTES ? null : number(Double.longBitsToDouble(LittleEndian.int64(noted, 0)));
            case BOOLEAN -> noted.length < 1 ? null : noted[0] != 0;
            case BINARY -> text(noted);
            case INT96, FIXED_LEN_BYTE_ARRAY -> null;
        };
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** A bound that a writer cut in the middle of a character says nothing that we could compare with. */
    private static String text(byte[] noted) {
        String text = new String(noted, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), noted) ? text : null;
    }
}
