package dev.tidemark.stream.hub;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that a hub keeps its events in, while this process owns it. */
final class DataFolder implements Closeable {

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be, and takes it for this process.
     *
     * @throws IOException if it is no folder, cannot be written, or another hub has it
     */
    static DataFolder take(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IOException("Cannot keep events in " + path + ": it is a file (expected a folder)");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IOException("Cannot keep events in " + path + ": the folder cannot be made (" + e.getMessage() + ")", e);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("Cannot keep events in " + path + ": it cannot be written (" + e.getMessage() + ")", e);
        }
        FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another hub of this very process has it.
        }
        if (taken == null) {
            channel.close();
            throw new IOException("Cannot keep events in " + path + ": another hub is using it. Stop that one, or choose another folder");
        }
        return new DataFolder(path, channel);
    }

    Path path() {
        return path;
    }

    /** Makes durable which files are in a folder, where the operating system can. */
    static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; its file systems keep names with the files.
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
