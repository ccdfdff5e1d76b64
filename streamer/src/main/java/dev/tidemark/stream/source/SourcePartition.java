package dev.tidemark.stream.source;

import java.util.List;

/** One ordered sequence of messages of a source. */
public interface SourcePartition {

    /** The position of a partition of which nothing will ever come again: a file read to its end. */
    long END = Long.MAX_VALUE;

    /** Stable identity within the source: what {@code bronze/events.partition} holds. */
    String id();

    /**
     * The next messages, in order; empty if there are none now. Never blocks for messages to arrive. Batches of a source that can be read
     * again at any speed end at fixed numbers (multiples of {@code max}), so that a replay is cut in the same places
     * wherever it was resumed.
     *
     * @param max most messages to return
     */
    List<Message> poll(int max);

    /** The number of the last message polled, {@link #END} once the partition is finished, -1 before the first. */
    long position();

    /** Whether it will never give a message again. */
    boolean finished();
}
