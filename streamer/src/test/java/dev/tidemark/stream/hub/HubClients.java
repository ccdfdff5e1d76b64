package dev.tidemark.stream.hub;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import dev.tidemark.stream.Patience;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Clients of the real Azure SDK, which try three times. */
final class HubClients {

    static final Duration PATIENCE = Patience.LONGEST;

    private HubClients() {
    }

    static EventHubClientBuilder builder(String connectionString) {
        return new EventHubClientBuilder().connectionString(connectionString).consumerGroup("$Default")
                .retryOptions(new AmqpRetryOptions().setMaxRetries(2).setDelay(Duration.ofMillis(100)).setTryTimeout(Duration.ofSeconds(30)));
    }

    static EventHubProducerAsyncClient producer(Hub hub) {
        return builder(hub.connectionString("telemetry")).buildAsyncProducerClient();
    }

    static EventHubConsumerAsyncClient consumer(Hub hub) {
        return builder(hub.connectionString("telemetry")).buildAsyncConsumerClient();
    }

    /** Sends a batch and waits until it is accepted. */
    static void send(EventHubProducerAsyncClient producer, CreateBatchOptions options, EventData... events) {
        producer.createBatch(options).flatMap(batch -> {
            Arrays.stream(events).forEach(event -> {
                if (!batch.tryAdd(event)) {
                    throw new IllegalStateException("The batch is full");
                }
            });
            return producer.send(batch);
        }).block(PATIENCE);
    }

    /** Sends {@code event 0}, {@code event 1}, … to partition 0. */
    static void send(EventHubProducerAsyncClient producer, int from, int to) {
        send(producer, new CreateBatchOptions().setPartitionId("0"),
                IntStream.range(from, to).mapToObj(i -> new EventData("event " + i)).toArray(EventData[]::new));
    }

    /** The first so many events of partition 0 from a position on. */
    static List<PartitionEvent> receive(EventHubConsumerAsyncClient consumer, EventPosition from, int count) {
        return receive(consumer, "0", from, new ReceiveOptions(), count);
    }

    static List<PartitionEvent> receive(EventHubConsumerAsyncClient consumer, String partition, EventPosition from, ReceiveOptions options, int count) {
        Mono<List<PartitionEvent>> events = consumer.receiveFromPartition(partition, from, options).take(count).collectList();
        return events.block(PATIENCE);
    }

    static List<String> bodies(List<PartitionEvent> events) {
        return events.stream().map(event -> event.getData().getBodyAsString()).toList();
    }
}
