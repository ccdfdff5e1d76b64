package dev.tidemark.stream.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.stream.log.Engine;
import io.delta.standalone.DeltaLog;
import io.delta.standalone.Operation;
import io.delta.standalone.OptimisticTransaction;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * delta-standalone's side of a table: the rare commits that make or change it. Whatever they throw, they may have happened: read the log to find out.
 */
final class StandaloneLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeltaLog log;

    /** Opens the log; this reads all that the table holds. */
    StandaloneLog(CommitLog log) {
        this.log = log.transactions();
    }

    boolean exists() {
        return log.update().getVersion() >= 0;
    }

    /** Makes the table, if nobody else has. */
    void create(TableLayout layout, long millis) {
        OptimisticTransaction transaction = log.startTransaction();
        if (transaction.readVersion() >= 0) {
            return;
        }
        StructType schema = new StructType(layout.schema().fields().stream().map(DeltaTypes::field).toArray(StructField[]::new));
        Map<String, String> parameters = Map.of("partitionBy", parameter(layout.partitionColumns()), "isManaged", parameter("false"));
        transaction.commit(List.of(Metadata.builder().schema(schema).partitionColumns(layout.partitionColumns())
                .configuration(layout.properties()).createdTime(millis).build()),
                new Operation(Operation.Name.CREATE_TABLE, parameters), Engine.NAME);
    }

    /** Adds columns that are not there yet at the end. */
    void addColumns(List<Schema.Field> added) {
        OptimisticTransaction transaction = log.startTransaction();
        Metadata metadata = transaction.metadata();
        Schema present = DeltaTypes.schema(metadata.getSchema());
        List<Schema.Field> missing = added.stream().filter(field -> present.field(field.name()).isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        StructField[] fields = Stream.concat(Stream.of(metadata.getSchema().getFields()), missing.stream().map(DeltaTypes::field))
                .toArray(StructField[]::new);
        Map<String, String> parameters = Map.of("columns", parameter(missing.stream().map(Schema.Field::name).toList()));
        transaction.commit(List.of(metadata.copyBuilder().schema(new StructType(fields)).build()),
                new Operation(Operation.Name.ADD_COLUMNS, parameters), Engine.NAME);
    }

    /** Sets properties that are not so already. */
    void setProperties(Map<String, String> properties) {
        OptimisticTransaction transaction = log.startTransaction();
        Metadata metadata = transaction.metadata();
        Map<String, String> all = new HashMap<>(metadata.getConfiguration());
        all.putAll(properties);
        if (!all.equals(metadata.getConfiguration())) {
            transaction.commit(List.of(metadata.copyBuilder().configuration(all).build()),
                    new Operation(Operation.Name.SET_TABLE_PROPERTIES, Map.of("properties", parameter(new TreeMap<>(properties)))), Engine.NAME);
        }
    }

    /** By custom a parameter is a JSON string that holds JSON, and delta-standalone writes the text of a parameter as it is. */
    private static String parameter(Object value) {
        try {
            return JSON.writeValueAsString(value instanceof String text ? text : JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
