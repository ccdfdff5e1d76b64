package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;

import java.time.Instant;

/**
 * One commit on the time-travel bar.
 *
 * @param time when it was written, by its writer's own note: of a table that was copied the files would all be of one moment
 * @param rows rows that came, -1 if the log does not say
 */
public record Mark(long version, Instant time, Commit.Kind kind, String operation, long rows, int filesAdded, int filesRemoved) {

    /** When the version of a snapshot was written; as Delta counts it if its commit has been cleaned away. Blocking. */
    public static Instant writtenAt(Table table, Snapshot snapshot) {
        try {
            return table.history(snapshot.version(), snapshot.version()).get(0).writtenAt();
        } catch (LakeException cleaned) {
            return snapshot.committedAt();
        }
    }

    /** The mark of a commit. */
    public static Mark of(Commit commit) {
        return new Mark(commit.version(), commit.writtenAt(), commit.kind(), commit.operation(), commit.rowsAdded(),
                commit.added().size(), commit.removed().size());
    }
}
