package dev.tidemark.lake;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a commit did to the rows of a table, by files. Immutable.
 *
 * @param commit    the commit
 * @param appended  files whose rows are new
 * @param rewritten files that hold rows which were there before, in another arrangement or beside changed ones: the commit removed others for them
 * @param removed   files that went, their rows deleted, changed, or now in {@code rewritten}; empty, too, where the version before is lost: {@link #isWhole}
 */
public record Effect(Commit commit, List<DataFile> appended, List<DataFile> rewritten, List<DataFile> removed) {

    public Effect {
        appended = List.copyOf(appended);
        rewritten = List.copyOf(rewritten);
        removed = List.copyOf(removed);
    }

    /** What the commit alone tells: not which files it removed. */
    public static Effect of(Commit commit) {
        return of(commit, List.of());
    }

    /** Whether all files that went are known. */
    public boolean isWhole() {
        return removed.size() == commit.removed().size();
    }

    static Effect of(Commit commit, List<DataFile> removed) {
        boolean appends = commit.dataChange() && commit.removed().isEmpty();
        return new Effect(commit, appends ? commit.added() : List.of(), appends ? List.of() : commit.added(), removed);
    }

    /** Rows of some files by their statistics; -1 if one has none. */
    public static long rows(List<DataFile> files) {
        long rows = 0;
        for (DataFile file : files) {
            if (file.statistics().isEmpty()) {
                return -1;
            }
            rows += file.statistics().get().rows();
        }
        return rows;
    }

    /** Bytes of some files. */
    public static long bytes(List<DataFile> files) {
        return files.stream().mapToLong(DataFile::size).sum();
    }

    /** By how many rows the table grew, less than zero if it shrank; 0 for a mere rearrangement. Empty if a file's rows are not known. */
    public OptionalLong growth() {
        if (!commit.dataChange()) {
            return OptionalLong.of(0);
        }
        long came = rows(commit.added());
        long went = rows(removed);
        return came < 0 || went < 0 || !isWhole() ? OptionalLong.empty() : OptionalLong.of(came - went);
    }
}
