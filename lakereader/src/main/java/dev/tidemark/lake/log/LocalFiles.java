package dev.tidemark.lake.log;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Hadoop's file system for local folders, as delta-standalone needs it. The original starts a process ({@code chmod}) for
 * every file it writes and wants archive libraries for listing and deleting; {@code java.nio} wants neither.
 * Public because Hadoop makes it by name.
 */
public final class LocalFiles extends RawLocalFileSystem {

    private java.nio.file.Path local(Path path) {
        return pathToFile(path).toPath();
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        PosixFileAttributeView file = Files.getFileAttributeView(local(path), PosixFileAttributeView.class);
        if (file != null) {
            file.setPermissions(PosixFilePermissions.fromString(permission.getUserAction().SYMBOL + permission.getGroupAction().SYMBOL
                    + permission.getOtherAction().SYMBOL));
        }
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        java.nio.file.Path folder = local(path);
        if (!Files.isDirectory(folder)) {
            return new FileStatus[] {getFileStatus(path)};
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (java.nio.file.Path file : files) {
                try {
                    found.add(getFileStatus(new Path(path, new Path(null, null, file.getFileName().toString()))));
                } catch (FileNotFoundException vanished) {
                    continue;
                }
            }
        }
        return found.toArray(FileStatus[]::new);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        java.nio.file.Path target = local(path);
        if (!recursive || !Files.isDirectory(target)) {
            return Files.deleteIfExists(target);
        }
        try {
            Files.walkFileTree(target, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(java.nio.file.Path folder, IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
