package dev.tidemark.stream.log;

import dev.tidemark.lake.log.CommitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Keeps the log of one table short to read: after every so many commits a checkpoint, and the removal of what is
 * older than the table's retention. All of it happens on one daemon thread that the keepers of all tables share; what
 * goes wrong there is logged and never disturbs a commit. {@link #committed} and {@link #close} are for one thread, the table's.
 */
public final class LogKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "log-keeper");
        thread.setDaemon(true);
        return thread;
    });

    private final CommitLog log;
    private final int interval;
    private final InstantSource clock;
    /** Only for the thread. */
    private final Cleanup cleanup;
    private long scheduled;
    private Future<?> work;

    /**
     * @param interval commits from one checkpoint to the next
     * @param clock    tells what is older than the retention
     */
    public LogKeeper(CommitLog log, int interval, InstantSource clock) {
        this.log = log;
        this.interval = interval;
        this.clock = clock;
        this.cleanup = new Cleanup(log, clock);
        this.scheduled = log.notedCheckpoint().orElse(0);
    }

    /** Hears of a commit; returns at once. */
    public void committed(long version) {
        if (version - scheduled >= interval && (work == null || work.isDone())) {
            scheduled = version;
            work = THREAD.submit(() -> keep(version));
        }
    }

    private void keep(long atLeast) {
        try {
            Checkpoint checkpoint = Checkpoint.open(log, atLeast, clock.instant());
            checkpoint.write();
            cleanup.run(checkpoint);
        } catch (IOException | RuntimeException | Error e) {
            // delta-standalone asserts; an error kept in the Future would end the run when the table is closed.
            LOG.warn("Cannot checkpoint or clean up table {}; it is tried again after {} commits. {}", log.table(), interval, e.toString());
        }
    }

    /** Waits for the work under way. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (work != null) {
            try {
                work.get();
                work = null;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
