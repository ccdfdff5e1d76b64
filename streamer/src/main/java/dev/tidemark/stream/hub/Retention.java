package dev.tidemark.stream.hub;

/**
 * How long events of a partition are kept.
 *
 * @param millis       at least so long, unless there are too many
 * @param bytes        about so many at most
 * @param segmentBytes files are about so large; the unit in which events are dropped
 */
record Retention(long millis, long bytes, long segmentBytes) {
}
