package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a commit did to the rows of its table. A commit that changes rows writes others anew beside them: those are not counted, so its files alone do not tell. Immutable.
 *
 * @param added   rows that came, -1 if the log does not say
 * @param deleted rows that went
 * @param updated rows that hold other values now
 * @param written rows of its files where only they are known: the commit put them in place of others, and nobody noted how many are new; else 0
 */
public record RowChange(long added, long deleted, long updated, long written) {

    /** Of a commit that only appends. */
    static RowChange added(long rows) {
        return new RowChange(rows, 0, 0, 0);
    }

    /** Of a commit, by its files if it appends and by its writer's figures if it changes rows. */
    public static RowChange of(Commit commit) {
        if (!commit.dataChange()) {
            return added(0);
        }
        if (commit.removed().isEmpty()) {
            return added(commit.rowsAdded());
        }
        boolean merge = commit.metrics().containsKey("numTargetRowsInserted");
        long added = metric(commit, "numTargetRowsInserted");
        long deleted = metric(commit, merge ? "numTargetRowsDeleted" : "numDeletedRows");
        long updated = metric(commit, merge ? "numTargetRowsUpdated" : "numUpdatedRows");
        boolean noted = merge || Stream.of("numDeletedRows", "numUpdatedRows").anyMatch(commit.metrics()::containsKey);
        return noted ? new RowChange(added, deleted, updated, 0) : new RowChange(0, 0, 0, Math.max(0, commit.rowsAdded()));
    }

    private static long metric(Commit commit, String name) {
        String text = commit.metrics().getOrDefault(name, "0");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** By how many rows it made the table larger, less than 0 if smaller; nothing if that is not known. */
    public Long growth() {
        return added < 0 || written > 0 ? null : (Long) (added - deleted);
    }

    /** How much of the table it touched, in rows. */
    long size() {
        return Math.max(0, added) + deleted + updated + written;
    }

    /** {@code +21 −4 rows, 5 changed}; "" if it touched none. */
    public String spelled() {
        String came = figures();
        List<String> parts = new ArrayList<>();
        if (!came.isEmpty()) {
            parts.add(Messages.text("rows.count", came));
        }
        if (updated > 0) {
            parts.add(Messages.text(came.isEmpty() ? "rows.updated" : "rows.updated.too", Format.whole(updated)));
        }
        if (written > 0) {
            parts.add(Messages.text("rows.written", Format.whole(written)));
        }
        return String.join(", ", parts);
    }

    /** The rows that came and went, without a word: {@code +21 −4}; "" if there are none. */
    public String figures() {
        return (added > 0 ? "+" + Format.whole(added) : "") + (deleted > 0 ? (added > 0 ? " " : "") + "\u2212" + Format.whole(deleted) : "");
    }
}
