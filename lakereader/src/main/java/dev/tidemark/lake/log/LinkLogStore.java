package dev.tidemark.lake.log;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * delta-standalone's way to a local log. Its own stores lose commits when several write at once on one machine, and list
 * the whole folder for each commit; this one publishes by hard link and finds new versions by asking for the next one.
 * Public because delta-standalone makes it by name.
 */
public final class LinkLogStore extends LogStore {

    /** Whether a commit must be on the disk before it counts; true if not set. */
    static final String SYNC = "tidemark.log.sync";

    private static final int BLOCK = 1 << 25;

    private final boolean sync;

    /** For delta-standalone. */
    public LinkLogStore(Configuration configuration) {
        super(configuration);
        this.sync = configuration.getBoolean(SYNC, true);
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    @Override
    public CloseableIterator<String> read(Path path, Configuration configuration) throws IOException {
        try {
            return new Lines(Files.readString(local(path), StandardCharsets.UTF_8).lines().iterator());
        } catch (NoSuchFileException e) {
            throw missing(path);
        }
    }

    @Override
    public void write(Path path, Iterator<String> lines, Boolean overwrite, Configuration configuration) throws IOException {
        if (overwrite) {
            LinkedFile.replace(local(path), lines, sync);
        } else if (!LinkedFile.create(local(path), lines, sync)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    @Override
    public Iterator<FileStatus> listFrom(Path path, Configuration configuration) throws IOException {
        Path folder = path.getParent();
        String first = path.getName();
        if (first.length() > 21 && first.charAt(20) == '.') {
            long version = Long.parseLong(first.substring(0, 20));
            FileStatus commit = status(folder, LogListing.commitName(version));
            FileStatus checkpoint = first.charAt(21) == 'c' ? status(folder, checkpointName(version)) : null;
            boolean complete = version == 0 || checkpoint != null || first.charAt(21) == 'j';
            if (commit != null && complete) {
                return new Onward(folder, version, checkpoint, commit);
            }
        }
        return sorted(folder, first);
    }

    private static String checkpointName(long version) {
        return LogListing.commitName(version).replace(".json", ".checkpoint.parquet");
    }

    private static Iterator<FileStatus> sorted(Path folder, String first) throws IOException {
        String[] names = local(folder).toFile().list();
        if (names == null) {
            throw missing(folder);
        }
        Arrays.sort(names);
        List<FileStatus> files = new ArrayList<>();
        for (String name : names) {
            FileStatus status = name.compareTo(first) >= 0 && name.charAt(0) != '.' ? status(folder, name) : null;
            if (status != null) {
                files.add(status);
            }
        }
        return files.iterator();
    }

    private static FileStatus status(Path folder, String name) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(local(folder).resolve(name), BasicFileAttributes.class);
            return new FileStatus(file.size(), false, 1, BLOCK, file.lastModifiedTime().toMillis(), new Path(folder, name));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static FileNotFoundException missing(Path path) {
        return new FileNotFoundException(path + " is not there");
    }

    @Override
    public Path resolvePathOnPhysicalStorage(Path path, Configuration configuration) throws IOException {
        return path.getFileSystem(configuration).makeQualified(path);
    }

    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
        // Speaks of files written to their final name, as checkpoints are.
        return true;
    }

    private record Lines(Iterator<String> lines) implements CloseableIterator<String> {
        @Override public boolean hasNext() { return lines.hasNext(); }
        @Override public String next() { return lines.next(); }
        @Override public void close() { }
    }

    /** From a version on, the files of the next ones, as long as there is a next one. */
    private static final class Onward implements Iterator<FileStatus> {

        private final Path folder;
        private final Queue<FileStatus> ready = new ArrayDeque<>(2);
        private long version;
        private boolean ended;

        Onward(Path folder, long version, FileStatus checkpoint, FileStatus commit) {
            this.folder = folder;
            this.version = version;
            offer(checkpoint, commit);
        }

        private void offer(FileStatus checkpoint, FileStatus commit) {
            if (checkpoint != null) {
                ready.add(checkpoint);
            }
            ready.add(commit);
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty() && !ended) {
                try {
                    version++;
                    FileStatus commit = status(folder, LogListing.commitName(version));
                    ended = commit == null;
                    if (!ended) {
                        offer(status(folder, checkpointName(version)), commit);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public FileStatus next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
