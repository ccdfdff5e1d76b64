package dev.tidemark.stream.table;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;

/**
 * Why a commit that came in between forbids a change. A blind append conflicts with nothing but a position it moves itself and a
 * table that has become another one; a replacement also with every change of rows, because it has not seen them (Delta protocol's
 * Serializable isolation).
 */
final class Conflicts {

    private Conflicts() {
    }

    /**
     * Looks at one commit.
     *
     * @param before the table before that commit
     * @return the reason, as a sentence for the user; null if the change can go on top of it
     */
    static String find(CommitFile commit, TableState before, Change change) {
        for (Action action : commit.actions()) {
            String reason = null;
            if (action instanceof Action.Transaction transaction) {
                reason = position(transaction, before, change);
            } else if (action instanceof Action.Metadata metadata) {
                reason = metadata(metadata, before, change);
            } else if (action instanceof Action.Info info && Restored.is(info)) {
                reason = "restored an older version, which lacks rows that its positions promise. Start the streamer again: it says how to go on";
            } else if (action instanceof Action.Protocol protocol) {
                reason = protocol(protocol);
            } else if (change.replaces() && (action instanceof Action.Add add && add.dataChange()
                    || action instanceof Action.Remove remove && remove.dataChange())) {
                reason = "changed rows that this commit would replace unseen. Is another streamer running on this lake? Stop one of them";
            }
            if (reason != null) {
                return "Cannot commit to table " + before.table() + ": version " + commit.version() + writer(commit) + " " + reason;
            }
        }
        return null;
    }

    private static String writer(CommitFile commit) {
        for (Action action : commit.actions()) {
            if (action instanceof Action.Info info && info.engine() != null) {
                return " by " + info.engine();
            }
        }
        return "";
    }

    private static String position(Action.Transaction transaction, TableState before, Change change) {
        if (!change.positions().containsKey(transaction.id())) {
            return null;
        }
        Long known = before.transactions().get(transaction.id());
        return "moved the position " + transaction.id() + ", on which this commit builds (expected " + (known == null ? "none" : known)
                + ", actual " + transaction.version() + "). Are two streamers running on the same source? Stop one of them";
    }

    private static String protocol(Action.Protocol protocol) {
        return protocol.reader() <= TableSource.READER && protocol.writer() <= TableSource.WRITER ? null : "raised the protocol to reader "
                + protocol.reader() + ", writer " + protocol.writer() + " (expected at most " + TableSource.READER + " and "
                + TableSource.WRITER + ")";
    }

    private static String metadata(Action.Metadata metadata, TableState before, Change change) {
        if (!metadata.id().equals(before.id())) {
            return "made the table anew (expected id " + before.id() + ", actual " + metadata.id() + "). Start the streamer again";
        }
        try {
            String mismatch = TableState.columns(before.table(), metadata).mismatch(change.rows().columns());
            return mismatch == null ? null : "changed the schema: " + mismatch + ". Start the streamer again";
        } catch (LakeException e) {
            return "changed the schema. " + e.getMessage();
        }
    }
}
