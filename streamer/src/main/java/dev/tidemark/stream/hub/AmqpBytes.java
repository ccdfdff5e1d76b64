package dev.tidemark.stream.hub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through an encoded message without making objects of it: AMQP 1.0, part 1 (types), 1.2, where the high half of a constructor tells how long a
 * value is. Throws {@link IllegalArgumentException} where the bytes are no AMQP.
 */
final class AmqpBytes {

    static final int MESSAGE_ANNOTATIONS = 0x72;
    static final int DATA = 0x75;
    private static final int HEADER = 0x70;
    private static final int FOOTER = 0x78;

    private final byte[] bytes;
    private final int end;
    private int at;

    AmqpBytes(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** The messages in the data sections of a batch (message format 0x80013700 of Event Hubs). */
    static List<Event> batch(byte[] bytes) {
        List<Event> events = new ArrayList<>();
        AmqpBytes in = new AmqpBytes(bytes, 0, bytes.length);
        while (in.more()) {
            if (in.section() == DATA) {
                int constructor = in.octet();
                int length = constructor == 0xa0 ? in.octet() : constructor == 0xb0 ? in.number() : -1;
                int from = in.position();
                in.advance(length);
                events.add(Event.parse(bytes, from, in.position()));
            } else {
                in.skip();
            }
        }
        return events;
    }

    boolean more() {
        return at < end;
    }

    int position() {
        return at;
    }

    /** Goes past the descriptor of a section, and gives its code. */
    int section() {
        int code = -1;
        if (octet() == 0) {
            int constructor = octet();
            if (constructor == 0x53) {
                code = octet();
            } else if (constructor == 0x80) {
                code = number() == 0 ? number() : -1;
            }
        }
        if (code < HEADER || code > FOOTER) {
            throw malformed();
        }
        return code;
    }

    /** Goes into a map, and gives how many entries it has. */
    int map() {
        int constructor = octet();
        if (constructor == 0x40) {
            return 0;
        }
        if (constructor != 0xc1 && constructor != 0xd1) {
            throw malformed();
        }
        boolean small = constructor == 0xc1;
        int size = small ? octet() : number();
        if (size < 0 || size > end - at) {
            throw malformed();
        }
        return (small ? octet() : number()) >>> 1;
    }

    /** Goes past a value, whatever it is. */
    void skip() {
        int constructor = octet();
        while (constructor == 0) {
            skip(octet());
            constructor = octet();
        }
        skip(constructor);
    }

    private void skip(int constructor) {
        switch (constructor >>> 4) {
            case 0x4 -> advance(0);
            case 0x5 -> advance(1);
            case 0x6 -> advance(2);
            case 0x7 -> advance(4);
            case 0x8 -> advance(8);
            case 0x9 -> advance(16);
            case 0xa, 0xc, 0xe -> advance(octet());
            case 0xb, 0xd, 0xf -> advance(number());
            default -> throw malformed();
        }
    }

    private void advance(int length) {
        if (length < 0 || length > end - at) {
            throw malformed();
        }
        at += length;
    }

    private int octet() {
        if (at >= end) {
            throw malformed();
        }
        return bytes[at++] & 0xff;
    }

    private int number() {
        return octet() << 24 | octet() << 16 | octet() << 8 | octet();
    }

    /** The text of an encoded string that occupies {@code [from, to)}. */
    static String text(byte[] bytes, int from, int to) {
        int head = switch (bytes[from] & 0xff) {
            case 0xa1, 0xa3 -> 2;
            case 0xb1, 0xb3 -> 5;
            default -> throw malformed();
        };
        return new String(bytes, from + head, to - from - head, StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("Cannot read the message: its bytes are no AMQP message");
    }
}
