package dev.tidemark.stream.source;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A topic of Kafka, or of Event Hubs' Kafka endpoint ({@code kafka:…}). Numbers are Kafka's offsets; there is no consumer group, and nothing is committed to the brokers.
 *
 * <p>Offsets have gaps where transactions ended or a topic was compacted. Only committed messages are read, unless the configuration says otherwise. Messages that
 * the brokers dropped before they were read (their retention) are told with their number, and reading goes on with what is left: stopping would only lose more.
 */
public final class KafkaSource implements EventSource {

    private final KafkaSpec spec;
    private final InstantSource clock;
    private final KafkaPartition.Room room;
    private final Duration patience;
    private final Duration look;

    private KafkaSettings settings;
    private KafkaTopic topic;
    private Consumer<byte[], byte[]> consumer;
    private KafkaTopic.Description description;
    private KafkaReader reader;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param room     what all partitions together may let wait
     * @param patience how long the brokers may take to answer
     * @param look     how often to look for partitions that were added, and for a topic that was made anew
     */
    KafkaSource(KafkaSpec spec, InstantSource clock, KafkaPartition.Room room, Duration patience, Duration look) {
        this.spec = spec;
        this.clock = clock;
        this.room = room;
        this.patience = patience;
        this.look = look;
    }

    /** {@code kafka:}, servers and topic, or the name that was given instead. */
    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Optional<Origin> origin() throws IOException {
        connect();
        Map<String, Long> last = new HashMap<>();
        asking(() -> consumer.endOffsets(description.partitions()).forEach((partition, end) -> last.put(Integer.toString(partition.partition()), end - 1)));
        return Optional.of(new Origin(description.identity(), last, false));
    }

    @Override
    public void open(Map<String, Long> positions, Runnable arrived) throws IOException {
        connect();
        reader = new KafkaReader(spec, consumer, topic, description.identity(), clock, room, look, new Ear(arrived));
        // If others were read before, a partition that was not was added since, and nothing of it is to be missed.
        asking(() -> reader.add(description.partitions(), positions, positions.isEmpty() ? spec.first() : KafkaSpec.First.EARLIEST));
        reader.start();
    }

    private void connect() throws IOException {
        if (description != null) {
            return;
        }
        settings = KafkaSettings.read(spec);
        asking(() -> {
            topic = new KafkaTopic(spec.topic(), settings);
            description = topic.describe(patience).get();
            Map<String, Object> client = settings.consumer();
            client.put("default.api.timeout.ms", (int) patience.toMillis());
            client.put("request.timeout.ms", (int) patience.toMillis());
            consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    private interface Question {
        void ask() throws ExecutionException, InterruptedException;
    }

    private void asking(Question question) throws IOException {
        try {
            question.ask();
        } catch (ExecutionException | KafkaException | IllegalArgumentException e) {
            throw new IOException("Cannot use source " + spec.name() + ": " + KafkaFailure.reason(e, spec, settings), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot use source " + spec.name() + ": it was stopped while it connected", e);
        }
    }

    @Override
    public List<SourcePartition> partitions() {
        reader.check();
        return List.copyOf(reader.partitions());
    }

    @Override
    public boolean drained() {
        return reader.partitions().stream().allMatch(KafkaPartition::drained);
    }

    @Override
    public List<String> problems() {
        synchronized (problems) {
            List<String> now = List.copyOf(problems);
            problems.clear();
            return now;
        }
    }

    @Override
    public String outage() {
        return reader == null ? null : reader.outage();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            return;
        }
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
        if (topic != null) {
            topic.close();
        }
    }

    private final class Ear implements KafkaReader.Listener {

        private final Runnable arrived;

        Ear(Runnable arrived) {
            this.arrived = arrived;
        }

        @Override
        public void arrived() {
            arrived.run();
        }

        @Override
        public void problem(String text) {
            synchronized (problems) {
                problems.add(text);
            }
        }

        @Override
        public String reason(Throwable failure) {
            return KafkaFailure.reason(failure, spec, settings);
        }
    }
}
