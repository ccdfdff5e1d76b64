package dev.tidemark.lake.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.ColumnMapping;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Statistics that a checkpoint holds as columns instead of text ({@code stats_parsed}), turned into that text. */
final class StatisticsColumns {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<Class<?>> BOUNDED = Set.of(LongType.class, IntegerType.class, ShortType.class, ByteType.class, DoubleType.class,
            FloatType.class, StringType.class, DateType.class, TimestampType.class, TimestampNTZType.class, DecimalType.class);

    private StatisticsColumns() {
    }

    /** The columns of an {@code add}, with those of the statistics after them if the table's properties say that there is no text. */
    static StructType below(StructType add, List<Action> state) {
        for (Action action : state) {
            if (action instanceof Action.Metadata metadata && "false".equalsIgnoreCase(metadata.configuration().get("delta.checkpoint.writeStatsAsJson"))) {
                StructType bounds = bounds(DataTypeJsonSerDe.deserializeStructType(metadata.schema()),
                        !metadata.configuration().getOrDefault("delta.columnMapping.mode", "none").equals("none"), false);
                StructType nulls = bounds(DataTypeJsonSerDe.deserializeStructType(metadata.schema()),
                        !metadata.configuration().getOrDefault("delta.columnMapping.mode", "none").equals("none"), true);
                return add.add("stats_parsed", new StructType().add("numRecords", LongType.LONG).add("minValues", bounds).add("maxValues", bounds)
                        .add("nullCount", nulls));
            }
        }
        return add;
    }

    private static StructType bounds(StructType columns, boolean mapped, boolean counts) {
        StructType bounds = new StructType();
        for (StructField field : columns.fields()) {
            String name = mapped ? ColumnMapping.getPhysicalName(field) : field.getName();
            if (field.getDataType() instanceof StructType inner) {
                bounds = bounds.add(name, bounds(inner, mapped, counts));
            } else if (counts) {
                bounds = bounds.add(name, LongType.LONG);
            } else if (BOUNDED.contains(field.getDataType().getClass())) {
                bounds = bounds.add(name, field.getDataType());
            }
        }
        return bounds;
    }

    /** The statistics of an {@code add} as text; null if it has none as columns. */
    static String text(Row add, int column) {
        if (add.getSchema().length() <= column || add.isNullAt(column)) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            struct(json, add.getStruct(column));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void struct(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        List<StructField> fields = row.getSchema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!row.isNullAt(i)) {
                json.writeFieldName(fields.get(i).getName());
                value(json, row, i, fields.get(i).getDataType());
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Row row, int i, DataType type) throws IOException {
        if (type instanceof StructType) {
            struct(json, row.getStruct(i));
        } else if (type instanceof LongType) {
            json.writeNumber(row.getLong(i));
        } else if (type instanceof IntegerType) {
            json.writeNumber(row.getInt(i));
        } else if (type instanceof ShortType) {
            json.writeNumber(row.getShort(i));
        } else if (type instanceof ByteType) {
            json.writeNumber(row.getByte(i));
        } else if (type instanceof DoubleType) {
            json.writeNumber(row.getDouble(i));
        } else if (type instanceof FloatType) {
            json.writeNumber(row.getFloat(i));
        } else if (type instanceof BooleanType) {
            json.writeBoolean(row.getBoolean(i));
        } else if (type instanceof DecimalType) {
            json.writeNumber(row.getDecimal(i));
        } else if (type instanceof DateType) {
            json.writeString(LocalDate.ofEpochDay(row.getInt(i)).toString());
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            String time = Instant.EPOCH.plus(row.getLong(i), ChronoUnit.MICROS).toString();
            json.writeString(type instanceof TimestampType ? time : time.substring(0, time.length() - 1));
        } else {
            json.writeString(row.getString(i));
        }
    }
}
