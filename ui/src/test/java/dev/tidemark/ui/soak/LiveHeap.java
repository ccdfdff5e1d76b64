package dev.tidemark.ui.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much of the heap is still in use after everything that can go has gone, time after time. Not thread-safe. */
final class LiveHeap {

    private static final double SHARE = 0.2;
    private static final double SLACK_MB = 12;
    private static final int FEWEST = 6;

    private final List<Double> megabytes = new ArrayList<>();

    /** Measures; takes as long as a full collection does. */
    double measure() {
        // What hangs on a reference queue goes with the second one.
        System.gc();
        System.runFinalization();
        System.gc();
        double used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
        megabytes.add(used);
        return used;
    }

    /** How it has grown since it was warm, if it has grown more than can be by chance. */
    Optional<String> growth() {
        int count = megabytes.size();
        if (count < FEWEST) {
            return Optional.empty();
        }
        double warm = least(count / 3, 2 * count / 3);
        double last = least(2 * count / 3, count);
        return last > warm * (1 + SHARE) + SLACK_MB
                ? Optional.of(String.format(Locale.ROOT, "The live heap grew from %.1f MB, when warm, to %.1f MB: %s", warm, last, this)) : Optional.empty();
    }

    private double least(int from, int to) {
        return megabytes.subList(from, to).stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    @Override
    public String toString() {
        return String.join(" ", megabytes.stream().map(each -> String.format(Locale.ROOT, "%.1f", each)).toList());
    }
}
