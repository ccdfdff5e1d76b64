package dev.tidemark.stream.source;

import com.azure.messaging.eventhubs.models.EventPosition;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Where a partition of a hub is begun.
 *
 * @param from       what the hub is asked for
 * @param position   the number of the last message before it that is held or not wanted, -1 if unknown or none
 * @param beganAfter the same where it was decided now, at the newest message
 * @param lost       how many messages that are not held the hub no longer has
 */
record HubStart(EventPosition from, long position, OptionalLong beganAfter, long lost) {

    /**
     * Decides.
     *
     * @param positions what the tables hold, by partition
     * @param first     where to begin if they hold nothing: earliest, latest, or a time
     */
    static HubStart of(HubReader.PartitionState partition, Map<String, Long> positions, EventPosition first) {
        Long held = positions.get(partition.id());
        if (held != null) {
            long oldest = partition.empty() ? partition.last() + 1 : partition.first();
            long lost = Math.max(0, oldest - held - 1);
            return new HubStart(held < 0 || lost > 0 ? EventPosition.earliest() : after(held), held, OptionalLong.empty(), lost);
        }
        if (!positions.isEmpty()) {
            // The others were read before: this partition was added since, and nothing of it is to be missed.
            return new HubStart(EventPosition.earliest(), -1, OptionalLong.empty(), 0);
        }
        if (first.equals(EventPosition.latest())) {
            // Not the hub's own latest: that would be a later one after every lost connection.
            return new HubStart(after(partition.last()), partition.last(), OptionalLong.of(partition.last()), 0);
        }
        return new HubStart(first, -1, OptionalLong.empty(), 0);
    }

    private static EventPosition after(long number) {
        return number < 0 ? EventPosition.earliest() : EventPosition.fromSequenceNumber(number, false);
    }
}
