package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A hub in the memory of the test; each connection can be ended as real ones are. */
final class FakeHub implements HubReader {

    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<String, List<Message>> log = new TreeMap<>();
    private final Map<String, Integer> dropped = new ConcurrentHashMap<>();
    /** Partition → connection. */
    final Map<String, Connection> connections = new ConcurrentHashMap<>();
    /** What receivers asked for, in order. */
    final List<EventPosition> asked = Collections.synchronizedList(new ArrayList<>());
    /** How a connection ends by itself after so many messages; null for one that stays. */
    volatile Throwable refusal;
    /** Why it does not say how it is; null if it does. */
    volatile String silence;
    int bytes = 2;

    FakeHub(String... partitions) {
        for (String partition : partitions) {
            add(partition);
        }
    }

    synchronized void add(String partition) {
        log.put(partition, new ArrayList<>());
    }

    /** Enqueues messages; the millisecond of each is its number. */
    FakeHub send(String partition, int count) {
        synchronized (this) {
            List<Message> messages = log.get(partition);
            for (int i = 0; i < count; i++) {
                byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
                messages.add(new Message(messages.size(), CREATED.toEpochMilli() * 1_000 + messages.size() * 1_000L, null, Map.of(), body));
            }
        }
        Connection connection = connections.get(partition);
        if (connection != null) {
            connection.push();
        }
        return this;
    }

    /** Retention: the first messages are gone. */
    synchronized void drop(String partition, int count) {
        dropped.put(partition, count);
    }

    @Override
    public synchronized State state(Duration patience) throws IOException {
        if (silence != null) {
            throw new IOException(silence);
        }
        List<PartitionState> partitions = new ArrayList<>();
        log.forEach((id, messages) -> {
            int gone = dropped.getOrDefault(id, 0);
            partitions.add(new PartitionState(id, gone, messages.size() - 1L, CREATED.plusMillis(messages.size() - 1L), gone == messages.size()));
        });
        return new State(CREATED, partitions);
    }

    @Override
    public Flux<Message> receive(String partition, EventPosition from) {
        asked.add(from);
        Throwable refused = refusal;
        return refused != null ? Flux.error(refused) : Flux.create(sink -> {
            Connection connection = new Connection(partition, sink, begin(partition, from));
            connections.put(partition, connection);
            sink.onRequest(more -> connection.push());
        }, FluxSink.OverflowStrategy.ERROR);
    }

    private synchronized int begin(String partition, EventPosition from) {
        int gone = dropped.getOrDefault(partition, 0);
        if (from.getSequenceNumber() != null) {
            return Math.max(gone, (int) (from.getSequenceNumber() + 1));
        }
        if (from.getEnqueuedDateTime() != null) {
            return Math.max(gone, (int) (from.getEnqueuedDateTime().toEpochMilli() - CREATED.toEpochMilli()));
        }
        return gone;
    }

    @Override
    public void close() {
        connections.clear();
    }

    final class Connection {

        private final String partition;
        private final FluxSink<Message> sink;
        private int next;
        int sent;

        Connection(String partition, FluxSink<Message> sink, int next) {
            this.partition = partition;
            this.sink = sink;
            this.next = next;
        }

        synchronized void push() {
            while (sink.requestedFromDownstream() > 0 && !sink.isCancelled()) {
                Message message;
                synchronized (FakeHub.this) {
                    List<Message> messages = log.get(partition);
                    if (next >= messages.size()) {
                        return;
                    }
                    message = messages.get(next);
                }
                next++;
                sent++;
                sink.next(message);
            }
        }

        /** As the SDK does when the TCP connection is lost. */
        void complete() {
            sink.complete();
        }

        void fail(Throwable problem) {
            sink.error(problem);
        }

        /** Sends messages again from a number on: what a careless hub might do. */
        synchronized void repeatFrom(int number) {
            next = number;
        }
    }
}
