package dev.tidemark.ui.task;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The way of values to the thread that owns the screen, where only the newest is worth something: while that thread is busy those before it are
 * let go, and none of them is kept until it comes to them. The newest arrives at its turn, after whatever was sent to the screen before it.
 * Values are offered by one thread.
 *
 * @param <T> what is offered
 */
public final class Newest<T> {

    private record Offered<T>(long number, T value) {
    }

    private final Tasks tasks;
    private final Consumer<? super T> screen;
    private final AtomicReference<Offered<T>> waiting = new AtomicReference<>();
    private long count;

    /** @param screen gets the values, on the thread that owns the screen */
    public Newest(Tasks tasks, Consumer<? super T> screen) {
        this.tasks = tasks;
        this.screen = screen;
    }

    /** Sends a value in place of the one before. */
    public void offer(T value) {
        long mine = ++count;
        waiting.set(new Offered<>(mine, value));
        // It knows the number only: what piles up must not hold the values.
        tasks.onScreen(() -> {
            Offered<T> newest = waiting.get();
            if (newest != null && newest.number == mine && waiting.compareAndSet(newest, null)) {
                screen.accept(newest.value);
            }
        });
    }
}
