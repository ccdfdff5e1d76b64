package dev.tidemark.stream.log;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deletes what is older than a table's retention: commits and checkpoints that no version younger than that needs, data files that no such
 * version holds, and temporary files of commits that were cut off. Tables on this machine only.
 */
final class Cleanup {

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
    /** No commit is under way for longer than this: a younger data file may be about to be named. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);

    private final CommitLog log;
    private final Place table;

    Cleanup(CommitLog log) {
        this.log = log;
        this.table = log.table();
    }

    /**
     * Cleans up.
     *
     * @param newest  the newest version, checkpointed
     * @param longest retentions above this are left to others
     */
    void run(Checkpoint newest, Instant now, Duration longest) throws IOException {
        if (!table.isLocal()) {
            return;
        }
        Optional<Duration> logRetention = newest.logRetention().filter(asked -> asked.compareTo(longest) <= 0);
        if (logRetention.isPresent()) {
            cleanLog(now.minus(logRetention.get()).toEpochMilli());
        }
        Optional<Duration> fileRetention = newest.fileRetention().filter(asked -> asked.compareTo(longest) <= 0);
        if (fileRetention.isPresent()) {
            Duration retention = fileRetention.get().compareTo(UNDER_WAY) < 0 ? UNDER_WAY : fileRetention.get();
            cleanFiles(newest.wanted(), now.minus(retention).toEpochMilli());
        }
    }

    private void cleanLog(long cutoff) throws IOException {
        Path folder = table.path().resolve(CommitLog.FOLDER);
        LogListing listing = log.list();
        long base = base(listing, cutoff);
        int deleted = 0;
        // Older checkpoints first, then commits from the oldest on: whatever is left at any moment is a log that begins later.
        for (Map.Entry<Long, java.util.List<String>> checkpoint : listing.checkpoints().headMap(base).entrySet()) {
            for (String name : checkpoint.getValue()) {
                Files.deleteIfExists(folder.resolve(name));
                deleted++;
            }
        }
        for (long version : listing.commits()) {
            if (version < base) {
                Files.deleteIfExists(folder.resolve(LogListing.commitName(version)));
                deleted++;
            }
        }
        deleted += cleanTemporary(folder, cutoff);
        LOG.debug("Table {}: deleted {} files of the log before version {}", table, deleted, base);
    }

    /** The newest checkpoint that is older than the retention: with it every younger version can be read. -1 if there is none. */
    private long base(LogListing listing, long cutoff) throws IOException {
        for (long version : listing.checkpoints().descendingKeySet()) {
            Optional<FileMark> commit = log.mark(version);
            if (commit.isPresent() && commit.get().modified() <= cutoff) {
                return version;
            }
        }
        return -1;
    }

    private static int cleanTemporary(Path folder, long cutoff) throws IOException {
        int deleted = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*tmp*")) {
            for (Path file : files) {
                if (isOlder(file, cutoff) && Files.deleteIfExists(file)) {
                    deleted++;
                }
            }
        }
        return deleted;
    }

    private static boolean isOlder(Path file, long cutoff) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis() <= cutoff;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void cleanFiles(Set<String> wanted, long cutoff) throws IOException {
        Set<String> kept = wanted.stream().map(table::locate).collect(Collectors.toSet());
        Files.walkFileTree(table.path(), new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.lastModifiedTime().toMillis() <= cutoff && !isHidden(file) && !kept.contains(Place.local(file).location())) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Delta's rule: what begins with an underscore or a dot is none of the table's. */
    private boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return !path.equals(table.path()) && (name.startsWith("_") || name.startsWith("."));
    }
}
