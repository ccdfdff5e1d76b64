package dev.tidemark.ui.bench;

import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.CommitTrack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/**
 * How long after a move of the mouse on the time-travel bar the version under it is on all charts: the desktop's own window on a table of many versions,
 * the mouse moved as an operator moves it, with the left button down. Each step goes to a version that was not shown before. Measured is from the call that
 * moves the mouse to the frame of the last chart being handed to the renderer. Needs a display.
 *
 * <p>Arguments: versions (10,000), steps (80), a folder in which the table stays for the next run.
 */
public final class Scrub {

    private Scrub() {
    }

    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    /** The window, the hand and the stopwatch. */
    public static final class App extends Application {

        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

        private Path folder;
        private WindowOnLake window;
        private Robot robot;
        private Tasks tasks;
        private volatile long shownAt;
        private volatile long version = -1;

        @Override
        public void start(Stage stage) throws Exception {
            List<String> given = getParameters().getRaw();
            int versions = given.size() > 0 ? Integer.parseInt(given.get(0)) : 10_000;
            int steps = given.size() > 1 ? Integer.parseInt(given.get(1)) : 80;
            folder = Files.createTempDirectory("tidemark-scrub-");
            Path lake = given.size() > 2 ? Path.of(given.get(2)) : folder.resolve("lake");
            Thread run = new Thread(() -> run(stage, lake, versions, steps), "bench");
            run.setDaemon(true);
            run.start();
        }

        private void run(Stage stage, Path lake, int versions, int steps) {
            try {
                if (!Files.exists(lake)) {
                    LongTable.write(lake, versions);
                }
                Platform.runLater(() -> {
                    tasks = Tasks.background(Platform::runLater);
                    robot = new Robot();
                    window = new WindowOnLake(stage, lake, folder, tasks);
                    new PaintedAnswers(stage, window.live(), painted -> {
                        shownAt = System.nanoTime();
                        version = painted;
                    });
                });
                CommitTrack track = await(stage, versions);
                TimeUnit.SECONDS.sleep(3);
                Random random = new Random(1);
                double from = 0.08;
                double to = 0.92;
                // As on a day on which it was done before.
                report("(warm-up) jumps anywhere", drag(track, steps / 2, i -> (int) (track.getWidth() * (from + (to - from) * random.nextDouble()))));
                report("slow drag, 11 versions a step", drag(track, steps, i -> (int) (track.getWidth() * to) - i));
                report("fast drag, 300 versions a step", drag(track, Math.min(steps, (int) (track.getWidth() * (to - from) / 27)), i -> (int) (track.getWidth() * to) - 27 * i - 5));
                report("jumps anywhere", drag(track, steps, i -> (int) (track.getWidth() * (from + (to - from) * random.nextDouble()))));
            } catch (Throwable e) {
                e.printStackTrace();
            } finally {
                Platform.exit();
            }
        }

        private CommitTrack await(Stage stage, int versions) throws InterruptedException {
            long end = System.nanoTime() + 6 * PATIENCE;
            while (System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
                Node[] found = new Node[1];
                boolean[] known = new boolean[1];
                onFx(() -> {
                    if (window != null && window.live().frameProperty().get() != null && window.travel().marks().size() >= versions) {
                        found[0] = stage.getScene().lookup("#track");
                        known[0] = found[0] != null;
                    }
                });
                if (known[0]) {
                    return (CommitTrack) found[0];
                }
            }
            throw new IllegalStateException("The window does not show the table's " + versions + " versions");
        }

        private long[] drag(CommitTrack track, int steps, IntUnaryOperator place) throws InterruptedException {
            List<Long> taken = new ArrayList<>();
            FxMeter meter = new FxMeter();
            onFx(() -> {
                Point2D first = track.localToScreen(place.applyAsInt(0) + 2, 35);
                robot.mouseMove(first);
                robot.mousePress(MouseButton.PRIMARY);
                meter.start();
            });
            TimeUnit.SECONDS.sleep(2);
            for (int i = 0; i < steps; i++) {
                int x = place.applyAsInt(i);
                long before = version;
                long began = System.nanoTime();
                onFx(() -> robot.mouseMove(track.localToScreen(x, 35)));
                while (version == before && System.nanoTime() - began < PATIENCE) {
                    TimeUnit.MICROSECONDS.sleep(200);
                }
                if (version != before) {
                    taken.add(shownAt - began);
                } else if (window.travel().shown().orElseThrow().version() != before) {
                    throw new IllegalStateException("A version is not shown within 20 s");
                }
                TimeUnit.MILLISECONDS.sleep(30);
            }
            onFx(() -> {
                robot.mouseRelease(MouseButton.PRIMARY);
                meter.stop();
                System.out.println("  " + meter.report());
            });
            TimeUnit.SECONDS.sleep(1);
            return taken.stream().mapToLong(Long::longValue).toArray();
        }

        private static void onFx(Runnable body) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(1);
            Platform.runLater(() -> {
                try {
                    body.run();
                } finally {
                    done.countDown();
                }
            });
            done.await();
        }

        private static void report(String what, long[] nanos) {
            Arrays.sort(nanos);
            System.out.printf(Locale.ROOT, "%-32s p50 %6.1f, p90 %6.1f, p99 %6.1f ms (%d versions)%n", what, FxMeter.part(nanos, 0.5), FxMeter.part(nanos, 0.9),
                    FxMeter.part(nanos, 0.99), nanos.length);
        }

        @Override
        public void stop() throws Exception {
            if (window != null) {
                window.close();
                tasks.close();
            }
            try (var files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
            System.exit(0);
        }
    }
}
