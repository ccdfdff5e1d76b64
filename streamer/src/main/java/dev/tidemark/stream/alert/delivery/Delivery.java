package dev.tidemark.stream.alert.delivery;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.alert.AlertRow;
import dev.tidemark.stream.alert.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells one channel what {@code gold/alerts} holds, in its order, each change at least once: how far it has come is kept after the other side has taken
 * it. Owns a thread, which never holds up the pipeline; what cannot be delivered is tried again, ever more slowly, for as long as it takes. In a flood, more than a
 * few changes a minute become one summary.
 */
public final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK = 1_000;
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 300_000;

    /**
     * Whom to tell what.
     *
     * @param name     of the channel, and of the file that says how far it has come: letters, digits and {@code -}
     * @param severity what is less severe is not told
     * @param most     changes a minute that are told one by one
     */
    public record Subscription(String name, Severity severity, int most, Channel channel) {
        public Subscription {
            name(name);
        }

        /**
         * A name that a channel can have: it is that of a file.
         *
         * @throws IllegalArgumentException with a message for the user
         */
        public static String name(String text) {
            if (!text.matches("[A-Za-z0-9-]{1,40}")) {
                throw new IllegalArgumentException("no name for a channel (expected letters, digits and -, actual \"" + text + "\")");
            }
            return text;
        }
    }

    /** Waits for so many milliseconds, or until the delivery is closed. */
    interface Pause {
        void millis(long most) throws InterruptedException;
    }

    private final Subscription subscription;
    private final Outbox outbox;
    private final Delivered delivered;
    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final Pause pause;
    private final Deque<Long> toldAt = new ArrayDeque<>();
    private Thread thread;
    /** How far it has come; null while that cannot be read. */
    private Long through;
    private volatile boolean closed;
    private String trouble;

    Delivery(Subscription subscription, Outbox outbox, Delivered delivered, MeterRegistry registry, LongSupplier nanos, Pause pause) {
        this.subscription = subscription;
        this.outbox = outbox;
        this.delivered = delivered;
        this.registry = registry;
        this.nanos = nanos;
        this.pause = pause;
    }

    /**
     * Begins to deliver, in a thread of its own. A channel that is new begins with what comes now.
     *
     * @param table    path of the alerts below the lake
     * @param progress the folder in which channels keep how far they have come
     */
    public static Delivery start(Subscription subscription, Lake lake, String table, Path progress, MeterRegistry registry) {
        Delivery delivery = new Delivery(subscription, new Outbox(lake, table), new Delivered(progress, subscription.name()), registry, System::nanoTime, Thread::sleep);
        try {
            // Here and not in the thread: what the pipeline raises from now on must count as new.
            delivery.through = delivery.begin();
        } catch (LakeException | IOException e) {
            delivery.tell(e.getMessage());
        }
        delivery.thread = new Thread(delivery::run, "deliver " + subscription.name());
        delivery.thread.setDaemon(true);
        delivery.thread.start();
        return delivery;
    }

    void run() {
        try (Channel channel = subscription.channel()) {
            while (!closed) {
                try {
                    through = through == null ? begin() : through;
                    through = cycle(through);
                    pause.millis(LOOK);
                } catch (LakeException | IOException e) {
                    tell(e.getMessage());
                    outbox.again();
                    pause.millis(LONGEST_PAUSE / 10);
                }
            }
        } catch (InterruptedException e) {
            // Closed while it waited.
        } catch (Exception e) {
            if (closed) {
                return;
            }
            LOG.error("Alerts are not delivered to {} any more: {}. Start the streamer again, and please report it", subscription.name(), e.getClass().getSimpleName());
            LOG.debug("Delivery ended", e);
        }
    }

    private long begin() throws IOException {
        OptionalLong known = delivered.read();
        if (known.isPresent()) {
            return known.getAsLong();
        }
        Pending past = new Pending(subscription.severity(), 1, Long.MIN_VALUE);
        outbox.read(Long.MIN_VALUE, past);
        delivered.write(past.through());
        return past.through();
    }

    /** Tells what is new after this; returns how far it has come then. */
    long cycle(long after) throws IOException, InterruptedException {
        if (!outbox.hasNews()) {
            return after;
        }
        int most = subscription.most();
        Pending pending = new Pending(subscription.severity(), most, after);
        outbox.read(after, pending);
        long now = nanos.getAsLong();
        while (!toldAt.isEmpty() && now - toldAt.peek() >= MINUTE) {
            toldAt.poll();
        }
        if (pending.total() > most - toldAt.size()) {
            if (!deliver(Notice.of(pending))) {
                return after;
            }
            toldAt.clear();
            advance(pending.through());
            pause.millis(TimeUnit.NANOSECONDS.toMillis(MINUTE));
            return pending.through();
        }
        long through = after;
        for (AlertRow row : pending.first()) {
            if (row.raisedAt() > through && through != after) {
                advance(through);
            }
            if (!deliver(Notice.of(row))) {
                return after;
            }
            toldAt.add(nanos.getAsLong());
            through = row.raisedAt();
        }
        if (pending.through() != after) {
            advance(pending.through());
        }
        return pending.through();
    }

    private void advance(long through) throws IOException {
        delivered.write(through);
    }

    /** Tries until it is taken, refused for good, or the delivery is closed; then it returns false. */
    private boolean deliver(Notice notice) throws InterruptedException {
        long wait = FIRST_PAUSE;
        while (!closed) {
            try {
                subscription.channel().send(notice);
                count("delivered");
                if (trouble != null) {
                    LOG.info("Alerts are delivered to {} again", subscription.name());
                    trouble = null;
                }
                return true;
            } catch (DeliveryFailure e) {
                if (e.isRefused()) {
                    count("refused");
                    LOG.warn("An alert is not delivered to {}: {}. It is in gold/alerts; key {}", subscription.name(), e.getMessage(), notice.key());
                    return true;
                }
                count("failed");
                tell(e.getMessage());
                pause.millis(wait);
                wait = Math.min(LONGEST_PAUSE, wait * 2);
            }
        }
        return false;
    }

    private void tell(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("Alerts are not delivered to {} now: {}; they are kept in gold/alerts, and tried again until they are taken", subscription.name(), why);
        }
    }

    private void count(String outcome) {
        registry.counter("tidemark.deliveries", "channel", subscription.name(), "outcome", outcome).increment();
    }

    /** Ends the thread; what is not told is told by the next run. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(2_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
