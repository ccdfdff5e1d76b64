package dev.tidemark.lake.log;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the tables below a folder. */
public final class TableFinder {

    private static final Logger LOG = LoggerFactory.getLogger(TableFinder.class);
    private static final int DEPTH = 8;

    private TableFinder() {
    }

    /**
     * The tables at or below a place, as paths relative to it with forward slashes, sorted. A folder with a log is a
     * table and is not looked into; neither are folders whose name begins with {@code _} or {@code .}, links to folders,
     * folders that may not be read, and what lies more than eight folders deep.
     *
     * @return empty if there is no such folder
     */
    public static Optional<List<String>> below(Place root) throws IOException {
        List<String> found = new ArrayList<>();
        try {
            if (root.isLocal()) {
                local(root.path(), "", DEPTH, found);
            } else {
                stored(HadoopSettings.files(root), root.hadoop(), "", DEPTH, found);
            }
        } catch (NoSuchFileException | NotDirectoryException | FileNotFoundException e) {
            return Optional.empty();
        }
        Collections.sort(found);
        return Optional.of(found);
    }

    private static void local(Path folder, String path, int depth, List<String> found) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.equals(CommitLog.FOLDER)) {
                    found.add(path);
                    return;
                }
                if (!hidden(name) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (Path each : folders) {
            if (depth > 0) {
                try {
                    local(each, join(path, each.getFileName().toString()), depth - 1, found);
                } catch (AccessDeniedException e) {
                    LOG.warn("Cannot look for tables in {}: access is denied", each);
                } catch (NoSuchFileException | NotDirectoryException vanished) {
                    continue;
                }
            }
        }
    }

    private static void stored(FileSystem store, org.apache.hadoop.fs.Path folder, String path, int depth, List<String> found)
            throws IOException {
        List<FileStatus> folders = new ArrayList<>();
        for (FileStatus file : store.listStatus(folder)) {
            String name = file.getPath().getName();
            if (name.equals(CommitLog.FOLDER)) {
                found.add(path);
                return;
            }
            if (!hidden(name) && file.isDirectory()) {
                folders.add(file);
            }
        }
        for (FileStatus each : folders) {
            if (depth > 0) {
                stored(store, each.getPath(), join(path, each.getPath().getName()), depth - 1, found);
            }
        }
    }

    private static boolean hidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
