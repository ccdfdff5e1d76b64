package dev.tidemark.stream.alert;

import java.util.Arrays;

/** One measure of one device: the latches that are not quiet, and what scores are told by. While nothing happens it is not looked at. */
final class Track {

    private static final Latch[] NO_LATCHES = {};
    private static final int[] NO_SLOTS = {};

    final String measure;
    Latch[] latches = NO_LATCHES;
    /** Which rule a latch belongs to: {@link Watch#slot}. */
    int[] slots = NO_SLOTS;
    AnomalyScore score;

    Track(String measure) {
        this.measure = measure;
    }

    /** The latch of a rule; null if it is quiet. */
    Latch latch(int slot) {
        for (int i = 0; i < latches.length; i++) {
            if (slots[i] == slot) {
                return latches[i];
            }
        }
        return null;
    }

    void put(int slot, Latch latch) {
        latches = Arrays.copyOf(latches, latches.length + 1);
        slots = Arrays.copyOf(slots, slots.length + 1);
        latches[latches.length - 1] = latch;
        slots[slots.length - 1] = slot;
    }

    /** Forgets a latch that is quiet. */
    void release(Latch latch) {
        int kept = latches.length - 1;
        for (int i = 0; i <= kept; i++) {
            if (latches[i] == latch) {
                latches[i] = latches[kept];
                slots[i] = slots[kept];
                latches = kept == 0 ? NO_LATCHES : Arrays.copyOf(latches, kept);
                slots = kept == 0 ? NO_SLOTS : Arrays.copyOf(slots, kept);
                return;
            }
        }
    }
}
