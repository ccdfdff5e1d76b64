package dev.tidemark.stream.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread that writes all logs of a hub. What waits when it comes round is one group: written, forced to the disk once a partition, and only
 * then acknowledged. So a slow disk makes larger groups, not fewer events.
 */
final class LogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final long RETAIN_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Appends in a group at most. */
    private static final int GROUP = 4_096;
    private static final Append END = new Append(null, List.of(), failure -> { });

    private final InstantSource clock;
    private final Collection<EventHub> hubs;
    private final LinkedBlockingQueue<Append> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "hub-log");
    private boolean closed;

    LogWriter(InstantSource clock, Collection<EventHub> hubs) {
        this.clock = clock;
        this.hubs = hubs;
    }

    /** Called when its events are durable, or with the reason why they were not written. */
    @FunctionalInterface
    interface Done {
        void done(IOException failure);
    }

    private record Append(EventHub.Partition partition, List<Event> events, Done done) {
    }

    void start() {
        thread.start();
    }

    /** For any thread. */
    void append(EventHub.Partition partition, List<Event> events, Done done) {
        synchronized (queue) {
            if (!closed) {
                queue.add(new Append(partition, events, done));
                return;
            }
        }
        done.done(new IOException("Cannot write: the hub stops"));
    }

    private void run() {
        List<Append> group = new ArrayList<>();
        long retained = System.nanoTime() - RETAIN_NANOS;
        boolean closing = false;
        while (!closing || !queue.isEmpty()) {
            try {
                Append first = queue.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, GROUP);
                    closing |= group.remove(END);
                    write(group);
                    group.clear();
                }
            } catch (InterruptedException e) {
                // Nobody ends this thread so: an interrupt would close the files under it.
            }
            if (System.nanoTime() - retained >= RETAIN_NANOS) {
                retained = System.nanoTime();
                retain();
            }
        }
    }

    private void write(List<Append> group) {
        Map<EventHub.Partition, IOException> outcomes = new LinkedHashMap<>();
        for (Append append : group) {
            if (outcomes.get(append.partition) == null) {
                outcomes.put(append.partition, stage(append));
            }
        }
        outcomes.replaceAll((partition, failure) -> failure == null ? commit(partition.log()) : failure);
        outcomes.forEach((partition, failure) -> {
            if (failure == null) {
                partition.consumers().wake();
            } else {
                LOG.warn("Cannot write partition {}: {}", partition.id(), failure.getMessage());
                partition.log().rollBack();
            }
        });
        group.forEach(append -> append.done.done(outcomes.get(append.partition)));
    }

    private IOException stage(Append append) {
        long now = clock.millis();
        try {
            for (Event event : append.events) {
                append.partition.log().append(event, now);
            }
            return null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException e) {
            return new IOException("Cannot write an event: " + e, e);
        }
    }

    private static IOException commit(PartitionLog log) {
        try {
            log.commit();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void retain() {
        for (EventHub hub : hubs) {
            for (EventHub.Partition partition : hub.partitions()) {
                try {
                    partition.log().retain(clock.millis());
                } catch (IOException e) {
                    LOG.warn("Cannot drop old events of {}/{}: {}", hub.name(), partition.id(), e.getMessage());
                }
            }
        }
    }

    /** Writes what waits, and ends the thread. */
    void close() {
        synchronized (queue) {
            closed = true;
            queue.add(END);
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
}
