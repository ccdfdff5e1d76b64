package dev.tidemark.ui;

import dev.tidemark.ui.screenshot.Png;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.util.Duration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** Takes pictures of the window: one after a while, and then ends; or one every few seconds. Belongs to the FX thread, but for {@link #end}. */
final class Pictures {

    private static final int KEPT = 12;

    private final Path target;
    private final boolean series;
    private final double seconds;
    private final Optional<Double> end;
    private int taken;
    private int exitCode;
    private volatile boolean ended;

    private Pictures(Path target, boolean series, double seconds, Optional<Double> end) {
        this.target = target;
        this.series = series;
        this.seconds = seconds;
        this.end = end;
    }

    /** One picture after so many seconds, and that is the end. */
    static Pictures one(Path file, double seconds) {
        return new Pictures(file, false, seconds, Optional.empty());
    }

    /**
     * One every few seconds: always {@code live-latest.png}, and the first dozen with numbers.
     *
     * @param end seconds until the desktop ends; without it, never
     */
    static Pictures series(Path folder, double seconds, Optional<Double> end) {
        return new Pictures(folder, true, seconds, end);
    }

    /** 1 if a picture could not be written. */
    int exitCode() {
        return exitCode;
    }

    /** No more pictures: what they would show is being taken down. From any thread. */
    void end() {
        ended = true;
    }

    /** Begins; the window is on screen. */
    void begin(Scene scene) {
        if (!series) {
            after(seconds, () -> {
                take(scene, target);
                Platform.exit();
            });
            return;
        }
        Timeline every = new Timeline(new KeyFrame(Duration.seconds(seconds), event -> next(scene)));
        every.setCycleCount(Animation.INDEFINITE);
        every.play();
        end.ifPresent(last -> after(last, () -> {
            next(scene);
            Platform.exit();
        }));
    }

    /** The first answer is on screen: a picture of a series that would else come later. */
    void firstData(Scene scene) {
        if (series) {
            after(1, () -> next(scene));
        }
    }

    private void next(Scene scene) {
        Path latest = target.resolve("live-latest.png");
        take(scene, latest);
        taken++;
        if (taken <= KEPT && exitCode == 0 && !ended) {
            try {
                Files.copy(latest, target.resolve(String.format(Locale.ROOT, "live-%02d.png", taken)), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                failed(latest, e);
            }
        }
    }

    private void take(Scene scene, Path file) {
        if (ended) {
            return;
        }
        try {
            Png.write(file, scene.snapshot(null));
            if (!series) {
                System.err.println("tidemark: Wrote " + file.toAbsolutePath());
            }
        } catch (IOException e) {
            failed(file, e);
        }
    }

    private void failed(Path file, IOException e) {
        exitCode = 1;
        System.err.println("tidemark: Cannot write " + file + ": " + e.getMessage());
    }

    private static void after(double seconds, Runnable body) {
        PauseTransition pause = new PauseTransition(Duration.seconds(seconds));
        pause.setOnFinished(event -> body.run());
        pause.play();
    }
}
