package dev.tidemark.lake.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C the thread that works is interrupted, and given time to end in order (to take its unfinished file away, say). */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Thread work) {
        hook = new Thread(() -> {
            work.interrupt();
            try {
                // Not for the thread itself: that goes on to end the process, which has to wait for this hook.
                ended.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
    }

    /** Watches over the calling thread until it is closed. */
    static StopSignal watch() {
        StopSignal signal = new StopSignal(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, because of this very hook.
            Thread.currentThread().interrupt();
        }
    }
}
