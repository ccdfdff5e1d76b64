package dev.tidemark.ui.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Versions;
import dev.tidemark.ui.task.Slot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is to know of a table at one version without reading a row. Immutable.
 *
 * @param commits    the commits up to this version that the log still holds, oldest first
 * @param changes    what they did to the schema, newest first
 * @param sizes      of its files
 * @param compaction the last one, if there was one
 * @param course     how it grew
 * @param reach      how far back it can be read
 * @param arrivals   files of this version by location → the version that brought them, as far as the log still says
 */
public record TableFacts(Snapshot snapshot, List<Commit> commits, List<SchemaChange> changes, FileSizes sizes, Optional<Compaction> compaction,
                         Course course, Reach reach, Map<String, Long> arrivals) {

    /**
     * What rearranging the files brought.
     *
     * @param before sizes of the files at the version before
     * @param after  sizes at its own
     */
    public record Compaction(long version, Instant time, FileSizes before, FileSizes after) {
    }

    /**
     * How far back a table can really be read.
     *
     * @param from   the oldest version
     * @param time   when that was committed; null if not known
     * @param gaps   number of versions after it that cannot be read any more
     */
    public record Reach(long from, Instant time, long gaps) {
    }

    /** More changes of schema than this are not looked at: each may cost a rebuild of the table's state. */
    private static final int MOST_CHANGES = 200;

    /**
     * Reads them, blocking.
     *
     * @param version the newest if empty
     * @throws LakeException if the table or the version cannot be read
     */
    static TableFacts read(Table table, OptionalLong version, Slot.Progress progress) {
        Snapshot snapshot = version.isPresent() ? table.snapshot(version.getAsLong()) : table.snapshot();
        progress.reached(0.2);
        List<Commit> commits = table.history().stream().filter(commit -> commit.version() <= snapshot.version()).toList();
        progress.reached(0.6);
        Optional<Snapshot> base = commits.isEmpty() ? Optional.empty() : at(table, commits.get(0).version());
        List<SchemaChange> changes = changes(table, base, commits);
        progress.reached(0.8);
        return new TableFacts(snapshot, commits, changes, FileSizes.of(snapshot.files()), compaction(table, commits),
                base.map(first -> Course.of(first, commits)).orElseGet(() -> Course.of(snapshot, List.of())), reach(table, commits), arrivals(snapshot, commits));
    }

    /** The version that brought a column as it is, if the log still says. */
    Optional<SchemaChange> lastChange(String column) {
        return changes.stream().filter(change -> change.column().equalsIgnoreCase(column) || change.column().startsWith(column + ".")).findFirst();
    }

    private static Map<String, Long> arrivals(Snapshot snapshot, List<Commit> commits) {
        Set<String> live = snapshot.files().stream().map(DataFile::location).collect(Collectors.toSet());
        Map<String, Long> arrivals = new HashMap<>();
        commits.forEach(commit -> commit.added().stream().filter(file -> live.contains(file.location())).forEach(file -> arrivals.put(file.location(), commit.version())));
        return arrivals;
    }

    private static List<SchemaChange> changes(Table table, Optional<Snapshot> base, List<Commit> commits) {
        if (base.isEmpty()) {
            return List.of();
        }
        List<SchemaChange> changes = new ArrayList<>();
        Schema before = base.get().schema();
        List<Commit> told = commits.stream().skip(1).filter(Commit::metadataChange).toList();
        for (Commit commit : told.subList(Math.max(0, told.size() - MOST_CHANGES), told.size())) {
            Optional<Snapshot> after = at(table, commit.version());
            if (after.isPresent()) {
                changes.addAll(0, SchemaChange.between(before, after.get().schema(), commit));
                before = after.get().schema();
            }
        }
        return List.copyOf(changes);
    }

    private static Optional<Compaction> compaction(Table table, List<Commit> commits) {
        for (int i = commits.size() - 1; i > 0; i--) {
            Commit commit = commits.get(i);
            if (commit.kind() == Commit.Kind.REWRITE && !commit.removed().isEmpty()) {
                Optional<Snapshot> before = at(table, commit.version() - 1);
                Optional<Snapshot> after = at(table, commit.version());
                return before.isEmpty() || after.isEmpty() ? Optional.empty()
                        : Optional.of(new Compaction(commit.version(), commit.writtenAt(), FileSizes.of(before.get().files()), FileSizes.of(after.get().files())));
            }
        }
        return Optional.empty();
    }

    /** Only versions of which the log and every data file are still there count. */
    private static Reach reach(Table table, List<Commit> commits) {
        Versions readable = table.travel().readable();
        long newest = table.latestVersion();
        long from = readable.oldest().orElse(newest);
        long gaps = newest - from + 1 - readable.count();
        return new Reach(from, commits.stream().filter(commit -> commit.version() == from).map(Commit::committedAt).findFirst().orElse(null), Math.max(0, gaps));
    }

    private static Optional<Snapshot> at(Table table, long version) {
        try {
            return Optional.of(table.snapshot(version));
        } catch (LakeException gone) {
            return Optional.empty();
        }
    }
}
