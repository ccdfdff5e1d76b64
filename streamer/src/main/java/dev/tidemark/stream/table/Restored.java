package dev.tidemark.stream.table;

import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.stream.log.Engine;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a table was taken back behind its own positions. Delta's {@code RESTORE} brings back the files of an older version but leaves the {@code txn}
 * actions as they are: a writer that believed them would go on where the table was, and what lies between would be missing for ever. The streamer's own takes them back as well.
 */
final class Restored {

    /** What such a commit is called. */
    static final String OPERATION = "RESTORE";

    /** Commits of this engine that make the positions true, or have looked at them. The others only look after the table. */
    private static final Set<String> POSITIONED = Set.of("STREAMING UPDATE", "WRITE", "CREATE TABLE", OPERATION);
    private static final String TARGET = "version";

    private Restored() {
    }

    /** Whether a commit is such a restoration. */
    static boolean is(Action.Info info) {
        return OPERATION.equals(info.operation());
    }

    /**
     * Looks at what others have committed since this engine's last commit; what lies before a log that was cleaned up is taken to be fine.
     *
     * @param newest the newest version
     * @return the reason why the table cannot be continued, as a sentence for the user; empty if it can
     */
    static Optional<String> behindPositions(CommitLog log, long newest) throws IOException {
        long restoration = -1;
        long holds = newest;
        long version = newest;
        for (Optional<CommitFile> commit = log.read(version); commit.isPresent(); commit = log.read(--version)) {
            Action.Info info = info(commit.get());
            if (info != null && info.engine() != null && info.engine().startsWith(Engine.PREFIX) && POSITIONED.contains(info.operation())) {
                return holds >= version ? Optional.empty() : Optional.of(reason(restoration, holds, version));
            }
            // What a restoration did is undone by a later one of a version before it: only those that made the present rows count.
            if (info != null && is(info) && version <= holds) {
                restoration = version;
                holds = target(info);
            }
        }
        return Optional.empty();
    }

    private static String reason(long restoration, long holds, long own) {
        return "version " + restoration + " restored " + (holds < 0 ? "what it held at an earlier time" : "version " + holds)
                + ", but its positions are still those of version " + own + ": what came between would be missing for ever. Undo that (RESTORE TABLE … TO VERSION AS OF "
                + (restoration - 1) + "), or move the table away with all that are made from it: the next start makes them again";
    }

    private static Action.Info info(CommitFile commit) {
        for (Action action : commit.actions()) {
            if (action instanceof Action.Info info) {
                return info;
            }
        }
        return null;
    }

    /** The version that was brought back; -1 if it was named by a time. */
    private static long target(Action.Info info) {
        String version = info.parameters().getOrDefault(TARGET, "");
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : -1;
    }
}
