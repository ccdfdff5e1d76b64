package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.log.CommitText;
import dev.tidemark.stream.log.LoggedFile;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Rows that come into a table and rows that go, in one commit beside whoever appends to it. Files with rows that go are written anew without them. Positions stay as
 * they are. Until it is committed nothing of it can be seen, and if it is given up nothing is left. Used by one thread, for one commit.
 */
public final class TableEdit implements AutoCloseable {

    private static final String APPEND = "STREAMING UPDATE";
    private static final String UNCHANGED = "Nothing was changed.";
    private static final long FLUSH_BYTES = 32L << 20;

    private final CommitLog log;
    private final TableFolder folder;
    private final InstantSource clock;
    private final TableFiles files;
    private final Columns columns;
    private final String id;
    private final String table;
    private final Proposal proposal;
    private final DataFiles dataFiles;
    private final FileMerge merge = new FileMerge();
    private final Map<LiveFile, BitSet> going = new LinkedHashMap<>();
    private final List<WrittenFile> written = new ArrayList<>();
    private final Rows rows;
    private long added;

    private TableEdit(CommitLog log, boolean durable, InstantSource clock) throws IOException {
        this.log = log;
        this.folder = new LocalFolder(log);
        this.clock = clock;
        this.table = log.table().toString();
        this.files = TableFiles.read(log);
        this.columns = files.columns();
        this.id = files.id();
        this.proposal = new Proposal(folder, table, durable);
        this.dataFiles = new DataFiles(folder, false);
        this.rows = new Rows(columns);
    }

    /**
     * Opens a table as it is now.
     *
     * @throws LakeException if there is no such table, or it cannot be written
     */
    public static TableEdit open(Lake lake, String path, boolean durable, InstantSource clock) {
        Place place = Place.of(lake.root()).resolve(path);
        if (!place.isLocal()) {
            throw new LakeException(Reason.UNSUPPORTED, "Cannot write table " + place + ": only lakes on this machine can be written yet");
        }
        // What is wrong with a table, the reader says best.
        lake.table(path).latestVersion();
        try {
            TableEdit edit = new TableEdit(CommitLog.of(place), durable, clock);
            if (edit.files.protocol().reader() > TableSource.READER || edit.files.protocol().writer() > TableSource.WRITER) {
                throw new LakeException(Reason.UNSUPPORTED, "Cannot write table " + place + ": someone turned on features that the streamer does not write (expected protocol at most reader "
                        + TableSource.READER + ", writer " + TableSource.WRITER + ", actual reader " + edit.files.protocol().reader() + ", writer " + edit.files.protocol().writer() + ")");
            }
            return edit;
        } catch (IOException e) {
            throw WriteFailure.of(place.toString(), e, UNCHANGED);
        }
    }

    /** The version that is edited. */
    public long version() {
        return files.version();
    }

    /** The files of that version. */
    public Collection<LiveFile> files() {
        return List.copyOf(files.all());
    }

    /** Where a file is, for a reader. */
    public dev.tidemark.lake.DataFile location(LiveFile file) {
        return file.at(log.table());
    }

    /** Rows to which others may be added that shall come; {@link #added} after each. */
    public Rows rows() {
        return rows;
    }

    /** A row was added: when many are there, they are written. */
    public void added() {
        added++;
        if (rows.bytes() >= FLUSH_BYTES) {
            flush();
        }
    }

    private void flush() {
        try {
            for (WrittenFile file : dataFiles.write(rows)) {
                proposal.named(file.name());
                written.add(file);
            }
            rows.clear();
        } catch (IOException e) {
            throw WriteFailure.of(table, e, UNCHANGED);
        }
    }

    /** A row of a file goes, by its number in the file. */
    public void remove(LiveFile file, int row) {
        going.computeIfAbsent(file, f -> new BitSet()).set(row);
    }

    /** Whether anything comes or goes. */
    public boolean isEmpty() {
        return going.isEmpty() && added == 0;
    }

    /** The files that have rows that go. */
    public int filesTouched() {
        return going.size();
    }

    /**
     * Commits it.
     *
     * @param parameters for the commit info ({@code operationParameters}); values are JSON text
     * @param more       metrics beside those of Delta's: files and bytes that were added and removed
     * @return the version; empty if somebody else changed rows, or rewrote a file, meanwhile: then nothing has changed
     * @throws LakeException if it cannot be written
     */
    public Optional<Long> commit(String operation, Map<String, String> parameters, Map<String, String> more) {
        try {
            for (Map.Entry<LiveFile, BitSet> each : going.entrySet()) {
                rewrite(each.getKey(), each.getValue());
            }
            flush();
            proposal.sync();
            while (!isOvertaken()) {
                if (proposal.publish(files.version() + 1, lines(operation, parameters, more))) {
                    return Optional.of(files.version() + 1);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw WriteFailure.of(table, e, UNCHANGED);
        }
    }

    private void rewrite(LiveFile file, BitSet without) throws IOException {
        if (file.rows() >= 0 && without.cardinality() == file.rows()) {
            return;
        }
        String name = proposal.named(DataFiles.name(file.partition(), CompressionCodecName.ZSTD));
        GroupedFile.Result result = merge.write(columns, location(file), without, folder.dataFile(name), () -> proposal.sync(name));
        if (file.rows() >= 0 && result.rows() + without.cardinality() != file.rows()) {
            throw new LakeException(Reason.BROKEN_DATA, "Cannot write table " + table + ": file " + file.path() + " does not hold what the log says of it (expected " + file.rows()
                    + " rows, actual " + (result.rows() + without.cardinality()) + "). Restore it from a copy");
        }
        written.add(new WrittenFile(name, new LoggedFile(PercentEncoding.path(name), file.partition(), result.size()), result.rows(), result.statistics().json()));
    }

    /** Takes in what came meanwhile. Rows that a streamer appends are no harm: they are of windows that were open. */
    private boolean isOvertaken() throws IOException {
        boolean[] overtaken = {false};
        if (!files.isStillThere()) {
            return true;
        }
        files.follow(commit -> overtaken[0] |= changesRows(commit));
        return overtaken[0] || !files.id().equals(id) || files.columns().mismatch(columns) != null || !going.keySet().stream().allMatch(files::has);
    }

    private static boolean changesRows(CommitFile commit) {
        boolean append = false;
        boolean adds = false;
        boolean removes = false;
        for (Action action : commit.actions()) {
            append |= action instanceof Action.Info info && APPEND.equals(info.operation());
            adds |= action instanceof Action.Add add && add.dataChange();
            removes |= action instanceof Action.Remove remove && remove.dataChange();
        }
        return removes || adds && !append;
    }

    private List<String> lines(String operation, Map<String, String> parameters, Map<String, String> more) {
        long now = clock.millis();
        Map<String, String> metrics = new LinkedHashMap<>();
        metrics.put("numAddedFiles", Integer.toString(written.size()));
        metrics.put("numRemovedFiles", Integer.toString(going.size()));
        metrics.put("numAddedBytes", Long.toString(written.stream().mapToLong(file -> file.logged().size()).sum()));
        metrics.put("numRemovedBytes", Long.toString(going.keySet().stream().mapToLong(LiveFile::size).sum()));
        metrics.put("numOutputRows", Long.toString(written.stream().mapToLong(WrittenFile::rows).sum()));
        metrics.putAll(more);
        CommitText text = new CommitText().info(now, operation, parameters, metrics, "Serializable", false, files.version(), UUID.randomUUID().toString());
        going.keySet().forEach(file -> text.remove(new LoggedFile(file.path(), file.partition(), file.size()), now));
        written.forEach(file -> text.add(file.logged(), file.statistics(), now));
        return text.lines();
    }

    /** Gives up what was not committed. */
    @Override
    public void close() {
        proposal.close();
        merge.close();
    }
}
