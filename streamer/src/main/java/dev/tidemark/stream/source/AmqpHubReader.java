package dev.tidemark.stream.source;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;

/** Reads a hub through the Azure SDK, over one connection. */
final class AmqpHubReader implements HubReader {

    /** For an answer at the start. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HubAccess access;
    private final OptionalLong ownerLevel;
    private final EventHubConsumerAsyncClient client;

    /**
     * Connects when it is first used.
     *
     * @param prefetch   messages that are asked for ahead, for each partition
     * @param ownerLevel the receiver with the highest one keeps a partition to itself; empty: shares it with others
     */
    AmqpHubReader(HubAccess access, String consumerGroup, int prefetch, OptionalLong ownerLevel) {
        this.access = access;
        this.ownerLevel = ownerLevel;
        this.client = access.builder().consumerGroup(consumerGroup).prefetchCount(prefetch)
                .retryOptions(new AmqpRetryOptions().setTryTimeout(PATIENCE)).buildAsyncConsumerClient();
    }

    @Override
    public State state(Duration patience) throws IOException {
        return answer(access, patience, client.getEventHubProperties()
                .flatMap(hub -> Flux.fromIterable(hub.getPartitionIds()).flatMap(client::getPartitionProperties)
                        .map(partition -> new PartitionState(partition.getId(), partition.getBeginningSequenceNumber(),
                                partition.getLastEnqueuedSequenceNumber(), partition.getLastEnqueuedTime(), partition.isEmpty()))
                        .sort(Comparator.comparingInt((PartitionState partition) -> partition.id().length()).thenComparing(PartitionState::id))
                        .collectList().map(partitions -> new State(hub.getCreatedAt(), partitions))));
    }

    /**
     * Waits for the answer of a hub.
     *
     * @param patience how long
     * @throws IOException with a message for the user
     */
    static <T> T answer(HubAccess access, Duration patience, Mono<T> question) throws IOException {
        // The SDK tries for minutes before it says that nobody is there.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(access.host(), access.port()), (int) patience.toMillis());
        } catch (IOException e) {
            throw new IOException("Cannot reach hub " + access + ": " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    + " (expected a server at " + access.host() + ", port " + access.port() + "); check the address, and that the network lets it through", e);
        }
        T answer;
        try {
            answer = question.timeout(patience).block();
        } catch (RuntimeException e) {
            throw new IOException("Cannot use hub " + access + ": " + HubFailure.reason(e), e);
        }
        if (answer == null) {
            throw new IOException("Cannot use hub " + access + ": it gave no answer");
        }
        return answer;
    }

    @Override
    public Flux<Message> receive(String partition, EventPosition from) {
        ReceiveOptions options = new ReceiveOptions();
        ownerLevel.ifPresent(options::setOwnerLevel);
        HubMessages messages = new HubMessages();
        return client.receiveFromPartition(partition, from, options).map(event -> messages.message(event.getData().getRawAmqpMessage()));
    }

    @Override
    public void close() {
        client.close();
    }
}
