package dev.tidemark.stream.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.log.CommitLog;
import io.delta.standalone.actions.AddFile;
import io.delta.standalone.actions.RemoveFile;
import io.delta.standalone.internal.CheckpointMetaData;
import io.delta.standalone.internal.Checkpoints$;
import io.delta.standalone.internal.DeltaLogImpl;
import io.delta.standalone.internal.SnapshotImpl;
import scala.Option;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The newest version of a table as a checkpoint: delta-standalone writes it, and this class sees to it that it is whole on the disk before
 * {@code _last_checkpoint} names it.
 */
final class Checkpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeltaLogImpl log;
    private final SnapshotImpl snapshot;

    private Checkpoint(DeltaLogImpl log, Instant now, Duration kept) {
        SnapshotImpl newest = log.snapshot();
        this.log = log;
        // While a log is being opened, delta-standalone does not know yet how long the table keeps tombstones, and takes a week.
        this.snapshot = new SnapshotImpl(log.hadoopConf(), log.logPath(), newest.version(), newest.logSegment(),
                now.toEpochMilli() - (kept == null ? log.tombstoneRetentionMillis() : kept.toMillis()), log, newest.timestamp(), Option.empty());
    }

    /**
     * Reads the newest version.
     *
     * @param atLeast a version that is known to be there
     * @param now     tells which tombstones have outlived the table's retention: they are left out
     * @throws IOException if the log does not show that version
     */
    static Checkpoint open(CommitLog log, long atLeast, Instant now) throws IOException {
        return open(log, atLeast, now, null);
    }

    /** The same, as if removed files were kept for so long; null for as long as the table says. */
    static Checkpoint open(CommitLog log, long atLeast, Instant now, Duration kept) throws IOException {
        DeltaLogImpl standalone = (DeltaLogImpl) log.transactions();
        if (log.table().isLocal()) {
            standalone.hadoopConf().set("fs.file.impl", CheckpointFiles.class.getName());
            standalone.hadoopConf().setBoolean("fs.file.impl.disable.cache", true);
        }
        if (standalone.snapshot().version() < atLeast) {
            // An unreadable log looks like an empty one, and a checkpoint of that would be the end of the table.
            throw new IOException("the log shows version " + standalone.snapshot().version() + " (expected at least " + atLeast + ")");
        }
        return new Checkpoint(standalone, now, kept);
    }

    /** Writes the checkpoint. One that is there already is replaced by its like. */
    void write() throws IOException {
        CheckpointMetaData written = Checkpoints$.MODULE$.writeCheckpoint(log, snapshot);
        Map<String, Long> last = new LinkedHashMap<>();
        last.put("version", written.version());
        last.put("size", written.size());
        log.store().write(log.LAST_CHECKPOINT(), List.of(JSON.writeValueAsString(last)).iterator(), true, log.hadoopConf());
    }

    /** How long the table asks for what it had to be kept. */
    Retention retention() {
        return Retention.of(snapshot.getMetadata().getConfiguration());
    }

    /** Whether the table lets its log be cleaned up without being asked. */
    boolean isLogCleaned() {
        return !"false".equalsIgnoreCase(snapshot.getMetadata().getConfiguration().get("delta.enableExpiredLogCleanup"));
    }

    long version() {
        return snapshot.version();
    }

    /** The paths, as logged, of the data files of the newest version. */
    Set<String> live() {
        Set<String> paths = new HashSet<>();
        for (AddFile file : snapshot.getAllFiles()) {
            paths.add(file.getPath());
        }
        return paths;
    }

    /** The same of those that were removed so lately that a reader may still want them. */
    Set<String> removedLately() {
        Set<String> paths = new HashSet<>();
        for (var each = snapshot.tombstones().iterator(); each.hasNext();) {
            RemoveFile removed = each.next();
            paths.add(removed.getPath());
        }
        return paths;
    }
}
