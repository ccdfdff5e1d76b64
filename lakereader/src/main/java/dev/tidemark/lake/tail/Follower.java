package dev.tidemark.lake.tail;

import dev.tidemark.lake.log.BrokenLogException;
import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.FileMark;
import dev.tidemark.lake.log.LogListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Follows a log from one version on, on a daemon thread of its own, by asking for the next version. The folder is listed
 * only where the next version stays away and there is reason to think that it never comes: the log was cleaned, or the
 * table was deleted or made anew.
 */
public final class Follower implements AutoCloseable {

    /** Hears what happens, on the follower's thread. What it throws ends the follower, with {@link #ended}. */
    public interface Listener {
        /** The next commit. */
        void committed(CommitFile commit);

        /** The version after {@code lastHeard} never comes; commits after {@code resumeAt} will. */
        void fellBehind(long lastHeard, long resumeAt);

        /** The log cannot be read; told once for each kind of problem until it can be read again. */
        void failed(IOException problem);

        /** The log can be read again. */
        void recovered();

        /** The last that is heard: what the listener threw, or an interrupt of the thread that was not asked for, has ended the follower. */
        void ended(Throwable cause);
    }

    /**
     * How following goes.
     *
     * @param committedAt when the version was committed, by its file, in milliseconds since 1970; 0 if not known
     * @param answeredAt  when the log last answered
     * @param trouble     what is in the way; null if nothing
     * @param end         what has ended it though nobody closed it; null if nothing has
     */
    public record Health(long version, long committedAt, Instant answeredAt, Trouble trouble, End end) {
    }

    /** What has ended a follower, and when. */
    public record End(Throwable cause, Instant at) {
    }

    /** What has kept the log from being read, and since when. */
    public record Trouble(IOException problem, Instant since) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    /** How long a commit file may be half there, of a writer whose files do not appear at once. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final CommitLog log;
    private final Listener listener;
    private final Clock clock;
    private final Pace pace;
    private final Thread thread;
    private volatile long version;
    private volatile boolean closed;
    private volatile Instant answeredAt;
    private volatile Trouble trouble;
    private volatile End end;
    private volatile FileMark mark;
    private FileMark lastCheckpoint;
    private boolean suspicious = true;
    private boolean lost;
    private long brokenSince;

    private Follower(CommitLog log, long version, Listener listener, Clock clock) {
        this.clock = clock;
        this.answeredAt = clock.instant();
        this.log = log;
        this.version = version;
        this.listener = listener;
        this.pace = Pace.of(log.table());
        this.thread = new Thread(this::run, "tail " + log.table());
        thread.setDaemon(true);
    }

    /** Follows a log; the first commit heard of is the one after {@code version}. */
    public static Follower start(CommitLog log, long version, Listener listener, Clock clock) {
        Follower follower = new Follower(log, version, listener, clock);
        follower.thread.start();
        return follower;
    }

    /** The last version the listener has heard of. */
    public long version() {
        return version;
    }

    /** How following goes; may be called on any thread. */
    public Health health() {
        FileMark last = mark;
        return new Health(version, last == null ? 0 : last.modified(), answeredAt, trouble, end);
    }

    /** Ends it; once this returns, the listener hears nothing more (called by the listener itself: after this call). */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (pace) {
            while (!closed) {
                boolean moved = false;
                try {
                    moved = look();
                    answeredAt = clock.instant();
                    if (!lost) {
                        recovered();
                    }
                } catch (IOException e) {
                    if (!closed) {
                        failed(e);
                    }
                }
                if (moved) {
                    pace.moved();
                } else if (!closed) {
                    suspicious = pace.waitForNext();
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!closed) {
                end = new End(e, clock.instant());
                listener.ended(e);
            }
        }
    }

    /** Delivers the next commit if it is there; true if anything was heard. */
    private boolean look() throws IOException {
        if (mark == null && version >= 0) {
            mark = log.mark(version).orElse(null);
        }
        Optional<CommitFile> next = log.read(version + 1);
        if (next.isEmpty()) {
            return suspicious && lookAround();
        }
        if (version >= 0 && (lost || isAnotherTable())) {
            resume(log.list());
            return true;
        }
        lost = false;
        recovered();
        version++;
        mark = next.get().mark();
        brokenSince = 0;
        listener.committed(next.get());
        return true;
    }

    /** Whether the last commit heard of is now another file. */
    private boolean isAnotherTable() throws IOException {
        FileMark now = log.mark(version).orElse(null);
        if (mark == null) {
            mark = now;
        }
        return now != null && !now.equals(mark);
    }

    /** Asks, while the next commit stays away, if it can still come; true if anything was heard. */
    private boolean lookAround() throws IOException {
        boolean another = version >= 0 && isAnotherTable();
        boolean gone = version < 0 || mark == null || log.mark(version).isEmpty();
        if (!another && !gone && !lost && !checkpointPassed() && !(pace.isLongSilent() && hasLater())) {
            return false;
        }
        LogListing listing = log.list();
        if (listing.isEmpty()) {
            lost = true;
            throw new NoSuchFileException(log.table().toString());
        }
        if (!another && !lost && (listing.has(version + 1) || listing.newest() == version)) {
            return false;
        }
        if (version < 0 && listing.has(0)) {
            return false;
        }
        resume(listing);
        return true;
    }

    /** Whether a commit beyond the missing one is there: a look at a few, as a listing of a long log is no small thing. */
    private boolean hasLater() throws IOException {
        for (int step = 1; step <= 8; step *= 2) {
            if (log.mark(version + 1 + step).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a checkpoint was made of a later version: then the next commit should be there, and will not come. */
    private boolean checkpointPassed() throws IOException {
        FileMark now = log.mark(LogListing.LAST_CHECKPOINT).orElse(null);
        boolean moved = !Objects.equals(now, lastCheckpoint);
        lastCheckpoint = now;
        return moved && log.notedCheckpoint().orElse(-1) > version;
    }

    private void resume(LogListing listing) throws IOException {
        long latest = listing.latest();
        if (latest < 0) {
            lost |= listing.isEmpty();
            throw lost ? new NoSuchFileException(log.table().toString())
                    : new BrokenLogException(LogListing.commitName(version + 1) + ", which is missing without a checkpoint to go on from", null);
        }
        if (latest == version && !lost && !isAnotherTable()) {
            throw new BrokenLogException(LogListing.commitName(version + 1) + ", which is missing though the log goes on to version "
                    + listing.newest(), null);
        }
        lost = false;
        recovered();
        long lastHeard = version;
        version = latest;
        mark = log.mark(latest).orElse(null);
        LOG.info("Following {} goes on at version {}: what came before is there no more", log.table(), latest);
        listener.fellBehind(lastHeard, latest);
    }

    private void failed(IOException e) {
        if (e instanceof BrokenLogException) {
            brokenSince = brokenSince == 0 ? System.nanoTime() : brokenSince;
            if (System.nanoTime() - brokenSince < GRACE.toNanos()) {
                return;
            }
        }
        Trouble before = trouble;
        boolean same = before != null && before.problem.getClass() == e.getClass();
        trouble = new Trouble(e, before == null ? clock.instant() : before.since);
        if (!same) {
            listener.failed(e);
        }
    }

    private void recovered() {
        if (trouble != null) {
            trouble = null;
            listener.recovered();
        }
    }
}
