package dev.tidemark.stream.maintain;

import java.util.HashMap;
import java.util.Map;

/** Which messages of which partitions were seen: a bit each, because they are numbered in a row. Not thread-safe. */
final class OffsetSet {

    private static final int BITS = 16;

    private final Map<String, Map<Long, long[]>> partitions = new HashMap<>();
    private String last;
    private Map<Long, long[]> lastChunks;
    private long size;

    /** Adds a message; false if it was there. */
    boolean add(String partition, long offset) {
        long[] chunk = chunks(partition).computeIfAbsent(offset >> BITS, number -> new long[1 << BITS - 6]);
        int word = (int) (offset & (1 << BITS) - 1) >> 6;
        boolean isNew = (chunk[word] & 1L << offset) == 0;
        chunk[word] |= 1L << offset;
        size += isNew ? 1 : 0;
        return isNew;
    }

    boolean contains(String partition, long offset) {
        long[] chunk = chunks(partition).get(offset >> BITS);
        return chunk != null && (chunk[(int) (offset & (1 << BITS) - 1) >> 6] & 1L << offset) != 0;
    }

    private Map<Long, long[]> chunks(String partition) {
        if (!partition.equals(last)) {
            last = partition;
            lastChunks = partitions.computeIfAbsent(partition, p -> new HashMap<>());
        }
        return lastChunks;
    }

    /** How many messages are in it. */
    long size() {
        return size;
    }
}
