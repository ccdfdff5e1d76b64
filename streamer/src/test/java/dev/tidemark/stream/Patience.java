package dev.tidemark.stream;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How tests wait: for a condition, and so long that no busy machine is taken for a fault. */
public final class Patience {

    /** The longest that anything may take that is not to fail. */
    public static final Duration LONGEST = Duration.ofMinutes(2);

    private static final long BETWEEN_LOOKS = 5_000_000;

    private Patience() {
    }

    /**
     * Waits until something holds.
     *
     * @param seen tells, when it was waited for in vain, what there was instead
     */
    public static void until(BooleanSupplier condition, Supplier<?> seen) {
        for (long end = System.nanoTime() + LONGEST.toNanos(); !condition.getAsBoolean(); ) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Waited in vain; there is " + seen.get());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
