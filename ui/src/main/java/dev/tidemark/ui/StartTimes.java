package dev.tidemark.ui;

import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.task.Tasks;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Writes to the log how long after the start of the process there was something to see. Belongs to the FX thread. */
final class StartTimes {

    private static final Logger LOG = LoggerFactory.getLogger(StartTimes.class);

    private final Scene scene;
    private final Tasks tasks;
    private final InstantSource clock;

    StartTimes(Scene scene, Tasks tasks, InstantSource clock) {
        this.scene = scene;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** The window was just shown. */
    void shown() {
        onceRendered("First frame");
    }

    /** The first data were just handed to the charts. */
    void filled() {
        Node chart = scene.lookup(".trend-chart");
        if (chart instanceof TrendChart trend) {
            trend.setOnFrame(timing -> {
                trend.setOnFrame(later -> { });
                onceRendered("First data");
            });
        }
    }

    /** What is in the scene now goes to the renderer at the next pulse, is handed over by the one after it, and is done by the third. */
    private void onceRendered(String what) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == 3) {
                    stop();
                    Instant rendered = clock.instant();
                    tasks.start(() -> LOG.info("{} {} ms after the start", what, sinceStart(rendered)));
                }
            }
        }.start();
    }

    /** By Java's own start time: that of the process is known on Linux to the second only. */
    private static long sinceStart(Instant until) {
        return Duration.between(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), until).toMillis();
    }
}
