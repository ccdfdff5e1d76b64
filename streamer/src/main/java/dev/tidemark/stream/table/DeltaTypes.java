package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import io.delta.standalone.types.ArrayType;
import io.delta.standalone.types.BooleanType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.DateType;
import io.delta.standalone.types.DecimalType;
import io.delta.standalone.types.DoubleType;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import io.delta.standalone.types.TimestampType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** delta-standalone's types and ours. */
final class DeltaTypes {

    private DeltaTypes() {
    }

    /** A table's schema. */
    static Schema schema(StructType struct) {
        return new Schema(fields(struct));
    }

    private static List<Schema.Field> fields(StructType struct) {
        return Arrays.stream(struct.getFields())
                .map(field -> new Schema.Field(field.getName(), type(field.getDataType()), field.isNullable())).toList();
    }

    private static Type type(DataType type) {
        if (type instanceof StructType struct) {
            return new Type.Struct(fields(struct));
        }
        if (type instanceof MapType map) {
            return new Type.MapOf(type(map.getKeyType()), type(map.getValueType()), map.valueContainsNull());
        }
        if (type instanceof ArrayType array) {
            return new Type.Array(type(array.getElementType()), array.containsNull());
        }
        if (type instanceof DecimalType decimal) {
            return new Type.Decimal(decimal.getPrecision(), decimal.getScale());
        }
        return Type.Primitive.valueOf(type.getTypeName().toUpperCase(Locale.ROOT));
    }

    /** A field of a kind that can be written. */
    static StructField field(Schema.Field field) {
        return new StructField(field.name(), type(field.type()), field.nullable());
    }

    private static DataType type(Type type) {
        return switch (Kind.of(type)) {
            case LONG -> new LongType();
            case INTEGER -> new IntegerType();
            case DATE -> new DateType();
            case TIMESTAMP -> new TimestampType();
            case DOUBLE -> new DoubleType();
            case BOOLEAN -> new BooleanType();
            case TEXT -> new StringType();
            case MAP -> new MapType(new StringType(), new StringType(), ((Type.MapOf) type).valueContainsNull());
            case OTHER -> throw new IllegalArgumentException("Cannot make a column of type " + type);
        };
    }
}
