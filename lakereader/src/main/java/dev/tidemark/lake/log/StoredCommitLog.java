package dev.tidemark.lake.log;

import dev.tidemark.lake.azure.AzureFiles;
import io.delta.standalone.DeltaLog;
import io.delta.storage.AzureLogStore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;

/** A log on an object store, by Hadoop's file system for it. What a listing brings along is kept and not asked for again. */
final class StoredCommitLog implements CommitLog {

    /** How many commits are fetched ahead of the one that is read. */
    private static final int AHEAD = 16;
    /** How many of the commits that were listed need not be asked for before they are fetched. */
    private static final int KEPT = 5_000;
    private static final int LAST_CHECKPOINT_BYTES = 64 << 10;

    private final Place table;
    private final Path folder;
    private final Configuration settings;
    /** Commits that were listed and not read yet; guards what follows, too. */
    private final Map<Long, FileStatus> listed = new HashMap<>();
    private final Map<Long, Future<byte[]>> fetched = new HashMap<>();
    /** Length and time of the commits of the last listing. */
    private final Map<Long, FileMark> times = new HashMap<>();
    private long expected = -1;

    StoredCommitLog(Place table) {
        this.table = table;
        this.folder = new Path(table.hadoop(), FOLDER);
        this.settings = HadoopSettings.of(table);
    }

    private FileSystem files() throws IOException {
        return HadoopSettings.files(table);
    }

    private Path commit(long version) {
        return new Path(folder, LogListing.commitName(version));
    }

    private static FileMark mark(FileStatus file) {
        return new FileMark(file.getModificationTime(), file.getLen(), file instanceof EtagSource tagged ? tagged.getEtag().replace("\"", "") : null);
    }

    @Override
    public Place table() {
        return table;
    }

    @Override
    public boolean exists() throws IOException {
        return isFolder(folder);
    }

    @Override
    public boolean tableExists() throws IOException {
        return isFolder(table.hadoop());
    }

    private boolean isFolder(Path path) throws IOException {
        try {
            return files().getFileStatus(path).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public Optional<CommitFile> read(long version) throws IOException {
        Optional<CommitFile> listed = listed(version);
        if (listed.isPresent()) {
            return listed;
        }
        Path file = commit(version);
        try {
            FileStatus status = files().getFileStatus(file);
            return Optional.of(understood(version, status, bytes(file, status)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private CommitFile understood(long version, FileStatus status, byte[] bytes) throws IOException {
        return new CommitFile(version, mark(status), ActionReader.read(commit(version).toString(), bytes));
    }

    private byte[] bytes(Path file, FileStatus status) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(status.getLen())];
        FileSystem store = files();
        try (FSDataInputStream in = store instanceof AzureFiles ? FutureIO.awaitFuture(store.openFile(file).withFileStatus(status).build()) : store.open(file)) {
            in.readFully(0, bytes);
        }
        return bytes;
    }

    @Override
    public void expect(long from, long to) throws IOException {
        if (files() instanceof AzureFiles) {
            synchronized (listed) {
                expected = Math.max(expected, to);
            }
        }
    }

    /** A commit of the last listing, unless its file is another by now; those that are expected after it are fetched meanwhile. */
    private Optional<CommitFile> listed(long version) throws IOException {
        if (!(files() instanceof AzureFiles store)) {
            return Optional.empty();
        }
        FileStatus status;
        Future<byte[]> coming;
        synchronized (listed) {
            status = listed.remove(version);
            for (long next = version; status != null && next <= Math.min(expected, version + AHEAD); next++) {
                FileStatus file = next == version ? status : listed.get(next);
                if (file != null && !fetched.containsKey(next)) {
                    fetched.put(next, store.fetch(file));
                }
            }
            coming = fetched.remove(version);
        }
        if (status == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(understood(version, status, coming == null ? bytes(status.getPath(), status) : FutureIO.awaitFuture(coming)));
        } catch (FileNotFoundException another) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<FileMark> mark(String name) throws IOException {
        try {
            return Optional.of(mark(files().getFileStatus(new Path(folder, name))));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public FileMark[] marks(long from, long to) throws IOException {
        FileMark[] marks = new FileMark[Math.toIntExact(to - from + 1)];
        synchronized (listed) {
            for (int i = 0; i < marks.length; i++) {
                marks[i] = times.get(from + i);
            }
        }
        if (Arrays.stream(marks).allMatch(Objects::nonNull)) {
            return marks;
        }
        if (marks.length < 4) {
            for (int i = 0; i < marks.length; i++) {
                marks[i] = mark(from + i).orElse(null);
            }
            return marks;
        }
        // One listing brings thousands of marks for the price of one request.
        for (FileStatus file : files() instanceof AzureFiles store ? store.listFrom(folder, LogListing.commitName(from)) : files().listStatus(folder)) {
            long version = LogListing.commitVersion(file.getPath().getName());
            if (version >= from && version <= to) {
                marks[(int) (version - from)] = mark(file);
            }
        }
        return marks;
    }

    @Override
    public LogListing list() throws IOException {
        try {
            return kept(files().listStatus(folder));
        } catch (FileNotFoundException e) {
            return kept(new FileStatus[0]);
        }
    }

    @Override
    public LogListing listRecent() throws IOException {
        if (files() instanceof AzureFiles store) {
            try {
                byte[] last = store.readSmall(new Path(folder, LogListing.LAST_CHECKPOINT), LAST_CHECKPOINT_BYTES);
                OptionalLong version = ActionReader.lastCheckpoint(last);
                if (version.isPresent()) {
                    LogListing recent = kept(store.listFrom(folder, LogListing.commitName(version.getAsLong()).replace(".json", "")));
                    if (recent.anchor() >= version.getAsLong()) {
                        return recent;
                    }
                }
            } catch (FileNotFoundException e) {
                // No checkpoint yet, or no table.
                return list();
            }
        }
        return list();
    }

    /** Keeps of a listing what will be asked for next: times, and how to fetch the newest commits. */
    private LogListing kept(FileStatus[] files) {
        LogListing listing = LogListing.of(Arrays.stream(files).map(file -> file.getPath().getName()).toList());
        synchronized (listed) {
            listed.clear();
            fetched.values().forEach(reading -> reading.cancel(true));
            fetched.clear();
            times.clear();
            expected = -1;
            for (FileStatus file : files) {
                long version = LogListing.commitVersion(file.getPath().getName());
                if (version >= 0) {
                    times.put(version, new FileMark(file.getModificationTime(), file.getLen(), null));
                }
                if (version >= Math.max(0, listing.newest() - KEPT)) {
                    listed.put(version, file);
                }
            }
        }
        return listing;
    }

    @Override
    public Optional<byte[]> bytes(String name) throws IOException {
        Path file = new Path(folder, name);
        try {
            return Optional.of(bytes(file, files().getFileStatus(file)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Action> checkpoint(long version, LogListing listing) throws IOException {
        return Checkpoint.read(this, version, listing.checkpoints().get(version));
    }

    @Override
    public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
        if (version == 0) {
            files().mkdirs(folder);
        }
        try {
            new AzureLogStore(settings).write(commit(version), lines.iterator(), false, settings);
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public DeltaLog transactions() {
        return Standalone.open(this);
    }
}
