package dev.tidemark.ui.bench;

import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.stage.Stage;

/**
 * Many charts live at once: the desktop's own window on a plant that is written by another process ({@link Plant}), each chart with four lines of six hours
 * and their bands. Told are what the FX thread does a frame, how often the charts are redrawn, and the processor time of it all. Needs a display.
 *
 * <p>Arguments: charts (20), commits a second (5), seconds (20) after a warm-up of as many.
 */
public final class TwentyCharts {

    private TwentyCharts() {
    }

    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    /** The window and the meter. */
    public static final class App extends Application {

        private Path folder;
        private Process plant;
        private WindowOnLake window;
        private Tasks tasks;
        private int drawn;
        private int frames;

        @Override
        public void start(Stage stage) throws Exception {
            List<String> given = getParameters().getRaw();
            int charts = given.size() > 0 ? Integer.parseInt(given.get(0)) : 20;
            int commits = given.size() > 1 ? Integer.parseInt(given.get(1)) : 5;
            int seconds = given.size() > 2 ? Integer.parseInt(given.get(2)) : 20;
            folder = Files.createTempDirectory("tidemark-charts-");
            plant = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx512m", "-cp",
                    System.getProperty("java.class.path"), Plant.class.getName(), folder.resolve("lake").toString(), String.valueOf(charts), String.valueOf(commits))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            tasks = Tasks.background(Platform::runLater);
            window = new WindowOnLake(stage, folder.resolve("lake"), folder, tasks);
            window.live().frameProperty().addListener((property, before, now) -> {
                frames++;
                ask(window.live(), now, charts);
            });
            Thread run = new Thread(() -> run(stage, charts, commits, seconds), "bench");
            run.setDaemon(true);
            run.start();
        }

        private static void ask(LiveModel live, Frame frame, int charts) {
            if (frame != null && live.question().measures() == null) {
                Platform.runLater(() -> live.ask(live.question().withMeasures(IntStream.range(0, charts).mapToObj(i -> "measure-" + (char) ('a' + i)).toList())
                        .withRange(new Question.Last(Duration.ofHours(6)))));
            }
        }

        private void run(Stage stage, int charts, int commits, int seconds) {
            try {
                FxMeter meter = new FxMeter();
                TimeUnit.SECONDS.sleep(seconds);
                while (stage.getScene().getRoot().lookupAll(".trend-chart").size() < charts) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                Platform.runLater(() -> {
                    for (Node node : stage.getScene().getRoot().lookupAll(".trend-chart")) {
                        ((TrendChart) node).setOnFrame(timing -> drawn++);
                    }
                    drawn = 0;
                    frames = 0;
                    meter.start();
                });
                TimeUnit.SECONDS.sleep(seconds);
                Platform.runLater(() -> {
                    meter.stop();
                    System.out.printf(Locale.ROOT, "%d charts, %d commits a second: %.1f answers and %.1f redraws of each chart a second%n", charts, commits,
                            frames / (double) seconds, drawn / (double) charts / seconds);
                    System.out.println(meter.report());
                    Platform.exit();
                });
            } catch (InterruptedException e) {
                Platform.exit();
            }
        }

        @Override
        public void stop() throws Exception {
            window.close();
            tasks.close();
            plant.destroy();
            plant.waitFor();
            try (var files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
            System.exit(0);
        }
    }
}
