package dev.tidemark.ui.task;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where work runs and where its answers are delivered. Owns its threads (daemons), if it has any; {@link #close()} interrupts what
 * runs and ends them. Thread-safe.
 */
public final class Tasks implements AutoCloseable {

    private final Executor work;
    private final Executor screen;
    private final boolean threads;
    private final List<Tasks> lanes = new CopyOnWriteArrayList<>();
    private final Optional<Tasks> parent;

    private Tasks(Executor work, Executor screen, boolean threads, Optional<Tasks> parent) {
        this.work = work;
        this.screen = screen;
        this.threads = threads;
        this.parent = parent;
    }

    /**
     * Work on background threads, a few at a time.
     *
     * @param screen delivers to the thread that owns the screen ({@code Platform::runLater})
     */
    public static Tasks background(Executor screen) {
        return new Tasks(threads(4, "tidemark-work"), screen, true, Optional.empty());
    }

    /** Work and delivery on one executor of the caller's, for tests of view models; {@code Runnable::run} does all at once. */
    public static Tasks on(Executor executor) {
        return new Tasks(executor, executor, false, Optional.empty());
    }

    /** One thread of its own: what is started there runs in order. Closed with this instance. */
    public Tasks lane(String name) {
        Tasks lane = new Tasks(threads ? threads(1, name) : work, screen, threads, Optional.of(this));
        lanes.add(lane);
        return lane;
    }

    /** Runs on the thread that owns the screen. */
    public void onScreen(Runnable body) {
        screen.execute(body);
    }

    /**
     * Runs on a thread of this instance. Cancelling with an interrupt is how it is asked to end. What it throws goes to the thread's handler of uncaught
     * exceptions; a {@link CancellationException} is an end like any other.
     */
    public Future<?> start(Runnable body) {
        FutureTask<Void> task = new FutureTask<>(body, null) {
            @Override
            protected void setException(Throwable problem) {
                super.setException(problem);
                // Nobody asks a task how it ended: what it did not foresee would be told nowhere.
                if (!(problem instanceof CancellationException)) {
                    Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), problem);
                }
            }
        };
        work.execute(task);
        return task;
    }

    @Override
    public void close() {
        lanes.forEach(Tasks::close);
        parent.ifPresent(whole -> whole.lanes.remove(this));
        if (threads) {
            ((ExecutorService) work).shutdownNow();
        }
    }

    private static ExecutorService threads(int count, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(count, count, 20, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
            Thread thread = new Thread(body, name);
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
