package dev.tidemark.ui.chart;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One chart's way to the painting thread that all charts share: of several waiting requests of a lane only the newest is run.
 * Safe for any thread.
 */
final class PaintLane {

    private final AtomicReference<Runnable> newest = new AtomicReference<>();
    private final Executor painter;

    PaintLane(Executor painter) {
        this.painter = painter;
    }

    /** Runs {@code work} on the painting thread, unless a newer one comes before its turn. */
    void submit(Runnable work) {
        if (newest.getAndSet(work) == null) {
            painter.execute(() -> newest.getAndSet(null).run());
        }
    }
}
