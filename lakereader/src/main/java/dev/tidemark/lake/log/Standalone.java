package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;
import io.delta.standalone.internal.SnapshotImpl;
import io.delta.standalone.internal.exception.DeltaErrors;
import org.apache.hadoop.conf.Configuration;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What delta-standalone does for us: it reads checkpoints, and it checks transactions for conflicts. */
final class Standalone implements Checkpoint {

    private static final String STORE = "delta.logStore.class";

    /** @throws UnsupportedLogException if the table's protocol is beyond (1, …) */
    @Override
    public List<Action> actions(CommitLog log, long version, List<String> files) throws IOException {
        Configuration settings = HadoopSettings.of(log.table());
        settings.set(STORE, CheckpointView.class.getName());
        settings.set(CheckpointView.FILES, String.join(",", files));
        String name = log.table().resolve(CommitLog.FOLDER).resolve(files.get(0)).toString();
        try {
            SnapshotImpl state = (SnapshotImpl) DeltaLog.forTable(settings, log.table().hadoop()).snapshot();
            if (state.version() != version) {
                throw new NoSuchFileException(name);
            }
            return actions(state);
        } catch (DeltaErrors.InvalidProtocolVersionException e) {
            throw new UnsupportedLogException(name + " belongs to a table of a protocol beyond reader version 1", e);
        } catch (RuntimeException | Error e) {
            throw understood(name, e);
        }
    }

    private static IOException understood(String name, Throwable failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.io.FileNotFoundException || cause instanceof NoSuchFileException) {
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

    private static List<Action> actions(SnapshotImpl state) {
        List<Action> actions = new ArrayList<>();
        actions.add(new Action.Protocol(state.protocol().getMinReaderVersion(), state.protocol().getMinWriterVersion(), List.of()));
        var metadata = state.getMetadata();
        actions.add(new Action.Metadata(metadata.getId(), state.metadataScala().schemaString(),
                List.copyOf(metadata.getPartitionColumns()), Map.copyOf(metadata.getConfiguration())));
        for (var each = state.setTransactions().iterator(); each.hasNext();) {
            var transaction = each.next();
            actions.add(new Action.Transaction(transaction.getAppId(), transaction.getVersion()));
        }
        for (var file : state.getAllFiles()) {
            actions.add(new Action.Add(file.getPath(), file.getPartitionValues(), file.getSize(), file.getModificationTime(),
                    false, file.getStats(), null));
        }
        return actions;
    }

    /** The log for transactions. */
    static DeltaLog open(CommitLog log) {
        Configuration settings = HadoopSettings.of(log.table());
        // Checkpoints inside a commit are its slowest moments; they are written beside it.
        settings.setBoolean("io.delta.standalone.checkpointing.enabled", false);
        if (log.table().isLocal()) {
            settings.set(STORE, LinkLogStore.class.getName());
        }
        return DeltaLog.forTable(settings, log.table().hadoop());
    }
}
