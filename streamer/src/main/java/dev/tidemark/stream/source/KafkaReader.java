package dev.tidemark.stream.source;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread that owns a consumer: fetches, pauses where there is no room, looks for partitions that were added and for a topic that was made anew, and goes on after
 * trouble with the brokers, which it tells once.
 */
final class KafkaReader implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLOSE = Duration.ofMillis(300);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 10_000;
    /** A partition is given no less. */
    private static final int FEWEST_WAITING = 1_024;
    private static final long FEWEST_BYTES_WAITING = 1 << 20;
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

    /** What hears of news; called by the reader's thread. */
    interface Listener {

        void arrived();

        /** Something for the user. */
        void problem(String text);

        /** Why a failure happened, in the user's words. */
        String reason(Throwable failure);
    }

    private final KafkaSpec spec;
    private final Consumer<byte[], byte[]> consumer;
    private final KafkaTopic topic;
    private final long identity;
    private final KafkaMessages messages;
    private final KafkaPartition.Room room;
    private final Duration look;
    private final Duration patience;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    private final Map<TopicPartition, KafkaPartition> known = new HashMap<>();
    private volatile List<KafkaPartition> partitions = List.of();
    private volatile SourceException failure;
    private Future<KafkaTopic.Description> description;
    private long lookedAt = System.nanoTime();
    private final Outage outage;
    private long pause = FIRST_PAUSE;

    /**
     * A reader without partitions. It owns the consumer and the topic from now on.
     *
     * @param identity of the topic that is to be read
     * @param room     what all partitions together may let wait
     * @param look     how often to look at the topic, and how far it reaches
     */
    KafkaReader(KafkaSpec spec, Consumer<byte[], byte[]> consumer, KafkaTopic topic, long identity, InstantSource clock, KafkaPartition.Room room, Duration look,
                Listener listener) {
        this.spec = spec;
        this.consumer = consumer;
        this.topic = topic;
        this.identity = identity;
        this.messages = new KafkaMessages(clock);
        this.outage = new Outage(clock);
        this.room = room;
        this.look = look;
        this.patience = look.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : look;
        this.listener = listener;
        this.thread = new Thread(this, spec.name());
        this.thread.setDaemon(true);
    }

    List<KafkaPartition> partitions() {
        return partitions;
    }

    /** Why nothing can be read just now, null while it can; any thread. */
    String outage() {
        return outage.text();
    }

    /** @throws SourceException if it cannot be read any more */
    void check() {
        if (failure != null) {
            throw new SourceException(failure.getMessage(), failure);
        }
    }

    /**
     * Takes over partitions; before {@link #start} by any thread, afterwards by its own.
     *
     * @param positions partition → number of the last message that the tables hold
     * @param first     where to begin one that is not among them
     */
    void add(List<TopicPartition> added, Map<String, Long> positions, KafkaSpec.First first) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(added);
        Map<TopicPartition, Long> ends = consumer.endOffsets(added);
        Map<TopicPartition, OffsetAndTimestamp> times = Map.of();
        if (first.place() == KafkaSpec.First.Place.TIME) {
            Map<TopicPartition, Long> asked = new HashMap<>();
            added.forEach(partition -> asked.put(partition, first.time()));
            times = consumer.offsetsForTimes(asked);
        }
        Map<TopicPartition, KafkaStart> starts = new HashMap<>();
        for (TopicPartition partition : added) {
            Long held = positions.get(Integer.toString(partition.partition()));
            OffsetAndTimestamp time = times.get(partition);
            starts.put(partition, held != null ? KafkaStart.after(held, oldest.get(partition)) : switch (first.place()) {
                case EARLIEST -> KafkaStart.earliest(oldest.get(partition));
                case LATEST -> KafkaStart.at(ends.get(partition));
                case TIME -> KafkaStart.at(time == null ? ends.get(partition) : time.offset());
            });
        }
        int count = known.size() + added.size();
        KafkaPartition.Room share = new KafkaPartition.Room(Math.max(FEWEST_WAITING, room.messages() / count), Math.max(FEWEST_BYTES_WAITING, room.bytes() / count));
        List<KafkaPartition> all = new ArrayList<>(partitions);
        for (TopicPartition partition : added) {
            KafkaStart start = starts.get(partition);
            KafkaPartition made = new KafkaPartition(partition.partition(), start, ends.get(partition), share, consumer::wakeup);
            lost(partition, start.position() + 1, start.lost());
            known.put(partition, made);
            all.add(made);
        }
        consumer.assign(known.keySet());
        starts.forEach((partition, start) -> consumer.seek(partition, start.offset()));
        partitions = List.copyOf(all);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread, or what it would have closed if it was never started. */
    void close() {
        closing.countDown();
        consumer.wakeup();
        if (!thread.isAlive()) {
            end();
            return;
        }
        try {
            thread.join(2 * CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (closing.getCount() > 0 && failure == null) {
                try {
                    look();
                    fetch();
                } catch (WakeupException e) {
                    // There is room again, or it is to end.
                } catch (KafkaException e) {
                    trouble(e);
                    if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    pause = Math.min(LONGEST_PAUSE, 2 * pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", spec.name());
        } catch (RuntimeException e) {
            LOG.debug("Reading {} failed", spec.name(), e);
            fail("Cannot read " + spec.name() + " any more: " + listener.reason(e));
        } finally {
            end();
        }
    }

    private void end() {
        consumer.close(CloseOptions.timeout(CLOSE));
        topic.close();
    }

    private void fetch() {
        for (Map.Entry<TopicPartition, KafkaPartition> partition : known.entrySet()) {
            boolean paused = consumer.paused().contains(partition.getKey());
            if (partition.getValue().pause() != paused) {
                if (paused) {
                    consumer.resume(List.of(partition.getKey()));
                } else {
                    consumer.pause(List.of(partition.getKey()));
                }
            }
        }
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            outOfRange(e.offsetOutOfRangePartitions());
            return;
        }
        if (!records.nextOffsets().isEmpty()) {
            records.nextOffsets().forEach((partition, next) -> known.get(partition).add(messages.of(records.records(partition)), next.offset()));
            fine();
            listener.arrived();
        }
    }

    /** What was to be fetched next is not there: too old, or more than the topic has. */
    private void outOfRange(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(wanted.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet());
        wanted.forEach((partition, offset) -> {
            if (offset > ends.get(partition)) {
                madeAnew("partition " + partition.partition() + " ends before number " + ends.get(partition) + ", expected at least " + offset);
                return;
            }
            lost(partition, offset, oldest.get(partition) - offset);
            consumer.seek(partition, Math.max(offset, oldest.get(partition)));
        });
    }

    private void look() {
        if (description == null) {
            if (System.nanoTime() - lookedAt < look.toNanos()) {
                return;
            }
            description = topic.describe(patience);
        }
        if (!description.isDone()) {
            return;
        }
        try {
            KafkaTopic.Description now = description.get();
            if (now.identity() != identity) {
                madeAnew("its topic id is another one");
                return;
            }
            List<TopicPartition> added = now.partitions().stream().filter(partition -> !known.containsKey(partition)).toList();
            if (!added.isEmpty()) {
                // They were made while we looked: all that they have is new.
                add(added, Map.of(), KafkaSpec.First.EARLIEST);
                listener.arrived();
            }
            // No longer than the look itself may take: nothing is fetched while it waits, and brokers that went away just now are to be told.
            consumer.endOffsets(known.keySet(), patience).forEach((partition, end) -> known.get(partition).reaches(end));
            fine();
        } catch (ExecutionException e) {
            trouble(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            description = null;
            lookedAt = System.nanoTime();
        }
    }

    private void lost(TopicPartition partition, long from, long count) {
        if (count > 0) {
            listener.problem(count + (count == 1 ? " message" : " messages") + " of partition " + partition.partition() + " of " + spec.name()
                    + " are lost: the brokers no longer had them (expected from number " + from + " on, actual from " + (from + count)
                    + "); reading goes on with what is left. Let the topic retain messages longer");
        }
    }

    private void madeAnew(String difference) {
        fail("Cannot go on with source " + spec.name() + ": it is not the stream any more that the tables were filled from, it was made anew, or lost its newest messages ("
                + difference + "). If that is meant, start once with --accept-new-hub: its messages are then taken as those of another source, and what the tables hold stays");
    }

    private void fail(String message) {
        failure = new SourceException(message);
        listener.arrived();
    }

    private void trouble(Throwable problem) {
        LOG.debug("Trouble with {}", spec.name(), problem);
        String reason = listener.reason(problem);
        if (outage.begin(reason)) {
            LOG.warn("Cannot read {} at the moment: {} Nothing is missed: it is tried again, and reading goes on where it was", spec.name(), reason);
        }
    }

    private void fine() {
        pause = FIRST_PAUSE;
        if (outage.end()) {
            LOG.info("{} is being read again", spec.name());
        }
    }
}
