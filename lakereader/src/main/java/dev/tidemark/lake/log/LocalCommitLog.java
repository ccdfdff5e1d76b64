package dev.tidemark.lake.log;

import io.delta.standalone.DeltaLog;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A log on a file system of this machine. */
final class LocalCommitLog implements CommitLog {

    /** Logs up to here are listed whole: that is quick, and who knows all commits need not start a library for the checkpoint. */
    private static final long LISTED_WHOLE = 5_000;
    /** Where more commits than this lie behind the last checkpoint that is noted, there may be a newer one. */
    private static final int ASKED_FOR = 1_000;
    /** How far behind the last commit is looked for a later one, which would mean that one is missing. */
    private static final int GAP = 1 << 10;

    private final Place table;
    private final Path folder;

    LocalCommitLog(Place table) {
        this.table = table;
        this.folder = table.path().resolve(FOLDER);
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
        return isFolder(table.path());
    }

    /** Unlike {@link Files#isDirectory}, does not take a forbidden folder for a missing one. */
    private static boolean isFolder(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Optional<CommitFile> read(long version) throws IOException {
        String name = LogListing.commitName(version);
        Path file = folder.resolve(name);
        try {
            FileMark mark = mark(file);
            return Optional.of(new CommitFile(version, mark, ActionReader.read(file.toString(), Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FileMark mark(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileMark(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
    }

    @Override
    public Optional<FileMark> mark(String name) throws IOException {
        try {
            return Optional.of(mark(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public FileMark[] marks(long from, long to) throws IOException {
        FileMark[] marks = new FileMark[Math.toIntExact(to - from + 1)];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = mark(from + i).orElse(null);
        }
        return marks;
    }

    @Override
    public LogListing list() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return LogListing.of(List.of());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return LogListing.of(names);
    }

    /** Of a long log asks by name for the checkpoint that was noted last and the commits after it: looking at a hundred names takes less than listing thousands. */
    @Override
    public LogListing listRecent() throws IOException {
        OptionalLong checkpoint = notedCheckpoint();
        Optional<LogListing> recent = checkpoint.orElse(0) > LISTED_WHOLE ? from(checkpoint.getAsLong()) : Optional.empty();
        return recent.isPresent() ? recent.get() : list();
    }

    /** The log from a checkpoint on; empty if only a listing can tell: the checkpoint has another name or is gone, or a commit is missing. */
    private Optional<LogListing> from(long checkpoint) throws IOException {
        List<String> names = new ArrayList<>(List.of(LogListing.checkpointName(checkpoint)));
        if (mark(names.get(0)).isEmpty()) {
            return Optional.empty();
        }
        if (mark(checkpoint).isPresent()) {
            names.add(LogListing.commitName(checkpoint));
        }
        long next = checkpoint + 1;
        for (; mark(next).isPresent(); next++) {
            if (next - checkpoint > ASKED_FOR) {
                return Optional.empty();
            }
            names.add(LogListing.commitName(next));
        }
        for (int step = 1; step <= GAP; step *= 2) {
            if (mark(next + step).isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(LogListing.of(names));
    }

    @Override
    public Optional<byte[]> bytes(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
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
            Files.createDirectories(folder);
        }
        return LinkedFile.create(folder.resolve(LogListing.commitName(version)), lines.iterator(), sync);
    }

    @Override
    public DeltaLog transactions() {
        return Standalone.open(this);
    }
}
