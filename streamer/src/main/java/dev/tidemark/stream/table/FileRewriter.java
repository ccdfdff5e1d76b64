package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.CommitText;
import dev.tidemark.stream.log.LoggedFile;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Rewrites data files of a table as one: the same rows in the same order, in a commit that changes no data. Knows nothing of the table's writers, in
 * this process or another, and needs not: what they append in the meantime is no conflict, and the commit goes on top of it. Used by one thread.
 *
 * <p>Killed at any moment, it leaves at most a data file that no commit names.
 */
public final class FileRewriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileRewriter.class);
    private static final String UNCHANGED = "Its rows are where they were.";

    private final CommitLog log;
    private final TableFolder folder;
    private final boolean durable;
    private final InstantSource clock;
    private final BooleanSupplier stopped;
    private final FileMerge merge = new FileMerge();
    private final String table;
    private TableFiles files;

    FileRewriter(CommitLog log, TableFolder folder, boolean durable, InstantSource clock, BooleanSupplier stopped) {
        this.log = log;
        this.folder = folder;
        this.durable = durable;
        this.clock = clock;
        this.stopped = stopped;
        this.table = log.table().toString();
        follow();
    }

    /**
     * Opens the table at {@code path} below the lake and reads which files it holds.
     *
     * @param durable whether files and commits are forced to the disk
     * @param clock   tells when a commit was made
     * @param stopped whether to give up what is being rewritten; asked about every tenth of a second
     * @throws LakeException if there is no such table, it cannot be read, or it has what cannot be rewritten
     */
    public static FileRewriter open(Lake lake, String path, boolean durable, InstantSource clock, BooleanSupplier stopped) {
        Place place = Place.of(lake.root()).resolve(path);
        if (!place.isLocal()) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot compact table " + place + ": only lakes on this machine can be written yet");
        }
        // What is wrong with a table, the reader says best.
        lake.table(path).latestVersion();
        CommitLog log = CommitLog.of(place);
        return new FileRewriter(log, new LocalFolder(log), durable, clock, stopped);
    }

    /**
     * Takes in what was committed since the last time, and gives the files that the table holds now.
     *
     * @throws LakeException if it cannot be read, or has become a table that cannot be rewritten
     */
    public Collection<LiveFile> files() {
        follow();
        return List.copyOf(files.all());
    }

    /** The table's properties ({@code delta.…}), as of the last look. */
    public Map<String, String> properties() {
        return Map.copyOf(files.properties());
    }

    /** The newest version, as of the last look. */
    public long version() {
        return files.version();
    }

    private void follow() {
        try {
            if (files == null || !files.isStillThere()) {
                files = TableFiles.read(log);
            } else {
                files.follow();
            }
        } catch (IOException e) {
            throw WriteFailure.of(table, e, UNCHANGED);
        }
        String reason = refusal();
        if (reason != null) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot compact table " + table + ": " + reason);
        }
    }

    /** Why this table's files cannot be rewritten; null if they can. */
    private String refusal() {
        if (files.protocol().reader() > TableSource.READER || files.protocol().writer() > TableSource.WRITER) {
            return "someone turned on features that the streamer does not write (expected protocol at most reader " + TableSource.READER + ", writer "
                    + TableSource.WRITER + ", actual reader " + files.protocol().reader() + ", writer " + files.protocol().writer() + ")";
        }
        Columns columns = files.columns();
        for (int column = 0; column < columns.size(); column++) {
            if (columns.kind(column) == Kind.OTHER) {
                return "column " + columns.name(column) + " is of a type that the streamer does not write (actual "
                        + columns.schema().fields().get(column).type() + "). Compact it with Spark";
            }
        }
        return null;
    }

    /**
     * Files that were rewritten.
     *
     * @param version the commit
     * @param path    of the new file, as the log has it
     * @param files   how many there were
     * @param bytes   how many bytes they had
     * @param written bytes of the file that took their place
     * @param rows    how many rows there are
     */
    public record Rewritten(long version, String path, int files, long bytes, long written, long rows) {
    }

    /**
     * Rewrites files of one partition as one, in the given order.
     *
     * @param inputs     out of {@link #files()}
     * @param parameters for the commit info ({@code operationParameters}); values are JSON text
     * @return empty if meanwhile somebody removed one of the files, or changed what they mean: then nothing has changed
     * @throws LakeException          if a file cannot be read, or nothing can be written
     * @throws CancellationException if it was stopped
     */
    public Optional<Rewritten> rewrite(List<LiveFile> inputs, Map<String, String> parameters) {
        Columns columns = files.columns();
        String id = files.id();
        String name = DataFiles.name(inputs.get(0).partition(), CompressionCodecName.ZSTD);
        Fate fate = new Fate();
        try {
            WrittenFile written = write(columns, inputs, name);
            while (true) {
                follow();
                if (!files.id().equals(id) || files.columns().mismatch(columns) != null || !inputs.stream().allMatch(files::has)) {
                    return Optional.empty();
                }
                long version = files.version() + 1;
                if (publish(version, lines(inputs, written, parameters), fate)) {
                    long bytes = inputs.stream().mapToLong(LiveFile::size).sum();
                    return Optional.of(new Rewritten(version, written.logged().path(), inputs.size(), bytes, written.logged().size(), written.rows()));
                }
            }
        } catch (IOException e) {
            throw WriteFailure.of(table, e, UNCHANGED);
        } finally {
            if (!fate.mayBeNamed) {
                delete(name);
            }
        }
    }

    /** Whether some commit names the new file, or may: then it stays. */
    private static final class Fate {
        private boolean mayBeNamed;
    }

    /** Returns whether the version is ours now. Nobody waits for this commit: where that cannot be found out, the next look at the log will show it. */
    private boolean publish(long version, List<String> lines, Fate fate) throws IOException {
        fate.mayBeNamed = true;
        boolean ours;
        try {
            ours = folder.publish(version, lines, durable);
        } catch (IOException e) {
            ours = folder.isPublished(version, lines);
            LOG.warn("Publishing version {} of table {} failed; it is {}there: {}", version, table, ours ? "" : "not ", e.toString());
            if (!ours) {
                fate.mayBeNamed = false;
                throw e;
            }
        }
        fate.mayBeNamed = ours;
        return ours;
    }

    private WrittenFile write(Columns columns, List<LiveFile> inputs, String name) throws IOException {
        List<DataFile> data = inputs.stream().map(file -> new DataFile(log.table().locate(file.path()), file.partition(), file.size(),
                Instant.ofEpochMilli(file.modified()), Optional.empty())).toList();
        FileMerge.Result result = merge.write(columns, data, folder.dataFile(name), () -> {
            if (stopped.getAsBoolean()) {
                throw new CancellationException("Compaction of " + table + " was stopped");
            }
            if (durable) {
                // Little by little: whoever commits meanwhile shall not wait for a hundred megabytes.
                folder.sync(List.of(name));
            }
        });
        long expected = inputs.stream().anyMatch(file -> file.rows() < 0) ? -1 : inputs.stream().mapToLong(LiveFile::rows).sum();
        if (expected >= 0 && expected != result.rows()) {
            throw new LakeException(Reason.BROKEN_DATA, "Cannot compact table " + table + ": its files do not hold what the log says of them (expected "
                    + expected + " rows, actual " + result.rows() + ", first file " + inputs.get(0).path() + "). Restore the files from a copy");
        }
        if (durable) {
            folder.sync(List.of(name));
        }
        LoggedFile logged = new LoggedFile(PercentEncoding.path(name), inputs.get(0).partition(), result.size());
        return new WrittenFile(name, logged, result.rows(), result.statistics().json());
    }

    /** As Spark's OPTIMIZE tells of itself. */
    private List<String> lines(List<LiveFile> inputs, WrittenFile written, Map<String, String> parameters) {
        long now = clock.millis();
        String size = Long.toString(written.logged().size());
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numAddedFiles", "1");
        metrics.put("numRemovedFiles", Integer.toString(inputs.size()));
        metrics.put("numAddedBytes", size);
        metrics.put("numRemovedBytes", Long.toString(inputs.stream().mapToLong(LiveFile::size).sum()));
        for (String figure : List.of("minFileSize", "p25FileSize", "p50FileSize", "p75FileSize", "maxFileSize")) {
            metrics.put(figure, size);
        }
        CommitText text = new CommitText().info(now, "OPTIMIZE", parameters, metrics, "SnapshotIsolation", false, files.version(),
                UUID.randomUUID().toString());
        inputs.forEach(file -> text.remove(new LoggedFile(file.path(), file.partition(), file.size()), now, false));
        return text.add(written.logged(), written.statistics(), now, false).lines();
    }

    private void delete(String name) {
        try {
            folder.delete(name);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}, which no commit names: {}. VACUUM will", name, e.toString());
        }
    }

    @Override
    public void close() {
        merge.close();
    }
}
