package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.util.Optional;

/**
 * Between which values all values of a column lie.
 *
 * @param min   a lower bound: Long, Double, String or Boolean; null if unknown or if there is no value
 * @param max   an upper bound, likewise
 * @param nulls rows without a value; -1 if unknown
 */
public record Bounds(Object min, Object max, long nulls) {

    static Optional<Bounds> of(Leaf leaf, ColumnChunkMetaData chunk) {
        Statistics<?> statistics = chunk.getStatistics();
        if (statistics == null || statistics.isEmpty()) {
            return Optional.empty();
        }
        long nulls = statistics.isNumNullsSet() ? statistics.getNumNulls() : -1;
        boolean comparable = leaf.type() instanceof Type.Primitive primitive && primitive != Type.Primitive.BINARY
                && leaf.physical() != PrimitiveTypeName.INT96 && statistics.hasNonNullValue();
        return Optional.of(comparable
                ? new Bounds(bound(leaf, statistics.genericGetMin()), bound(leaf, statistics.genericGetMax()), nulls)
                : new Bounds(null, null, nulls));
    }

    private static Object bound(Leaf leaf, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return leaf.scaling().apply(((Number) value).longValue());
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) ? null : number;
        }
        return value instanceof Binary text ? text.toStringUsingUTF8() : value;
    }
}
