package dev.tidemark.lake.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that appear whole or not at all. A hard link is the one operation of a local file system that gives a finished
 * file its name and fails if the name is taken, between processes too; a rename would replace the other's file.
 */
final class LinkedFile {

    private static final String MINE = ".tmp-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + "-";
    private static final AtomicLong NEXT = new AtomicLong();

    private LinkedFile() {
    }

    /**
     * Writes the lines under a new name.
     *
     * @return false if the name is taken
     */
    static boolean create(Path target, Iterator<String> lines, boolean sync) throws IOException {
        Path temporary = write(target, lines, sync);
        try {
            if (!link(target, temporary)) {
                return false;
            }
            if (sync) {
                syncFolder(target.getParent());
            }
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a finished file its name; returns false if the name is taken. */
    private static boolean link(Path target, Path temporary) throws IOException {
        try {
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException taken) {
            // A network file system can lose the answer to a link that it made, and refuse the repeated request.
            return Files.isSameFile(target, temporary);
        } catch (UnsupportedOperationException e) {
            throw noLinks(target, e);
        } catch (FileSystemException e) {
            // How FAT and some network mounts answer, by the words of link(2).
            String reason = e.getReason() == null ? "" : e.getReason();
            throw reason.contains("not permitted") || reason.contains("not supported") ? noLinks(target, e) : e;
        }
    }

    private static FileSystemException noLinks(Path target, Exception cause) {
        FileSystemException refusal = new FileSystemException(target.toString(), null, "this file system has no hard links, which a safe commit needs");
        refusal.initCause(cause);
        return refusal;
    }

    /** Writes the lines under a name, in place of what was there. */
    static void replace(Path target, Iterator<String> lines, boolean sync) throws IOException {
        Path temporary = write(target, lines, sync);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (sync) {
            syncFolder(target.getParent());
        }
    }

    private static Path write(Path target, Iterator<String> lines, boolean sync) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        while (lines.hasNext()) {
            bytes.writeBytes(lines.next().getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        Path temporary = target.resolveSibling(MINE + NEXT.incrementAndGet());
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes.toByteArray());
            while (left.hasRemaining()) {
                file.write(left);
            }
            if (sync) {
                file.force(true);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
