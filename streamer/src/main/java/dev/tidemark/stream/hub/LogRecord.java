package dev.tidemark.stream.hub;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One event in a segment file: {@code int} length of what follows the checksum, {@code int} CRC-32C of it, {@code long} sequence number, {@code long}
 * enqueued time in milliseconds since 1970, then the event as its AMQP sections, ready to be sent. Big-endian.
 */
final class LogRecord {

    /** Bytes before the AMQP sections. */
    static final int HEAD = 24;
    /** No record is larger; a length beyond it is damage. */
    static final int LIMIT = 16 << 20;

    private static final int CHECKED = 8;

    private LogRecord() {
    }

    /** Fills in the head of a record that occupies {@code [from, to)} and whose sections are there already. */
    static void seal(byte[] bytes, int from, int to, long sequence, long time) {
        ByteBuffer.wrap(bytes).putInt(from, to - from - CHECKED).putLong(from + 8, sequence).putLong(from + 16, time)
                .putInt(from + 4, checksum(bytes, from + CHECKED, to));
    }

    /** Whole length of the record at {@code from}, or -1 if there cannot be one that long. At least eight bytes must be there. */
    static int length(ByteBuffer bytes, int from) {
        int length = bytes.getInt(from);
        return length < HEAD - CHECKED || length > LIMIT ? -1 : length + CHECKED;
    }

    /** Whether a record that occupies {@code [from, to)} is as it was written. */
    static boolean sound(ByteBuffer bytes, int from, int to) {
        return checksum(bytes.array(), from + CHECKED, to) == bytes.getInt(from + 4);
    }

    static long sequence(ByteBuffer bytes, int from) {
        return bytes.getLong(from + 8);
    }

    static long time(ByteBuffer bytes, int from) {
        return bytes.getLong(from + 16);
    }

    static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
