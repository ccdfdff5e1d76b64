package dev.tidemark.stream.source;

import java.util.OptionalLong;

/**
 * Where a partition of a topic is begun.
 *
 * @param offset     of the first message that is wanted
 * @param position   the number of the last message that the tables hold, -1 for none
 * @param beganAfter the number of the last one that is not wanted, where that was decided now
 * @param lost       how many offsets between what is held and what is left the brokers no longer have
 */
record KafkaStart(long offset, long position, OptionalLong beganAfter, long lost) {

    /** After what the tables hold, or where the retained messages begin if that is later. */
    static KafkaStart after(long held, long oldest) {
        long lost = Math.max(0, oldest - held - 1);
        return new KafkaStart(Math.max(held + 1, oldest), held, OptionalLong.empty(), held < 0 ? 0 : lost);
    }

    /** With everything that is retained. */
    static KafkaStart earliest(long oldest) {
        return new KafkaStart(oldest, -1, OptionalLong.empty(), 0);
    }

    /** At an offset that was chosen just now. */
    static KafkaStart at(long offset) {
        return new KafkaStart(offset, offset - 1, OptionalLong.of(offset - 1), 0);
    }
}
