package dev.tidemark.stream.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Reads a partition from an event on, and goes on when there are more. For one thread. Events that are kept no more are passed over. */
final class LogReader {

    private static final int CHUNK = 128 << 10;

    private final PartitionLog log;
    private LogSegment segment;
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK).limit(0);
    /** Offset of the first byte of the chunk. */
    private long chunkOffset;
    /** In the chunk: the record that is the current one, and where the one behind it begins. */
    private int at;
    private int following;
    private long next;
    /** The first event that was asked for; what lies between the entry of the index and it is passed over. */
    private long skipTo;

    /** @param from sequence number of the first event that {@link #next} will give */
    LogReader(PartitionLog log, long from) {
        this.log = log;
        seek(from);
    }

    private void seek(long sequence) {
        segment = log.segment(sequence);
        SegmentIndex index = segment.index();
        int entry = index.lastBefore(i -> index.sequence(i) > sequence);
        long known = entry < 0 ? segment.start().next() : index.sequence(entry);
        chunkOffset = entry < 0 ? segment.start().position() : index.offset(entry);
        chunk.limit(0);
        at = 0;
        following = 0;
        skipTo = sequence;
        next = known;
    }

    /** Whether {@link #next} would give an event. */
    boolean ready() {
        return Math.max(next, skipTo) < log.durable().next();
    }

    /**
     * Goes to the next event.
     *
     * @return false if there is none yet
     * @throws IOException if it cannot be read, or what is read is not what was written
     */
    boolean next() throws IOException {
        while (next < log.durable().next()) {
            if (!load()) {
                continue;
            }
            int length = chunk.limit() - following < LogRecord.HEAD ? -1 : LogRecord.length(chunk, following);
            if (length > chunk.limit() - following && !load(length)) {
                continue;
            }
            if (length < 0 || length > chunk.limit() - following || !LogRecord.sound(chunk, following, following + length)
                    || LogRecord.sequence(chunk, following) != next) {
                throw new IOException("Cannot read sequence number " + next + ": " + segment.path() + " is damaged. Restore the file from a backup, or read from a later event on");
            }
            at = following;
            following += length;
            next++;
            if (next > skipTo) {
                return true;
            }
        }
        return false;
    }

    /** Sees to it that the head of the next record is in the chunk; false if the reader had to go elsewhere, to a segment that is kept. */
    private boolean load() throws IOException {
        if (chunk.limit() - following >= LogRecord.HEAD) {
            return true;
        }
        if (chunkOffset + following == segment.end().position() && log.segment(next) != segment) {
            segment = log.segment(next);
            if (segment.start().next() != next) {
                seek(Math.max(skipTo, Math.max(next, segment.start().next())));
                return false;
            }
            chunkOffset = segment.start().position();
            following = 0;
            chunk.limit(0);
        }
        return load(LogRecord.HEAD);
    }

    private boolean load(int needed) throws IOException {
        chunkOffset += following;
        following = 0;
        if (needed > chunk.capacity()) {
            chunk = ByteBuffer.allocate(needed);
        }
        // Up to what is durable, or to the end of a segment that is complete.
        long available = Math.max(0, Math.min(log.durable().position(), segment.end().position()) - chunkOffset);
        chunk.clear().limit((int) Math.min(chunk.capacity(), available));
        try {
            segment.read(chunkOffset, chunk);
        } catch (ClosedChannelException e) {
            if (log.holds(segment)) {
                throw e;
            }
            seek(Math.max(skipTo, Math.max(next, log.begin())));
            return false;
        }
        chunk.flip();
        return true;
    }

    long sequence() {
        return next - 1;
    }

    long offset() {
        return chunkOffset + at;
    }

    /** Enqueued time, milliseconds since 1970. */
    long time() {
        return LogRecord.time(chunk, at);
    }

    /** Holds the event's AMQP sections, from {@link #from} to {@link #to}; valid until the next call of {@link #next}. */
    byte[] bytes() {
        return chunk.array();
    }

    int from() {
        return at + LogRecord.HEAD;
    }

    int to() {
        return following;
    }
}
