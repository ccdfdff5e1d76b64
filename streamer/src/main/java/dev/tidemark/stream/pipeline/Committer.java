package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.LakeTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Commits until it is done. While a store is full, forbidden or out of reach it tries again, ever more slowly; meanwhile nothing is polled, so that what
 * has gathered stays bounded. A store that refuses the very first commit of a run ends it: then somebody is there to read why.
 */
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;

    private final Figures figures;
    private final LongSupplier nanos;
    private final Stop stop;
    private final Consumer<String> committed;
    private final long patience;
    private boolean everSucceeded;
    /** Whether {@code bronze/events} goes on with what this run has read: it has the lake's streamer's place now, and whoever had it before finds that out there. */
    private boolean leads;

    /** The wish to stop, and a pause that it ends. */
    interface Stop {
        /** Waits; returns whether to stop. */
        boolean within(long millis);
    }

    /**
     * @param committed hears the table's path after every commit
     * @param patience  nanoseconds after which it gives up
     */
    Committer(Figures figures, LongSupplier nanos, Stop stop, Consumer<String> committed, long patience) {
        this.patience = patience;
        this.figures = figures;
        this.nanos = nanos;
        this.stop = stop;
        this.committed = committed;
    }

    /**
     * Repeats an attempt to commit to a table until it is done, and returns the version.
     *
     * @throws OvertakenException if somebody else moved the table on before this run committed to {@code bronze/events}
     * @throws StreamException if somebody else moved the table on, the streamer is stopped while it cannot commit, or patience ends
     * @throws LakeException   if trying again cannot help
     */
    long commit(String path, Supplier<CommitOutcome> attempt) {
        long began = nanos.getAsLong();
        long pause = FIRST_PAUSE;
        String told = null;
        while (true) {
            try {
                CommitOutcome outcome = attempt.get();
                if (outcome instanceof CommitOutcome.Conflict conflict) {
                    String message = conflict.message() + ". Only one streamer can write to a lake at a time; started again, this one goes on where the tables are";
                    throw leads ? new StreamException(message) : new OvertakenException(message, everSucceeded);
                }
                if (told != null) {
                    LOG.info("{} can be written again", path);
                }
                everSucceeded = true;
                leads |= path.equals(LakeTables.BRONZE_EVENTS.path());
                long took = nanos.getAsLong() - began;
                long version = ((CommitOutcome.Done) outcome).version();
                figures.committed(path, version, took);
                figures.stage("commit " + path, took);
                committed.accept(path);
                return version;
            } catch (LakeException e) {
                figures.commitFailed(path, e.getMessage());
                boolean passing = e.reason() == LakeException.Reason.DENIED || e.reason() == LakeException.Reason.UNREACHABLE;
                if (!passing || !everSucceeded) {
                    throw e;
                }
                long waited = nanos.getAsLong() - began;
                if (waited >= patience) {
                    throw new StreamException("Cannot commit for " + TimeUnit.NANOSECONDS.toSeconds(waited) + " s: " + e.getMessage()
                            + "; what is not in the tables is read again at the next start", e);
                }
                pause = Math.min(pause, Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience - waited)));
                if (!e.getMessage().equals(told)) {
                    told = e.getMessage();
                    LOG.warn("{}; nothing is lost: reading pauses, and the commit is tried again {}", told,
                            patience == Long.MAX_VALUE ? "until it succeeds" : "for " + TimeUnit.NANOSECONDS.toSeconds(patience) + " s");
                }
                LOG.debug("Commit failed, next attempt in {} ms", pause, e);
                if (stop.within(pause)) {
                    throw new StreamException("Stopped before everything was committed: " + e.getMessage()
                            + "; what is not in the tables is read again at the next start", e);
                }
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            }
        }
    }
}
