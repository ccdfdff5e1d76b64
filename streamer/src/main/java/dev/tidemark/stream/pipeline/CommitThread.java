package dev.tidemark.stream.pipeline;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The thread that commits: one piece of work after the other, in the order in which they were handed over, while the pipeline's thread gathers the
 * next. After a failure nothing that was handed over is begun any more, and waiting for it throws that failure. For one thread, the pipeline's; only the work runs on the other one.
 */
final class CommitThread implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "commits"));
    private final LongSupplier nanos;
    private final Runnable ended;
    /** Why the first piece of work that failed did so. */
    private volatile Throwable failure;

    /** @param ended is run, on the thread, when a piece of work has ended, however it did */
    CommitThread(LongSupplier nanos, Runnable ended) {
        this.nanos = nanos;
        this.ended = ended;
    }

    /** A piece of work under way. */
    final class Work {

        private final Future<?> future;
        private long began;
        private long end;
        private volatile boolean done;

        private Work(Runnable work) {
            this.future = thread.submit(() -> {
                if (failure != null) {
                    // Not begun: whoever waits for it must not take it for done.
                    throw new ExecutionException(failure);
                }
                began = nanos.getAsLong();
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    failure = e;
                    throw e;
                } finally {
                    end = nanos.getAsLong();
                    done = true;
                    ended.run();
                }
                return null;
            });
        }

        /** Whether it has ended; {@link #await} tells how. */
        boolean isDone() {
            return done || future.isDone();
        }

        /** How long it took, in nanoseconds. */
        long took() {
            return end - began;
        }

        /** When it ended. */
        long end() {
            return end;
        }

        /** Waits for its end, whoever interrupts; throws what it threw. */
        void await() {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        future.get();
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() instanceof ExecutionException notBegun ? notBegun.getCause() : e.getCause();
                if (cause instanceof RuntimeException unchecked) {
                    throw unchecked;
                }
                if (cause instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(cause);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Hands work over. */
    Work begin(Runnable work) {
        return new Work(work);
    }

    /** Has work done, and waits for it; throws what it threw. */
    void run(Runnable work) {
        begin(work).await();
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.awaitTermination(1, TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
