package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;

import java.time.Instant;

/**
 * One commit on the time-travel bar.
 *
 * @param rows rows that came, -1 if the log does not say
 */
public record Mark(long version, Instant time, Commit.Kind kind, String operation, long rows, int filesAdded, int filesRemoved) {

    /** The mark of a commit. */
    public static Mark of(Commit commit) {
        return new Mark(commit.version(), commit.committedAt(), commit.kind(), commit.operation(), commit.rowsAdded(),
                commit.added().size(), commit.removed().size());
    }
}
