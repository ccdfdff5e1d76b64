package dev.tidemark.stream.source;

import com.azure.core.amqp.AmqpRetryMode;
import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends what a simulated plant says to a hub, as devices would: by the clock, each device always to the same partition and in order. Batches of different
 * partitions are on their way at the same time; of one partition there is one, so that order survives an attempt that has to be repeated. A
 * batch whose acknowledgement was lost is sent again and may be in the hub twice.
 *
 * <p>One thread {@linkplain #run runs} it; {@link #stop} and the figures are for any thread.
 */
public final class PlantSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlantSender.class);
    /** Messages that wait for their acknowledgement, at most. */
    private static final int MOST_WAITING = 65_536;
    private static final long TICK_NANOS = 5_000_000;
    private static final int CHUNK = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long FAREWELL_NANOS = 4_000_000_000L;

    private final HubAccess access;
    private final Plant plant;
    private final int devices;
    private final int rate;
    private final long count;
    private final InstantSource clock;
    private final EventHubProducerAsyncClient producer;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile Throwable failure;
    private volatile boolean stopping;
    private volatile long behind;
    private List<Lane> lanes = List.of();

    /**
     * Connects when it is run.
     *
     * @param rate   messages a second of all devices together
     * @param faults whether devices and messages have faults, as real ones do
     * @param count  ends after so many turns of a device to speak; a silent device uses its turn up
     */
    public PlantSender(HubAccess access, int devices, int rate, long seed, boolean faults, long count, InstantSource clock) {
        this.access = access;
        this.plant = new Plant(new Plant.Layout(seed, devices, faults));
        this.devices = devices;
        this.rate = rate;
        this.count = count;
        this.clock = clock;
        this.producer = access.builder().retryOptions(new AmqpRetryOptions().setMode(AmqpRetryMode.EXPONENTIAL).setMaxRetries(3).setTryTimeout(PATIENCE))
                .buildAsyncProducerClient();
    }

    /** Messages that the hub acknowledged. */
    public long sent() {
        return sent.get();
    }

    /** Bytes of their bodies. */
    public long bytes() {
        return bytes.get();
    }

    /** Attempts to send a batch that had to be repeated. */
    public long repeated() {
        return repeated.get();
    }

    /** Messages that were made and not acknowledged; once the run has ended, those that were given up. */
    public long unacknowledged() {
        return MOST_WAITING - (long) room.availablePermits();
    }

    /** How far it is behind the clock, microseconds: the hub, or this machine, is slower than the rate. */
    public long behind() {
        return behind;
    }

    /** Asks the run to end; what was made is still sent, unless that takes more than some seconds. */
    public void stop() {
        stopping = true;
    }

    /**
     * Sends until it is stopped or the count is reached.
     *
     * @throws IOException     if the hub cannot be reached or refuses, with a message for the user
     * @throws SourceException if it does so later
     */
    public void run() throws IOException {
        lanes = AmqpHubReader.answer(access, AmqpHubReader.PATIENCE, producer.getPartitionIds().collectList()).stream().map(Lane::new).toList();
        Instant began = clock.instant();
        long start = TimeUnit.SECONDS.toMicros(began.getEpochSecond()) + began.getNano() / 1_000;
        long slot = 0;
        while (!stopping && failure == null && slot < count) {
            Instant now = clock.instant();
            long since = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000 - start;
            long due = Math.min(count, since < 0 ? 0 : since / 1_000_000 * rate + since % 1_000_000 * rate / 1_000_000 + 1);
            long end = Math.min(due, slot + CHUNK);
            behind = slot >= due ? 0 : since - time(slot);
            for (; slot < end && make(slot, start); slot++) { }
            lanes.forEach(Lane::flush);
            if (slot >= due) {
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
        finish();
    }

    /** Makes the message of a slot; waits while too many are on their way. False if it is to stop instead. */
    private boolean make(long slot, long start) {
        int device = (int) (slot % devices);
        long time = start + time(slot);
        byte[] body = plant.message(device, slot, time, slot < devices ? time : start + time(slot - devices));
        if (body == null) {
            return true;
        }
        while (!room.tryAcquire()) {
            lanes.forEach(Lane::flush);
            LockSupport.parkNanos(TICK_NANOS / 5);
            if (failure != null || stopping) {
                return false;
            }
        }
        lanes.get(Math.floorMod(device * 0x9E3779B9, lanes.size())).add(body);
        return true;
    }

    private long time(long slot) {
        return slot / rate * 1_000_000 + slot % rate * 1_000_000 / rate;
    }

    private void finish() {
        long began = System.nanoTime();
        while (failure == null && unacknowledged() > 0 && !(stopping && System.nanoTime() - began > FAREWELL_NANOS)) {
            lanes.forEach(Lane::flush);
            LockSupport.parkNanos(TICK_NANOS);
        }
        Throwable problem = failure;
        if (problem != null) {
            throw new SourceException("Cannot send to hub " + access + ": " + HubFailure.reason(problem) + ". " + sent() + " messages were sent before", problem);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Retry retry() {
        return Retry.from(failed -> failed.concatMap(signal -> {
            if (HubFailure.isFinal(signal.failure())) {
                return Mono.error(signal.failure());
            }
            if (repeated.getAndIncrement() == 0) {
                LOG.warn("Sending to {} has to be repeated: {}; some messages may be in the hub twice", access, HubFailure.reason(signal.failure()));
            }
            return Mono.delay(Duration.ofMillis(200L << Math.min(5, signal.totalRetriesInARow())));
        }));
    }

    /** The way to one partition. */
    private final class Lane {

        private final CreateBatchOptions options;
        /** Guarded by itself, like {@code busy}. */
        private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
        private boolean busy;

        Lane(String partition) {
            options = new CreateBatchOptions().setPartitionId(partition);
        }

        void add(byte[] body) {
            synchronized (waiting) {
                waiting.add(body);
            }
        }

        /** Sends what waits, unless a batch is on its way. */
        void flush() {
            synchronized (waiting) {
                if (busy || waiting.isEmpty()) {
                    return;
                }
                busy = true;
            }
            producer.createBatch(options).retryWhen(retry()).publishOn(Schedulers.parallel()).map(this::fill)
                    .flatMap(batch -> producer.send(batch).retryWhen(retry()).thenReturn(batch)).subscribe(this::acknowledged, problem -> failure = problem);
        }

        private EventDataBatch fill(EventDataBatch batch) {
            long size = 0;
            while (true) {
                byte[] body;
                synchronized (waiting) {
                    body = waiting.peek();
                }
                if (body == null) {
                    break;
                }
                EventData event = new EventData(body);
                event.setContentType(Plant.PROPERTIES.get(Message.CONTENT_TYPE));
                if (!batch.tryAdd(event)) {
                    break;
                }
                synchronized (waiting) {
                    waiting.poll();
                }
                size += body.length;
            }
            bytes.addAndGet(size);
            return batch;
        }

        private void acknowledged(EventDataBatch batch) {
            sent.addAndGet(batch.getCount());
            room.release(batch.getCount());
            synchronized (waiting) {
                busy = false;
            }
            flush();
        }
    }
}
