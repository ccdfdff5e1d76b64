package dev.tidemark.stream.table;

import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A table's folder on a file system of this machine. */
final class LocalFolder implements TableFolder {

    private final Path folder;
    private final CommitLog log;

    LocalFolder(CommitLog log) {
        this.folder = log.table().path();
        this.log = log;
    }

    @Override
    public OutputFile dataFile(String name) {
        return new LocalFile(folder.resolve(name));
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            files.add(file);
            for (Path parent = file.getParent(); parent.startsWith(folder); parent = parent.getParent()) {
                folders.add(parent);
            }
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            files.addAll(folders);
        }
        force(files);
    }

    /**
     * A file system with a journal writes it once for all who wait: eight that wait together cost about as much as one, where one
     * after the other cost 9 ms each.
     */
    private static void force(List<Path> paths) throws IOException {
        if (paths.size() == 1) {
            force(paths.get(0));
            return;
        }
        ExecutorService waiters = Executors.newFixedThreadPool(Math.min(8, Math.max(1, paths.size())));
        try {
            List<Future<?>> forced = new ArrayList<>(paths.size());
            for (Path path : paths) {
                forced.add(waiters.submit(() -> {
                    force(path);
                    return null;
                }));
            }
            for (Future<?> each : forced) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while forcing data files to the disk");
        } finally {
            waiters.shutdown();
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public boolean publish(long version, List<String> lines, boolean sync) throws IOException {
        return log.publish(version, lines, sync);
    }

    @Override
    public boolean isPublished(long version) throws IOException {
        return log.mark(version).isPresent();
    }

    @Override
    public boolean isPublished(long version, List<String> lines) throws IOException {
        byte[] expected = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return log.bytes(String.format("%020d.json", version)).filter(actual -> Arrays.equals(actual, expected)).isPresent();
    }

    @Override
    public Optional<CommitFile> commit(long version) throws IOException {
        return log.read(version);
    }

    /** A file that fails to be made if there is one, and does not die of an interrupt as a channel would. */
    private record LocalFile(Path path) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) throws IOException {
            try {
                return new LocalStream(path);
            } catch (NoSuchFileException e) {
                Files.createDirectories(path.getParent());
                return new LocalStream(path);
            }
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class LocalStream extends PositionOutputStream {

        private final FileOutputStream file;
        private final byte[] buffer = new byte[1 << 16];
        private int buffered;
        private long written;

        LocalStream(Path path) throws IOException {
            // The exclusive creation and the precise exceptions are java.nio's, the stream that no interrupt closes is java.io's.
            Files.createFile(path);
            file = new FileOutputStream(path.toFile());
        }

        @Override
        public long getPos() {
            return written + buffered;
        }

        @Override
        public void write(int value) throws IOException {
            if (buffered == buffer.length) {
                flush();
            }
            buffer[buffered++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (count > buffer.length - buffered) {
                flush();
                if (count >= buffer.length) {
                    file.write(bytes, from, count);
                    written += count;
                    return;
                }
            }
            System.arraycopy(bytes, from, buffer, buffered, count);
            buffered += count;
        }

        @Override
        public void flush() throws IOException {
            file.write(buffer, 0, buffered);
            written += buffered;
            buffered = 0;
        }

        @Override
        public void close() throws IOException {
            try (file) {
                flush();
            }
        }
    }
}
