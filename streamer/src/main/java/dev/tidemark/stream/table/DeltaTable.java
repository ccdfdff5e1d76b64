package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A table that the streamer writes: rows to Parquet with statistics, then one commit with positions. Used by one thread.
 */
public final class DeltaTable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTable.class);

    private final String name;
    private final TableFolder folder;
    private final boolean durable;
    private final InstantSource clock;
    private final DataFileWriter writer = new DataFileWriter();
    private final Map<String, Long> transactions;
    private final Map<String, LoggedFile> files;
    private Columns columns;
    private long version;

    private DeltaTable(String name, TableFolder folder, TableState state, boolean durable, InstantSource clock) {
        this.name = name;
        this.folder = folder;
        this.durable = durable;
        this.clock = clock;
        this.columns = new Columns(name, state.schema(), state.partitionColumns());
        this.version = state.version();
        this.transactions = new LinkedHashMap<>(state.transactions());
        this.files = new LinkedHashMap<>(state.files());
    }

    /**
     * Opens the table at {@code path} below the lake, or creates it.
     *
     * @throws LakeException with a message for the user if there is a table that cannot be written
     */
    public static DeltaTable open(Lake lake, String path, TableLayout layout, InstantSource clock) {
        return open(Path.of(lake.root()).resolve(path), layout, clock);
    }

    static DeltaTable open(Path folder, TableLayout layout, InstantSource clock) {
        CommitLog commits = CommitLog.of(Place.local(folder));
        StandaloneLog log = new StandaloneLog(commits);
        if (!log.exists()) {
            try {
                // Hadoop's way to make a folder wants jars that nothing else does.
                java.nio.file.Files.createDirectories(folder.resolve(CommitLog.FOLDER));
            } catch (IOException e) {
                throw new LakeException(LakeException.Reason.DENIED, "Cannot create table " + folder + ": " + e.getMessage(), e);
            }
            log.create(layout, clock.millis());
        }
        return new DeltaTable(folder.toString(), new LocalFolder(commits), log.state(), layout.durable(), clock);
    }

    /** The columns now; they grow by {@link #addColumns}. */
    public Schema schema() {
        return columns.schema();
    }

    /** The newest version this writer knows. */
    public long version() {
        return version;
    }

    /** Application id → version, as of the newest version this writer knows. */
    public Map<String, Long> transactions() {
        return Map.copyOf(transactions);
    }

    /** Adds nullable columns at the end (one metadata commit). */
    public CommitOutcome addColumns(Schema added) {
        throw new UnsupportedOperationException("not yet");
    }

    /** An empty buffer for rows of the present schema. */
    public Rows newRows() {
        return new Rows(columns);
    }

    /**
     * Appends rows (none is fine: then only positions move) and sets transactions in the same commit.
     *
     * @param transactions application id → version to set
     * @param parameters   for the commit info ({@code operationParameters})
     */
    public CommitOutcome append(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        return commit(rows, transactions, parameters, false);
    }

    /** The same, and what the table held before goes in the same commit. */
    public CommitOutcome replace(Rows rows, Map<String, Long> transactions, Map<String, String> parameters) {
        return commit(rows, transactions, parameters, true);
    }

    private CommitOutcome commit(Rows rows, Map<String, Long> positions, Map<String, String> parameters, boolean replace) {
        List<WrittenFile> written = write(rows);
        boolean done = false;
        try {
            long next = version + 1;
            List<String> lines = lines(written, positions, parameters, replace);
            if (!publish(next, lines)) {
                return new CommitOutcome.Conflict("Cannot commit to " + name + ": version " + next + " was taken by another writer");
            }
            done = true;
            applied(next, written, positions, replace);
            return new CommitOutcome.Done(next);
        } finally {
            if (!done) {
                discard(written);
            }
        }
    }

    private List<WrittenFile> write(Rows rows) {
        List<WrittenFile> written = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean complete = false;
        try {
            for (PartitionRows partition : rows.partitions()) {
                if (partition.size() > 0) {
                    String file = fileName(partition);
                    names.add(file);
                    DataFileWriter.Result result = writer.write(rows.columns(), partition, folder.dataFile(file));
                    written.add(new WrittenFile(file, new LoggedFile(PercentEncoding.path(file), partition.partitionValues(), result.size()),
                            partition.size(), result.statistics().json()));
                }
            }
            if (durable) {
                folder.sync(names);
            }
            complete = true;
            return written;
        } catch (IOException e) {
            throw failure(e);
        } catch (UncheckedIOException e) {
            throw failure(e.getCause());
        } finally {
            if (!complete) {
                names.forEach(this::discard);
            }
        }
    }

    private static String fileName(PartitionRows rows) {
        StringBuilder name = new StringBuilder();
        rows.partitionValues().forEach((column, value) -> name.append(PercentEncoding.folder(column)).append('=')
                .append(value == null ? "__HIVE_DEFAULT_PARTITION__" : PercentEncoding.folder(value)).append('/'));
        name.append("part-00000-").append(UUID.randomUUID()).append("-c000");
        return name.append(DataFileWriter.codec(rows.size()).getExtension()).append(".parquet").toString();
    }

    private List<String> lines(List<WrittenFile> written, Map<String, Long> positions, Map<String, String> parameters, boolean replace) {
        long now = clock.millis();
        Map<String, String> all = new LinkedHashMap<>();
        all.put(replace ? "mode" : "outputMode", replace ? "Overwrite" : "Append");
        all.putAll(parameters);
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numFiles", Integer.toString(written.size()));
        metrics.put("numOutputRows", Long.toString(written.stream().mapToLong(WrittenFile::rows).sum()));
        metrics.put("numOutputBytes", Long.toString(written.stream().mapToLong(f -> f.logged().size()).sum()));
        metrics.put("numAddedFiles", Integer.toString(written.size()));
        metrics.put("numRemovedFiles", Integer.toString(replace ? files.size() : 0));
        CommitText text = new CommitText().info(now, replace ? "WRITE" : "STREAMING UPDATE", all, metrics, !replace, version,
                UUID.randomUUID().toString());
        positions.forEach((id, position) -> text.transaction(id, position, now));
        if (replace) {
            files.values().forEach(file -> text.remove(file, now));
        }
        written.forEach(file -> text.add(file.logged(), file.statistics(), now));
        return text.lines();
    }

    private boolean publish(long next, List<String> lines) {
        try {
            return folder.publish(next, lines, durable);
        } catch (IOException e) {
            try {
                if (folder.isPublished(next, lines)) {
                    return true;
                }
                if (folder.isPublished(next)) {
                    return false;
                }
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw failure(e);
        }
    }

    private void applied(long next, List<WrittenFile> written, Map<String, Long> positions, boolean replace) {
        version = next;
        transactions.putAll(positions);
        if (replace) {
            files.clear();
        }
        written.forEach(file -> files.put(file.logged().path(), file.logged()));
    }

    private void discard(List<WrittenFile> written) {
        written.forEach(file -> discard(file.name()));
    }

    private void discard(String file) {
        try {
            folder.delete(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {} of table {}, which no commit names: {}. VACUUM will", file, name, e.toString());
        }
    }

    private LakeException failure(IOException e) {
        return new LakeException(LakeException.Reason.UNREACHABLE, "Cannot write table " + name + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
    }
}
