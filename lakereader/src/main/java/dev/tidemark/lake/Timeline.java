package dev.tidemark.lake;

import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions a log holds, and when each was committed. Looks at the log from its last checkpoint on once, and at all of it when somebody asks for what
 * came before; after that it asks for the next version only. Thread-safe.
 */
final class Timeline {

    private static final int TRIES = 5;
    /** Of a store one listing brings the times of all its files. */
    private static final int BLOCK_REMOTE = 1_000_000;
    private static final int BLOCK_LOCAL = 100;
    private static final long[] NONE = {};
    private static final LogListing NOTHING = LogListing.of(List.of());

    private final CommitLog log;
    private final Runnable forget;
    /** Empty until the log was listed, and again while the table is gone: others may ask meanwhile. */
    private LogListing listing = NOTHING;
    private long latest = -1;
    private FileMark latestMark;
    private long first;
    /** Times of the first versions of each block, by the block's number. */
    private final Map<Long, long[]> times = new HashMap<>();
    private boolean seen;
    private boolean whole;

    /** @param forget called when the table is found made anew: what was learned of it is worthless */
    Timeline(CommitLog log, Runnable forget) {
        this.log = log;
        this.forget = forget;
    }

    /**
     * Looks for what is new and gives the newest version.
     *
     * @throws LakeException if there is no table, or its log has a gap
     */
    synchronized long refresh() throws IOException {
        if (listing.isEmpty() || !sameTable()) {
            open();
        }
        for (Optional<FileMark> next = log.mark(latest + 1); next.isPresent(); next = log.mark(latest + 1)) {
            latest++;
            latestMark = next.get();
        }
        return latest;
    }

    private boolean sameTable() throws IOException {
        return latestMark == null || log.mark(latest).map(latestMark::equals).orElse(false);
    }

    private void open() throws IOException {
        forget.run();
        listing = NOTHING;
        times.clear();
        LogListing found = log.listRecent();
        for (int i = 0; i < TRIES && gap(found) >= 0 && log.mark(gap(found)).isPresent(); i++) {
            // A listing is no instant: it can miss a file that was made while it ran and hold a later one.
            found = log.list();
        }
        if (found.isEmpty()) {
            throw noTable();
        }
        if (found.anchor() < 0) {
            throw found.foreign() >= 0 ? foreign(found) : headless(found);
        }
        if (gap(found) >= 0) {
            throw found.foreign() > gap(found) ? foreign(found) : broken(found);
        }
        latest = found.latest();
        latestMark = log.mark(latest).orElse(null);
        first = found.firstOfRun(latest);
        listing = found;
        // Of a listing that begins at a checkpoint nobody knows what came before.
        whole = found.has(0);
        seen = true;
    }

    /** Lists the log before its last checkpoint too, if that was left out so far. */
    private void lookBack() throws IOException {
        if (!whole && !listing.isEmpty()) {
            relist();
        }
    }

    /** The version that is missing although a later one is there; -1 if none. */
    private static long gap(LogListing found) {
        return found.anchor() >= 0 && found.latest() < found.newest() ? found.latest() + 1 : -1;
    }

    /**
     * Lists the folder again, for what was cleaned away since.
     *
     * @return whether anything was
     */
    synchronized boolean relist() throws IOException {
        LogListing found = log.list();
        long run = found.firstOfRun(latest);
        if (!whole && !found.isEmpty()) {
            whole = true;
            first = run;
            times.clear();
        }
        boolean same = Arrays.equals(found.commits(), listing.commits()) && found.checkpoints().equals(listing.checkpoints());
        if (same || found.isEmpty()) {
            return false;
        }
        first = Math.max(first, run);
        listing = found;
        return true;
    }

    /** The newest version known, without looking for what is new. */
    synchronized long latest() {
        return latest;
    }

    /** The oldest commit file from which on none is missing, after a look if it has been cleaned away. */
    synchronized long firstCommitNow() throws IOException {
        lookBack();
        if (listing.has(first) && log.mark(first).isEmpty()) {
            relist();
        }
        return first;
    }

    /** The oldest version that can be rebuilt. */
    synchronized long earliest() {
        return listing.has(0) || listing.checkpoints().isEmpty() ? 0 : listing.checkpoints().firstKey();
    }

    /** The same after a look if it has been cleaned away. */
    synchronized long earliestNow() throws IOException {
        lookBack();
        long version = earliest();
        String oldest = listing.has(version) || listing.isEmpty() ? LogListing.commitName(version) : listing.checkpoints().get(version).get(0);
        if (log.mark(oldest).isEmpty()) {
            relist();
        }
        return earliest();
    }

    /** The oldest version from which on every one can be rebuilt, after a look if it has been cleaned away. */
    synchronized long oldestInOneRun() throws IOException {
        long run = firstCommitNow();
        if (run == 0 && log.mark(0L).isPresent()) {
            return 0;
        }
        // The commits from `run` on are there: one of them needs a checkpoint to begin with.
        Long checkpoint = listing.checkpoints().ceilingKey(log.mark(run).isPresent() ? run - 1 : run);
        return checkpoint == null ? latest : checkpoint;
    }

    /** Whether every commit after {@code from} up to {@code to} was there when the folder was listed. */
    synchronized boolean unbroken(long from, long to) {
        long listed = Math.min(to, listing.newest());
        return from >= listed || listing.firstMissing(from + 1) > listed;
    }

    synchronized LogListing listing() {
        return listing;
    }

    /**
     * When a version was committed, by its file, in milliseconds since 1970; always later than the version before it. Within blocks of
     * {@value #BLOCK_LOCAL} versions (on a store {@value #BLOCK_REMOTE}) that holds whatever the files' times are; between
     * them where a block's first is later than the one before it, so that of a long log not every file has to be looked at.
     */
    synchronized long time(long version) throws IOException {
        if (version < first) {
            lookBack();
        }
        if (version < first) {
            return timeAlone(version);
        }
        boolean local = log.table().isLocal();
        int size = local ? BLOCK_LOCAL : BLOCK_REMOTE;
        long block = version / size;
        // On a disk a block is looked at whole, so that times do not depend on where the log was begun to be read.
        long start = local ? block * size : Math.max(first, block * size);
        long[] known = times.getOrDefault(block, NONE);
        int index = (int) (version - block * size);
        if (index >= known.length) {
            int from = Math.max(known.length, (int) (start - block * size));
            FileMark[] marks = log.marks(block * size + from, version);
            long before = known.length > 0 ? known[known.length - 1]
                    : start > 0 && (local || start > first) ? log.mark(start - 1).map(FileMark::modified).orElse(-1L) : -1;
            known = Arrays.copyOf(known, index + 1);
            for (int i = from; i <= index; i++) {
                FileMark mark = marks[i - from];
                before = Math.max(mark == null ? timeAlone(block * size + i) : mark.modified(), before + 1);
                known[i] = before;
            }
            times.put(block, known);
        }
        return known[index];
    }

    /** The time of a version by its own file, or by its checkpoint if the commit is cleaned away. */
    private long timeAlone(long version) throws IOException {
        Optional<FileMark> mark = log.mark(version);
        if (mark.isEmpty() && listing.checkpoints().containsKey(version)) {
            mark = log.mark(listing.checkpoints().get(version).get(0));
        }
        return mark.map(FileMark::modified).orElse(0L);
    }

    private LakeException noTable() throws IOException {
        if (seen) {
            return new LakeException(LakeException.Reason.NOT_FOUND, "Cannot read table " + log.table()
                    + ": it was there and is gone. Was it moved or deleted?");
        }
        if (!log.tableExists()) {
            return new LakeException(LakeException.Reason.NOT_FOUND, "Cannot open table " + log.table()
                    + ": there is no such folder. Check the path");
        }
        return new LakeException(LakeException.Reason.NOT_A_TABLE, "Cannot open table " + log.table() + ": the folder holds no Delta table ("
                + (log.exists() ? CommitLog.FOLDER + " is empty" : "it has no " + CommitLog.FOLDER) + "). Check the path, or wait until the first commit");
    }

    private LakeException headless(LogListing found) {
        return new LakeException(LakeException.Reason.BROKEN_LOG, "Cannot open table " + log.table() + ": its log begins at version "
                + found.commits()[0] + " and holds no checkpoint, so what came before is lost. Put the missing files back from a copy");
    }

    private LakeException foreign(LogListing found) {
        return new LakeException(LakeException.Reason.UNSUPPORTED, "Cannot open table " + log.table() + ": its log needs the checkpoint of version "
                + found.foreign() + ", which has a form that is not known here. Read it with Spark");
    }

    private LakeException broken(LogListing found) {
        return new LakeException(LakeException.Reason.BROKEN_LOG, "Cannot open table " + log.table() + ": its log lacks "
                + LogListing.commitName(gap(found)) + ", though it goes on to version " + found.newest() + ". Put the file back from a copy");
    }
}
