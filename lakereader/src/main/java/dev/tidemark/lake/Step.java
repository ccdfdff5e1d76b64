package dev.tidemark.lake;

import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.Place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One commit, understood: what {@link Commit} tells everyone, and what {@link Replay} needs beside it. Immutable.
 *
 * @param protocol     the new protocol, or null
 * @param metadata     the new metadata, or null
 * @param inCommitTime milliseconds since 1970, if the writer keeps time in the log itself
 */
record Step(Commit commit, Action.Protocol protocol, Action.Metadata metadata, OptionalLong inCommitTime) {

    /** Bytes of an entry of a map in memory, of two texts and of a name that others share with a boxed number. */
    private static final long PAIR = 180;
    private static final long BOUND = 90;

    /**
     * Understands a commit file.
     *
     * @param statistics reads by the schema before this commit
     * @param fileTime   when it was committed by its file, in milliseconds since 1970
     */
    static Step of(Place table, CommitFile file, StatisticsText statistics, long fileTime) {
        Action.Info info = null;
        Action.Protocol protocol = null;
        Action.Metadata metadata = null;
        for (Action action : file.actions()) {
            if (action instanceof Action.Info found) {
                info = found;
            } else if (action instanceof Action.Protocol found) {
                protocol = found;
            } else if (action instanceof Action.Metadata found) {
                metadata = found;
            }
        }
        StatisticsText reader = metadata == null ? statistics : StatisticsText.of(metadata);
        List<DataFile> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        Map<String, Long> transactions = new LinkedHashMap<>();
        boolean dataChange = false;
        for (Action action : file.actions()) {
            if (action instanceof Action.Add add) {
                added.add(dataFile(table, add, reader));
                dataChange |= add.dataChange();
            } else if (action instanceof Action.Remove remove) {
                removed.add(table.locate(remove.path()));
                dataChange |= remove.dataChange();
            } else if (action instanceof Action.Transaction transaction) {
                transactions.put(transaction.id(), transaction.version());
            }
        }
        OptionalLong inCommitTime = info == null ? OptionalLong.empty() : info.inCommitTime();
        long time = inCommitTime.orElse(fileTime);
        // Some writers note nothing, or 0.
        long written = inCommitTime.isEmpty() && info != null && info.time().orElse(0) > 0 ? info.time().getAsLong() : time;
        Commit commit = new Commit(file.version(), Instant.ofEpochMilli(time), Instant.ofEpochMilli(written),
                info == null || info.operation() == null ? "UNKNOWN" : info.operation(),
                info == null ? Map.of() : info.parameters(), info == null ? Map.of() : info.metrics(),
                info == null ? null : info.engine(), info == null ? null : info.userMetadata(),
                List.copyOf(added), List.copyOf(removed), dataChange, metadata != null, Map.copyOf(transactions));
        return new Step(commit, protocol, metadata, inCommitTime);
    }

    /** Bytes it takes in memory, roughly. */
    long weight() {
        long bytes = 500L + 150L * commit.removed().size() + PAIR * (commit.parameters().size() + commit.metrics().size());
        for (DataFile file : commit.added()) {
            bytes += 400 + PAIR * file.partition().size() + file.statistics().map(s -> BOUND * (s.min().size() + s.max().size() + s.nullCount().size())).orElse(0L);
        }
        return bytes;
    }

    static DataFile dataFile(Place table, Action.Add add, StatisticsText statistics) {
        Optional<DeletionVector> deletions = Optional.ofNullable(add.deletions()).map(noted -> DeletionVector.of(table, noted));
        Optional<DataFile.Statistics> noted = statistics.read(add.stats());
        return new DataFile(table.locate(add.path()), add.partitionValues(), add.size(), Instant.ofEpochMilli(add.modified()),
                deletions.isEmpty() ? noted : noted.map(all -> remaining(all, deletions.get().rows())), deletions);
    }

    /** Bounds stay bounds when rows are deleted, and so does "none is null"; how many are null is not known any more. */
    private static DataFile.Statistics remaining(DataFile.Statistics all, long deleted) {
        Map<String, Long> none = new LinkedHashMap<>(all.nullCount());
        none.values().removeIf(nulls -> nulls != 0);
        return new DataFile.Statistics(Math.max(0, all.rows() - deleted), all.min(), all.max(), none);
    }
}
