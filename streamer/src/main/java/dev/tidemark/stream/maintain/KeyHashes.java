package dev.tidemark.stream.maintain;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Finds keys that occur more than once among very many, by eight bytes each; what it finds is to be looked at again, because two keys may have one hash. Not thread-safe. */
final class KeyHashes {

    private long[] hashes = new long[1 << 12];
    private int size;

    /** A hash of a key's parts, 64 bits (FNV-1a over the characters, then mixed as in SplitMix64). */
    static long hash(Object... parts) {
        long hash = 0xcbf29ce484222325L;
        for (Object part : parts) {
            String text = String.valueOf(part);
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0x1f) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = hash;
    }

    /** Hashes that occur more than once. */
    Set<Long> repeated() {
        Arrays.sort(hashes, 0, size);
        Set<Long> repeated = new HashSet<>();
        for (int i = 1; i < size; i++) {
            if (hashes[i] == hashes[i - 1]) {
                repeated.add(hashes[i]);
            }
        }
        return repeated;
    }
}
