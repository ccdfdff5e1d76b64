package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/** The windows that are still open, in a table of their own, and when they can be joined with the closed ones. Belongs to one thread. */
final class OpenWindows {

    private static final Logger LOG = LoggerFactory.getLogger(OpenWindows.class);

    private final Optional<Table> table;
    private Commit waiting;
    private Commit joined;

    /** @param table where they stand; it need not exist yet */
    OpenWindows(Optional<Table> table) {
        this.table = table;
    }

    /** The newest version; empty if there is none. */
    Optional<Snapshot> snapshot() {
        try {
            return table.filter(Table::exists).map(Table::snapshot);
        } catch (LakeException gone) {
            // Losing the open windows costs nothing but them.
            LOG.info("Open windows cannot be read: {}", gone.getMessage());
            return Optional.empty();
        }
    }

    /** An answer was made beside this version: it is to be joined with that, or with what was there last. */
    void beside(Optional<Snapshot> held) {
        waiting = held.map(snapshot -> table.orElseThrow().history(snapshot.version(), snapshot.version()).get(0)).orElse(joined);
    }

    /** A newer version came. */
    void came(Commit commit) {
        waiting = commit;
    }

    /**
     * Puts what waits into an answer. Until the closed windows have come as far as the open ones continue them, the open ones before stay as they are.
     *
     * @return whether it was put there
     */
    boolean join(Answer answer) {
        if (waiting == null || table.isEmpty() || continues(waiting) > answer.version()) {
            return false;
        }
        Commit commit = waiting;
        waiting = null;
        try {
            answer.open(table.get().snapshot(), commit);
            joined = commit;
            return true;
        } catch (LakeException replaced) {
            // The file was replaced before it was read: the commit that did it is on its way.
            LOG.debug("Open windows of version {} are gone", commit.version(), replaced);
            return false;
        }
    }

    private static long continues(Commit commit) {
        try {
            return Long.parseLong(commit.parameters().getOrDefault("windowsVersion", "-1").replace("\"", "").trim());
        } catch (NumberFormatException unknown) {
            return -1;
        }
    }
}
