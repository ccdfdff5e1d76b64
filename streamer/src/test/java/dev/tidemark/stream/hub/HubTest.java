package dev.tidemark.stream.hub;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProperties;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import com.azure.messaging.eventhubs.models.SendOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static dev.tidemark.stream.hub.HubClients.bodies;
import static dev.tidemark.stream.hub.HubClients.receive;
import static dev.tidemark.stream.hub.HubClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The hub, as clients of the Azure SDK see it. */
class HubTest {

    private static final Instant MADE = Instant.parse("2026-03-01T08:00:00.123Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> clock = new AtomicReference<>(MADE);
    private Hub hub;
    private EventHubProducerAsyncClient producer;
    private EventHubConsumerAsyncClient consumer;

    @BeforeEach
    void open() throws IOException {
        hub = Hub.open(settings());
        producer = HubClients.producer(hub);
        consumer = HubClients.consumer(hub);
    }

    private HubSettings settings() {
        return HubSettings.in(folder.resolve("data"), clock::get).withHub("telemetry", 2).withGroup("second");
    }

    @AfterEach
    void close() throws IOException {
        consumer.close();
        producer.close();
        hub.close();
    }

    private void reopen() throws IOException {
        close();
        hub = Hub.open(settings());
        producer = HubClients.producer(hub);
        consumer = HubClients.consumer(hub);
    }

    @Test
    void what_is_sent_is_received_with_sequence_number_offset_time_and_all_the_sender_gave() {
        EventData event = new EventData("{\"temp\":21.5}");
        event.getProperties().put("site", "north");
        event.getProperties().put("line", 7);
        event.setContentType("application/json").setMessageId("m-1");
        send(producer, new CreateBatchOptions().setPartitionId("1"), event, new EventData("second"));

        List<PartitionEvent> events = receive(consumer, "1", EventPosition.earliest(), new ReceiveOptions(), 2);

        EventData first = events.get(0).getData();
        assertThat(first.getBodyAsString()).isEqualTo("{\"temp\":21.5}");
        assertThat(first.getProperties()).containsEntry("site", "north").containsEntry("line", 7);
        assertThat(first.getContentType()).isEqualTo("application/json");
        assertThat(first.getMessageId()).isEqualTo("m-1");
        assertThat(first.getSequenceNumber()).isZero();
        assertThat(first.getOffset()).isZero();
        assertThat(first.getEnqueuedTime()).isEqualTo(MADE);
        assertThat(events.get(1).getData().getSequenceNumber()).isEqualTo(1);
        assertThat(events.get(1).getData().getOffset()).isPositive();
    }

    @Test
    void a_single_event_that_is_no_batch_is_stored_too() {
        producer.send(List.of(new EventData("alone")), new SendOptions().setPartitionId("0")).block(HubClients.PATIENCE);

        assertThat(bodies(receive(consumer, EventPosition.earliest(), 1))).containsExactly("alone");
    }

    @Test
    void a_sender_can_play_an_iot_hub_by_its_annotations() {
        EventData event = new EventData("{}");
        event.getRawAmqpMessage().getMessageAnnotations().put("iothub-connection-device-id", "pump-7");
        event.getRawAmqpMessage().getMessageAnnotations().put("iothub-message-source", "Telemetry");
        event.getRawAmqpMessage().getMessageAnnotations().put("x-opt-sequence-number", 99L);
        send(producer, new CreateBatchOptions().setPartitionId("0"), event);

        EventData received = receive(consumer, EventPosition.earliest(), 1).get(0).getData();

        assertThat(received.getSystemProperties()).containsEntry("iothub-connection-device-id", "pump-7").containsEntry("iothub-message-source", "Telemetry");
        assertThat(received.getSequenceNumber()).as("the hub's own").isZero();
    }

    @Test
    void reading_begins_after_or_at_a_sequence_number_an_offset_or_a_time() {
        for (int i = 0; i < 5; i++) {
            clock.set(MADE.plusSeconds(i));
            send(producer, i, i + 1);
        }
        long offset = receive(consumer, EventPosition.fromSequenceNumber(2, true), 1).get(0).getData().getOffset();

        assertThat(bodies(receive(consumer, EventPosition.fromSequenceNumber(2), 2))).containsExactly("event 3", "event 4");
        assertThat(bodies(receive(consumer, EventPosition.fromSequenceNumber(2, true), 2))).containsExactly("event 2", "event 3");
        assertThat(bodies(receive(consumer, EventPosition.fromOffset(offset), 2))).containsExactly("event 3", "event 4");
        // A time is taken as "after it": this is how the SDK asks.
        assertThat(bodies(receive(consumer, EventPosition.fromEnqueuedTime(MADE.plusSeconds(2)), 2))).containsExactly("event 3", "event 4");
        assertThat(bodies(receive(consumer, EventPosition.fromEnqueuedTime(MADE.minusSeconds(5)), 1))).containsExactly("event 0");
    }

    @Test
    void latest_is_what_comes_from_now_on() throws Exception {
        send(producer, 0, 3);
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Disposable reading = consumer.receiveFromPartition("0", EventPosition.latest()).subscribe(event -> received.add(event.getData().getBodyAsString()));
        try {
            // Until the reader is attached, what is sent is not for it.
            String first = null;
            for (int i = 3; i < 1_200 && first == null; i++) {
                send(producer, i, i + 1);
                first = received.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(first).isNotNull().isNotIn("event 0", "event 1", "event 2");
        } finally {
            reading.dispose();
        }
    }

    @Test
    void hub_and_partitions_tell_what_they_are() {
        EventHubProperties properties = consumer.getEventHubProperties().block(HubClients.PATIENCE);
        assertThat(properties.getName()).isEqualTo("telemetry");
        assertThat(properties.getCreatedAt()).isEqualTo(MADE);
        assertThat(properties.getPartitionIds()).containsExactly("0", "1");
        PartitionProperties empty = consumer.getPartitionProperties("0").block(HubClients.PATIENCE);
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.getLastEnqueuedSequenceNumber()).isEqualTo(-1);

        clock.set(MADE.plusSeconds(60));
        send(producer, 0, 3);

        PartitionProperties filled = consumer.getPartitionProperties("0").block(HubClients.PATIENCE);
        assertThat(filled.isEmpty()).isFalse();
        assertThat(filled.getBeginningSequenceNumber()).isZero();
        assertThat(filled.getLastEnqueuedSequenceNumber()).isEqualTo(2);
        assertThat(filled.getLastEnqueuedTime()).isEqualTo(MADE.plusSeconds(60));
        assertThat(filled.getLastEnqueuedOffset()).isEqualTo(Long.toString(receive(consumer, EventPosition.earliest(), 3).get(2).getData().getOffset()));
    }

    @Test
    void a_reader_is_told_how_far_the_partition_goes_if_it_asks() {
        send(producer, 0, 10);

        PartitionEvent first = receive(consumer, "0", EventPosition.earliest(), new ReceiveOptions().setTrackLastEnqueuedEventProperties(true), 1).get(0);

        assertThat(first.getLastEnqueuedEventProperties().getSequenceNumber()).isEqualTo(9);
    }

    @Test
    void events_with_the_same_key_go_to_one_partition_and_those_without_to_all_in_turn() {
        for (int i = 0; i < 4; i++) {
            send(producer, new CreateBatchOptions().setPartitionKey("pump-7"), new EventData("keyed " + i));
        }
        String place = Integer.toString(PartitionKey.partition("pump-7", 2));
        List<PartitionEvent> keyed = receive(consumer, place, EventPosition.earliest(), new ReceiveOptions(), 4);
        assertThat(bodies(keyed)).containsExactly("keyed 0", "keyed 1", "keyed 2", "keyed 3");
        assertThat(keyed).allSatisfy(event -> assertThat(event.getData().getPartitionKey()).isEqualTo("pump-7"));

        for (int i = 0; i < 4; i++) {
            send(producer, new CreateBatchOptions(), new EventData("any " + i));
        }
        assertThat(consumer.getPartitionProperties("0").block(HubClients.PATIENCE).getLastEnqueuedSequenceNumber()
                + consumer.getPartitionProperties("1").block(HubClients.PATIENCE).getLastEnqueuedSequenceNumber()).isEqualTo(6);
        assertThat(consumer.getPartitionProperties(place.equals("0") ? "1" : "0").block(HubClients.PATIENCE).getLastEnqueuedSequenceNumber()).isEqualTo(1);
    }

    @Test
    void a_higher_owner_level_takes_the_partition_and_the_loser_is_told() throws Exception {
        send(producer, 0, 1);
        CompletableFuture<Throwable> lost = new CompletableFuture<>();
        CountDownLatch first = new CountDownLatch(1);
        Disposable loser = consumer.receiveFromPartition("0", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(1L))
                .subscribe(event -> first.countDown(), lost::complete, () -> lost.complete(null));
        assertThat(first.await(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        try (EventHubConsumerAsyncClient winner = HubClients.consumer(hub)) {
            assertThat(bodies(receive(winner, "0", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(2L), 1))).containsExactly("event 0");

            assertThat(lost.get(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOfSatisfying(AmqpException.class,
                    error -> assertThat(error.getErrorCondition()).isEqualTo(AmqpErrorCondition.LINK_STOLEN));
        } finally {
            loser.dispose();
        }
    }

    @Test
    void a_lower_owner_level_and_a_reader_without_one_are_refused_while_there_is_an_owner() throws Exception {
        send(producer, 0, 1);
        CountDownLatch first = new CountDownLatch(1);
        Disposable owner = consumer.receiveFromPartition("0", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(5L)).subscribe(event -> first.countDown());
        assertThat(first.await(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (EventHubConsumerAsyncClient other = HubClients.consumer(hub)) {
            assertThatThrownBy(() -> receive(other, "0", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(4L), 1)).isInstanceOf(AmqpException.class)
                    .hasMessageContaining("owner level 5");
            assertThatThrownBy(() -> receive(other, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class).hasMessageContaining("owner level 5");
        } finally {
            owner.dispose();
        }
        try (EventHubConsumerAsyncClient second = HubClients.builder(hub.connectionString("telemetry")).consumerGroup("second").buildAsyncConsumerClient()) {
            assertThat(receive(second, EventPosition.earliest(), 1)).as("another consumer group has other owners").hasSize(1);
        }
    }

    @Test
    void what_is_not_there_is_refused_with_a_reason() {
        try (EventHubConsumerAsyncClient nobody = HubClients.builder(hub.connectionString("telemetry")).consumerGroup("nobody").buildAsyncConsumerClient();
                EventHubConsumerAsyncClient nowhere = HubClients.builder(hub.connectionString("nowhere")).buildAsyncConsumerClient()) {
            assertThatThrownBy(() -> receive(nobody, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class).hasMessageContaining("consumer group nobody");
            assertThatThrownBy(() -> receive(nowhere, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class).hasMessageContaining("hub nowhere");
            assertThatThrownBy(() -> receive(consumer, "9", EventPosition.earliest(), new ReceiveOptions(), 1)).isInstanceOf(AmqpException.class)
                    .hasMessageContaining("partition 9");
            assertThatThrownBy(() -> nowhere.getEventHubProperties().block(HubClients.PATIENCE)).hasMessageContaining("hub nowhere");
        }
    }

    @Test
    void a_batch_as_large_as_allowed_goes_through_and_a_larger_message_is_refused() {
        EventDataBatch batch = producer.createBatch(new CreateBatchOptions().setPartitionId("0")).block(HubClients.PATIENCE);
        assertThat(batch.getMaxSizeInBytes()).isEqualTo(Publication.LIMIT);
        int count = 0;
        while (batch.tryAdd(new EventData(new byte[10_000]))) {
            count++;
        }
        assertThat(count).isGreaterThan(100);
        producer.send(batch).block(HubClients.PATIENCE);
        assertThat(consumer.getPartitionProperties("0").block(HubClients.PATIENCE).getLastEnqueuedSequenceNumber()).isEqualTo(count - 1);

        assertThatThrownBy(() -> producer.send(List.of(new EventData(new byte[Publication.LIMIT + 1])), new SendOptions().setPartitionId("0")).block(HubClients.PATIENCE))
                .isInstanceOf(AmqpException.class);

        assertThat(receive(consumer, EventPosition.earliest(), count)).hasSize(count).allSatisfy(event -> assertThat(event.getData().getBody()).hasSize(10_000));
    }

    @Test
    void after_a_dropped_connection_a_reader_goes_on_from_its_position() throws Exception {
        send(producer, 0, 1000);
        Set<Long> seen = new HashSet<>();
        List<Long> order = new ArrayList<>();
        while (seen.size() < 1000) {
            EventPosition from = order.isEmpty() ? EventPosition.earliest() : EventPosition.fromSequenceNumber(order.get(order.size() - 1));
            CountDownLatch ended = new CountDownLatch(1);
            Disposable reading = consumer.receiveFromPartition("0", from).doFinally(signal -> ended.countDown()).subscribe(event -> {
                if (ended.getCount() > 0 && seen.add(event.getData().getSequenceNumber())) {
                    order.add(event.getData().getSequenceNumber());
                    if (order.size() % 400 == 0) {
                        hub.dropConnections();
                    } else if (order.size() == 1000) {
                        ended.countDown();
                    }
                }
            }, error -> { });
            assertThat(ended.await(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            reading.dispose();
        }
        assertThat(order).isSorted().doesNotHaveDuplicates();
        // The producer's connection was dropped too.
        send(producer, 1000, 1001);
        assertThat(bodies(receive(consumer, EventPosition.fromSequenceNumber(999), 1))).containsExactly("event 1000");
    }

    @Test
    void opened_again_it_has_everything_and_the_same_identity() throws IOException {
        send(producer, 0, 100);
        clock.set(MADE.plusSeconds(3600));
        reopen();

        assertThat(consumer.getEventHubProperties().block(HubClients.PATIENCE).getCreatedAt()).isEqualTo(MADE);
        send(producer, 100, 101);
        List<PartitionEvent> events = receive(consumer, EventPosition.earliest(), 101);
        assertThat(events).extracting(event -> event.getData().getSequenceNumber()).first().isEqualTo(0L);
        assertThat(bodies(events)).first().isEqualTo("event 0");
        assertThat(bodies(events)).last().isEqualTo("event 100");
    }

    @Test
    void events_can_be_appended_without_a_client() throws IOException {
        hub.append("telemetry", 0, Map.of("iothub-connection-device-id", "d-1"), Map.of("site", "north"), "hello".getBytes());

        EventData event = receive(consumer, EventPosition.earliest(), 1).get(0).getData();
        assertThat(event.getBodyAsString()).isEqualTo("hello");
        assertThat(event.getProperties()).containsEntry("site", "north");
        assertThat(event.getSystemProperties()).containsEntry("iothub-connection-device-id", "d-1");
    }

    @Test
    void who_speaks_another_protocol_is_sent_away_and_disturbs_nobody() throws IOException {
        try (Socket socket = new Socket("localhost", hub.port())) {
            socket.setSoTimeout((int) HubClients.PATIENCE.toMillis());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // The answer is the header of the protocol that it speaks, then the end.
            }
        }
        send(producer, 0, 1);
        assertThat(bodies(receive(consumer, EventPosition.earliest(), 1))).containsExactly("event 0");
    }

    @Test
    void a_hub_that_is_closed_takes_nothing_more() throws IOException {
        hub.close();
        assertThatThrownBy(() -> hub.append("telemetry", 0, Map.of(), Map.of(), new byte[0])).isInstanceOf(IOException.class).hasMessageContaining("the hub stops");
    }
}
