package dev.tidemark.stream.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tidemark.stream.Patience;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a real broker. */
class KafkaSourceTest {

    /** Longer than a test waits: what goes on reading must not depend on an answer that never comes. */
    private static final Duration ANSWER = Patience.LONGEST.multipliedBy(2);
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final KafkaPartition.Room ROOM = new KafkaPartition.Room(2_000, 1 << 20);

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static Admin admin;
    private static Producer<byte[], byte[]> producer;

    private final Semaphore arrived = new Semaphore(0);
    private final Map<String, List<Message>> got = new TreeMap<>();
    private String topic;
    private KafkaSource source;

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

    private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
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

    private void create(int partitions) throws Exception {
        KafkaBroker.create(admin, topic, partitions);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(int partition, int from, int to) throws Exception {
        Future<?> last = null;
        for (int i = from; i < to; i++) {
            last = producer.send(new ProducerRecord<>(topic, partition, bytes("device-" + i % 7), bytes("{\"n\":" + i + "}")));
        }
        last.get();
    }

    private KafkaSource source(String more) {
        return KafkaSpecs.source("servers=" + broker.servers() + ",topic=" + topic + more, ROOM, ANSWER, LOOK);
    }

    private void open(String more, Map<String, Long> positions) throws IOException {
        source = source(more);
        source.open(positions, arrived::release);
    }

    private void take() {
        source.partitions().forEach(partition -> {
            List<Message> messages = partition.poll(100);
            got.computeIfAbsent(partition.id(), id -> new ArrayList<>()).addAll(messages);
        });
    }

    private int taken() {
        return got.values().stream().mapToInt(List::size).sum();
    }

    private void await(BooleanSupplier condition) {
        Patience.until(condition, () -> taken() + " messages taken, outage " + source.outage());
    }

    private void takeAll() {
        await(() -> {
            take();
            return source.drained();
        });
    }

    private void take(int count) {
        await(() -> {
            take();
            return taken() >= count;
        });
    }

    private List<Long> numbers(int partition) {
        return got.getOrDefault(Integer.toString(partition), List.of()).stream().map(Message::number).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private List<String> bodies(int partition) {
        return got.getOrDefault(Integer.toString(partition), List.of()).stream().map(Message::text).toList();
    }

    private static List<String> sent(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"n\":" + i + "}").toList();
    }

    @Test
    void every_message_comes_once_and_in_order() throws Exception {
        create(3);
        send(0, 0, 250);
        send(1, 250, 260);
        open("", Map.of());
        takeAll();
        assertThat(bodies(0)).isEqualTo(sent(0, 250));
        assertThat(numbers(0)).isEqualTo(range(0, 250));
        assertThat(bodies(1)).isEqualTo(sent(250, 260));
        assertThat(numbers(2)).isEmpty();
        assertThat(source.partitions()).extracting(SourcePartition::id).containsExactly("0", "1", "2");
        assertThat(source.partitions()).extracting(SourcePartition::position).containsExactly(249L, 9L, -1L);
        send(2, 300, 310);
        take(270);
        assertThat(bodies(2)).isEqualTo(sent(300, 310));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void key_headers_and_time_come_with_it_and_a_record_without_a_value_has_an_empty_body() throws Exception {
        topic = "record";
        create(1);
        long time = Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli();
        producer.send(new ProducerRecord<>(topic, 0, time, bytes("pump-7"), bytes("{}"),
                List.of(new RecordHeader("content-type", bytes("application/json")), new RecordHeader("plant", bytes("Süd")), new RecordHeader("none", null))));
        producer.send(new ProducerRecord<>(topic, 0, time, new byte[] {0, 0, 0, 7}, bytes("{}")));
        producer.send(new ProducerRecord<>(topic, 0, time, new byte[] {(byte) 0xff, 'x'}, bytes("{}")));
        producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, Long.valueOf(time), null, null)).get();
        open("", Map.of());
        takeAll();
        List<Message> messages = got.get("0");
        assertThat(messages.get(0).deviceId()).isEqualTo("pump-7");
        assertThat(messages.get(0).enqueued()).isEqualTo(time * 1_000);
        assertThat(messages.get(0).properties()).isEqualTo(Map.of("content-type", "application/json", "plant", "Süd", "none", ""));
        assertThat(messages).extracting(Message::deviceId).containsExactly("pump-7", null, null, null);
        assertThat(messages.get(1).properties()).isEmpty();
        assertThat(messages.get(3).body()).isEmpty();
    }

    @Test
    void it_goes_on_after_the_positions_that_are_held() throws Exception {
        create(2);
        send(0, 0, 50);
        send(1, 0, 20);
        open("", Map.of("0", 29L, "1", 19L));
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(30, 50));
        assertThat(numbers(1)).isEmpty();
        assertThat(source.partitions()).extracting(SourcePartition::position).containsExactly(49L, 19L);
    }

    @Test
    void what_was_never_read_begins_at_the_latest_message_or_at_a_time() throws Exception {
        topic = "start";
        create(2);
        long time = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
        for (int i = 0; i < 10; i++) {
            producer.send(new ProducerRecord<>(topic, 0, time + i * 1_000L, null, bytes("{\"n\":" + i + "}")));
        }
        producer.flush();
        open(",start=2026-03-01T12:00:07Z", Map.of());
        assertThat(source.partitions().get(0).beganAfter()).hasValue(6);
        takeAll();
        assertThat(bodies(0)).isEqualTo(sent(7, 10));
        source.close();
        got.clear();
        open(",start=latest", Map.of());
        assertThat(source.partitions().get(0).beganAfter()).hasValue(9);
        assertThat(source.partitions().get(1).beganAfter()).hasValue(-1);
        assertThat(source.drained()).isTrue();
        send(0, 10, 12);
        take(2);
        assertThat(bodies(0)).isEqualTo(sent(10, 12));
        source.close();
        got.clear();
        // Partition 1 was added since: all of it is wanted.
        send(1, 0, 3);
        open(",start=latest", Map.of("0", 11L));
        takeAll();
        assertThat(bodies(1)).isEqualTo(sent(0, 3));
    }

    @Test
    void messages_that_were_dropped_before_they_were_read_are_told_and_reading_goes_on() throws Exception {
        topic = "retention";
        create(1);
        send(0, 0, 50);
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(40))).all().get();
        open("", Map.of("0", 9L));
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(40, 50));
        assertThat(source.problems()).singleElement().asString().startsWith("30 messages of partition 0 of kafka:").contains("from number 10 on", "from 40");
        assertThat(source.problems()).isEmpty();
        source.close();
        got.clear();
        open("", Map.of());
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(40, 50));
        assertThat(source.problems()).as("what was never wanted is not lost").isEmpty();
    }

    @Test
    void a_partition_that_is_added_is_read_from_its_beginning() throws Exception {
        topic = "growing";
        create(1);
        open(",start=latest", Map.of());
        assertThat(source.partitions()).hasSize(1);
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        await(() -> source.partitions().size() == 3);
        send(2, 0, 5);
        take(5);
        assertThat(bodies(2)).isEqualTo(sent(0, 5));
    }

    @Test
    void what_waits_is_bounded_while_nothing_is_polled() throws Exception {
        topic = "pressure";
        create(1);
        send(0, 0, 20_000);
        open("", Map.of());
        KafkaPartition partition = (KafkaPartition) source.partitions().get(0);
        await(partition::paused);
        assertThat(partition.behind()).isEqualTo(20_000);
        send(0, 20_000, 20_050);
        await(() -> partition.behind() == 20_050);
        // And the fetch that filled it.
        assertThat(partition.waiting()).isBetween(ROOM.messages(), ROOM.messages() + 4_096);
        take(20_050);
        assertThat(partition.behind()).isZero();
        assertThat(numbers(0)).isEqualTo(range(0, 20_050));
    }

    @Test
    void offsets_of_transactions_are_no_messages_and_aborted_ones_do_not_come() throws Exception {
        topic = "transactions";
        create(1);
        try (Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "tx"))) {
            transactional.initTransactions();
            for (int i = 0; i < 4; i++) {
                transactional.beginTransaction();
                transactional.send(new ProducerRecord<>(topic, 0, null, bytes("{\"n\":" + i + "}")));
                if (i % 2 == 0) {
                    transactional.commitTransaction();
                } else {
                    transactional.flush();
                    transactional.abortTransaction();
                }
            }
        }
        open("", Map.of());
        takeAll();
        assertThat(bodies(0)).containsExactly("{\"n\":0}", "{\"n\":2}");
        assertThat(numbers(0)).containsExactly(0L, 4L);
        await(() -> source.partitions().get(0).behind() == 0);
        source.close();
        open("", Map.of("0", 4L));
        takeAll();
        assertThat(taken()).isEqualTo(2);
    }

    @Test
    void a_topic_that_is_made_anew_is_another_origin() throws Exception {
        topic = "origin";
        create(2);
        send(0, 0, 5);
        source = source("");
        Origin before = source.origin().orElseThrow();
        source.close();
        source = source("");
        assertThat(source.origin()).hasValue(before);
        assertThat(before.last()).isEqualTo(Map.of("0", 4L, "1", -1L));
        source.close();
        KafkaBroker.delete(admin, topic);
        create(2);
        source = source("");
        Origin after = source.origin().orElseThrow();
        assertThat(after.identity()).isNotEqualTo(before.identity());
        assertThat(after.last()).isEqualTo(Map.of("0", -1L, "1", -1L));
    }

    @Test
    void a_topic_that_is_made_anew_while_it_is_read_stops_with_a_message() throws Exception {
        topic = "anew";
        create(1);
        send(0, 0, 5);
        open("", Map.of());
        take(5);
        KafkaBroker.delete(admin, topic);
        create(1);
        assertThatThrownBy(() -> await(() -> {
            take();
            return false;
        })).isInstanceOf(SourceException.class).hasMessageContainingAll("Cannot go on with source kafka:", "made anew", "--accept-new-hub");
        assertThat(taken()).isEqualTo(5);
    }

    @Test
    void a_broker_that_is_restarted_costs_nothing_and_is_told_once() throws Exception {
        topic = "restart";
        create(2);
        send(0, 0, 30);
        open("", Map.of());
        take(30);
        List<String> told = new CopyOnWriteArrayList<>();
        AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                told.add(event.getFormattedMessage());
            }
        };
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(KafkaReader.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        broker.stop();
        Patience.until(() -> source.outage() != null && told.size() % 2 == 1, () -> told);
        assertThat(source.outage()).startsWith("since 20").contains("no broker answers at " + broker.servers());
        broker.start();
        send(0, 30, 60);
        send(1, 0, 10);
        take(70);
        // A busy broker may miss the second that it has for an answer, before and after: then that is told too, as any other outage.
        Patience.until(() -> source.outage() == null && told.size() % 2 == 0, () -> told);
        logger.detachAppender(log);
        for (int i = 0; i < told.size(); i += 2) {
            assertThat(told.get(i)).startsWith("Cannot read kafka:").contains("no broker answers at " + broker.servers(), "tried again");
            assertThat(told.get(i + 1)).endsWith("is being read again");
        }
        assertThat(numbers(0)).isEqualTo(range(0, 60));
        assertThat(numbers(1)).isEqualTo(range(0, 10));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void a_topic_that_is_not_there_is_refused() {
        topic = "nowhere";
        assertThatThrownBy(() -> open("", Map.of())).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source kafka:" + broker.servers() + "/nowhere: there is no topic nowhere");
    }

    @Test
    void a_broker_that_does_not_answer_is_told_soon() throws IOException {
        source = KafkaSpecs.source("servers=127.0.0.1:1,topic=t", ROOM, Duration.ofSeconds(1), LOOK);
        long began = System.nanoTime();
        assertThatThrownBy(() -> source.open(Map.of(), arrived::release)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use source kafka:127.0.0.1:1/t: no broker answers at 127.0.0.1:1; is it running");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("Kafka's own patience is a minute").isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void a_host_that_does_not_exist_is_told() {
        source = KafkaSpecs.source("servers=no-such-host.invalid:9092,topic=t", ROOM, Duration.ofSeconds(1), LOOK);
        assertThatThrownBy(() -> source.open(Map.of(), arrived::release)).isInstanceOf(IOException.class).hasMessageStartingWith("Cannot use source kafka:no-such-host.invalid:9092/t: ");
    }

    @Test
    void closing_takes_no_time() throws Exception {
        topic = "closing";
        create(1);
        open("", Map.of());
        long began = System.nanoTime();
        source.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("a consumer's own patience is half a minute").isLessThan(Duration.ofSeconds(25));
    }
}
