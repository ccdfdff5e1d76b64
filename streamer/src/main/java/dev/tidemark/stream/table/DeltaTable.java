package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.stream.log.CommitText;
import dev.tidemark.stream.log.LogKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A table that the streamer writes: rows to Parquet with statistics, then one commit with positions. Used by one thread.
 *
 * <p>A commit is written by this class itself and published as the next version. If that is taken, what came in between is read: either
 * the commit can go on top of it, or it is a conflict. What creates or changes a table goes through delta-standalone's transactions.
 *
 * <p>After an exception nothing of the commit is in the table, or it is not known yet whether it is: in both cases the same call with the same
 * rows can be made again, and adds them once.
 */
public final class DeltaTable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTable.class);
    private static final String NOTHING_WRITTEN = "Nothing was committed, and the rows are kept.";

    private final TableSource source;
    private final TableFolder folder;
    private final DataFiles dataFiles;
    private final boolean durable;
    private final InstantSource clock;
    private final TableState state;
    private final LogKeeper keeper;
    private Attempt unknown;

    /** A commit of which it is not known whether it is there. */
    private record Attempt(long version, List<String> lines, List<WrittenFile> written, Change change, int size) {

        boolean isFor(Change other) {
            return other.rows() == change.rows() && other.rows().size() == size && other.positions().equals(change.positions())
                    && other.replaces() == change.replaces();
        }
    }

    private enum Publication { OURS, TAKEN }

    DeltaTable(TableSource source, TableFolder folder, TableState state, LogKeeper keeper, boolean durable, InstantSource clock) {
        this.source = source;
        this.folder = folder;
        this.dataFiles = new DataFiles(folder, durable);
        this.state = state;
        this.keeper = keeper;
        this.durable = durable;
        this.clock = clock;
    }

    /**
     * Opens the table at {@code path} below the lake, or creates it.
     *
     * @throws LakeException with a message for the user if there is a table that cannot be written
     */
    public static DeltaTable open(Lake lake, String path, TableLayout layout, InstantSource clock) {
        TableSource source = TableSource.of(lake, path);
        TableState state = source.openOrCreate(layout, clock);
        LogKeeper keeper = source.keeper(state.checkpointInterval(), clock);
        return new DeltaTable(source, source.folder(), state, keeper, layout.durable(), clock);
    }

    /** The columns now; they grow by {@link #addColumns}. */
    public Schema schema() {
        return state.columns().schema();
    }

    /** The newest version this writer knows. */
    public long version() {
        return state.version();
    }

    /** The table's unique id: one that was made anew has another. */
    public String id() {
        return state.id();
    }

    /** Application id → version, as of the newest version this writer knows. */
    public Map<String, Long> transactions() {
        return Map.copyOf(state.transactions());
    }

    /**
     * Adds nullable columns at the end (one metadata commit); those that are there already are passed over. Rows made before go on
     * being accepted.
     *
     * @throws LakeException INVALID for a column that is there with another type, or that is not nullable, or whose name Delta forbids
     */
    public CommitOutcome addColumns(Schema added) {
        List<Schema.Field> missing = state.columns().missing(added);
        if (!missing.isEmpty()) {
            source.addColumns(missing);
            Change nothing = new Change(newRows(), Map.of(), Map.of(), false);
            Optional<String> conflict = catchUp(nothing);
            if (conflict.isPresent()) {
                return new CommitOutcome.Conflict(conflict.get());
            }
            // Somebody may have added one of the same name, of another type, a moment before.
            state.columns().missing(added);
        }
        return new CommitOutcome.Done(state.version());
    }

    /** Sets table properties ({@code delta.…}) in a commit of its own; others stay as they are. */
    public CommitOutcome setProperties(Map<String, String> properties) {
        source.setProperties(properties);
        Optional<String> conflict = catchUp(new Change(newRows(), Map.of(), Map.of(), false));
        return conflict.isPresent() ? new CommitOutcome.Conflict(conflict.get()) : new CommitOutcome.Done(state.version());
    }

    /** An empty buffer for rows of the present schema. */
    public Rows newRows() {
        return new Rows(state.columns());
    }

    /**
     * Appends rows (none is fine: then only positions move) and sets transactions in the same commit.
     *
     * @param transactions application id → version to set
     * @param parameters   for the commit info ({@code operationParameters})
     * @throws LakeException if it cannot be written now; the same call can be made again
     */
    public CommitOutcome append(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        return commit(new Change(rows, transactions, parameters, false));
    }

    /**
     * The same, and what the table held before goes in the same commit.
     *
     * @throws IllegalStateException if the table is append-only
     */
    public CommitOutcome replace(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        if (state.isAppendOnly()) {
            throw new IllegalStateException("Cannot replace the rows of table " + state.table() + ": it is append-only");
        }
        return commit(new Change(rows, transactions, parameters, true));
    }

    private CommitOutcome commit(Change change) {
        Optional<CommitOutcome> earlier = resolve(change);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String mismatch = state.columns().mismatch(change.rows().columns());
        if (mismatch != null) {
            throw new IllegalArgumentException("Cannot write table " + state.table() + ": rows of another schema, " + mismatch);
        }
        List<WrittenFile> written = write(change.rows());
        boolean committed = false;
        try {
            checkStillThere();
            while (true) {
                // Looked at before it is tried: what came in between, as a rule a compaction, costs a look and not another wait for the disk.
                Optional<String> conflict = catchUp(change);
                if (conflict.isPresent()) {
                    return new CommitOutcome.Conflict(conflict.get());
                }
                Attempt attempt = new Attempt(state.version() + 1, lines(change, written), written, change, change.rows().size());
                if (publish(attempt) == Publication.OURS) {
                    committed = true;
                    state.apply(attempt.version(), change, written);
                    keeper.committed(attempt.version());
                    return new CommitOutcome.Done(attempt.version());
                }
            }
        } finally {
            if (!committed && unknown == null) {
                dataFiles.discard(written);
            }
        }
    }

    private List<WrittenFile> write(Rows rows) {
        try {
            return dataFiles.write(rows);
        } catch (IOException e) {
            throw WriteFailure.of(state.table(), e, NOTHING_WRITTEN);
        } catch (UncheckedIOException e) {
            throw WriteFailure.of(state.table(), e.getCause(), NOTHING_WRITTEN);
        }
    }

    /** A commit on top of a version that is gone would tear a hole into the log. */
    private void checkStillThere() {
        try {
            if (!folder.isPublished(state.version())) {
                throw new LakeException(Reason.NOT_FOUND, "Cannot write table " + state.table() + ": version " + state.version()
                        + ", on which this commit builds, is gone. The table was removed, made anew, or cleaned up by another writer."
                        + " Start the streamer again");
            }
        } catch (IOException e) {
            throw WriteFailure.of(state.table(), e, NOTHING_WRITTEN);
        }
    }

    private List<String> lines(Change change, List<WrittenFile> written) {
        long now = clock.millis();
        boolean replaces = change.replaces();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(replaces ? "mode" : "outputMode", replaces ? "Overwrite" : "Append");
        parameters.putAll(change.parameters());
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numFiles", Integer.toString(written.size()));
        metrics.put("numOutputRows", Long.toString(written.stream().mapToLong(WrittenFile::rows).sum()));
        metrics.put("numOutputBytes", Long.toString(written.stream().mapToLong(file -> file.logged().size()).sum()));
        metrics.put("numAddedFiles", Integer.toString(written.size()));
        metrics.put("numRemovedFiles", Integer.toString(replaces ? state.files().size() : 0));
        CommitText text = new CommitText().info(now, replaces ? "WRITE" : "STREAMING UPDATE", parameters, metrics, !replaces,
                state.version(), UUID.randomUUID().toString());
        change.positions().forEach((id, position) -> text.transaction(id, position, now));
        if (replaces) {
            state.files().values().forEach(file -> text.remove(file, now));
        }
        written.forEach(file -> text.add(file.logged(), file.statistics(), now));
        return text.lines();
    }

    /** Publishes; until it is known how that went, the attempt stands as unknown. */
    private Publication publish(Attempt attempt) {
        unknown = attempt;
        Publication publication;
        try {
            publication = folder.publish(attempt.version(), attempt.lines(), durable) ? Publication.OURS : Publication.TAKEN;
        } catch (IOException e) {
            publication = afterFailure(attempt, e).orElseThrow(() -> WriteFailure.of(state.table(), e, NOTHING_WRITTEN));
        } catch (RuntimeException | Error e) {
            publication = afterFailure(attempt, e).orElse(null);
            if (publication == null) {
                throw e;
            }
        }
        unknown = null;
        return publication;
    }

    private Optional<Publication> afterFailure(Attempt attempt, Throwable failure) {
        Optional<Publication> found = lookUp(attempt);
        unknown = null;
        found.ifPresent(publication -> LOG.warn("Publishing version {} of table {} failed, but the version is there ({}): {}",
                attempt.version(), state.table(), publication, failure.toString()));
        return found;
    }

    /** Reads back whether an attempt is there; empty if its version is not. */
    private Optional<Publication> lookUp(Attempt attempt) {
        // An interrupt must not keep us from finding out.
        boolean interrupted = Thread.interrupted();
        try {
            if (folder.isPublished(attempt.version(), attempt.lines())) {
                return Optional.of(Publication.OURS);
            }
            return folder.isPublished(attempt.version()) ? Optional.of(Publication.TAKEN) : Optional.empty();
        } catch (IOException e) {
            throw WriteFailure.of(state.table(), e, "Whether version " + attempt.version()
                    + " holds the commit is not known yet; it is looked up before the next one.");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Finds out about the commit before this one, if that is not known yet. An outcome means that there is nothing left to do. */
    private Optional<CommitOutcome> resolve(Change change) {
        if (unknown == null) {
            return Optional.empty();
        }
        Attempt attempt = unknown;
        boolean ours = lookUp(attempt).filter(found -> found == Publication.OURS).isPresent();
        unknown = null;
        if (!ours) {
            dataFiles.discard(attempt.written());
            return Optional.empty();
        }
        state.apply(attempt.version(), attempt.change(), attempt.written());
        if (attempt.isFor(change)) {
            return Optional.of(new CommitOutcome.Done(attempt.version()));
        }
        if (change.replaces()) {
            return Optional.empty();
        }
        return Optional.of(new CommitOutcome.Conflict("Cannot commit to table " + state.table()
                + ": the commit before this one is there after all, as version " + attempt.version()
                + ", and this one may hold its rows again. Go on from the table's positions"));
    }

    /** Takes in the commits that came since; the reason if one of them forbids the change. */
    private Optional<String> catchUp(Change change) {
        try {
            String reason = null;
            Optional<CommitFile> next = folder.commit(state.version() + 1);
            while (next.isPresent()) {
                if (reason == null) {
                    reason = Conflicts.find(next.get(), state, change);
                }
                state.apply(next.get());
                next = folder.commit(state.version() + 1);
            }
            return Optional.ofNullable(reason);
        } catch (IOException e) {
            throw WriteFailure.of(state.table(), e, NOTHING_WRITTEN);
        }
    }

    /** Waits for a checkpoint that is being written. */
    @Override
    public void close() {
        keeper.close();
    }
}
