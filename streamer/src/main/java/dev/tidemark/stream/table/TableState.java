package dev.tidemark.stream.table;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.BrokenLogException;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.stream.log.LoggedFile;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.StructType;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a writer knows of a table: its newest version and what that holds. Grows with commits, the writer's own and others'. Not thread-safe. */
final class TableState {

    private static final String APPEND_ONLY = "delta.appendOnly";
    private static final String CHECKPOINT_INTERVAL = "delta.checkpointInterval";
    private static final int EVERY = 100;

    private final String table;
    private final Map<String, Long> transactions = new HashMap<>();
    private final Map<String, LoggedFile> files = new LinkedHashMap<>();
    private String id;
    private boolean appendOnly;
    private int checkpointInterval;
    private Columns columns;
    private long version = -1;

    /** Before the first version. */
    private TableState(String table) {
        this.table = table;
    }

    /**
     * Reads the newest version: the newest checkpoint, and the commits after it.
     *
     * @param table for messages
     * @return empty if there is no table
     * @throws IOException if the log cannot be read, or does not reach from one to the other
     */
    static Optional<TableState> read(CommitLog log, String table) throws IOException {
        LogListing listing = log.list();
        if (listing.isEmpty()) {
            return Optional.empty();
        }
        TableState state = new TableState(table);
        OptionalLong checkpoint = listing.checkpointAt(Long.MAX_VALUE);
        if (checkpoint.isPresent()) {
            state.apply(checkpoint.getAsLong(), log.checkpoint(checkpoint.getAsLong(), listing));
        }
        Optional<CommitFile> next = log.read(state.version + 1);
        while (next.isPresent()) {
            state.apply(next.get());
            next = log.read(state.version + 1);
        }
        if (state.columns == null || state.version < listing.newest()) {
            throw new BrokenLogException(log.table() + " cannot be read beyond version " + state.version, null);
        }
        return Optional.of(state);
    }

    private void set(String id, Schema schema, List<String> partitionColumns, Map<String, String> properties) {
        this.id = id;
        this.columns = new Columns(table, schema, partitionColumns);
        this.appendOnly = Boolean.parseBoolean(properties.get(APPEND_ONLY));
        String interval = properties.get(CHECKPOINT_INTERVAL);
        if (appendOnly) {
            // Nothing is ever removed from it here: no need to know what a year of commits has added.
            files.clear();
        }
        this.checkpointInterval = interval != null && interval.matches("[1-9]\\d{0,8}") ? Integer.parseInt(interval) : EVERY;
    }

    /** For messages. */
    String table() {
        return table;
    }

    long version() {
        return version;
    }

    /** The table's unique id: another one is another table. */
    String id() {
        return id;
    }

    boolean isAppendOnly() {
        return appendOnly;
    }

    /** Commits from one checkpoint to the next. */
    int checkpointInterval() {
        return checkpointInterval;
    }

    Columns columns() {
        return columns;
    }

    Map<String, Long> transactions() {
        return transactions;
    }

    /** Path as logged → file; not kept of a table that is append-only. */
    Map<String, LoggedFile> files() {
        return files;
    }

    /** Takes in the next commit. */
    void apply(CommitFile commit) {
        apply(commit.version(), commit.actions());
    }

    private void apply(long newVersion, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Transaction transaction) {
                transactions.put(transaction.id(), transaction.version());
            } else if (action instanceof Action.Metadata metadata) {
                set(metadata.id(), schema(metadata), metadata.partitionColumns(), metadata.configuration());
            } else if (action instanceof Action.Add add) {
                add(new LoggedFile(add.path(), add.partitionValues(), add.size()));
            } else if (action instanceof Action.Remove remove) {
                files.remove(remove.path());
            }
        }
        version = newVersion;
    }

    /** The columns that a metadata action sets. */
    static Columns columns(String table, Action.Metadata metadata) {
        return new Columns(table, schema(metadata), metadata.partitionColumns());
    }

    private static Schema schema(Action.Metadata metadata) {
        return DeltaTypes.schema((StructType) DataType.fromJson(metadata.schema()));
    }

    /** Takes in a commit of its own. */
    void apply(long newVersion, Change change, List<WrittenFile> written) {
        version = newVersion;
        transactions.putAll(change.positions());
        if (change.replaces()) {
            files.clear();
        }
        written.forEach(file -> add(file.logged()));
    }

    private void add(LoggedFile file) {
        if (!appendOnly) {
            files.put(file.path(), file);
        }
    }
}
