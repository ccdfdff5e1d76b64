package dev.tidemark.stream.hub;

/**
 * How far a partition's log goes.
 *
 * @param next       sequence number that the next event will have
 * @param position   offset that the next event will have: bytes of records before it
 * @param lastOffset offset of the last event, -1 if there never was one
 * @param lastTime   enqueued time of the last event, milliseconds since 1970; 0 if there never was one
 */
record LogMark(long next, long position, long lastOffset, long lastTime) {

    static final LogMark START = new LogMark(0, 0, -1, 0);
}
