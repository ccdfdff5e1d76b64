package dev.tidemark.stream.source;

import dev.tidemark.stream.Patience;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A topic of a real broker, and a source that reads it. */
abstract class BrokerTopic {

    /** Longer than a test waits: what goes on reading must not depend on an answer that never comes. */
    static final Duration ANSWER = Patience.LONGEST.multipliedBy(2);
    static final Duration LOOK = Duration.ofMillis(50);

    static final KafkaPartition.Room ROOM = new KafkaPartition.Room(2_000, 1 << 20);

    @TempDir
    static Path folder;

    static KafkaBroker broker;
    static Admin admin;
    static Producer<byte[], byte[]> producer;

    final Semaphore arrived = new Semaphore(0);
    final Map<String, List<Message>> got = new TreeMap<>();
    String topic;
    KafkaSource source;

    @BeforeAll
    static void begin() throws Exception {
        broker = KafkaBroker.start(folder.resolve("broker"));
        admin = Admin.create(broker.client());
        producer = producer(Map.of());
    }

    @AfterAll
    static void end() throws Exception {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }

    static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(broker.writer());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void name(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() throws Exception {
        if (source != null) {
            source.close();
        }
        // A test that stopped the broker and failed leaves it to the others.
        broker.start();
    }

    void create(int partitions) throws Exception {
        KafkaBroker.create(admin, topic, partitions);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void send(int partition, int from, int to) throws Exception {
        Future<?> last = null;
        for (int i = from; i < to; i++) {
            last = producer.send(new ProducerRecord<>(topic, partition, bytes("device-" + i % 7), bytes("{\"n\":" + i + "}")));
        }
        last.get();
    }

    KafkaSource source(String more) {
        return KafkaSpecs.source("servers=" + broker.servers() + ",topic=" + topic + more, ROOM, ANSWER, LOOK);
    }

    void open(String more, Map<String, Long> positions) throws IOException {
        source = source(more);
        source.open(positions, arrived::release);
    }

    void take() {
        source.partitions().forEach(partition -> {
            List<Message> messages = partition.poll(100);
            got.computeIfAbsent(partition.id(), id -> new ArrayList<>()).addAll(messages);
        });
    }

    int taken() {
        return got.values().stream().mapToInt(List::size).sum();
    }

    void await(BooleanSupplier condition) {
        Patience.until(condition, () -> taken() + " messages taken, outage " + source.outage());
    }

    void takeAll() {
        await(() -> {
            take();
            return source.drained();
        });
    }

    void take(int count) {
        await(() -> {
            take();
            return taken() >= count;
        });
    }

    List<Long> numbers(int partition) {
        return got.getOrDefault(Integer.toString(partition), List.of()).stream().map(Message::number).toList();
    }

    static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    List<String> bodies(int partition) {
        return got.getOrDefault(Integer.toString(partition), List.of()).stream().map(Message::text).toList();
    }

    static List<String> sent(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"n\":" + i + "}").toList();
    }
}
