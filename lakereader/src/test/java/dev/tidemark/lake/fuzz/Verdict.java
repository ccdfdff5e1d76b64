package dev.tidemark.lake.fuzz;

import com.sun.management.ThreadMXBean;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How reading something damaged ended. */
enum Verdict {
    /** With the rows that were written. */
    SAME,
    /** With other rows. */
    OTHER,
    /** With a message that names the file. */
    TOLD;

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long MOST_MEMORY = 600L << 20;

    /**
     * Reads on a thread of its own.
     *
     * @param names one of these must be in the message of a failure
     * @throws AssertionError with {@code what} in its message, if it hangs, takes more memory than it may, or fails in a way that nobody understands
     */
    static Verdict of(Callable<?> reading, Object expected, List<String> names, String what) throws InterruptedException {
        long[] allocated = new long[1];
        FutureTask<Object> task = new FutureTask<>(() -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                return reading.call();
            } finally {
                allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
            }
        });
        Thread thread = new Thread(task, "fuzz");
        thread.setDaemon(true);
        thread.start();
        try {
            Object read = task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            require(allocated[0] <= MOST_MEMORY, what + ": took " + (allocated[0] >> 20) + " MB", null);
            return Objects.equals(read, expected) ? SAME : OTHER;
        } catch (TimeoutException e) {
            AssertionError hang = new AssertionError(what + ": not done after " + LONGEST.toSeconds() + " s");
            hang.setStackTrace(thread.getStackTrace());
            throw hang;
        } catch (ExecutionException e) {
            require(allocated[0] <= MOST_MEMORY, what + ": took " + (allocated[0] >> 20) + " MB", e);
            require(e.getCause() instanceof LakeException, what + ": ends in " + e.getCause(), e.getCause());
            LakeException told = (LakeException) e.getCause();
            require(told.reason() != Reason.INVALID && told.reason() != Reason.UNREACHABLE, what + ": blames something else: " + told.getMessage(), told);
            require(names.stream().anyMatch(told.getMessage()::contains), what + ": names no file: " + told.getMessage(), told);
            return TOLD;
        }
    }

    private static void require(boolean holds, String message, Throwable cause) {
        if (!holds) {
            throw new AssertionError(message, cause);
        }
    }
}
