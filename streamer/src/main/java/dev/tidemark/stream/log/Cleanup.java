package dev.tidemark.stream.log;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what is older than a table's retention: data files that no version younger than that holds, commits and checkpoints that none needs, and temporary
 * files of commits that were cut off. Of a table that keeps a day or less every minute, of all others every hour. Tables on this machine only. For one thread.
 */
final class Cleanup {

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);
    private static final Duration SHORT = Duration.ofDays(1);
    private static final Duration LISTED_EVERY = Duration.ofHours(1);

    private final CommitLog log;
    private final InstantSource clock;
    private Instant cleaned = Instant.MIN;
    private Instant listed = Instant.MIN;

    Cleanup(CommitLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Cleans up if it is time to.
     *
     * @param newest the newest version, checkpointed
     */
    void run(Checkpoint newest) throws IOException {
        Retention retention = newest.retention();
        boolean isShort = retention.log().compareTo(SHORT) <= 0 && retention.files().compareTo(SHORT) <= 0;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (!log.table().isLocal() || now.isBefore(cleaned.equals(Instant.MIN) ? now : cleaned.plus(isShort ? Duration.ofMinutes(1) : LISTED_EVERY))) {
            return;
        }
        cleaned = now;
        LogListing listing = log.list();
        cleanFiles(newest, listing, retention.files(), isShort, now);
        if (!newest.isLogCleaned()) {
            return;
        }
        // As long as a file's removal is in the log, it is known what to delete.
        Duration kept = retention.log().compareTo(retention.files()) < 0 ? retention.files() : retention.log();
        cleanLog(listing, now.minus(kept).toEpochMilli());
    }

    /** A table of a short life is not worth a line of history every minute; but it leaves files that no commit names more often than others. */
    private void cleanFiles(Checkpoint newest, LogListing listing, Duration retention, boolean isShort, Instant now) throws IOException {
        Vacuum vacuum = new Vacuum(log, clock);
        boolean full = isShort && (listed.equals(Instant.MIN) || !now.isBefore(listed.plus(LISTED_EVERY)));
        Vacuum.Plan plan = vacuum.plan(full ? Vacuum.Mode.FULL : Vacuum.Mode.LITE, newest, listing, retention, Set.of());
        if (full) {
            listed = now;
        }
        if (isShort || plan.files().isEmpty()) {
            vacuum.delete(plan, deleted -> { });
        } else {
            vacuum.run(plan, false, deleted -> { });
        }
        LOG.debug("Table {}: deleted {} data files, {} bytes", log.table(), plan.files().size(), plan.bytes());
    }

    private void cleanLog(LogListing listing, long cutoff) throws IOException {
        Path folder = log.table().path().resolve(CommitLog.FOLDER);
        long base = base(listing, cutoff);
        int deleted = 0;
        // Older checkpoints first, then commits from the oldest on: whatever is left at any moment is a log that begins later.
        for (Map.Entry<Long, List<String>> checkpoint : listing.checkpoints().headMap(base).entrySet()) {
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
        LOG.debug("Table {}: deleted {} files of the log before version {}", log.table(), deleted, base);
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
}
