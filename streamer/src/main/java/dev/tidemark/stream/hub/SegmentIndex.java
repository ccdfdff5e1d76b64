package dev.tidemark.stream.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Where some of the events of a segment are: the first, and one in about {@value #STRIDE} bytes. Written by the log's thread, read by any.
 */
final class SegmentIndex {

    static final int STRIDE = 64 << 10;

    /** Of entry i: sequence number at 3i, offset at 3i + 1, enqueued time at 3i + 2. Entries that are counted in {@link #size} never change. */
    private volatile long[] entries = new long[3 * 16];
    private volatile int size;

    int size() {
        return size;
    }

    long sequence(int entry) {
        return entries[3 * entry];
    }

    long offset(int entry) {
        return entries[3 * entry + 1];
    }

    long time(int entry) {
        return entries[3 * entry + 2];
    }

    /** Enters an event if it is the first or far enough behind the last entry. */
    void consider(long sequence, long offset, long time) {
        int count = size;
        if (count > 0 && offset - offset(count - 1) < STRIDE) {
            return;
        }
        long[] array = entries;
        if (3 * count == array.length) {
            array = Arrays.copyOf(array, 2 * array.length);
        }
        array[3 * count] = sequence;
        array[3 * count + 1] = offset;
        array[3 * count + 2] = time;
        entries = array;
        size = count + 1;
    }

    /** The last entry that does not yet match, given that all behind the first match do too; -1 if the first entry matches or there is none. */
    int lastBefore(IntPredicate matches) {
        int low = -1;
        int high = size;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (matches.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** Forgets entries of events from {@code position} on: they were not written after all. */
    void cut(long position) {
        size = lastBefore(entry -> offset(entry) >= position) + 1;
    }

    /** Writes the index beside a segment that is complete, together with what must agree when it is read again. */
    void write(Path file, LogMark end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(24 * size + 36);
        bytes.putLong(end.next()).putLong(end.position()).putLong(end.lastOffset()).putLong(end.lastTime());
        for (int i = 0; i < 3 * size; i++) {
            bytes.putLong(entries[i]);
        }
        bytes.putInt(LogRecord.checksum(bytes.array(), 0, bytes.position()));
        Files.write(file, bytes.array());
    }

    /** Reads what {@link #write} wrote; null if there is nothing or it is damaged, for the segment itself tells all of it. */
    static Read read(Path file) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            return null;
        }
        int end = bytes.capacity() - 4;
        if (end < 32 || (end - 32) % 24 != 0 || LogRecord.checksum(bytes.array(), 0, end) != bytes.getInt(end)) {
            return null;
        }
        LogMark mark = new LogMark(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        SegmentIndex index = new SegmentIndex();
        index.entries = new long[Math.max(3, (end - 32) / 8)];
        bytes.asLongBuffer().get(index.entries, 0, (end - 32) / 8);
        index.size = (end - 32) / 24;
        return new Read(index, mark);
    }

    record Read(SegmentIndex index, LogMark end) {
    }
}
