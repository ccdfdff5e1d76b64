package dev.tidemark.lake.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives equal UTF-8 byte sequences the same code and one String. Not thread-safe. */
final class StringPool {

    private String[] strings = new String[16];
    private byte[][] keys = new byte[16][];
    private int[] hashes = new int[16];
    /** Open addressing: code + 1, 0 for free; never more than half full. */
    private int[] slots = new int[64];
    private int size;

    /** With a Parquet dictionary to begin with: the code of an entry is its place, even if (against the rules) it is there twice. */
    StringPool(String[] dictionary) {
        for (String entry : dictionary) {
            byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
            int before = size;
            if (code(bytes, 0, bytes.length) != before) {
                append(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
            }
        }
    }

    /** The strings by code. */
    String[] strings() {
        return Arrays.copyOf(strings, size);
    }

    /** The code of these bytes, a new one if they have none yet. */
    int code(byte[] bytes, int from, int length) {
        int hash = hash(bytes, from, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int code = slots[slot] - 1;
            if (hashes[code] == hash && Arrays.equals(keys[code], 0, keys[code].length, bytes, from, from + length)) {
                return code;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = size + 1;
        return append(bytes, from, length, hash);
    }

    private int append(byte[] bytes, int from, int length, int hash) {
        if (size == strings.length) {
            strings = Arrays.copyOf(strings, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        strings[size] = new String(bytes, from, length, StandardCharsets.UTF_8);
        keys[size] = Arrays.copyOfRange(bytes, from, from + length);
        hashes[size] = hash;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int[] larger = new int[slots.length * 4];
        int mask = larger.length - 1;
        for (int old : slots) {
            if (old != 0) {
                int slot = hashes[old - 1] & mask;
                while (larger[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                larger[slot] = old;
            }
        }
        slots = larger;
    }

    private static int hash(byte[] bytes, int from, int length) {
        long hash = length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ LittleEndian.int64(bytes, from + i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ bytes[from + i]) * 0x9E3779B97F4A7C15L;
        }
        hash ^= hash >>> 29;
        return (int) (hash ^ hash >>> 32);
    }
}
