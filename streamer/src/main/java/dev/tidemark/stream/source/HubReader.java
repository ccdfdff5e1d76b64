package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;
import reactor.core.publisher.Flux;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A hub as {@link EventHubs} reads it. */
interface HubReader extends AutoCloseable {

    /**
     * What a hub says of itself.
     *
     * @param created when it was made: another hub of the same name was made at another time
     */
    record State(Instant created, List<PartitionState> partitions) {
    }

    /**
     * What a hub says of one partition.
     *
     * @param first        number of the oldest message that it still has
     * @param last         number of the newest message that it ever had, -1 if it had none
     * @param lastEnqueued when that came
     * @param empty        whether it has no message now
     */
    record PartitionState(String id, long first, long last, Instant lastEnqueued, boolean empty) {
    }

    /**
     * Asks the hub; waits for its answer.
     *
     * @param patience how long
     * @throws IOException with a message for the user
     */
    State state(Duration patience) throws IOException;

    /**
     * The messages of a partition, without an end of its own accord; it does complete, or fails, when the connection is lost. It gives no more than was
     * requested, and what it reads ahead is bounded.
     */
    Flux<Message> receive(String partition, EventPosition from);

    @Override
    void close();
}
