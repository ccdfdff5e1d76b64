package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One partition of a hub. What is received waits here until it is polled, bounded in messages and in bytes: only what there is room for is asked for. When the
 * connection ends, it is received again from the message after the last that came, so none is missed and none comes twice.
 *
 * <p>Filled by the receiver's threads, polled by the pipeline's.
 */
final class HubPartition implements SourcePartition {

    /** What hears how the receiving goes; called by any thread. */
    interface Listener {

        /** Something can be polled, or nothing ever will be. */
        void arrived();

        /** The connection ended, and is made again; null if the other side gave no reason. */
        void interrupted(String partition, Throwable reason);

        /** Messages come again. */
        void resumed();

        /** Messages that the hub no longer had. */
        void missed(String partition, long after, long before);
    }

    /**
     * How much waits at most.
     *
     * @param messages number of messages
     * @param bytes    bytes of their bodies
     */
    record Room(int messages, long bytes) {
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int LONGEST_PAUSE = 7;

    private final String id;
    private final Room room;
    private final OptionalLong beganAfter;
    private final long target;
    private final boolean sinceTime;
    private final Listener listener;
    private final Receiver receiver = new Receiver();
    private final Flux<Message> messages;

    /** The rest of what was taken over at the last poll but one. Pipeline's thread. */
    private List<Message> taken = List.of();
    private int next;
    private long position;

    /** Last number that came. Written by the receiver's thread. */
    private volatile long received;
    private volatile EventPosition from;
    private volatile int interruptions;
    private volatile boolean resumedLate;
    private volatile HubReader.PartitionState state;
    private volatile Throwable failure;

    /** What follows is guarded by {@code receiver}. */
    private List<Message> waiting = new ArrayList<>();
    private int messagesHere;
    private long bytesHere;
    private long requested;
    private long messagesEver;
    private long bytesEver;

    /**
     * A partition of which nothing has been received yet.
     *
     * @param state  what the hub says of it now
     * @param start  where to begin
     * @param target the number up to which {@code --once} waits, -1 for nothing
     */
    HubPartition(HubReader.PartitionState state, HubReader hub, HubStart start, long target, Room room, Listener listener) {
        this.id = state.id();
        this.state = state;
        this.sinceTime = start.from().getEnqueuedDateTime() != null;
        this.room = room;
        this.beganAfter = start.beganAfter();
        this.position = start.position();
        this.received = start.position();
        this.from = start.from();
        this.target = target;
        this.listener = listener;
        this.messages = Flux.defer(() -> hub.receive(id, from))
                .repeatWhen(ended -> ended.concatMap(nothing -> again(null)))
                .retryWhen(Retry.from(failed -> failed.concatMap(signal -> HubFailure.isFinal(signal.failure()) ? Mono.error(signal.failure())
                        : again(signal.failure()))));
    }

    /** Begins to receive. */
    void start() {
        messages.subscribe(receiver);
    }

    /** After a pause that grows while nothing comes. */
    private Mono<Long> again(Throwable reason) {
        int before = interruptions;
        interruptions = before + 1;
        resumedLate = true;
        listener.interrupted(id, reason);
        return Mono.delay(FIRST_PAUSE.multipliedBy(1L << Math.min(LONGEST_PAUSE, before)));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public OptionalLong beganAfter() {
        return beganAfter;
    }

    /** Up to the newest message of which the hub told when it was asked last, or which has been received since. */
    @Override
    public long behind() {
        HubReader.PartitionState told = state;
        long before = Math.max(position, told.empty() ? told.last() : told.first() - 1);
        if (sinceTime && position < 0) {
            // How many of those that the hub has are older than the time to begin at is not known.
            return drained() ? 0 : -1;
        }
        return Math.max(0, Math.max(told.last(), received) - before);
    }

    /** Takes what the hub says of it now; any thread. */
    void told(HubReader.PartitionState now) {
        state = now;
    }

    /** Whether it is received, as far as that can be known: no connection was lost, or messages came since, or there were none that could have come. */
    boolean isReceived() {
        return !resumedLate || received >= state.last();
    }

    @Override
    public boolean finished() {
        return false;
    }

    /** Whether everything that was there when it was opened has been polled. */
    boolean drained() {
        return position >= target;
    }

    @Override
    public List<Message> poll(int max) {
        Throwable problem = failure;
        if (problem != null && HubFailure.isTakenOver(problem)) {
            // Whoever took it over reads from where the tables were then: what waits here is his.
            throw lost(problem);
        }
        if (next == taken.size() && !takeOver()) {
            return List.of();
        }
        int end = end(max);
        List<Message> polled = taken.subList(next, end);
        next = end;
        position = polled.get(polled.size() - 1).number();
        receiver.polled(polled);
        return polled;
    }

    private boolean takeOver() {
        // Looked at first: what came before the failure is there by then.
        Throwable problem = failure;
        synchronized (receiver) {
            taken = waiting;
            waiting = new ArrayList<>(Math.min(room.messages, taken.size()));
        }
        next = 0;
        if (taken.isEmpty() && problem != null) {
            throw lost(problem);
        }
        return !taken.isEmpty();
    }

    private SourceException lost(Throwable problem) {
        return new SourceException("Cannot read partition " + id + " of the hub any more: " + HubFailure.reason(problem)
                + ". Started again, the streamer goes on after the last message that the tables hold", problem);
    }

    /** Batches end before multiples of {@code max}. */
    private int end(int max) {
        long first = taken.get(next).number();
        long limit = Math.floorDiv(first, (long) max) * max + max;
        int end = (int) Math.min(taken.size(), next + (limit - first));
        while (taken.get(end - 1).number() >= limit) {
            end--;
        }
        return end;
    }

    /** Stops receiving; any thread. */
    void close() {
        receiver.dispose();
    }

    private final class Receiver extends BaseSubscriber<Message> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            ask();
        }

        @Override
        protected void hookOnNext(Message message) {
            long before = received;
            boolean known = message.number() <= before;
            boolean first;
            synchronized (this) {
                requested--;
                first = waiting.isEmpty();
                if (!known) {
                    waiting.add(message);
                    messagesHere++;
                    bytesHere += message.body().length;
                    messagesEver++;
                    bytesEver += message.body().length;
                }
            }
            if (known) {
                ask();
                return;
            }
            received = message.number();
            from = EventPosition.fromSequenceNumber(message.number(), false);
            if (resumedLate) {
                resumedLate = false;
                interruptions = 0;
                if (before >= 0 && message.number() > before + 1) {
                    listener.missed(id, before, message.number());
                }
                listener.resumed();
            }
            if (first) {
                listener.arrived();
            }
        }

        @Override
        protected void hookOnError(Throwable problem) {
            failure = problem;
            listener.arrived();
        }

        void polled(List<Message> polled) {
            long bytes = 0;
            for (Message message : polled) {
                bytes += message.body().length;
            }
            synchronized (this) {
                messagesHere -= polled.size();
                bytesHere -= bytes;
            }
            ask();
        }

        /** Requests what there is room for, in not too small steps. */
        private void ask() {
            long more;
            synchronized (this) {
                long mean = messagesEver == 0 ? 1 : Math.max(1, bytesEver / messagesEver);
                long limit = Math.min(room.messages, Math.max(1, room.bytes / mean));
                long free = Math.min(room.messages - messagesHere, (room.bytes - bytesHere) / mean) - requested;
                more = free >= Math.max(1, limit / 4) || requested == 0 && messagesHere == 0 ? Math.max(1, free) : 0;
                requested += more;
            }
            if (more > 0) {
                request(more);
            }
        }
    }
}
