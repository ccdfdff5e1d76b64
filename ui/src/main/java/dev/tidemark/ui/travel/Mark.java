package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.text.Messages;

import java.time.Instant;

/**
 * One commit on the time-travel bar.
 *
 * @param time when it was written, by its writer's own note: of a table that was copied the files would all be of one moment
 * @param change what it did to the rows
 */
public record Mark(long version, Instant time, Commit.Kind kind, String operation, RowChange change, int filesAdded, int filesRemoved) {

    /** A commit that appends rows, -1 if the log does not say how many. */
    public Mark(long version, Instant time, Commit.Kind kind, String operation, long rows, int filesAdded, int filesRemoved) {
        this(version, time, kind, operation, RowChange.added(rows), filesAdded, filesRemoved);
    }

    /** When the version of a snapshot was written; as Delta counts it if its commit has been cleaned away. Blocking. */
    public static Instant writtenAt(Table table, Snapshot snapshot) {
        try {
            return table.history(snapshot.version(), snapshot.version()).get(0).writtenAt();
        } catch (LakeException cleaned) {
            return snapshot.committedAt();
        }
    }

    /** What it did, in words: to the rows, or if to none, of which kind it was. */
    public String told() {
        String rows = kind == Commit.Kind.REWRITE ? Messages.text("travel.files", filesRemoved, filesAdded) : change.spelled();
        return rows.isEmpty() ? Messages.text("kind." + kind) : rows;
    }

    /** The mark of a commit. */
    public static Mark of(Commit commit) {
        return new Mark(commit.version(), commit.writtenAt(), commit.kind(), commit.operation(), RowChange.of(commit),
                commit.added().size(), commit.removed().size());
    }
}
