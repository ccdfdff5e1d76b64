package dev.tidemark.ui.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import javafx.animation.AnimationTimer;

/**
 * What the FX thread does from one pulse to the next, in processor time of that thread: events, answers that arrive, layout and the hand-over to the renderer
 * are all in it, and what else the machine does is not. Belongs to the FX thread.
 */
final class FxMeter extends AnimationTimer {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final com.sun.management.OperatingSystemMXBean system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long[] nanos = new long[1 << 12];
    private int pulses;
    private long before = -1;
    private long began;
    private long cpuBegan;

    @Override
    public void start() {
        pulses = 0;
        before = -1;
        began = System.nanoTime();
        cpuBegan = system.getProcessCpuTime();
        super.start();
    }

    @Override
    public void handle(long now) {
        long cpu = threads.getCurrentThreadCpuTime();
        if (before >= 0) {
            if (pulses == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * pulses);
            }
            nanos[pulses++] = cpu - before;
        }
        before = cpu;
    }

    /** How much was measured. */
    int pulses() {
        return pulses;
    }

    /** The longest, in milliseconds of processor time. */
    double longest() {
        long[] sorted = Arrays.copyOf(nanos, pulses);
        Arrays.sort(sorted);
        return part(sorted, 1);
    }

    /** In one line. */
    String report() {
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, pulses);
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "FX thread a frame: p50 %.2f, p99 %.2f, longest %.1f ms of CPU (%d frames, %.1f a second); whole process %.0f %% of a core",
                part(sorted, 0.5), part(sorted, 0.99), part(sorted, 1), pulses, pulses / seconds, (system.getProcessCpuTime() - cpuBegan) / 1e7 / seconds);
    }

    static double part(long[] sorted, double p) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))] / 1e6;
    }
}
