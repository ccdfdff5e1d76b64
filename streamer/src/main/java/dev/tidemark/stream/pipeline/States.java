package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.Watermarks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Writes down from time to time what the pipeline remembers, so that the next run need not read it together again. A state is taken when all that it knows is in
 * the tables, written by a thread of its own, and counts when a commit of {@code gold/windows} has named it. What goes wrong with states is told and
 * stops nothing. Used by the pipeline's thread.
 */
final class States implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(States.class);
    private static final int GENERATIONS = 3;
    private static final String CONSEQUENCE = "what it remembers is read together from " + LakeTables.SILVER_READINGS.path() + " instead, which takes longer";

    private final StreamTables tables;
    private final StateFolder folder;
    private final long interval;
    private final ExecutorService writer;

    private long generation;
    private long due;
    private long knownBatch = Long.MIN_VALUE;
    private long knownWatermark = Watermarks.NONE;
    /** The state that is being written, or is written and not named yet; null if there is none. */
    private Future<StateFile.Head> latest;

    /** A pipeline's memory as of a batch; {@link Long#MIN_VALUE}: it is empty. */
    record Remembered(Aggregation aggregation, long through) {
    }

    /**
     * States of a lake.
     *
     * @param interval nanoseconds from one to the next at least; 0: one at every opportunity, and each is waited for
     * @param durable  whether they are forced to the disk
     */
    States(StreamTables tables, long interval, long now, boolean durable) {
        this.tables = tables;
        this.folder = new StateFolder(folder(tables.lake().root()), durable);
        this.interval = interval;
        this.due = now + interval;
        this.writer = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "state");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Path folder(String lake) {
        return Place.of(lake).resolve(LakeTables.GOLD_WINDOWS.path()).path().resolve("_streamer").resolve("state");
    }

    /** The newest state that fits the tables, in a memory that {@code fresh} makes; else an empty one. */
    Remembered load(Supplier<Aggregation> fresh) {
        Map<String, Long> named = tables.windows().table().transactions();
        long newest = named.getOrDefault(TransactionIds.STATE_GENERATION, 0L);
        generation = newest;
        try {
            // What was written and never named belongs to a run that may have gone on otherwise.
            folder.keep(newest - GENERATIONS + 1, newest);
            List<StateFolder.Named> files = folder.list();
            if (newest > 0 && (files.isEmpty() || files.get(0).generation() != newest || files.get(0).id() != named.getOrDefault(TransactionIds.STATE_ID, 0L))) {
                LOG.warn("State {}, which {} names, is missing; an older one is used, or {}", newest, LakeTables.GOLD_WINDOWS.path(), CONSEQUENCE);
            }
            for (StateFolder.Named file : files) {
                Aggregation aggregation = fresh.get();
                try {
                    StateFile.Head head = load(file, aggregation);
                    knownBatch = head.ingestedAt();
                    knownWatermark = head.watermark();
                    return new Remembered(aggregation, head.ingestedAt());
                } catch (BrokenState | IOException e) {
                    LOG.warn("Cannot use state {}: {}; an older one is used, or {}", file.path().getFileName(), e.getMessage(), CONSEQUENCE);
                }
            }
        } catch (IOException e) {
            LOG.warn("Cannot read states: {}; {}", e.toString(), CONSEQUENCE);
        }
        return new Remembered(fresh.get(), Long.MIN_VALUE);
    }

    private StateFile.Head load(StateFolder.Named file, Aggregation aggregation) throws IOException {
        byte[] bytes = folder.read(file);
        StateFile.Head head = StateFile.head(bytes);
        String mismatch = mismatch(head);
        if (mismatch != null) {
            throw new BrokenState(mismatch);
        }
        StateFile.restore(bytes, head, aggregation.parts());
        return head;
    }

    private String mismatch(StateFile.Head head) {
        if (!head.tables().equals(tableIds())) {
            return "it belongs to other tables: one was made anew (expected " + tableIds() + ", actual " + head.tables() + ")";
        }
        long holds = Math.min(tables.silver().through(), tables.windows().through());
        if (head.ingestedAt() > holds) {
            return "it knows more than the tables hold: one was taken back (expected at most batch " + holds + ", actual " + head.ingestedAt() + ")";
        }
        long closed = tables.windows().table().transactions().getOrDefault(TransactionIds.WATERMARK, Watermarks.NONE);
        if (head.watermark() > closed) {
            return "it is ahead of " + LakeTables.GOLD_WINDOWS.path() + " (expected a watermark of at most " + closed + ", actual " + head.watermark() + ")";
        }
        Map<String, Long> positions = TransactionIds.positions(tables.bronze().table().transactions());
        for (Map.Entry<String, Long> known : head.positions().entrySet()) {
            if (known.getValue() > positions.getOrDefault(known.getKey(), -1L)) {
                return "it has read further than the tables (" + known.getKey() + ": expected at most " + positions.get(known.getKey()) + ", actual "
                        + known.getValue() + ")";
            }
        }
        return null;
    }

    private List<String> tableIds() {
        List<String> ids = new ArrayList<>();
        for (Output output : tables.all()) {
            ids.add(output.path() + " " + output.table().id());
        }
        return ids;
    }

    /** What was written and is not named yet; null if there is nothing. */
    StateFile.Head written() {
        if (latest == null || !latest.isDone()) {
            return null;
        }
        try {
            return latest.get();
        } catch (ExecutionException e) {
            LOG.warn("Cannot write a state: {}. Until it works again a restart takes longer; nothing else is affected", e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        latest = null;
        return null;
    }

    /** A commit of {@code gold/windows} has named what was written. */
    void named() {
        long newest = written().generation();
        latest = null;
        try {
            folder.keep(newest - GENERATIONS + 1, newest);
        } catch (IOException e) {
            LOG.debug("Old states stay", e);
        }
    }

    /** Whether it is time to take one. */
    boolean isDue(long now) {
        return latest == null && now >= due;
    }

    /**
     * Takes a state if it is time to. Between two batches, after a cut: everything that is remembered must be in the tables, and nothing that is in the tables
     * may be missing.
     */
    void take(Aggregation aggregation, long now) {
        if (isDue(now) && changed(aggregation)) {
            due = now + interval;
            begin(aggregation);
        }
    }

    /** The end of a run: takes a state and waits until it is written. Rows that are closed are committed by the commit that names it. */
    void takeLast(Aggregation aggregation) {
        finish();
        if (changed(aggregation)) {
            begin(aggregation);
            finish();
        }
    }

    private boolean changed(Aggregation aggregation) {
        return tables.windows().through() != Long.MIN_VALUE && (tables.windows().through() != knownBatch || aggregation.watermark() != knownWatermark);
    }

    private void begin(Aggregation aggregation) {
        knownBatch = tables.windows().through();
        knownWatermark = aggregation.watermark();
        StateFile state = StateFile.of(++generation, UUID.randomUUID().getMostSignificantBits(), knownBatch, knownWatermark, tableIds(),
                TransactionIds.positions(tables.silver().table().transactions()), aggregation.parts());
        latest = writer.submit(() -> {
            folder.write(state);
            return state.head();
        });
        if (interval == 0) {
            finish();
        }
    }

    /** Waits for a state that is being written. */
    private void finish() {
        boolean interrupted = false;
        while (latest != null && !latest.isDone()) {
            try {
                latest.get();
            } catch (ExecutionException e) {
                // told when it is asked for
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finish();
        writer.shutdown();
    }
}
