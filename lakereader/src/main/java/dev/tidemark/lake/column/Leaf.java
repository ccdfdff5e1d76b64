package dev.tidemark.lake.column;

import dev.tidemark.lake.Type;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * A column of a file and the type in which the table wants its values.
 *
 * @param scaling  what an integer of the file needs to become one of the table
 * @param calendar what it needs then, because the writer used another calendar; null for nothing
 */
record Leaf(ColumnDescriptor column, Type type, Scaling scaling, LongUnaryOperator calendar) {

    /** From the file's integers to the table's. */
    enum Scaling {
        AS_IS, UNSIGNED_32, MILLIS, NANOS, DAYS;

        long apply(long value) {
            return switch (this) {
                case AS_IS -> value;
                case UNSIGNED_32 -> value & 0xffff_ffffL;
                case MILLIS -> Math.multiplyExact(value, 1000);
                case NANOS -> Math.floorDiv(value, 1000L);
                case DAYS -> Math.multiplyExact(value, 86_400_000_000L);
            };
        }
    }

    /** The leaf, if values of this column can be shown in this type without loss. */
    static Optional<Leaf> of(ColumnDescriptor column, Type type) {
        PrimitiveType physical = column.getPrimitiveType();
        return scaling(physical.getPrimitiveTypeName(), physical.getLogicalTypeAnnotation(), type)
                .map(scaling -> new Leaf(column, type, scaling, null));
    }

    /** The leaf in the type nearest to how it is stored. */
    static Leaf raw(ColumnDescriptor column) {
        return new Leaf(column, switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32, INT64, INT96 -> Type.Primitive.LONG;
            case FLOAT, DOUBLE -> Type.Primitive.DOUBLE;
            case BOOLEAN -> Type.Primitive.BOOLEAN;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> Type.Primitive.BINARY;
        }, Scaling.AS_IS, null);
    }

    /** The same, whose writer used this calendar. */
    Leaf in(OldCalendar written) {
        LongUnaryOperator needed = written.of(this);
        return needed == null ? this : new Leaf(column, type, scaling, needed);
    }

    /** An integer of the file as one of the table. */
    long integer(long stored) {
        long scaled = scaling.apply(stored);
        return calendar == null ? scaled : calendar.applyAsLong(scaled);
    }

    /** Whether the table's values are stored as they are, so that what is told of the stored ones holds for them. */
    boolean isAsStored() {
        return calendar == null && scaling != Scaling.DAYS;
    }

    /** Integers can have become decimals and doubles, dates times without a zone (Delta protocol, "Type Widening"). */
    private static Optional<Scaling> scaling(PrimitiveTypeName physical, LogicalTypeAnnotation logical, Type type) {
        boolean plainInteger = logical == null || logical instanceof IntLogicalTypeAnnotation;
        if (type instanceof Type.Decimal wanted) {
            int digits = wanted.precision() - wanted.scale();
            return only(logical instanceof DecimalLogicalTypeAnnotation had
                    ? had.getScale() <= wanted.scale() && had.getPrecision() - had.getScale() <= digits
                    : plainInteger && (physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64));
        }
        return switch ((Type.Primitive) type) {
            case LONG, INTEGER, SHORT, BYTE -> plainInteger ? integer(physical, logical, (Type.Primitive) type) : Optional.empty();
            case DOUBLE -> only(physical == PrimitiveTypeName.DOUBLE || physical == PrimitiveTypeName.FLOAT || physical == PrimitiveTypeName.INT32 && plainInteger);
            case FLOAT -> only(physical == PrimitiveTypeName.FLOAT);
            case BOOLEAN -> only(physical == PrimitiveTypeName.BOOLEAN);
            case DATE -> only(physical == PrimitiveTypeName.INT32 && logical instanceof DateLogicalTypeAnnotation);
            case TIMESTAMP -> timestamp(physical, logical);
            case TIMESTAMP_NTZ -> logical instanceof DateLogicalTypeAnnotation ? Optional.of(Scaling.DAYS) : timestamp(physical, logical);
            case STRING -> only(physical == PrimitiveTypeName.BINARY && (logical == null || logical instanceof StringLogicalTypeAnnotation
                    || logical instanceof EnumLogicalTypeAnnotation || logical instanceof JsonLogicalTypeAnnotation));
            case BINARY -> only((physical == PrimitiveTypeName.BINARY || physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                    && !(logical instanceof DecimalLogicalTypeAnnotation));
        };
    }

    private static Optional<Scaling> integer(PrimitiveTypeName physical, LogicalTypeAnnotation logical, Type.Primitive type) {
        boolean annotated = logical instanceof IntLogicalTypeAnnotation;
        int bits = annotated ? ((IntLogicalTypeAnnotation) logical).getBitWidth()
                : physical == PrimitiveTypeName.INT64 ? 64 : 32;
        boolean unsigned = annotated && !((IntLogicalTypeAnnotation) logical).isSigned();
        int room = switch (type) {
            case LONG -> 64;
            case INTEGER -> 32;
            case SHORT -> 16;
            default -> 8;
        };
        boolean integer = physical == PrimitiveTypeName.INT32 || physical == PrimitiveTypeName.INT64;
        // Some writers leave out the annotation of small integers: what the table promises then holds.
        boolean fits = unsigned ? bits < room : bits <= room || !annotated && physical == PrimitiveTypeName.INT32;
        return integer && fits ? Optional.of(unsigned && bits == 32 ? Scaling.UNSIGNED_32 : Scaling.AS_IS) : Optional.empty();
    }

    private static Optional<Scaling> timestamp(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
        if (physical == PrimitiveTypeName.INT96) {
            return Optional.of(Scaling.AS_IS);
        }
        if (physical != PrimitiveTypeName.INT64 || !(logical instanceof TimestampLogicalTypeAnnotation time)) {
            return Optional.empty();
        }
        return Optional.of(switch (time.getUnit()) {
            case MILLIS -> Scaling.MILLIS;
            case MICROS -> Scaling.AS_IS;
            case NANOS -> Scaling.NANOS;
        });
    }

    private static Optional<Scaling> only(boolean fits) {
        return fits ? Optional.of(Scaling.AS_IS) : Optional.empty();
    }

    PrimitiveTypeName physical() {
        return column.getPrimitiveType().getPrimitiveTypeName();
    }

    /** Room for {@code capacity} values. */
    Values values(int capacity) {
        if (type instanceof Type.Primitive primitive) {
            return switch (primitive) {
                case LONG, INTEGER, SHORT, BYTE, DATE, TIMESTAMP, TIMESTAMP_NTZ -> new LongValues(this, capacity);
                case DOUBLE, FLOAT -> new DoubleValues(this, capacity);
                case BOOLEAN -> new BooleanValues(this, capacity);
                case STRING -> new StringValues(this, capacity);
                case BINARY -> new ObjectValues(this, capacity);
            };
        }
        return new ObjectValues(this, capacity);
    }
}
