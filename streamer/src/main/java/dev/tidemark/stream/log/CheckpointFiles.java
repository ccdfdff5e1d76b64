package dev.tidemark.stream.log;

import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The local file system as delta-standalone writes a checkpoint through it: what is renamed to its final name is on the disk before, and
 * permissions are left to the process (Hadoop's way to set them wants jars that nothing else does). Public because Hadoop makes it by
 * name.
 */
public final class CheckpointFiles extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // The process's umask has said it.
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        java.nio.file.Path source = pathToFile(from).toPath();
        java.nio.file.Path target = pathToFile(to).toPath();
        force(source);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(target.getParent());
        }
        return true;
    }

    private static void force(java.nio.file.Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
