package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.live.Standing;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.stage.Stage;

import java.util.function.Consumer;

/**
 * The window opens in the order in which an operator sees it: its frame; once that is on the screen, the page in it; then the data. Each step is a turn of its
 * own, so that what the lake answers is heard in between. Belongs to the FX thread.
 */
final class Opening {

    /** What can be seen from now on. */
    enum Sight { FRAME, DATA }

    private final MainWindow window;
    private final Stage stage;
    private final Consumer<Sight> seen;

    /** @param seen told once of each; of the data only if the first page shows charts */
    Opening(MainWindow window, Stage stage, Consumer<Sight> seen) {
        this.window = window;
        this.stage = stage;
        this.seen = seen;
    }

    /**
     * Begins, and returns at once.
     *
     * @param shown runs when there is a window
     */
    void begin(Runnable shown) {
        Platform.runLater(() -> {
            window.frame();
            Platform.runLater(() -> {
                window.appear();
                onceRendered(() -> {
                    seen.accept(Sight.FRAME);
                    Platform.runLater(this::page);
                });
                shown.run();
            });
        });
    }

    private void page() {
        window.firstPage();
        Standing standing = window.live().standing();
        if (standing.is(Standing.State.SHOWN)) {
            data();
            return;
        }
        standing.stateProperty().addListener(new ChangeListener<>() {
            @Override
            public void changed(ObservableValue<? extends Standing.State> property, Standing.State before, Standing.State now) {
                if (now == Standing.State.SHOWN) {
                    property.removeListener(this);
                    data();
                }
            }
        });
    }

    /** The first answer is with the charts. */
    private void data() {
        // A pane that scrolls takes its content into the scene when it is dressed.
        stage.getScene().getRoot().applyCss();
        if (stage.getScene().lookup(".trend-chart") instanceof TrendChart chart) {
            chart.setOnFrame(timing -> {
                chart.setOnFrame(later -> { });
                onceRendered(() -> seen.accept(Sight.DATA));
            });
        }
    }

    /** What is in the scene now goes to the renderer at the next pulse, is handed over by the one after it, and is done by the third. */
    private static void onceRendered(Runnable body) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == 3) {
                    stop();
                    body.run();
                }
            }
        }.start();
    }
}
