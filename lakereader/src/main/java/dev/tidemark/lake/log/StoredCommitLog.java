package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;
import io.delta.storage.AzureLogStore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log on an object store, by Hadoop's file system for it. */
final class StoredCommitLog implements CommitLog {

    private final Place table;
    private final Path folder;
    private final Configuration settings;

    StoredCommitLog(Place table) {
        this.table = table;
        this.folder = new Path(table.hadoop(), FOLDER);
        this.settings = HadoopSettings.of(table);
    }

    private FileSystem files() throws IOException {
        return folder.getFileSystem(settings);
    }

    private Path commit(long version) {
        return new Path(folder, LogListing.commitName(version));
    }

    private static FileMark mark(FileStatus file) {
        return new FileMark(file.getModificationTime(), file.getLen(), null);
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
        Path file = commit(version);
        try {
            FileStatus status = files().getFileStatus(file);
            return Optional.of(new CommitFile(version, mark(status), ActionReader.read(file.toString(), bytes(file, status.getLen()))));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private byte[] bytes(Path file, long length) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(length)];
        try (FSDataInputStream in = files().open(file)) {
            in.readFully(0, bytes);
        }
        return bytes;
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
        if (marks.length < 4) {
            for (int i = 0; i < marks.length; i++) {
                marks[i] = mark(from + i).orElse(null);
            }
            return marks;
        }
        // One listing brings thousands of marks for the price of one request each.
        for (FileStatus file : files().listStatus(folder)) {
            LogListing one = LogListing.of(List.of(file.getPath().getName()));
            if (one.commits().length == 1 && one.newest() >= from && one.newest() <= to) {
                marks[(int) (one.newest() - from)] = mark(file);
            }
        }
        return marks;
    }

    @Override
    public LogListing list() throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (FileStatus file : files().listStatus(folder)) {
                names.add(file.getPath().getName());
            }
        } catch (FileNotFoundException e) {
            return LogListing.of(List.of());
        }
        return LogListing.of(names);
    }

    @Override
    public Optional<byte[]> bytes(String name) throws IOException {
        Path file = new Path(folder, name);
        try {
            return Optional.of(bytes(file, files().getFileStatus(file).getLen()));
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
