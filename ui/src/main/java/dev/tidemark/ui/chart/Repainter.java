package dev.tidemark.ui.chart;

import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;

/**
 * A chart's pictures, from the wish for one to the pixels: wishes of one turn of the FX thread are one order, an order that changes nothing is
 * none, painting is done on the thread that all charts share, and of what piles up only the newest is shown. For the FX thread.
 */
final class Repainter {

    private final Supplier<PaintOrder> orders;
    private final Consumer<Surface> screen;
    private final PaintLane lane = new PaintLane(PaintThread.SHARED);
    private final Surface.Swap surfaces = new Surface.Swap();
    private final ChartPainter painter = new ChartPainter(System::nanoTime);
    /** Lets a loose value axis shrink where no new data come that would ask for a frame. */
    private final PauseTransition settle = new PauseTransition(Duration.seconds(4.2));
    private Consumer<FrameTiming> onFrame = timing -> { };
    private PaintOrder ordered;
    private boolean queued;
    private long changedAt;
    private long orderNanos;

    /**
     * @param orders what a picture is to show now; gives null while there is no place for one
     * @param screen shows a painted picture
     */
    Repainter(Supplier<PaintOrder> orders, Consumer<Surface> screen) {
        this.orders = orders;
        this.screen = screen;
        settle.setOnFinished(e -> afresh());
    }

    /** Told of every frame. */
    void setOnFrame(Consumer<FrameTiming> listener) {
        onFrame = listener;
    }

    /** Something changed: orders a picture at the end of this turn of the FX thread, once for all changes. */
    void wanted() {
        if (!queued) {
            queued = true;
            changedAt = System.nanoTime();
            Platform.runLater(this::order);
        }
    }

    /** A picture is wanted, even if nothing has changed that it is ordered by. */
    void afresh() {
        ordered = null;
        wanted();
    }

    /** Nobody looks any more. */
    void rest() {
        settle.stop();
    }

    private void order() {
        queued = false;
        long began = System.nanoTime();
        PaintOrder order = orders.get();
        if (order == null || order.equals(ordered)) {
            return;
        }
        ordered = order;
        long asked = changedAt;
        orderNanos = System.nanoTime() - began;
        lane.submit(() -> {
            Surface surface = surfaces.take(order.columns().count(), order.height());
            surface.frame = painter.paint(order, surface.pixels);
            if (surfaces.offer(surface)) {
                PaintThread.SHARED.show(() -> show(asked));
            }
        });
    }

    private void show(long asked) {
        long began = System.nanoTime();
        Surface surface = surfaces.show();
        if (surface == null) {
            return;
        }
        screen.accept(surface);
        if (!surface.frame.loose()) {
            settle.stop();
        } else if (settle.getStatus() != Animation.Status.RUNNING) {
            settle.playFromStart();
        }
        long ended = System.nanoTime();
        onFrame.accept(new FrameTiming(surface.frame.paintNanos(), ended - began + orderNanos, ended - asked));
    }
}
