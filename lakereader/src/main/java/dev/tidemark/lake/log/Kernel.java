package dev.tidemark.lake.log;

import dev.tidemark.lake.azure.AzureException;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Delta Kernel does for us: it reads the Parquet files of checkpoints that delta-standalone refuses, of any protocol: classic, in
 * parts, or of the second version with its sidecars. (A checkpoint is reconciled when it is written: its rows need no replay.)
 */
final class Kernel implements Checkpoint {

    private static final String SIDECARS = "_sidecars";
    private static final MapType TEXTS = new MapType(StringType.STRING, StringType.STRING, true);
    private static final ArrayType NAMES = new ArrayType(StringType.STRING, true);
    private static final StructType PROTOCOL = new StructType().add("minReaderVersion", IntegerType.INTEGER)
            .add("minWriterVersion", IntegerType.INTEGER).add("readerFeatures", NAMES);
    private static final StructType METADATA = new StructType().add("id", StringType.STRING).add("schemaString", StringType.STRING)
            .add("partitionColumns", NAMES).add("configuration", TEXTS);
    private static final StructType TRANSACTION = new StructType().add("appId", StringType.STRING).add("version", LongType.LONG);
    private static final StructType SIDECAR = new StructType().add("path", StringType.STRING).add("sizeInBytes", LongType.LONG);
    private static final StructType DELETIONS = new StructType().add("storageType", StringType.STRING).add("pathOrInlineDv", StringType.STRING)
            .add("offset", IntegerType.INTEGER).add("sizeInBytes", IntegerType.INTEGER).add("cardinality", LongType.LONG);
    private static final StructType ADD = new StructType().add("path", StringType.STRING).add("partitionValues", TEXTS).add("size", LongType.LONG)
            .add("modificationTime", LongType.LONG).add("stats", StringType.STRING).add("deletionVector", DELETIONS);
    private static final StructType STATE = new StructType().add("protocol", PROTOCOL).add("metaData", METADATA).add("txn", TRANSACTION)
            .add("sidecar", SIDECAR);

    @Override
    public List<Action> actions(CommitLog log, long version, List<String> files) throws IOException {
        String first = log.table().resolve(CommitLog.FOLDER).resolve(files.get(0)).toString();
        try {
            return read(log, files);
        } catch (RuntimeException | Error e) {
            throw understood(first, e);
        }
    }

    private static List<Action> read(CommitLog log, List<String> files) throws IOException {
        ParquetHandler parquet = DefaultEngine.create(HadoopSettings.of(log.table())).getParquetHandler();
        List<Action> actions = new ArrayList<>();
        List<FileStatus> parts = new ArrayList<>();
        for (String name : files) {
            if (name.endsWith(".json")) {
                byte[] text = log.bytes(name).orElseThrow(() -> new NoSuchFileException(name));
                actions.addAll(ActionReader.read(log.table().resolve(CommitLog.FOLDER).resolve(name).toString(), text));
            } else {
                long size = log.mark(name).orElseThrow(() -> new NoSuchFileException(name)).size();
                parts.add(file(log.table().resolve(CommitLog.FOLDER).resolve(name), size));
            }
        }
        each(parquet, parts, STATE, row -> state(row, actions));
        for (Action action : List.copyOf(actions)) {
            if (action instanceof Action.Sidecar sidecar) {
                actions.remove(sidecar);
                parts.add(file(place(log.table(), sidecar.path()), sidecar.size()));
            }
        }
        StructType adds = new StructType().add("add", StatisticsColumns.below(ADD, actions));
        each(parquet, parts, adds, row -> {
            if (!row.isNullAt(0)) {
                actions.add(add(row.getStruct(0)));
            }
        });
        return actions;
    }

    /** A sidecar is named by its file, or by a whole path. */
    private static Place place(Place table, String path) {
        return path.contains("/") ? Place.of(table.locate(path)) : table.resolve(CommitLog.FOLDER).resolve(SIDECARS).resolve(path);
    }

    private static FileStatus file(Place place, long size) {
        return FileStatus.of(place.hadoop().toString(), size, 0);
    }

    private interface RowReader {
        void read(Row row);
    }

    private static void each(ParquetHandler parquet, List<FileStatus> files, StructType schema, RowReader reader) throws IOException {
        try (CloseableIterator<FileReadResult> batches = parquet.readParquetFiles(Utils.toCloseableIterator(files.iterator()), schema, Optional.empty())) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> rows = batches.next().getData().getRows()) {
                    while (rows.hasNext()) {
                        reader.read(rows.next());
                    }
                }
            }
        }
    }

    private static void state(Row row, List<Action> actions) {
        if (!row.isNullAt(0)) {
            Row protocol = row.getStruct(0);
            actions.add(new Action.Protocol(protocol.getInt(0), protocol.getInt(1), protocol.isNullAt(2) ? List.of() : list(protocol.getArray(2))));
        }
        if (!row.isNullAt(1)) {
            Row metadata = row.getStruct(1);
            actions.add(new Action.Metadata(metadata.getString(0), metadata.getString(1),
                    metadata.isNullAt(2) ? List.of() : list(metadata.getArray(2)), metadata.isNullAt(3) ? Map.of() : map(metadata.getMap(3))));
        }
        if (!row.isNullAt(2)) {
            actions.add(new Action.Transaction(row.getStruct(2).getString(0), row.getStruct(2).getLong(1)));
        }
        if (!row.isNullAt(3)) {
            actions.add(new Action.Sidecar(row.getStruct(3).getString(0), row.getStruct(3).getLong(1)));
        }
    }

    private static Action add(Row add) {
        Action.Deletions deletions = null;
        if (!add.isNullAt(5)) {
            Row noted = add.getStruct(5);
            deletions = new Action.Deletions(noted.getString(0), noted.getString(1), noted.isNullAt(2) ? 0 : noted.getInt(2), noted.getInt(3), noted.getLong(4));
        }
        return new Action.Add(add.getString(0), add.isNullAt(1) ? Map.of() : map(add.getMap(1)), add.getLong(2), add.getLong(3), false,
                add.isNullAt(4) ? StatisticsColumns.text(add, 6) : add.getString(4), deletions);
    }

    private static List<String> list(ArrayValue array) {
        List<String> values = new ArrayList<>(array.getSize());
        for (int i = 0; i < array.getSize(); i++) {
            values.add(array.getElements().getString(i));
        }
        return List.copyOf(values);
    }

    private static Map<String, String> map(MapValue map) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < map.getSize(); i++) {
            values.put(map.getKeys().getString(i), map.getValues().isNullAt(i) ? null : map.getValues().getString(i));
        }
        return Collections.unmodifiableMap(values);
    }

    private static IOException understood(String name, Throwable failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
                // Which of its files, a sidecar perhaps, says the message.
                return new NoSuchFileException(cause.getMessage() == null ? name : cause.getMessage());
            }
            if (cause instanceof AzureException || cause instanceof AccessDeniedException) {
                return (IOException) cause;
            }
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
        Throwable reason = failure instanceof KernelEngineException && failure.getCause() != null ? failure.getCause() : failure;
        String why = reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage().lines().findFirst().orElse("");
        return new BrokenLogException(name + ": " + why, failure);
    }
}
