package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Message;

import java.util.Arrays;

/**
 * Strings for bytes that come again and again (device ids, locations, states): the same bytes give the same String without a new one being
 * made. Bounded; not thread-safe.
 */
final class Texts {

    private static final int LONGEST = 48;
    private static final int SLOTS = 1 << 14;

    private final byte[][] keys = new byte[SLOTS][];
    private final String[] values = new String[SLOTS];

    /** The text in {@code [from, to)}. */
    String of(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return Message.text(bytes, from, to);
        }
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 14) * 0x9E3779B1 >>> 32 - 14;
        if (is(slot, bytes, from, to)) {
            return values[slot];
        }
        // Two texts that fall on one place would push each other out for ever: what is pushed out moves to the place beside.
        int beside = slot ^ 1;
        if (is(beside, bytes, from, to)) {
            return values[beside];
        }
        keys[beside] = keys[slot];
        values[beside] = values[slot];
        keys[slot] = Arrays.copyOfRange(bytes, from, to);
        values[slot] = Message.text(bytes, from, to);
        return values[slot];
    }

    private boolean is(int slot, byte[] bytes, int from, int to) {
        byte[] key = keys[slot];
        return key != null && Arrays.equals(key, 0, key.length, bytes, from, to);
    }
}
