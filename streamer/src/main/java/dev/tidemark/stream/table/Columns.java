package dev.tidemark.stream.table;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table's columns as a writer needs them. Immutable.
 */
final class Columns {

    private final String table;
    private final Schema schema;
    private final Kind[] kinds;
    private final int[] partition;
    private final boolean[] isPartition;
    private final int[] data;
    private final int[] required;
    private final MessageType message;

    /**
     * @param table for messages
     * @throws LakeException UNSUPPORTED for a column that must have a value and cannot be written, INVALID for a partition column that is not there
     */
    Columns(String table, Schema schema, List<String> partitionColumns) {
        this.table = table;
        this.schema = schema;
        this.kinds = new Kind[schema.fields().size()];
        for (int i = 0; i < kinds.length; i++) {
            Schema.Field field = schema.fields().get(i);
            kinds[i] = Kind.of(field.type());
            if (kinds[i] == Kind.OTHER && !field.nullable()) {
                throw new LakeException(LakeException.Reason.UNSUPPORTED, "Cannot write table " + table + ": column " + field.name()
                        + " must have a value of a type that the streamer does not write (expected one of long, integer, date, timestamp,"
                        + " double, boolean, string, map<string,string>, actual " + field.type() + ")");
            }
        }
        this.partition = partitionColumns.stream().mapToInt(name -> index(name)).toArray();
        this.isPartition = new boolean[kinds.length];
        for (int column : partition) {
            isPartition[column] = true;
        }
        List<Integer> data = new ArrayList<>();
        List<Integer> required = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            if (!isPartition[i] && kinds[i] != Kind.OTHER) {
                data.add(i);
            }
            if (!schema.fields().get(i).nullable()) {
                required.add(i);
            }
        }
        this.data = data.stream().mapToInt(Integer::intValue).toArray();
        this.required = required.stream().mapToInt(Integer::intValue).toArray();
        List<Type> types = new ArrayList<>();
        for (int column : this.data) {
            types.add(type(schema.fields().get(column).name(), kinds[column]));
        }
        this.message = new MessageType("rows", types);
    }

    private int index(String name) {
        for (int i = 0; i < kinds.length; i++) {
            if (schema.fields().get(i).name().equalsIgnoreCase(name)) {
                if (kinds[i] != Kind.DATE && kinds[i] != Kind.TEXT) {
                    break;
                }
                return i;
            }
        }
        throw new LakeException(LakeException.Reason.INVALID, "Cannot write table " + table + ": partition column " + name
                + " cannot be used (expected a column of type date or string)");
    }

    private static Type type(String name, Kind kind) {
        return switch (kind) {
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case INTEGER -> Types.optional(PrimitiveTypeName.INT32).named(name);
            case DATE -> Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
            case TIMESTAMP -> Types.optional(PrimitiveTypeName.INT64)
                    .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS)).named(name);
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case TEXT -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
            case MAP -> Types.optionalMap()
                    .key(Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("key"))
                    .value(Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named("value"))
                    .named(name);
            case OTHER -> throw new IllegalArgumentException("Cannot write column " + name + ": unknown type");
        };
    }

    Schema schema() {
        return schema;
    }

    int size() {
        return kinds.length;
    }

    String name(int column) {
        return schema.fields().get(column).name();
    }

    Kind kind(int column) {
        return kinds[column];
    }

    boolean isPartition(int column) {
        return isPartition[column];
    }

    /** The partition columns' places in the schema, in the order of the partitioning. */
    int[] partition() {
        return partition;
    }

    /** The places of all other columns that can be written, in order. */
    int[] data() {
        return data;
    }

    /** The places of the columns that must have a value. */
    int[] required() {
        return required;
    }

    /** What is thrown for a value that does not fit a column. */
    IllegalArgumentException mismatch(int column, String actual) {
        return new IllegalArgumentException("Cannot set column " + name(column) + ": wrong value (expected " + schema.fields().get(column).type()
                + ", actual " + actual + ")");
    }

    /** Why rows of other columns cannot go into this table; null if they can. Columns they lack are null. */
    String mismatch(Columns rows) {
        if (rows == this) {
            return null;
        }
        if (!partitionNames().equals(rows.partitionNames())) {
            return "it is partitioned otherwise (expected " + rows.partitionNames() + ", actual " + partitionNames() + ")";
        }
        for (Schema.Field field : rows.schema.fields()) {
            Optional<Schema.Field> mine = schema.field(field.name());
            if (mine.isEmpty() || Kind.of(mine.get().type()) != Kind.of(field.type())) {
                return "column " + field.name() + " is not what it was (expected " + field.type() + ", actual "
                        + mine.map(f -> f.type().toString()).orElse("none") + ")";
            }
        }
        for (int column : required) {
            Optional<Schema.Field> theirs = rows.schema.field(name(column));
            if (theirs.isEmpty() || theirs.get().nullable()) {
                return "column " + name(column) + " must have a value";
            }
        }
        return null;
    }

    /**
     * Those of some columns that are not here yet.
     *
     * @throws LakeException INVALID if one is here with another type, or cannot be added
     */
    List<Schema.Field> missing(Schema added) {
        List<Schema.Field> missing = new ArrayList<>();
        for (Schema.Field field : added.fields()) {
            Optional<Schema.Field> mine = schema.field(field.name());
            if (mine.isPresent() ? Kind.of(mine.get().type()) != Kind.of(field.type()) : Kind.of(field.type()) == Kind.OTHER || !field.nullable()) {
                throw new LakeException(LakeException.Reason.INVALID, "Cannot add column " + field.name() + " to table " + table
                        + (mine.isPresent() ? ": it is there with another type (expected " + field.type() + ", actual " + mine.get().type() + ")"
                        : ": it must be nullable and of a type that the streamer writes (actual " + field + ")"));
            }
            if (mine.isEmpty()) {
                missing.add(field);
            }
        }
        return missing;
    }

    private List<String> partitionNames() {
        return Arrays.stream(partition).mapToObj(this::name).toList();
    }

    /** The Parquet schema of a data file: all columns but the partition columns. */
    MessageType message() {
        return message;
    }
}
