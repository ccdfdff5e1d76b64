package dev.tidemark.stream.hub;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which partition events with a key go to: the one that the Azure SDK resolves it to, where the key is in ASCII (with other letters the SDK for Java mistakes
 * the sign of bytes). Bob Jenkins' lookup3 ("hashlittle2", 2006, public domain), its two results joined.
 */
final class PartitionKey {

    private static final int BLOCK = 12;

    private PartitionKey() {
    }

    static int partition(String key, int partitions) {
        return Math.abs(hash(key.getBytes(StandardCharsets.UTF_8)) % partitions);
    }

    private static short hash(byte[] key) {
        int a = 0xdeadbeef + key.length;
        int b = a;
        int c = a;
        if (key.length == 0) {
            return (short) (c ^ b);
        }
        // The last block, whole or not, is mixed otherwise than those before it; missing bytes count as zero.
        int blocks = (key.length - 1) / BLOCK;
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(key, (blocks + 1) * BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            a += bytes.getInt();
            b += bytes.getInt();
            c += bytes.getInt();
            a = a - c ^ Integer.rotateLeft(c, 4);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 6);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 8);
            b += a;
            a = a - c ^ Integer.rotateLeft(c, 16);
            c += b;
            b = b - a ^ Integer.rotateLeft(a, 19);
            a += c;
            c = c - b ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        a += bytes.getInt();
        b += bytes.getInt();
        c += bytes.getInt();
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        c = (c ^ b) - Integer.rotateLeft(b, 24);
        return (short) (c ^ b);
    }
}
