package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.actions.AddFile;
import io.delta.standalone.internal.actions.MemoryOptimizedLogReplay;
import io.delta.standalone.internal.actions.Metadata;
import io.delta.standalone.internal.actions.Protocol;
import io.delta.standalone.internal.actions.SetTransaction;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple3;
import scala.collection.JavaConverters;
import scala.collection.Seq;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/** What delta-standalone does for us: it reads checkpoints, and it checks transactions for conflicts. */
final class Standalone implements Checkpoint {

    private static final int READER_VERSION = 1;

    /**
     * Reads the files with delta-standalone's own reader of checkpoints, without opening the table by it: that would read each checkpoint twice and list the log.
     * (A checkpoint is reconciled when it is written: its rows need no replay.)
     *
     * @throws UnsupportedLogException if the table's protocol is beyond (1, …)
     */
    @Override
    public List<Action> actions(CommitLog log, long version, List<String> files) throws IOException {
        Place folder = log.table().resolve(CommitLog.FOLDER);
        Configuration settings = HadoopSettings.of(log.table());
        try {
            // The parts of a large checkpoint are read side by side; a single file on this thread.
            return files.parallelStream().map(name -> part(folder.resolve(name), settings)).flatMap(List::stream).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Action> part(Place file, Configuration settings) {
        Seq<org.apache.hadoop.fs.Path> files = JavaConverters.asScalaBuffer(List.of(file.hadoop()));
        List<Action> actions = new ArrayList<>();
        try (var rows = new MemoryOptimizedLogReplay(files, null, settings, TimeZone.getTimeZone("UTC")).getReverseIterator()) {
            while (rows.hasNext()) {
                Tuple3<io.delta.standalone.internal.actions.Action, Object, Object> row = rows.next();
                Action action = action(file, row._1());
                if (action != null) {
                    actions.add(action);
                }
            }
            return actions;
        } catch (UnsupportedLogException e) {
            throw new UncheckedIOException(e);
        } catch (Exception | Error e) {
            throw new UncheckedIOException(understood(file.toString(), e));
        }
    }

    /** The action as ours; null for one that tells nothing of what the table holds. */
    private static Action action(Place file, io.delta.standalone.internal.actions.Action row) throws UnsupportedLogException {
        if (row instanceof AddFile add) {
            return new Action.Add(add.path(), map(add.partitionValues()), add.size(), add.modificationTime(), false, add.stats(), null);
        }
        if (row instanceof Protocol protocol) {
            if (protocol.minReaderVersion() > READER_VERSION) {
                throw new UnsupportedLogException(file + " belongs to a table of a protocol beyond reader version " + READER_VERSION, null);
            }
            return new Action.Protocol(protocol.minReaderVersion(), protocol.minWriterVersion(), List.of());
        }
        if (row instanceof Metadata metadata) {
            return new Action.Metadata(metadata.id(), metadata.schemaString(), metadata.partitionColumns() == null ? List.of()
                    : List.copyOf(JavaConverters.seqAsJavaList(metadata.partitionColumns())), map(metadata.configuration()));
        }
        return row instanceof SetTransaction transaction ? new Action.Transaction(transaction.appId(), transaction.version()) : null;
    }

    private static Map<String, String> map(scala.collection.Map<String, String> map) {
        return map == null || map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(JavaConverters.mapAsJavaMap(map)));
    }

    private static IOException understood(String name, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
                return cause.getMessage() != null && cause.getMessage().contains("Permission denied")
                        ? new AccessDeniedException(name) : new NoSuchFileException(name);
            }
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage().lines().findFirst().orElse("");
        return new BrokenLogException(name + ": " + why, failure);
    }

    /** The log for transactions. */
    static DeltaLog open(CommitLog log) {
        Configuration settings = HadoopSettings.of(log.table());
        // Checkpoints inside a commit are its slowest moments; they are written beside it.
        settings.setBoolean("io.delta.standalone.checkpointing.enabled", false);
        if (log.table().isLocal()) {
            settings.set("delta.logStore.class", LinkLogStore.class.getName());
        }
        return DeltaLog.forTable(settings, log.table().hadoop());
    }
}
