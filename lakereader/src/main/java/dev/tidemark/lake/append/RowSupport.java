package dev.tidemark.lake.append;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows as Parquet writes them. */
final class RowSupport extends WriteSupport<Map<String, Object>> {

    private final Schema schema;
    private RecordConsumer out;

    private RowSupport(Schema schema) {
        this.schema = schema;
    }

    /** Makes the writer of a file. */
    static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {
        private final Schema schema;

        Builder(OutputFile file, Schema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration unused) {
            return new RowSupport(schema);
        }

        @Override
        protected WriteSupport<Map<String, Object>> getWriteSupport(ParquetConfiguration unused) {
            return new RowSupport(schema);
        }
    }

    private static org.apache.parquet.schema.Type column(Schema.Field field) {
        return switch ((Type.Primitive) field.type()) {
            case STRING -> Types.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(field.name());
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(field.name());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(field.name());
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(field.name());
            case DATE -> Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(field.name());
            case TIMESTAMP -> Types.optional(PrimitiveTypeName.INT64).as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS)).named(field.name());
            default -> throw new IllegalArgumentException("Cannot append: a column of this type is not written here (expected string, long, double, boolean, "
                    + "date or timestamp, actual " + field.name() + " " + field.type() + ")");
        };
    }

    @Override
    public WriteContext init(Configuration unused) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration unused) {
        return context();
    }

    private WriteContext context() {
        List<org.apache.parquet.schema.Type> columns = new ArrayList<>();
        schema.fields().forEach(field -> columns.add(column(field)));
        return new WriteContext(new MessageType("row", columns), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(Map<String, Object> row) {
        out.startMessage();
        for (int i = 0; i < schema.fields().size(); i++) {
            Schema.Field field = schema.fields().get(i);
            Object value = row.get(field.name());
            if (value != null) {
                out.startField(field.name(), i);
                write((Type.Primitive) field.type(), value);
                out.endField(field.name(), i);
            }
        }
        out.endMessage();
    }

    private void write(Type.Primitive type, Object value) {
        switch (type) {
            case STRING -> out.addBinary(Binary.fromString((String) value));
            case DOUBLE -> out.addDouble((Double) value);
            case BOOLEAN -> out.addBoolean((Boolean) value);
            case DATE -> out.addInteger(Math.toIntExact((Long) value));
            default -> out.addLong((Long) value);
        }
    }
}
