package dev.tidemark.stream.maintain;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.table.FileRewriter;
import dev.tidemark.stream.table.LiveFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Compacts the tables of a lake while they are written, on a daemon thread of its own and of the lowest priority, one rewrite at a time. What goes wrong is
 * logged, once for each reason, and never disturbs a commit; it is tried again at the next round.
 */
public final class Compactor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    /** Rounds in the time that a file has to rest. */
    private static final int ROUNDS = 20;
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Lake lake;
    private final List<String> tables;
    private final CompactionRule rule;
    private final boolean durable;
    private final InstantSource clock;
    private final Duration pause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "compactor");
    /** Only for the thread. */
    private final Map<String, Compaction> open = new HashMap<>();
    private final Map<String, String> told = new HashMap<>();

    private Compactor(Lake lake, List<String> tables, CompactionRule rule, boolean durable, InstantSource clock) {
        this.lake = lake;
        this.tables = List.copyOf(tables);
        this.rule = rule;
        this.durable = durable;
        this.clock = clock;
        Duration part = rule.rest().dividedBy(ROUNDS);
        this.pause = part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /**
     * Starts compacting. Between two rounds over all tables lies a small part of the time that a file has to rest; the first round comes after that.
     *
     * @param tables  paths below the lake; those that are not there yet are looked for again
     * @param durable whether files and commits are forced to the disk
     */
    public static Compactor start(Lake lake, List<String> tables, CompactionRule rule, boolean durable, InstantSource clock) {
        Compactor compactor = new Compactor(lake, tables, rule, durable, clock);
        compactor.thread.start();
        return compactor;
    }

    private void run() {
        try {
            while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                for (String table : tables) {
                    compact(table);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.values().forEach(Compaction::close);
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void compact(String table) {
        try {
            if (!open.containsKey(table)) {
                if (isStopped() || !lake.table(table).exists()) {
                    return;
                }
                open.put(table, Compaction.open(lake, table, rule, durable, clock, this::isStopped));
            }
            while (!isStopped() && rewriteNext(table)) {
                told.remove(table);
            }
        } catch (CancellationException e) {
            LOG.debug("Stopped", e);
        } catch (LakeException e) {
            failed(table, e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            // delta-standalone asserts, and a compactor that is short of memory is no reason to end the run.
            failed(table, "Cannot compact table " + table + ": " + e, e);
        }
    }

    private boolean rewriteNext(String table) {
        Compaction compaction = open.get(table);
        List<List<LiveFile>> due = compaction.due();
        if (due.isEmpty()) {
            return false;
        }
        Optional<FileRewriter.Rewritten> done = compaction.rewrite(due.get(0), true);
        done.ifPresent(rewritten -> LOG.debug("Compacted {}: {} files of {} KB are one of {} KB now, version {}", table, rewritten.files(),
                rewritten.bytes() >> 10, rewritten.written() >> 10, rewritten.version()));
        return done.isPresent();
    }

    private void failed(String table, String message, Throwable failure) {
        LOG.debug("Compaction failed", failure);
        Compaction compaction = open.remove(table);
        if (compaction != null) {
            compaction.close();
        }
        if (!message.equals(told.put(table, message))) {
            LOG.warn("{}; nothing else is affected", message);
        }
    }

    /** Ends it: what is being rewritten is given up. */
    @Override
    public void close() {
        stop.countDown();
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
}
