package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.log.CommitLog;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.actions.SetTransaction;
import io.delta.standalone.internal.SnapshotImpl;
import io.delta.standalone.types.BooleanType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.DateType;
import io.delta.standalone.types.DoubleType;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import io.delta.standalone.types.TimestampType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** delta-standalone's side of a table: what it held when it was opened, and the transactions that make or change it. */
final class StandaloneLog {

    private final DeltaLog log;

    StandaloneLog(CommitLog log) {
        this.log = log.transactions();
    }

    boolean exists() {
        return log.update().getVersion() >= 0;
    }

    /** Makes the table; returns without it if somebody else makes it at the same time. */
    void create(TableLayout layout, long millis) {
        OptimisticTransaction transaction = log.startTransaction();
        if (transaction.readVersion() >= 0) {
            return;
        }
        transaction.commit(List.of(Metadata.builder().schema(struct(layout.schema())).partitionColumns(layout.partitionColumns())
                        .configuration(layout.properties()).createdTime(millis).build()),
                new Operation(Operation.Name.CREATE_TABLE), Engine.NAME);
    }

    /** The newest version. */
    TableState state() {
        SnapshotImpl snapshot = (SnapshotImpl) log.update();
        Metadata metadata = snapshot.getMetadata();
        Map<String, Long> transactions = new LinkedHashMap<>();
        for (var each = snapshot.setTransactions().iterator(); each.hasNext();) {
            SetTransaction transaction = each.next();
            transactions.put(transaction.getAppId(), transaction.getVersion());
        }
        Map<String, LoggedFile> files = new LinkedHashMap<>();
        for (AddFile file : snapshot.getAllFiles()) {
            files.put(file.getPath(), new LoggedFile(file.getPath(), file.getPartitionValues(), file.getSize()));
        }
        return new TableState(snapshot.getVersion(), metadata.getId(), schema(metadata.getSchema()), metadata.getPartitionColumns(),
                metadata.getConfiguration(), transactions, files);
    }

    static Schema schema(StructType struct) {
        List<Schema.Field> fields = new ArrayList<>();
        for (StructField field : struct.getFields()) {
            fields.add(new Schema.Field(field.getName(), type(field.getDataType()), field.isNullable()));
        }
        return new Schema(fields);
    }

    private static Type type(DataType type) {
        if (type instanceof MapType map) {
            return new Type.MapOf(type(map.getKeyType()), type(map.getValueType()), map.valueContainsNull());
        }
        return Type.Primitive.valueOf(type.getTypeName().toUpperCase(java.util.Locale.ROOT));
    }

    private static StructType struct(Schema schema) {
        return new StructType(schema.fields().stream().map(StandaloneLog::field).toArray(StructField[]::new));
    }

    private static StructField field(Schema.Field field) {
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
        };
    }
}
