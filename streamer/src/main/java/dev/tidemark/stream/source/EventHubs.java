package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A hub of Azure Event Hubs, or the built-in endpoint of an IoT Hub, over AMQP ({@code eventhubs:…}). Numbers are the hub's sequence numbers. Every
 * partition is received by its own receiver, with an owner level that keeps a second streamer out: of two with the same level the one that came
 * last goes on, and the other ends with a message.
 *
 * <p>Messages that the hub dropped before they were read (its retention) are told with their number, and reading goes on with what is left: stopping would only
 * lose more.
 */
public final class EventHubs implements EventSource {

    private static final Logger LOG = LoggerFactory.getLogger(EventHubs.class);
    /** What all partitions together may let wait. */
    private static final int MOST_WAITING = 65_536;
    private static final long MOST_BYTES_WAITING = 48L << 20;
    /** A namespace answers 50 questions a second, of all its clients. */
    private static final long MILLIS_A_QUESTION = 50;
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final HubReader hub;
    private final EventPosition first;
    private final Duration look;

    private HubReader.State state;
    private Map<String, Long> positions = Map.of();
    private volatile List<HubPartition> partitions = List.of();
    private final Set<String> known = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final Outage outage;
    private Runnable arrived = () -> { };
    private ScheduledExecutorService looking;
    /** How often in a row the hub gave no answer. Of {@code looking}'s thread. */
    private int unanswered;

    /**
     * @param address of the hub, without a secret: makes the source's {@linkplain #name() name}
     * @param first   where to begin what was never read: earliest, latest, or a time
     * @param look    how often to ask how far the partitions reach, whether some were added, and whether the hub is there at all
     */
    EventHubs(String address, HubReader hub, EventPosition first, Duration look, InstantSource clock) {
        this.name = "eventhubs:" + address;
        this.hub = hub;
        this.first = first;
        this.look = look;
        this.outage = new Outage(clock);
    }

    /** {@code eventhubs:}, host and hub. The consumer group is not part of it: the messages are the same ones. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Origin> origin() throws IOException {
        state = hub.state(AmqpHubReader.PATIENCE);
        Map<String, Long> last = new HashMap<>();
        state.partitions().forEach(partition -> last.put(partition.id(), partition.last()));
        return Optional.of(new Origin(state.created().toEpochMilli(), last));
    }

    @Override
    public void open(Map<String, Long> held, Runnable wake) throws IOException {
        positions = Map.copyOf(held);
        arrived = wake;
        if (state == null) {
            state = hub.state(AmqpHubReader.PATIENCE);
        }
        add(state, first);
        looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hub partitions");
            thread.setDaemon(true);
            return thread;
        });
        long pause = Math.max(look.toMillis(), MILLIS_A_QUESTION * state.partitions().size());
        looking.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Partitions that are not known yet. */
    private void add(HubReader.State now, EventPosition begin) {
        int count = Math.max(1, now.partitions().size());
        HubPartition.Room room = new HubPartition.Room(Math.max(1_024, MOST_WAITING / count), Math.max(1 << 20, MOST_BYTES_WAITING / count));
        List<HubPartition> added = new ArrayList<>();
        for (HubReader.PartitionState partition : now.partitions()) {
            if (known.add(partition.id())) {
                HubStart start = HubStart.of(partition, positions, begin);
                if (start.lost() > 0) {
                    problem(start.lost() + (start.lost() == 1 ? " message" : " messages") + " of partition " + partition.id() + " of " + name
                            + " are lost: the hub no longer had them (expected from number " + (start.position() + 1) + " on, actual from "
                            + (start.position() + 1 + start.lost()) + "); reading goes on with what is left. Let the hub retain messages longer");
                }
                added.add(new HubPartition(partition, hub, start, target(partition, start), room, new Ear()));
            }
        }
        List<HubPartition> all = new ArrayList<>(partitions);
        all.addAll(added);
        partitions = List.copyOf(all);
        added.forEach(HubPartition::start);
    }

    private static long target(HubReader.PartitionState partition, HubStart start) {
        Instant from = start.from().getEnqueuedDateTime();
        boolean nothing = partition.empty() || from != null && partition.lastEnqueued().isBefore(from);
        return nothing ? -1 : partition.last();
    }

    private void look() {
        try {
            HubReader.State now = hub.state(LOOK_PATIENCE);
            unanswered = 0;
            Map<String, HubReader.PartitionState> told = now.partitions().stream().collect(Collectors.toMap(HubReader.PartitionState::id, partition -> partition));
            partitions.stream().filter(partition -> told.containsKey(partition.id())).forEach(partition -> partition.told(told.get(partition.id())));
            if (!known.containsAll(told.keySet())) {
                // They were made while we looked: all that they have is new.
                add(now, EventPosition.earliest());
                arrived.run();
            }
            if (partitions.stream().allMatch(HubPartition::isReceived)) {
                reached();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Cannot look at the hub now", e);
            unanswered++;
            // Once is no news: hubs close connections now and then, and one that is made again has not answered what the last one was asked.
            if (unanswered > 1 && !looking.isShutdown()) {
                unreachable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
    }

    private void unreachable(String reason) {
        if (outage.begin(reason)) {
            LOG.warn("The connection to {} is lost: {}; nothing is missed: it is tried again, and reading goes on where it was", name, reason);
        }
    }

    private void reached() {
        if (outage.end()) {
            LOG.info("{} is being read again", name);
        }
    }

    @Override
    public String outage() {
        return outage.text();
    }

    @Override
    public List<SourcePartition> partitions() {
        return List.copyOf(partitions);
    }

    @Override
    public boolean drained() {
        return partitions.stream().allMatch(HubPartition::drained);
    }

    @Override
    public List<String> problems() {
        synchronized (problems) {
            List<String> now = List.copyOf(problems);
            problems.clear();
            return now;
        }
    }

    private void problem(String problem) {
        synchronized (problems) {
            problems.add(problem);
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
        partitions.forEach(HubPartition::close);
        hub.close();
    }

    /** Tells once that the connection is lost, whichever partition notices first, and once that it is back. */
    private final class Ear implements HubPartition.Listener {

        @Override
        public void arrived() {
            arrived.run();
        }

        @Override
        public void interrupted(String partition, Throwable reason) {
            if (reason == null) {
                // Hubs close the links of quiet partitions now and then: no news.
                LOG.debug("The connection to partition {} of {} ended and is made again", partition, name);
            } else {
                unreachable(HubFailure.reason(reason));
            }
        }

        @Override
        public void resumed() {
            reached();
        }

        @Override
        public void missed(String partition, long after, long before) {
            problem((before - after - 1) + " messages of partition " + partition + " of " + name + " between numbers " + after + " and " + before
                    + " are lost: the hub dropped them while the connection was down");
        }
    }
}
