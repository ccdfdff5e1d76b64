package dev.tidemark.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javafx.application.Platform;

/**
 * The thread on which all charts are painted, and the way of finished pictures to the screen: what is painted in one go is shown in one go. Charts of one range
 * of time move together then, and the toolkit, which with software rendering hands the whole window to the display for every frame, does so once. A picture waits for the
 * others no longer than a frame of the display lasts. {@link #execute} is safe for any thread.
 */
final class PaintThread implements Executor {

    /** That of the desktop. */
    static final PaintThread SHARED = new PaintThread(Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "chart-painter");
        thread.setDaemon(true);
        return thread;
    }), Platform::runLater, System::nanoTime);

    /** Nanoseconds. */
    private static final long LONGEST_WAIT = 16_000_000;

    private final Executor painter;
    private final Executor screen;
    private final LongSupplier nanos;
    private final AtomicInteger waiting = new AtomicInteger();
    /** Of the painting thread alone, as is {@link #since}. */
    private final List<Runnable> finished = new ArrayList<>();
    private long since;

    /**
     * @param painter one thread
     * @param screen  delivers to the FX thread
     * @param nanos   a clock that never goes back
     */
    PaintThread(Executor painter, Executor screen, LongSupplier nanos) {
        this.painter = painter;
        this.screen = screen;
        this.nanos = nanos;
    }

    /** Runs work that paints, after what was given before. */
    @Override
    public void execute(Runnable work) {
        waiting.incrementAndGet();
        painter.execute(() -> {
            try {
                work.run();
            } finally {
                boolean last = waiting.decrementAndGet() == 0;
                if (!finished.isEmpty() && (last || nanos.getAsLong() - since >= LONGEST_WAIT)) {
                    finished.forEach(screen::execute);
                    finished.clear();
                }
            }
        });
    }

    /** A picture is finished; by the work that painted it. {@code body} shows it, on the FX thread. */
    void show(Runnable body) {
        if (finished.isEmpty()) {
            since = nanos.getAsLong();
        }
        finished.add(body);
    }
}
