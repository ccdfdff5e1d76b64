package dev.tidemark.lake;

import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.Place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies commits in order to what was there before (Delta protocol, "Action Reconciliation"). Not thread-safe; the
 * snapshots it gives are.
 */
final class Replay {

    private static final Comparator<DataFile> BY_AGE = Comparator.comparing(DataFile::modified).thenComparing(DataFile::location);
    /** The reader version that names features one by one. */
    private static final int FEATURES = 3;
    private static final Set<String> UNDERSTOOD = Set.of("columnMapping", "deletionVectors", "timestampNtz", "v2Checkpoint", "vacuumProtocolCheck",
            "typeWidening", "typeWidening-preview", "variantType", "variantType-preview", "variantShredding", "variantShredding-preview");

    private final Place table;
    private final Map<String, DataFile> files = new LinkedHashMap<>();
    private final Map<String, Long> transactions = new HashMap<>();
    private Action.Protocol protocol;
    private Action.Metadata metadata;
    private Schema schema;
    private StatisticsText statistics = StatisticsText.NONE;

    /** From before version 0. */
    Replay(Place table) {
        this.table = table;
    }

    /** From a known snapshot. */
    Replay(Place table, Snapshot base) {
        this(table);
        base.files().forEach(file -> files.put(file.location(), file));
        transactions.putAll(base.transactions());
        protocol = new Action.Protocol(base.minReaderVersion(), base.minWriterVersion(), List.of());
        metadata = new Action.Metadata(null, null, base.partitionColumns(), base.properties());
        schema = base.schema();
        statistics = new StatisticsText(schema);
    }

    /** From a checkpoint's actions. */
    Replay(Place table, List<Action> checkpoint) {
        this(table);
        for (Action action : checkpoint) {
            if (action instanceof Action.Protocol found) {
                protocol = found;
            } else if (action instanceof Action.Metadata found) {
                become(found);
            } else if (action instanceof Action.Transaction transaction) {
                transactions.put(transaction.id(), transaction.version());
            }
        }
        for (Action action : checkpoint) {
            if (action instanceof Action.Add add) {
                DataFile file = Step.dataFile(table, add, statistics);
                files.put(file.location(), file);
            }
        }
    }

    private void become(Action.Metadata found) {
        metadata = found;
        schema = null;
        StatisticsText before = statistics;
        statistics = StatisticsText.of(found);
        Set<String> otherUnit = statistics.inOtherUnitsThan(before);
        if (!otherUnit.isEmpty()) {
            files.replaceAll((location, file) -> without(file, otherUnit));
        }
    }

    private static DataFile without(DataFile file, Set<String> columns) {
        return new DataFile(file.location(), file.partition(), file.size(), file.modified(), file.statistics().map(noted -> {
            Map<String, Object> min = new LinkedHashMap<>(noted.min());
            Map<String, Object> max = new LinkedHashMap<>(noted.max());
            min.keySet().removeAll(columns);
            max.keySet().removeAll(columns);
            return new DataFile.Statistics(noted.rows(), min, max, noted.nullCount());
        }), file.deletions());
    }

    /** Reads statistics by the schema as it is now. */
    StatisticsText statistics() {
        return statistics;
    }

    /** Whether the time of a commit is kept in the log itself. */
    boolean keepsTime() {
        return metadata != null && "true".equalsIgnoreCase(metadata.configuration().get("delta.enableInCommitTimestamps"));
    }

    void apply(Step step) {
        protocol = step.protocol() == null ? protocol : step.protocol();
        if (step.metadata() != null) {
            become(step.metadata());
        }
        step.commit().removed().forEach(files::remove);
        step.commit().added().forEach(file -> files.put(file.location(), file));
        transactions.putAll(step.commit().transactions());
    }

    /** How many files the table holds now. */
    int files() {
        return files.size();
    }

    /** Whether {@link #snapshot} can tell what the table holds. */
    boolean isReadable() {
        return metadata != null && protocol != null && notUnderstood().isEmpty();
    }

    /** What the protocol asks of a reader that we do not know. */
    private List<String> notUnderstood() {
        if (protocol.reader() > FEATURES) {
            return List.of("reader version " + protocol.reader());
        }
        return protocol.features().stream().filter(feature -> !UNDERSTOOD.contains(feature)).toList();
    }

    /**
     * What the table holds now.
     *
     * @throws LakeException UNSUPPORTED if the protocol asks more of a reader than we know, BROKEN_LOG if the log has said
     *                       nothing of schema or protocol
     */
    Snapshot snapshot(long version, Instant committedAt) {
        if (metadata == null || protocol == null) {
            throw new LakeException(LakeException.Reason.BROKEN_LOG, "Cannot read " + table + " at version " + version
                    + ": no commit up to it says what the table's " + (metadata == null ? "schema" : "protocol") + " is");
        }
        if (!notUnderstood().isEmpty()) {
            throw Failure.unsupported(table, version, notUnderstood(), protocol);
        }
        if (schema == null) {
            schema = SchemaText.read(table.toString(), metadata);
        }
        List<DataFile> live = new ArrayList<>(files.values());
        live.sort(BY_AGE);
        return new Snapshot(table.toString(), version, committedAt, schema, metadata.partitionColumns(), List.copyOf(live),
                Map.copyOf(transactions), metadata.configuration(), protocol.reader(), protocol.writer());
    }
}
