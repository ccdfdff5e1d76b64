package dev.tidemark.stream.maintain;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.log.CommitLog;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.RemoveFile;
import io.delta.standalone.internal.CheckpointMetaData;
import io.delta.standalone.internal.Checkpoints$;
import io.delta.standalone.internal.DeltaLogImpl;
import io.delta.standalone.internal.SnapshotImpl;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The newest version of a table as a checkpoint: delta-standalone writes it, and this class sees to it that it is whole on the disk before
 * {@code _last_checkpoint} names it.
 */
final class Checkpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeltaLogImpl log;
    private final SnapshotImpl snapshot;

    private Checkpoint(DeltaLogImpl log) {
        this.log = log;
        this.snapshot = log.snapshot();
    }

    /** Reads the newest version. */
    static Checkpoint open(CommitLog log) {
        DeltaLogImpl standalone = (DeltaLogImpl) log.transactions();
        if (log.table().isLocal()) {
            standalone.hadoopConf().set("fs.file.impl", CheckpointFiles.class.getName());
            standalone.hadoopConf().setBoolean("fs.file.impl.disable.cache", true);
        }
        return new Checkpoint(standalone);
    }

    /** Writes the checkpoint. One that is there already is replaced by its like. */
    void write() throws IOException {
        CheckpointMetaData written = Checkpoints$.MODULE$.writeCheckpoint(log, snapshot);
        Map<String, Long> last = new LinkedHashMap<>();
        last.put("version", written.version());
        last.put("size", written.size());
        log.store().write(log.LAST_CHECKPOINT(), List.of(JSON.writeValueAsString(last)).iterator(), true, log.hadoopConf());
    }

    /** How long the log asks to be kept, if it does. */
    Optional<Duration> logRetention() {
        return asked("delta.logRetentionDuration") ? Optional.of(Duration.ofMillis(log.deltaRetentionMillis())) : Optional.empty();
    }

    /** How long removed data files ask to be kept, if they do. */
    Optional<Duration> fileRetention() {
        return asked("delta.deletedFileRetentionDuration") ? Optional.of(Duration.ofMillis(log.tombstoneRetentionMillis())) : Optional.empty();
    }

    private boolean asked(String property) {
        return snapshot.getMetadata().getConfiguration().containsKey(property);
    }

    /** The paths, as logged, of all data files that a reader may still want: those of the newest version and those removed lately. */
    Set<String> wanted() {
        Set<String> paths = new HashSet<>();
        for (AddFile file : snapshot.getAllFiles()) {
            paths.add(file.getPath());
        }
        for (var each = snapshot.tombstones().iterator(); each.hasNext();) {
            RemoveFile removed = each.next();
            paths.add(removed.getPath());
        }
        return paths;
    }
}
