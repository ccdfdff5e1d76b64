package dev.tidemark.ui.chart;

import dev.tidemark.ui.screenshot.Png;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;

/** Shows charts of every kind in both themes, and writes their pictures into the folder given as argument. Not a test: for the eye. */
public final class Gallery {

    private Gallery() { }

    public static void main(String[] args) {
        Application.launch(App.class, args);
    }

    /** The window. */
    public static final class App extends Application {

        private final List<TrendChart> charts = new ArrayList<>();
        private final CrosshairLink crosshair = new CrosshairLink();

        @Override
        public void start(Stage stage) throws Exception {
            for (String font : List.of("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf")) {
                var in = Gallery.class.getResourceAsStream("/dev/tidemark/ui/fonts/" + font);
                if (in != null) {
                    Font.loadFont(in, 12);
                }
            }
            VBox dark = page(true);
            VBox light = page(false);
            Path folder = Files.createDirectories(Path.of(getParameters().getRaw().get(0)));
            double scale = getParameters().getRaw().size() > 1 ? Double.parseDouble(getParameters().getRaw().get(1)) : 1;
            charts.forEach(c -> c.setRenderScale(scale));
            stage.setScene(new Scene(new StackPane(light, dark), 1120, 1180));
            stage.show();
            List<Runnable> steps = List.of(
                    () -> write(dark, folder.resolve("dark@" + scale + ".png"), scale),
                    () -> write(light, folder.resolve("light@" + scale + ".png"), scale),
                    () -> crosshair.setTime(Plant.NOW - 97 * Plant.SECOND),
                    () -> write(dark, folder.resolve("dark-crosshair@" + scale + ".png"), scale),
                    () -> write(light, folder.resolve("light-crosshair@" + scale + ".png"), scale),
                    Platform::exit);
            run(steps, 0, 60);
        }

        private void run(List<Runnable> steps, int next, int pulses) {
            if (pulses > 0) {
                new javafx.animation.AnimationTimer() {
                    private int left = pulses;

                    @Override
                    public void handle(long now) {
                        if (--left <= 0) {
                            stop();
                            steps.get(next).run();
                            if (next + 1 < steps.size()) {
                                run(steps, next + 1, 20);
                            }
                        }
                    }
                }.start();
            }
        }

        private static void write(Parent page, Path file, double scale) {
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setTransform(new Scale(scale, scale));
            WritableImage image = page.snapshot(parameters, null);
            try {
                Png.write(file, image);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private VBox page(boolean dark) {
            VBox page = new VBox(14);
            page.setPadding(new Insets(14));
            page.setStyle("-fx-font-family: 'Inter'; -fx-background-color: " + (dark ? "#0a0c10" : "#f6f8fa"));
            TimeView live = new TimeView(Plant.NOW, 5 * Plant.MINUTE);
            TrendChart throughput = chart(live, dark, "Ingest throughput", "events / s, last 5 min",
                    List.of(new Series("1", "line-1", "ev/s", 0), new Series("2", "line-2", "ev/s", 1), new Series("3", "line-3", "ev/s", 2)));
            throughput.setData("1", Plant.wander(1, 1000, 300_000, Plant.NOW, 65_000, 6_000, 600));
            throughput.setData("2", Plant.wander(2, 1000, 300_000, Plant.NOW, 46_000, 4_000, 500));
            throughput.setData("3", Plant.wander(3, 1000, 300_000, Plant.NOW, 27_000, 4_000, 500));
            TimeView wide = new TimeView(Plant.NOW, 10 * Plant.DAY);
            TrendChart vibration = chart(wide, dark, "Bearing vibration", "mm/s RMS, 1 000 000 samples behind each line",
                    List.of(new Series("de", "DE-bearing", "mm/s", 3), new Series("nde", "NDE-bearing", "mm/s", 4)));
            vibration.setData("de", Plant.wander(4, 1_000_000, 864_000, Plant.NOW, 4.3, 0.1, 0.3));
            vibration.setData("nde", Plant.wander(5, 1_000_000, 864_000, Plant.NOW, 2.4, 0.1, 0.25));
            vibration.setLimits(List.of(new Limit("high", 7.1, Severity.HIGH)));
            TimeView windows = new TimeView(Plant.NOW, 40 * Plant.MINUTE);
            TrendChart temperature = chart(windows, dark, "Temperature", "°F, 1 min windows, mean with lowest and highest",
                    List.of(new Series("a", "oven-2", "°F", 0), new Series("b", "oven-3", "°F", 1)));
            temperature.setData("a", Plant.windows(6, 40, Plant.MINUTE, Plant.NOW, 91, 4, 15, 18, 1));
            temperature.setData("b", Plant.windows(7, 40, Plant.MINUTE, Plant.NOW, 74, 3, 30, 31, 2));
            temperature.setLimits(List.of(new Limit("high", 100, Severity.CRITICAL), new Limit("low", 32, Severity.MEDIUM)));
            temperature.setMarks(List.of(new Mark(Plant.NOW - 12 * Plant.MINUTE, Plant.NOW - 9 * Plant.MINUTE, "Oven 3: no data", Severity.MEDIUM)));
            TimeView days = new TimeView(Plant.NOW, 3 * Plant.DAY);
            List<Series> many = IntStream.range(0, 14).mapToObj(i -> new Series("d" + i, "device-" + i, "", i)).toList();
            TrendChart humidity = chart(days, dark, "Humidity", "%, 5 min windows", many);
            for (int i = 0; i < 14; i++) {
                humidity.setData("d" + i, Plant.windows(20 + i, 864, 5 * Plant.MINUTE, Plant.NOW, 40 + 3 * i, 1.2, 200, 260, 1));
            }
            TrendChart empty = chart(new TimeView(Plant.NOW, Plant.HOUR), dark, "Pressure", "bar", List.of(new Series("p", "main", "bar", 5)));
            page.getChildren().addAll(card(throughput, dark), card(vibration, dark), card(temperature, dark), card(humidity, dark), card(empty, dark));
            VBox.setVgrow(page.getChildren().get(2), Priority.ALWAYS);
            return page;
        }

        private StackPane card(TrendChart chart, boolean dark) {
            StackPane card = new StackPane(chart);
            card.setStyle("-fx-background-radius: 8; -fx-border-radius: 8; -fx-padding: 14 16 10 16; " + (dark
                    ? "-fx-background-color: #11161d; -fx-border-color: #21262d" : "-fx-background-color: white; -fx-border-color: #d0d7de"));
            VBox.setVgrow(card, Priority.ALWAYS);
            return card;
        }

        private TrendChart chart(TimeView view, boolean dark, String title, String subtitle, List<Series> series) {
            TrendChart chart = new TrendChart(view, crosshair);
            chart.setPalette(dark ? ChartPalette.dark() : ChartPalette.light());
            chart.setTitle(title);
            chart.setSubtitle(subtitle);
            chart.setSeries(series);
            charts.add(chart);
            return chart;
        }
    }
}
