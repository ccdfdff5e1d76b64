package dev.tidemark.ui.soak;

import javafx.animation.AnimationTimer;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Watches the pulse of the toolkit: whenever two pulses are too far apart, or the FX thread took too much processor time from one to the next, it
 * tells what that thread was doing meanwhile, or the one that it waited for. Where the kernel tells how long a thread was ready to run but had no processor
 * ({@code /proc/self/task/TID/schedstat}), that time of the threads that make a frame is taken off: a machine that is busy with something else is no
 * fault of the window. Where it does not tell, processor time is all that counts.
 */
final class Freezes implements AutoCloseable {

    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SUSPICIOUS_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final int DEPTH = 40;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long mostNanos;
    private final long mostBusyNanos;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse();
        }
    };
    private final Thread watch = new Thread(this::watch, "freeze-watch");
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final long[] waitedAt = new long[3];
    private final Thread fx = Thread.currentThread();
    /** Makes the picture of what the FX thread has prepared, which waits for it then. */
    private final Thread renderer = Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("QuantumRenderer")).findFirst().orElse(null);
    /** What the kernel tells of the threads that make a frame; null before it was looked for. */
    private Path[] tasks;
    private volatile long pulsedAt = System.nanoTime();
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile Map<String, Integer> stacks = Map.of();
    // Of the FX thread:
    private long collectedAt;
    private long longest;
    private long longestWall;
    private long busyAt;
    private long busiest;
    private int frames;

    /**
     * Watches from now on; called on the FX thread.
     *
     * @param mostMillis     between two pulses, without what the machine did for others
     * @param mostBusyMillis processor time of the FX thread between two pulses
     */
    Freezes(long mostMillis, long mostBusyMillis) {
        mostNanos = TimeUnit.MILLISECONDS.toNanos(mostMillis);
        mostBusyNanos = TimeUnit.MILLISECONDS.toNanos(mostBusyMillis);
        timer.start();
        watch.setDaemon(true);
        watch.setPriority(Thread.MAX_PRIORITY);
        watch.start();
    }

    /** A freeze that was found since this was last asked, in words. */
    String next() {
        return found.poll();
    }

    /** The longest time between two pulses, in milliseconds: what it took by itself, of the processor, and by the clock on the wall. */
    String longest() {
        return FxCall.of(() -> TimeUnit.NANOSECONDS.toMillis(longest) + " ms (processor " + TimeUnit.NANOSECONDS.toMillis(busiest) + " ms, on this machine "
                + TimeUnit.NANOSECONDS.toMillis(longestWall) + " ms), " + frames + " pulses");
    }

    /** What is done meanwhile, such as a collection of all garbage, is not the window's doing. */
    void without(Runnable body) {
        paused = true;
        try {
            body.run();
        } finally {
            FxCall.run(() -> {
                pulse();
                paused = false;
            });
        }
    }

    private void pulse() {
        long now = System.nanoTime();
        if (tasks == null) {
            tasks = tasks();
        }
        long wall = now - pulsedAt;
        long own = wall;
        for (int i = 0; i < tasks.length; i++) {
            long waited = waited(tasks[i]);
            own -= Math.max(0, waited - waitedAt[i]);
            waitedAt[i] = waited;
        }
        long collected = collected();
        long busyNow = THREADS.getCurrentThreadCpuTime();
        long busy = busyNow - busyAt;
        busyAt = busyNow;
        own = tasks.length == 0 ? Math.min(own, busy) : own;
        if (!paused && frames > 0) {
            longest = Math.max(longest, own);
            longestWall = Math.max(longestWall, wall);
            busiest = Math.max(busiest, busy);
            if (own > mostNanos || busy > mostBusyNanos) {
                tell(own, busy, wall, collected - collectedAt);
            }
        }
        frames++;
        collectedAt = collected;
        stacks = Map.of();
        pulsedAt = now;
    }

    private void tell(long own, long busy, long wall, long collectedMillis) {
        Map<String, Integer> seen = stacks;
        int total = seen.values().stream().mapToInt(Integer::intValue).sum();
        found.add("no frame for " + TimeUnit.NANOSECONDS.toMillis(own) + " ms (of the processor " + TimeUnit.NANOSECONDS.toMillis(busy) + " ms, on the wall "
                + TimeUnit.NANOSECONDS.toMillis(wall) + " ms, collecting garbage " + collectedMillis + " ms); the FX thread was seen " + total + " times:\n" + seen.entrySet().stream().sorted((a, b) -> b.getValue() - a.getValue())
                .limit(4).map(each -> each.getValue() + " x\n" + each.getKey()).collect(Collectors.joining("\n")));
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(SAMPLE_NANOS);
            long since = pulsedAt;
            if (!paused && System.nanoTime() - since > SUSPICIOUS_NANOS) {
                Map<String, Integer> seen = new LinkedHashMap<>(stacks);
                Thread works = fx;
                StackTraceElement[] stack = fx.getStackTrace();
                if (renderer != null && Arrays.stream(stack).anyMatch(each -> each.getMethodName().equals("waitForRenderingToComplete"))) {
                    works = renderer;
                    stack = renderer.getStackTrace();
                }
                seen.merge(works.getName() + ", " + works.getState() + "\n" + Arrays.stream(stack).limit(DEPTH).map(each -> "    " + each).collect(Collectors.joining("\n")), 1, Integer::sum);
                if (pulsedAt == since) {
                    stacks = seen;
                }
            }
        }
    }

    /** What is known of the threads that make a frame; none where the system does not tell. */
    private static Path[] tasks() {
        Path[] known = new Path[3];
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : all) {
                String name = Files.readString(task.resolve("comm")).strip();
                if (count < known.length && (name.startsWith("JavaFX App") || name.startsWith("QuantumRend") || name.equals("VM Thread")) && Files.isReadable(task.resolve("schedstat"))) {
                    known[count++] = task.resolve("schedstat");
                }
            }
        } catch (IOException unknown) {
            return new Path[0];
        }
        return Arrays.copyOf(known, count);
    }

    private static long waited(Path task) {
        try {
            return Long.parseLong(Files.readString(task).split(" ")[1]);
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    private static long collected() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    }

    @Override
    public void close() {
        closed = true;
        FxCall.run(timer::stop);
    }
}
