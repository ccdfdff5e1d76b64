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

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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
     * @param paths   of the new files, as the log has them
     * @param files   how many there were
     * @param bytes   how many bytes they had
     * @param written bytes of the files that took their place
     * @param rows    how many rows there are
     */
    public record Rewritten(long version, List<String> paths, int files, long bytes, long written, long rows) {
    }

    /** Writes new files in the place of others. */
    private interface Writing {
        List<WrittenFile> write(Columns columns, List<DataFile> inputs, Proposal proposal) throws IOException;
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
        Map<String, String> partition = inputs.get(0).partition();
        return rewrite(inputs, parameters, (columns, data, proposal) -> {
            String name = proposal.named(DataFiles.name(partition, CompressionCodecName.ZSTD));
            return List.of(written(name, partition, merge.write(columns, data, folder.dataFile(name), () -> grown(name, proposal))));
        });
    }

    /**
     * Rewrites files of one partition along a curve through some columns, so that rows that are alike in them lie together.
     *
     * @param inputs     out of {@link #files()}
     * @param by         names of the columns
     * @param targetSize bytes after which a file ends
     * @param memory     bytes of rows that are held; what is more is put aside beside the table
     * @param parameters for the commit info ({@code operationParameters}); values are JSON text
     * @return empty if meanwhile somebody removed one of the files, or changed what they mean: then nothing has changed
     * @throws LakeException          INVALID if there is no such column; if a file cannot be read, or nothing can be written
     * @throws CancellationException if it was stopped
     */
    public Optional<Rewritten> cluster(List<LiveFile> inputs, List<String> by, long targetSize, int memory, Map<String, String> parameters) {
        int[] places = places(by);
        Map<String, String> partition = inputs.get(0).partition();
        try (FileCluster cluster = new FileCluster(log.table().path().resolve("_streamer").resolve("sort"), memory)) {
            return rewrite(inputs, parameters, (columns, data, proposal) -> {
                List<WrittenFile> written = new ArrayList<>();
                cluster.write(columns, places, data, targetSize, new FileCluster.Output() {
                    private String name;

                    @Override
                    public GroupedFile begin(GroupedFile.Pages pages, GroupedFile.Limits limits) throws IOException {
                        name = proposal.named(DataFiles.name(partition, CompressionCodecName.ZSTD));
                        return new GroupedFile(columns, folder.dataFile(name), pages, limits, () -> grown(name, proposal));
                    }

                    @Override
                    public void end(GroupedFile.Result result) {
                        written.add(written(name, partition, result));
                    }
                });
                return written;
            });
        }
    }

    /** The columns of a curve. */
    private int[] places(List<String> by) {
        Columns columns = files.columns();
        List<String> possible = Arrays.stream(columns.data()).filter(column -> columns.kind(column) != Kind.MAP).mapToObj(columns::name).toList();
        for (String name : by) {
            if (!possible.contains(name)) {
                throw new LakeException(Reason.INVALID, "Cannot cluster table " + table + " by " + name + ": no such column that could be (expected some of "
                        + String.join(", ", possible) + ")");
            }
        }
        if (by.isEmpty() || by.size() > ZOrder.MOST_COLUMNS || by.stream().distinct().count() < by.size()) {
            throw new LakeException(Reason.INVALID, "Cannot cluster table " + table + " by " + by + ": expected 1 to " + ZOrder.MOST_COLUMNS + " columns, each once");
        }
        return by.stream().mapToInt(name -> columns.schema().names().indexOf(name)).toArray();
    }

    private Optional<Rewritten> rewrite(List<LiveFile> inputs, Map<String, String> parameters, Writing writing) {
        Columns columns = files.columns();
        String id = files.id();
        try (Proposal proposal = new Proposal(folder, table, durable)) {
            List<WrittenFile> written = write(columns, inputs, writing, proposal);
            while (true) {
                follow();
                if (!files.id().equals(id) || files.columns().mismatch(columns) != null || !inputs.stream().allMatch(files::has)) {
                    return Optional.empty();
                }
                long version = files.version() + 1;
                if (proposal.publish(version, lines(inputs, written, parameters))) {
                    return Optional.of(new Rewritten(version, written.stream().map(file -> file.logged().path()).toList(), inputs.size(),
                            inputs.stream().mapToLong(LiveFile::size).sum(), size(written), rows(written)));
                }
            }
        } catch (IOException e) {
            throw WriteFailure.of(table, e, UNCHANGED);
        }
    }

    private static long size(List<WrittenFile> written) {
        return written.stream().mapToLong(file -> file.logged().size()).sum();
    }

    private static long rows(List<WrittenFile> written) {
        return written.stream().mapToLong(WrittenFile::rows).sum();
    }

    private List<WrittenFile> write(Columns columns, List<LiveFile> inputs, Writing writing, Proposal proposal) throws IOException {
        List<DataFile> data = inputs.stream().map(file -> file.at(log.table())).toList();
        List<WrittenFile> written = writing.write(columns, data, proposal);
        long expected = inputs.stream().anyMatch(file -> file.rows() < 0) ? -1 : inputs.stream().mapToLong(LiveFile::rows).sum();
        if (expected >= 0 && expected != rows(written)) {
            throw new LakeException(Reason.BROKEN_DATA, "Cannot compact table " + table + ": its files do not hold what the log says of them (expected "
                    + expected + " rows, actual " + rows(written) + ", first file " + inputs.get(0).path() + "). Restore the files from a copy");
        }
        proposal.sync();
        return written;
    }

    /** A row group more is written. */
    private void grown(String name, Proposal proposal) throws IOException {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("Compaction of " + table + " was stopped");
        }
        proposal.sync(name);
    }

    private static WrittenFile written(String name, Map<String, String> partition, GroupedFile.Result result) {
        return new WrittenFile(name, new LoggedFile(PercentEncoding.path(name), partition, result.size()), result.rows(), result.statistics().json());
    }

    /** As Spark's OPTIMIZE tells of itself. */
    private List<String> lines(List<LiveFile> inputs, List<WrittenFile> written, Map<String, String> parameters) {
        long now = clock.millis();
        long[] sizes = written.stream().mapToLong(file -> file.logged().size()).sorted().toArray();
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numAddedFiles", Integer.toString(written.size()));
        metrics.put("numRemovedFiles", Integer.toString(inputs.size()));
        metrics.put("numAddedBytes", Long.toString(size(written)));
        metrics.put("numRemovedBytes", Long.toString(inputs.stream().mapToLong(LiveFile::size).sum()));
        metrics.put("numDeletionVectorsRemoved", "0");
        String[] figures = {"minFileSize", "p25FileSize", "p50FileSize", "p75FileSize", "maxFileSize"};
        for (int i = 0; i < figures.length && sizes.length > 0; i++) {
            metrics.put(figures[i], Long.toString(sizes[i * (sizes.length - 1) / (figures.length - 1)]));
        }
        CommitText text = new CommitText().info(now, "OPTIMIZE", parameters, metrics, "SnapshotIsolation", false, files.version(),
                UUID.randomUUID().toString());
        inputs.forEach(file -> text.remove(new LoggedFile(file.path(), file.partition(), file.size()), now, false));
        written.forEach(file -> text.add(file.logged(), file.statistics(), now, false));
        return text.lines();
    }

    @Override
    public void close() {
        merge.close();
    }
}
