package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.source.Origin;
import dev.tidemark.stream.source.SourcePartition;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Under which name a source's messages stand in the tables. A stream that was deleted and made again counts from the beginning, so numbers that
 * the tables hold mean other messages now: that is refused, unless the user accepts it. Then the new stream gets a name of its own
 * ({@code …@2}, {@code …@3}), so that source, partition and number stay unique.
 *
 * @param name         what {@code bronze/events.source} holds
 * @param transactions what the next commit of {@code bronze/events} has to keep
 */
record Generation(String name, Map<String, Long> transactions) {

    /**
     * Compares what the source is with what the tables know of it.
     *
     * @param source    its name
     * @param origin    what stands behind the name now
     * @param held      transactions of {@code bronze/events}
     * @param acceptNew whether another stream than before is welcome
     * @throws StreamException if it is another one, and not welcome
     */
    static Generation of(String source, Optional<Origin> origin, Map<String, Long> held, boolean acceptNew) {
        if (origin.isEmpty()) {
            return new Generation(source, Map.of());
        }
        long identity = origin.get().identity();
        long generation = held.getOrDefault(TransactionIds.generation(source), 1L);
        String name = name(source, generation);
        String difference = difference(name, origin.get(), held.get(TransactionIds.identity(source)), held);
        if (difference == null) {
            return new Generation(name, held.containsKey(TransactionIds.identity(source)) ? Map.of() : Map.of(TransactionIds.identity(source), identity));
        }
        if (!acceptNew) {
            throw new StreamException("Cannot go on with source " + source + ": it is not the stream that the tables were filled from, it was made anew ("
                    + difference + "). If that is meant, start once with --accept-new-hub: its messages are then taken as those of source "
                    + name(source, generation + 1) + ", and what the tables hold stays");
        }
        return new Generation(name(source, generation + 1), Map.of(TransactionIds.identity(source), identity, TransactionIds.generation(source), generation + 1));
    }

    private static String name(String source, long generation) {
        return generation == 1 ? source : source + "@" + generation;
    }

    private static String difference(String name, Origin origin, Long identity, Map<String, Long> held) {
        if (identity != null && identity != origin.identity()) {
            return !origin.created() ? "its identity is another one" : "expected one made at " + Instant.ofEpochMilli(identity) + ", actual one made at " + Instant.ofEpochMilli(origin.identity());
        }
        for (Map.Entry<String, Long> position : TransactionIds.positions(held, name).entrySet()) {
            Long last = origin.last().get(position.getKey());
            if (last != null && position.getValue() > last && position.getValue() != SourcePartition.END) {
                return "expected partition " + position.getKey() + " to reach number " + position.getValue() + ", which the tables hold, actual last number "
                        + last;
            }
        }
        return null;
    }
}
