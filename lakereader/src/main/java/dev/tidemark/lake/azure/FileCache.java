package dev.tidemark.lake.azure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Blocks of files that never change, on a local disk: a small file each, named by what it holds, written aside and moved into place, checked when it is read. So
 * two processes can share a folder, and what is cut off or damaged is only a block to fetch again. What was used longest ago goes when there is too much. What
 * cannot be written ends the keeping, never the reading. Thread-safe.
 */
final class FileCache {

    /** Bytes of a block; the last one of a file is shorter. */
    static final int BLOCK = 256 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);
    private static final int MAGIC = 0x54_4d_42_31;
    private static final int HEADER = 12;
    /** What a file takes on a disk besides its bytes, roughly. */
    private static final int OVERHEAD = 4 << 10;
    private static final Duration USED_AGAIN = Duration.ofMinutes(10);
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final String ASIDE = ".part";

    private final Path folder;
    private final long limit;
    private final Clock clock;
    private final Executor sweeper;
    private final AtomicLong unswept;
    private volatile boolean full;

    /**
     * @param folder  where to keep them; made when the first block comes
     * @param limit   bytes that may be kept; some more for moments
     * @param sweeper runs what looks for too old blocks
     */
    FileCache(Path folder, long limit, Clock clock, Executor sweeper) {
        this.folder = folder;
        this.limit = limit;
        this.clock = clock;
        this.sweeper = sweeper;
        // The first block of a process has what others left looked through.
        this.unswept = new AtomicLong(limit);
    }

    private Path path(String file, long block) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((file + '\n' + block).getBytes(StandardCharsets.UTF_8));
            String name = HexFormat.of().formatHex(hash, 0, 20);
            return folder.resolve(name.substring(0, 2)).resolve(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A block kept before; null if it is not here, or no more what it was.
     *
     * @param file   names the file and what tells it from another of that name
     * @param length bytes that it must have
     */
    byte[] get(String file, long block, int length) {
        Path path = path(file, block);
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer read = ByteBuffer.allocate(HEADER + length);
            while (read.hasRemaining() && in.read(read) >= 0) {
                continue;
            }
            if (read.hasRemaining() || in.size() != HEADER + length || read.getInt(0) != MAGIC || read.getInt(4) != length
                    || read.getInt(8) != checksum(read.array(), HEADER, length)) {
                Files.deleteIfExists(path);
                return null;
            }
            use(path);
            byte[] bytes = new byte[length];
            System.arraycopy(read.array(), HEADER, bytes, 0, length);
            return bytes;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOG.debug("Cannot read {} of the cache", path, e);
            return null;
        }
    }

    private void use(Path path) throws IOException {
        FileTime now = FileTime.from(clock.instant());
        if (Files.getLastModifiedTime(path).toInstant().plus(USED_AGAIN).isBefore(now.toInstant())) {
            Files.setLastModifiedTime(path, now);
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Keeps a block, if there is room on the disk. */
    void put(String file, long block, byte[] bytes, int from, int length) {
        if (full || length + OVERHEAD > limit / 4) {
            return;
        }
        Path path = path(file, block);
        Path aside = null;
        try {
            make(path.getParent());
            aside = Files.createTempFile(path.getParent(), "", ASIDE);
            ByteBuffer written = ByteBuffer.allocate(HEADER + length);
            written.putInt(MAGIC).putInt(length).putInt(checksum(bytes, from, length)).put(bytes, from, length).flip();
            try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                while (written.hasRemaining()) {
                    out.write(written);
                }
            }
            Files.setLastModifiedTime(aside, FileTime.from(clock.instant()));
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (unswept.addAndGet(length + OVERHEAD) > limit / 16) {
                unswept.set(0);
                sweeper.execute(this::sweep);
            }
        } catch (IOException | UnsupportedOperationException e) {
            full = true;
            LOG.warn("Cannot keep what was read from a store in {}: {}. Reading goes on without", folder, e.getMessage() == null ? e.getClass().getSimpleName() : e.toString());
            discard(aside);
        }
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (Files.getFileStore(existing(folder)).supportsFileAttributeView("posix")) {
                // What a table holds may not be for everybody on this machine.
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        }
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static void discard(Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.debug("Cannot delete {}", path, e);
        }
    }

    private record Kept(Path path, long size, FileTime used) {
    }

    /** Deletes what was used longest ago until seven eighths of the limit are left, and what a killed process left aside. */
    void sweep() {
        List<Kept> all = new ArrayList<>();
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Kept kept = kept(path);
                if (kept == null || path.toString().endsWith(ASIDE)) {
                    if (kept != null && kept.used.toInstant().plus(ABANDONED).isBefore(clock.instant())) {
                        discard(path);
                    }
                    continue;
                }
                sum += kept.size + OVERHEAD;
                all.add(kept);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("Cannot look through {}", folder, e);
            return;
        }
        if (sum <= limit) {
            return;
        }
        all.sort(Comparator.comparing(Kept::used));
        for (Kept kept : all) {
            if (sum <= limit - limit / 8) {
                break;
            }
            discard(kept.path);
            sum -= kept.size + OVERHEAD;
        }
    }

    private static Kept kept(Path path) {
        try {
            return new Kept(path, Files.size(path), Files.getLastModifiedTime(path));
        } catch (IOException gone) {
            return null;
        }
    }
}
