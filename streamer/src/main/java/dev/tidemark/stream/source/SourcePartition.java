package dev.tidemark.stream.source;

import java.util.List;
import java.util.OptionalLong;

/** One ordered sequence of messages of a source. */
public interface SourcePartition {

    /** The position of a partition of which nothing will ever come again: a file read to its end. */
    long END = Long.MAX_VALUE;

    /** Stable identity within the source: what {@code bronze/events.partition} holds. */
    String id();

    /**
     * The next messages, in order; empty if there are none now. Never blocks for messages to arrive; throws {@link SourceException} if there can be no more. Batches of a source that can be read
     * again at any speed end at fixed numbers (multiples of {@code max}), so that a replay is cut in the same places
     * wherever it was resumed.
     *
     * @param max most messages to return
     */
    List<Message> poll(int max);

    /** The number of the last message polled, {@link #END} once the partition is finished, -1 before the first. */
    long position();

    /**
     * The number of the message after which it began, where that was decided only when it was opened (at the latest message, say): to be kept from the first
     * commit on, so that a run that saw no message yet is gone on with and not begun anew.
     */
    default OptionalLong beganAfter() {
        return OptionalLong.empty();
    }

    /** How many messages wait after {@link #position()}, as far as the source knows that without asking for it; -1 if it does not. */
    default long behind() {
        return -1;
    }

    /** Whether it will never give a message again. */
    boolean finished();
}
