package dev.tidemark.stream.hub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An event as it came from a client, in the bytes of AMQP 1.0 (part 3, messaging): what the client annotated, and the sections that are its own
 * (properties, application properties, body). The hub adds its sequence number, offset and enqueued time when it is stored. Does not copy the bytes it is
 * made from, nor change them.
 */
final class Event {

    private static final int MAP_32 = 0xd1;
    private static final int STRING_8 = 0xa1;
    private static final int LONG = 0x81;
    private static final int TIMESTAMP = 0x83;
    private static final byte[] HEAD = {0, 0x53, AmqpBytes.MESSAGE_ANNOTATIONS, (byte) MAP_32};
    private static final byte[] SEQUENCE = symbol("x-opt-sequence-number");
    private static final byte[] OFFSET = symbol("x-opt-offset");
    private static final byte[] TIME = symbol("x-opt-enqueued-time");
    /** Annotations that are the hub's to make; a sender's are dropped. */
    private static final byte[][] RESERVED = {SEQUENCE, OFFSET, TIME};
    private static final byte[] PARTITION_KEY = symbol("x-opt-partition-key");
    private static final int OWN_LENGTH = HEAD.length + 8 + SEQUENCE.length + 9 + OFFSET.length + 2 + 20 + TIME.length + 9;

    private final byte[] bytes;
    private final int sections;
    private final int end;
    private final byte[] annotations;
    /** Keys and values. */
    private final int annotationItems;
    private final String partitionKey;

    private Event(byte[] bytes, int sections, int end, byte[] annotations, int annotationItems, String partitionKey) {
        this.bytes = bytes;
        this.sections = sections;
        this.end = end;
        this.annotations = annotations;
        this.annotationItems = annotationItems;
        this.partitionKey = partitionKey;
    }

    private static byte[] symbol(String name) {
        byte[] bytes = new byte[name.length() + 2];
        bytes[0] = (byte) 0xa3;
        bytes[1] = (byte) name.length();
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, bytes, 2, name.length());
        return bytes;
    }

    /**
     * Reads a message that occupies {@code [from, to)}.
     *
     * @throws IllegalArgumentException if it is no AMQP message
     */
    static Event parse(byte[] bytes, int from, int to) {
        AmqpBytes in = new AmqpBytes(bytes, from, to);
        byte[] annotations = new byte[0];
        int items = 0;
        String key = null;
        while (in.more()) {
            int start = in.position();
            int section = in.section();
            if (section > AmqpBytes.MESSAGE_ANNOTATIONS) {
                return new Event(bytes, start, to, annotations, items, key);
            }
            if (section == AmqpBytes.MESSAGE_ANNOTATIONS) {
                int entries = in.map();
                annotations = new byte[to - in.position()];
                int length = 0;
                for (int i = 0; i < entries; i++) {
                    int name = in.position();
                    in.skip();
                    int value = in.position();
                    in.skip();
                    if (reserved(bytes, name, value)) {
                        continue;
                    }
                    if (Arrays.equals(bytes, name, value, PARTITION_KEY, 0, PARTITION_KEY.length)) {
                        key = AmqpBytes.text(bytes, value, in.position());
                    }
                    System.arraycopy(bytes, name, annotations, length, in.position() - name);
                    length += in.position() - name;
                    items += 2;
                }
                annotations = Arrays.copyOf(annotations, length);
            } else {
                in.skip();
            }
        }
        return new Event(bytes, to, to, annotations, items, key);
    }

    private static boolean reserved(byte[] bytes, int from, int to) {
        for (byte[] name : RESERVED) {
            if (Arrays.equals(bytes, from, to, name, 0, name.length)) {
                return true;
            }
        }
        return false;
    }

    /** Null if the sender gave none. */
    String partitionKey() {
        return partitionKey;
    }

    /** At most so many bytes are written by {@link #write}. */
    int maxLength() {
        return OWN_LENGTH + annotations.length + end - sections;
    }

    /** Writes the event as a receiver gets it; gives the index behind it. */
    int write(byte[] into, int at, long sequence, long offset, long timeMillis) {
        int here = put(into, at, HEAD);
        int size = here;
        here = putInt(into, here + 4, 6 + annotationItems);
        here = put(into, here, SEQUENCE);
        into[here++] = (byte) LONG;
        here = putLong(into, here, sequence);
        here = put(into, here, OFFSET);
        into[here++] = (byte) STRING_8;
        int digits = here++;
        here = putDecimal(into, here, offset);
        into[digits] = (byte) (here - digits - 1);
        here = put(into, here, TIME);
        into[here++] = (byte) TIMESTAMP;
        here = putLong(into, here, timeMillis);
        here = put(into, here, annotations);
        putInt(into, size, here - size - 4);
        System.arraycopy(bytes, sections, into, here, end - sections);
        return here + end - sections;
    }

    private static int put(byte[] into, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, into, at, bytes.length);
        return at + bytes.length;
    }

    private static int putInt(byte[] into, int at, int value) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (value >>> 24 - 8 * i);
        }
        return at + 4;
    }

    private static int putLong(byte[] into, int at, long value) {
        putInt(into, at, (int) (value >>> 32));
        return putInt(into, at + 4, (int) value);
    }

    private static int putDecimal(byte[] into, int at, long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }
}
