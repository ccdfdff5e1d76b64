package dev.tidemark.lake.fuzz;

import java.util.Arrays;
import java.util.Random;

/** What disks, networks and programs do to bytes. */
enum Damage {
    FLIPPED, OVERWRITTEN, ZEROED, CUT, EXTENDED, REMOVED, REPEATED;

    /** These bytes, damaged somewhere in {@code [from, to)}. */
    byte[] done(byte[] bytes, int from, int to, Random random) {
        int at = from + random.nextInt(Math.max(1, to - from));
        int length = Math.max(1, Math.min(1 << random.nextInt(8), to - at));
        byte[] damaged = bytes.clone();
        switch (this) {
            case FLIPPED -> {
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    damaged[from + random.nextInt(Math.max(1, to - from))] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case OVERWRITTEN -> {
                for (int i = at; i < at + length; i++) {
                    damaged[i] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
                }
            }
            case ZEROED -> Arrays.fill(damaged, at, at + length, (byte) 0);
            case CUT -> damaged = Arrays.copyOf(bytes, at);
            case EXTENDED -> {
                damaged = Arrays.copyOf(bytes, bytes.length + length);
                for (int i = bytes.length; i < damaged.length; i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            case REMOVED -> damaged = spliced(bytes, at, 0, length);
            case REPEATED -> damaged = spliced(bytes, at, length, 0);
        }
        return damaged;
    }

    /** The bytes with {@code repeated} of those at {@code at} once more, and without {@code removed} of them. */
    private static byte[] spliced(byte[] bytes, int at, int repeated, int removed) {
        byte[] spliced = new byte[bytes.length + repeated - removed];
        System.arraycopy(bytes, 0, spliced, 0, at + repeated);
        System.arraycopy(bytes, at + removed, spliced, at + repeated, bytes.length - at - removed);
        return spliced;
    }
}
