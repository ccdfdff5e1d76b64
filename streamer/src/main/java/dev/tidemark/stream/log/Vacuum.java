package dev.tidemark.stream.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;
import dev.tidemark.lake.log.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Deletes data files that no version within a retention holds, as Delta's VACUUM does: what lies below a folder whose name begins with an underscore or
 * a dot is none of the table's data, nor is what belongs to another table below this one. Tables on this machine only. For one thread.
 */
public final class Vacuum {

    /** A younger file may belong to a commit that is under way, whatever the retention. */
    public static final Duration UNDER_WAY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Delta's own name for what a lite vacuum remembers. */
    private static final String LAST = "_last_vacuum_info";
    private static final String THROUGH = "latestCommitVersionOutsideOfRetentionWindow";

    private final CommitLog log;
    private final Place table;
    private final InstantSource clock;

    /** Where the files to delete are found. */
    public enum Mode {
        /** The table's folder is listed: files that never were in a commit go as well. */
        FULL,
        /** Only what commits removed since the last time is looked at; the folder is not listed. */
        LITE
    }

    /**
     * What would be deleted.
     *
     * @param retention how long files are kept after they were removed
     * @param bytes     of the files
     * @param folders   how many were looked into
     * @param through   last version that lies outside of the retention; -1 if none does
     * @param complete  whether the log still tells of every removal since the last vacuum; if not, a lite one may miss files
     */
    public record Plan(Mode mode, Duration retention, List<Path> files, long bytes, int folders, long through, boolean complete) {
    }

    public Vacuum(CommitLog log, InstantSource clock) {
        this.log = log;
        this.table = log.table();
        this.clock = clock;
    }

    /**
     * Looks for what is to be deleted.
     *
     * @param retention null for what the table's properties ask for
     * @throws IOException if the log or the folder cannot be read
     */
    public Plan plan(Mode mode, Duration retention) throws IOException {
        LogListing listing = log.list();
        Checkpoint newest = Checkpoint.open(log, listing.newest(), clock.instant(), retention);
        Duration asked = newest.retention().files();
        Set<String> alsoWanted = new HashSet<>();
        if (retention != null && retention.compareTo(asked) > 0) {
            // Checkpoints have forgotten these removals; the commits may still tell.
            removedSince(listing, clock.instant().minus(retention).toEpochMilli(), alsoWanted);
        }
        return plan(mode, newest, listing, retention == null ? asked : retention, alsoWanted);
    }

    Plan plan(Mode mode, Checkpoint newest, LogListing listing, Duration retention, Set<String> alsoWanted) throws IOException {
        Set<String> live = located(newest.live());
        Set<String> lately = located(newest.removedLately());
        lately.addAll(located(alsoWanted));
        if (mode == Mode.LITE) {
            return lite(live, lately, retention, listing);
        }
        live.addAll(lately);
        return full(live, retention, listing);
    }

    private Set<String> located(Set<String> paths) {
        Set<String> locations = new HashSet<>();
        paths.forEach(path -> locations.add(table.locate(path)));
        return locations;
    }

    private void removedSince(LogListing listing, long cutoff, Set<String> removed) throws IOException {
        long[] commits = listing.commits();
        for (int i = commits.length - 1; i >= 0; i--) {
            Optional<CommitFile> commit = log.read(commits[i]);
            if (commit.isEmpty() || commit.get().mark().modified() < cutoff) {
                return;
            }
            removals(commit.get(), removed);
        }
    }

    private static void removals(CommitFile commit, Set<String> removed) {
        for (Action action : commit.actions()) {
            if (action instanceof Action.Remove remove) {
                removed.add(remove.path());
            }
        }
    }

    private Plan full(Set<String> wanted, Duration retention, LogListing listing) throws IOException {
        Duration kept = retention.compareTo(UNDER_WAY) < 0 ? UNDER_WAY : retention;
        long cutoff = clock.instant().minus(kept).toEpochMilli();
        var walk = new SimpleFileVisitor<Path>() {
            private final List<Path> files = new ArrayList<>();
            private long bytes;
            private int folders;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (!folder.equals(table.path()) && (isHidden(folder) || Files.exists(folder.resolve(CommitLog.FOLDER)))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders++;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.lastModifiedTime().toMillis() <= cutoff && !isHidden(file) && !wanted.contains(Place.local(file).location())) {
                    files.add(file);
                    bytes += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        };
        Files.walkFileTree(table.path(), walk);
        return new Plan(Mode.FULL, retention, List.copyOf(walk.files), walk.bytes, walk.folders, through(listing, 0, Instant.ofEpochMilli(cutoff)), true);
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("_") || name.startsWith(".");
    }

    /** The last version, at or after one, that was committed at or before a time; the one before {@code from} if there is none. */
    private long through(LogListing listing, long from, Instant time) throws IOException {
        long through = from - 1;
        for (long version : listing.commits()) {
            if (version >= from) {
                Optional<FileMark> mark = log.mark(version);
                if (mark.isPresent() && mark.get().modified() > time.toEpochMilli()) {
                    break;
                }
                through = version;
            }
        }
        return through;
    }

    private Plan lite(Set<String> live, Set<String> lately, Duration retention, LogListing listing) throws IOException {
        long from = last() + 1;
        long through = through(listing, from, clock.instant().minus(retention));
        Set<String> removed = new LinkedHashSet<>();
        boolean complete = true;
        for (long version = from; version <= through; version++) {
            Optional<CommitFile> commit = listing.has(version) ? log.read(version) : Optional.empty();
            Set<String> ofCommit = new LinkedHashSet<>();
            commit.ifPresent(file -> removals(file, ofCommit));
            if (ofCommit.stream().anyMatch(path -> lately.contains(table.locate(path)))) {
                // Its files have not outlived the retention yet: what is not deleted now must be looked at again.
                through = version - 1;
                break;
            }
            removed.addAll(ofCommit);
            complete &= commit.isPresent();
        }
        List<Path> files = new ArrayList<>();
        Set<Path> folders = new HashSet<>();
        long bytes = 0;
        for (String path : removed) {
            String location = table.locate(path);
            Path file = location.startsWith("file:") ? Place.of(location).path() : null;
            // A table that was cloned names files of the other one.
            if (file != null && file.startsWith(table.path()) && !live.contains(location) && Files.isRegularFile(file)) {
                files.add(file);
                folders.add(file.getParent());
                bytes += Files.size(file);
            }
        }
        return new Plan(Mode.LITE, retention, List.copyOf(files), bytes, folders.size(), through, complete);
    }

    private long last() throws IOException {
        Optional<byte[]> text = log.bytes(LAST);
        try {
            return text.isPresent() ? JSON.readTree(text.get()).path(THROUGH).asLong(-1) : -1;
        } catch (JsonProcessingException e) {
            return -1;
        }
    }

    /**
     * Deletes what was planned, and says so in the table's history: {@code VACUUM START} before, {@code VACUUM END} after. Where the
     * disk is too full for the first of these, it deletes all the same.
     *
     * @param unchecked whether the retention was not held against the table's
     * @param progress  hears how many files are gone
     * @return how many files were deleted; those that somebody else deleted meanwhile do not count
     * @throws IOException if one cannot be deleted; the history says FAILED then
     */
    public int run(Plan plan, boolean unchecked, IntConsumer progress) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("retentionCheckEnabled", Boolean.toString(!unchecked));
        parameters.put("defaultRetentionMillis", Long.toString(Retention.DEFAULT.files().toMillis()));
        parameters.put("specifiedRetentionMillis", Long.toString(plan.retention.toMillis()));
        parameters.put("vacuumMode", plan.mode.name());
        try {
            note("VACUUM START", parameters, Map.of("numFilesToDelete", Integer.toString(plan.files.size()), "sizeOfDataToDelete", Long.toString(plan.bytes)));
        } catch (IOException e) {
            // A disk that is so full that it takes no commit is what a vacuum is for.
            if (plan.files.isEmpty()) {
                throw e;
            }
            LOG.debug("The beginning of a vacuum of {} is not in its history", table, e);
        }
        int deleted = 0;
        String status = "FAILED";
        try {
            deleted = delete(plan, progress);
            status = "COMPLETED";
            return deleted;
        } finally {
            note("VACUUM END", Map.of("status", status), Map.of("numDeletedFiles", Integer.toString(deleted),
                    "numVacuumedDirectories", Integer.toString(plan.folders)));
        }
    }

    /** Deletes what was planned and says nothing. */
    int delete(Plan plan, IntConsumer progress) throws IOException {
        int deleted = 0;
        for (Path file : plan.files) {
            if (Files.deleteIfExists(file)) {
                progress.accept(++deleted);
            }
        }
        remember(plan.through);
        return deleted;
    }

    /** Commits before this need not be looked at again. */
    private void remember(long through) throws IOException {
        Path file = table.path().resolve(CommitLog.FOLDER).resolve(LAST);
        Path unfinished = file.resolveSibling("." + LAST + "-" + UUID.randomUUID() + ".tmp");
        Files.writeString(unfinished, JSON.writeValueAsString(Map.of(THROUGH, through)) + "\n");
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A commit that changes nothing and conflicts with nothing: the next version that is free is as good as any. */
    private void note(String operation, Map<String, String> parameters, Map<String, String> metrics) throws IOException {
        String id = UUID.randomUUID().toString();
        for (long version = log.list().newest() + 1;; version++) {
            List<String> lines = new CommitText().info(clock.millis(), operation, parameters, metrics, "SnapshotIsolation", true, version - 1, id).lines();
            if (log.publish(version, lines, true)) {
                return;
            }
        }
    }
}
