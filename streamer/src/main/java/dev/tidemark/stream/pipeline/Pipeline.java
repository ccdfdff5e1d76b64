package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.alert.Alerts;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.decode.Reference;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.reference.ReferenceHistory;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.table.LakeTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The running whole: polls, refines, commits, until it is stopped or the sources have no more. The thread that {@linkplain #run runs} it owns everything from the
 * poll to the rows of a {@linkplain Cuts cut}, which another thread commits while the next one gathers; no more than one, so that memory stays bounded.
 * {@link #stop} may be called by any thread.
 */
public final class Pipeline {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    /** From one state file to the next. */
    private static final long STATE_INTERVAL = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);
    private static final long OBSERVED_EVERY = TimeUnit.SECONDS.toNanos(1);

    /** When a run ends. */
    public enum Until {
        /** When it is stopped. */
        STOPPED,
        /** When every source has given all that was there. Open windows stay open: a later run goes on with them. */
        DRAINED,
        /** The same, and that is the end of input: all windows are closed. Events for them that come in a later run are late. */
        CLOSED
    }

    private final Lake lake;
    private final List<EventSource> sources;
    private final Settings settings;
    private final InstantSource clock;
    private final Figures figures;
    private final Consumer<String> problems;
    private final Surroundings surroundings;
    private final LongSupplier nanos;
    /** Source → what it is called in the tables. */
    private final Map<EventSource, String> streams = new IdentityHashMap<>();
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long patience = Long.MAX_VALUE;
    private Supplier<Reference> reference = () -> Reference.NONE;
    private volatile boolean stopping;

    private Rules rules = Rules.DEFAULT;
    private Map<String, Retention> retentions = Map.of();
    private StreamTables tables;
    private Aggregation aggregation;
    private Alerting alerting;
    private Intake intake;
    private ReferenceHistory references;
    private Refinery refinery;
    private Cuts cuts;
    private long ingestedAt;
    private long observed;
    private States states;
    private long rememberedThrough;
    /** When the newest batch came, and since when nothing has come in this run, by a clock that never goes back. */
    private long lastBatch;
    private long quietSince;

    /**
     * A pipeline that has not begun.
     *
     * @param sources  not opened yet; the pipeline opens and closes them
     * @param clock    gives {@code ingested_at}
     * @param figures  counts what it does
     * @param problems hears, on the pipeline's thread, what a source could not read
     */
    public Pipeline(Lake lake, List<EventSource> sources, Settings settings, InstantSource clock, Figures figures, Consumer<String> problems) {
        this(lake, sources, settings, clock, figures, problems, new Surroundings(System::nanoTime, path -> { }, true));
    }

    /**
     * What a test may want otherwise.
     *
     * @param nanos     a clock that never goes back
     * @param committed hears the path of every table that was committed; what it throws ends the run as a crash would
     * @param durable   whether commits are forced to the disk
     * @param states    nanoseconds from one state file to the next; 0: at every commit
     * @param stepwise  whether nothing is read while something is being committed, so that it is known what has been read by then
     */
    record Surroundings(LongSupplier nanos, Consumer<String> committed, boolean durable, long states, boolean stepwise) {

        Surroundings(LongSupplier nanos, Consumer<String> committed, boolean durable, long states) {
            this(nanos, committed, durable, states, false);
        }

        Surroundings(LongSupplier nanos, Consumer<String> committed, boolean durable) {
            this(nanos, committed, durable, STATE_INTERVAL);
        }
    }

    Pipeline(Lake lake, List<EventSource> sources, Settings settings, InstantSource clock, Figures figures, Consumer<String> problems,
             Surroundings surroundings) {
        this.lake = lake;
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.clock = clock;
        this.figures = figures;
        this.problems = problems;
        this.surroundings = surroundings;
        this.nanos = surroundings.nanos;
    }

    /**
     * Adds to readings what reference data knows. Before the run.
     *
     * @param current gives the reference data as it is now; asked at every batch, in the pipeline's thread
     */
    public Pipeline enrichedBy(Supplier<Reference> current) {
        reference = current;
        return this;
    }

    /** Ends a run that could not commit for so long; without this it tries for ever. Before the run. */
    public Pipeline givingUpAfter(Duration time) {
        patience = time.toNanos();
        return this;
    }

    /** Raises alerts by these rules, not by those that hold where nothing is configured. Before the run. */
    public Pipeline alertedBy(Rules others) {
        rules = others;
        return this;
    }

    /** Has tables, by their paths, keep for so long what they had; the others keep it as long as they do. Before the run. */
    public Pipeline keeping(Map<String, Retention> some) {
        retentions = Map.copyOf(some);
        return this;
    }

    /** Asks the run to end: what was polled is committed, then {@link #run} returns. */
    public void stop() {
        stopping = true;
        stopped.countDown();
        arrived.release();
    }

    /**
     * Runs, in the caller's thread. Goes on where the tables of the lake are.
     *
     * @throws IOException                    if a source cannot be read at all
     * @throws dev.tidemark.lake.LakeException if a table cannot be read or written
     * @throws StreamException                if it cannot go on for another reason
     */
    public void run(Until until) throws IOException {
        run(until, false);
    }

    /**
     * The same.
     *
     * @param acceptNew whether a source may be another stream of the same name than the one that the tables were filled from
     */
    public void run(Until until, boolean acceptNew) throws IOException {
        try (StreamTables opened = StreamTables.open(lake, clock, surroundings.durable, retentions); LiveTable liveTable = new LiveTable(lake, clock);
             States openedStates = new States(opened, surroundings.states, nanos.getAsLong(), surroundings.durable);
             CommitThread commits = new CommitThread(nanos, this::wake)) {
            try {
                begin(opened, liveTable, openedStates, commits);
                open(opened.bronze().table().transactions(), acceptNew);
                recover();
                work(until);
                if (until == Until.CLOSED && !stopping) {
                    aggregation.closeAll();
                    figures.watermark(aggregation.watermark());
                }
                cuts.end();
            } catch (RuntimeException | IOException | Error e) {
                // A commit that is tried again and again must not keep the run from ending.
                stopped.countDown();
                throw e;
            }
        } finally {
            sources.forEach(EventSource::close);
        }
    }

    private void begin(StreamTables opened, LiveTable liveTable, States openedStates, CommitThread commits) {
        tables = opened;
        lastBatch = opened.bronze().through();
        ingestedAt = Math.max(lastBatch, opened.alerts().table().transactions().getOrDefault(TransactionIds.ALERTED, Long.MIN_VALUE));
        references = ReferenceHistory.open(Place.of(lake.root()).path(), opened.bronze().table().transactions().get(ReferenceHistory.ID), reference);
        ReferenceLimits limits = new ReferenceLimits(references);
        states = openedStates;
        States.Remembered remembered = states.load(() -> new Aggregation(settings, new Alerts(rules, limits)));
        aggregation = remembered.aggregation();
        rememberedThrough = remembered.through();
        intake = new Intake(sources, streams::get, aggregation.watermarks(), settings.commitRows());
        alerting = new Alerting(opened, aggregation, rules, limits, settings.watermarkDelay().micros(), figures);
        refinery = new Refinery(opened, aggregation, alerting, figures, nanos, references, missing -> cuts.grow(missing));
        Committer committer = new Committer(figures, nanos, this::stopWithin, surroundings.committed, patience);
        cuts = new Cuts(opened, liveTable, states, aggregation, alerting, settings, commits, committer, figures, surroundings);
        quietSince = nanos.getAsLong();
        observed = nanos.getAsLong() - OBSERVED_EVERY;
    }

    private boolean stopWithin(long millis) {
        try {
            for (long left = millis; left > 0; left -= 1_000) {
                figures.moved();
                if (stopped.await(Math.min(left, 1_000), TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void open(Map<String, Long> transactions, boolean acceptNew) throws IOException {
        Map<String, EventSource> names = new HashMap<>();
        for (EventSource source : sources) {
            if (names.put(source.name(), source) != null) {
                throw new StreamException("Cannot use source " + source.name() + " twice: each of its messages would come twice; name it once");
            }
            Generation generation = Generation.of(source.name(), source.origin(), transactions, acceptNew);
            streams.put(source, generation.name());
            generation.transactions().forEach(tables.bronze()::move);
            source.open(TransactionIds.positions(transactions, generation.name()), this::wake);
            for (SourcePartition partition : source.partitions()) {
                partition.beganAfter().ifPresent(number -> tables.bronze().move(TransactionIds.position(generation.name(), partition.id()), number));
            }
        }
    }

    private void wake() {
        if (arrived.availablePermits() == 0) {
            arrived.release();
        }
    }

    private void recover() {
        Set<String> listed = new HashSet<>();
        intake.partitions().forEach(partition -> listed.add(partition.position()));
        new Recovery(settings, tables, aggregation, alerting, refinery, figures, () -> {
            cuts.commitWhatIsDue();
            cuts.settle();
        }).run(listed, rememberedThrough);
        alerting.settle(this::nextMoment);
        figures.watermark(aggregation.watermark());
        cuts.level();
        if (figures.recovered() > 0) {
            LOG.info("Went on where {} ends: {} messages were not in {} yet", LakeTables.BRONZE_EVENTS.path(), figures.recovered(), LakeTables.SILVER_READINGS.path());
        }
    }

    private void work(Until until) {
        while (!stopping) {
            long now = nanos.getAsLong();
            Intake.Polled polled = intake.poll(now / 1_000);
            figures.stage("poll", nanos.getAsLong() - now);
            observe(now);
            if (polled != null) {
                take(polled, now / 1_000);
            }
            aggregation.advance(now / 1_000);
            figures.watermark(aggregation.watermark());
            if (polled != null && !polled.messages().isEmpty()) {
                alerting.end();
                quietSince = now;
            } else {
                listen(until == Until.STOPPED && now - quietSince >= settings.idleTimeout().micros() * 1_000);
            }
            sources.forEach(source -> source.problems().forEach(problems));
            if (cuts.commitWhatIsDue() && states.isDue(nanos.getAsLong())) {
                cuts.settle();
                states.take(aggregation, nanos.getAsLong());
            }
            if (polled == null) {
                if (until != Until.STOPPED && intake.drained()) {
                    return;
                }
                await(Math.min(LONGEST_WAIT, cuts.untilDue()));
            }
        }
    }

    /** Looks, once a second, at what the sources know of themselves. */
    private void observe(long now) {
        if (now - observed < OBSERVED_EVERY) {
            return;
        }
        observed = now;
        for (Intake.Known each : intake.partitions()) {
            if (!each.partition().finished()) {
                figures(each).behind(each.partition().behind());
            }
        }
        sources.forEach(source -> figures.outage(source.name(), source.outage()));
    }

    private PartitionFigures figures(Intake.Known from) {
        return figures.partition(from.source(), from.partition().id(), from.position(), from.began());
    }

    /**
     * Nothing came. The watermark may have moved all the same; and where even that stands still, because everything is silent, the clock tells who is missed.
     */
    private void listen(boolean isQuiet) {
        long time = alerting.reached();
        if (isQuiet) {
            time = Math.max(time, alerting.liveTime(micros(clock.instant()), lastBatch));
        }
        if (alerting.isSilent(time)) {
            alerting.silence(time, nextMoment());
        }
    }

    /** A time of arrival that nothing else has. */
    private long nextMoment() {
        ingestedAt = Math.max(micros(clock.instant()), ingestedAt + 1);
        return ingestedAt;
    }

    private void await(long most) {
        cuts.waited();
        try {
            if (arrived.tryAcquire(most, TimeUnit.NANOSECONDS)) {
                arrived.drainPermits();
            }
        } catch (InterruptedException e) {
            stop();
        }
    }

    private void take(Intake.Polled polled, long now) {
        String position = polled.from().position();
        int accepted = 0;
        if (polled.messages().isEmpty()) {
            tables.move(position, polled.number());
        } else {
            lastBatch = nextMoment();
            if (references.begin(ingestedAt)) {
                tables.bronze().move(ReferenceHistory.ID, ingestedAt);
            }
            accepted = refinery.refine(new Refinery.Batch(polled.from().source(), polled.from().partition().id(), position, polled.messages(),
                    polled.number(), lastBatch));
            // Not before: a new column has all that came before the batch committed, and not the batch.
            Message last = polled.messages().get(polled.messages().size() - 1);
            figures.polled(figures(polled.from()), polled.messages().size(), polled.number(), last.enqueued());
        }
        if (polled.finished()) {
            figures.ended(position);
            aggregation.watermarks().finish(position);
        } else if (accepted == 0) {
            aggregation.watermarks().quiet(position, now);
        }
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }
}
