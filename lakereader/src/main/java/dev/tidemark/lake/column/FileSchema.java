package dev.tidemark.lake.column;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A footer's flat list of fields as a tree. Parquet's own conversion does the same, but brings in Hadoop and Jackson, which takes longer than
 * reading a small table.
 */
final class FileSchema {

    private static final int DEEPEST = 100;

    private FileSchema() {
    }

    static MessageType of(List<SchemaElement> elements) {
        Iterator<SchemaElement> rest = elements.iterator();
        if (!rest.hasNext()) {
            throw new CorruptPageException("a footer without a schema");
        }
        SchemaElement root = rest.next();
        MessageType schema = new MessageType(root.getName(), children(root, rest, 0));
        if (rest.hasNext()) {
            throw new CorruptPageException("a schema whose counts do not add up");
        }
        return schema;
    }

    private static List<Type> children(SchemaElement parent, Iterator<SchemaElement> rest, int depth) {
        List<Type> children = new ArrayList<>();
        for (int i = parent.getNum_children(); i > 0; i--) {
            if (!rest.hasNext() || depth > DEEPEST) {
                throw new CorruptPageException("a schema whose counts do not add up");
            }
            children.add(field(rest.next(), rest, depth + 1));
        }
        return children;
    }

    private static Type field(SchemaElement element, Iterator<SchemaElement> rest, int depth) {
        Type.Repetition repetition = Type.Repetition.valueOf(element.getRepetition_type().name());
        LogicalTypeAnnotation logical = logical(element);
        if (!element.isSetType()) {
            var group = Types.buildGroup(repetition).as(logical);
            children(element, rest, depth).forEach(group::addField);
            if (element.isSetField_id()) {
                group.id(element.getField_id());
            }
            return group.named(element.getName());
        }
        PrimitiveTypeName physical = switch (element.getType()) {
            case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
            default -> PrimitiveTypeName.valueOf(element.getType().name());
        };
        var primitive = Types.primitive(physical, repetition).length(element.getType_length()).as(logical);
        return (element.isSetField_id() ? primitive.id(element.getField_id()) : primitive).named(element.getName());
    }

    /** What the field's values mean; null if nothing is said, or nothing we could show. */
    private static LogicalTypeAnnotation logical(SchemaElement element) {
        if (!element.isSetLogicalType()) {
            return element.isSetConverted_type() ? converted(element, element.getConverted_type()) : null;
        }
        var logical = element.getLogicalType();
        return switch (logical.getSetField()) {
            case STRING -> LogicalTypeAnnotation.stringType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case LIST -> LogicalTypeAnnotation.listType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(logical.getDECIMAL().getScale(), logical.getDECIMAL().getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME -> LogicalTypeAnnotation.timeType(logical.getTIME().isIsAdjustedToUTC(), unit(logical.getTIME().getUnit()));
            case TIMESTAMP -> LogicalTypeAnnotation.timestampType(logical.getTIMESTAMP().isIsAdjustedToUTC(), unit(logical.getTIMESTAMP().getUnit()));
            case INTEGER -> LogicalTypeAnnotation.intType(logical.getINTEGER().getBitWidth(), logical.getINTEGER().isIsSigned());
            case JSON -> LogicalTypeAnnotation.jsonType();
            case BSON -> LogicalTypeAnnotation.bsonType();
            case UUID -> LogicalTypeAnnotation.uuidType();
            case FLOAT16 -> LogicalTypeAnnotation.float16Type();
            case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> null;
        };
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        return unit.isSetMILLIS() ? LogicalTypeAnnotation.TimeUnit.MILLIS
                : unit.isSetMICROS() ? LogicalTypeAnnotation.TimeUnit.MICROS : LogicalTypeAnnotation.TimeUnit.NANOS;
    }

    /** The annotations of files from before 2018. */
    private static LogicalTypeAnnotation converted(SchemaElement element, ConvertedType type) {
        return switch (type) {
            case UTF8 -> LogicalTypeAnnotation.stringType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case MAP_KEY_VALUE -> LogicalTypeAnnotation.MapKeyValueTypeAnnotation.getInstance();
            case LIST -> LogicalTypeAnnotation.listType();
            case ENUM -> LogicalTypeAnnotation.enumType();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
            case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
            case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
            case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
            case INT_8 -> LogicalTypeAnnotation.intType(8, true);
            case INT_16 -> LogicalTypeAnnotation.intType(16, true);
            case INT_32 -> LogicalTypeAnnotation.intType(32, true);
            case INT_64 -> LogicalTypeAnnotation.intType(64, true);
            case JSON -> LogicalTypeAnnotation.jsonType();
            case BSON -> LogicalTypeAnnotation.bsonType();
            case INTERVAL -> LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance();
        };
    }
}
