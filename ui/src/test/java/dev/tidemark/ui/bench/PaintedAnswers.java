package dev.tidemark.ui.bench;

import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.stage.Stage;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/** Tells when an answer is painted on all charts of a window. Belongs to the FX thread. */
final class PaintedAnswers {

    private final Set<TrendChart> missing = new HashSet<>();
    private final Stage stage;
    private final LongConsumer painted;

    /**
     * To be made before the charts hear of the first answer.
     *
     * @param painted gets the version whose last chart was just handed to the renderer
     */
    PaintedAnswers(Stage stage, LiveModel live, LongConsumer painted) {
        this.stage = stage;
        this.painted = painted;
        live.frameProperty().addListener((InvalidationListener) changed -> taken(live.frameProperty().get()));
    }

    private void taken(Frame frame) {
        if (frame == null) {
            return;
        }
        long taken = System.nanoTime();
        watch(frame.version(), taken);
        if (missing.isEmpty()) {
            // The charts of the first answer are about to be made.
            Platform.runLater(() -> watch(frame.version(), taken));
        }
    }

    private void watch(long version, long taken) {
        missing.clear();
        for (Node node : stage.getScene().getRoot().lookupAll(".trend-chart")) {
            TrendChart chart = (TrendChart) node;
            missing.add(chart);
            chart.setOnFrame(timing -> {
                // A frame that was ordered before the answer was there shows the one before.
                if (System.nanoTime() - timing.latencyNanos() >= taken && missing.remove(chart) && missing.isEmpty()) {
                    painted.accept(version);
                }
            });
        }
    }
}
