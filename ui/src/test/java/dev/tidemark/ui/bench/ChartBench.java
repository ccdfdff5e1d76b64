package dev.tidemark.ui.bench;

import dev.tidemark.ui.chart.ChartPalette;
import dev.tidemark.ui.chart.CrosshairLink;
import dev.tidemark.ui.chart.FrameTiming;
import dev.tidemark.ui.chart.Series;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.SeriesWriter;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.chart.TrendChart;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

/**
 * Eight charts of 100,000 points each, all in view, sliding: our chart beside a polyline on a JavaFX Canvas. Every redraw appends to
 * every chart. Run with {@code -Djavafx.animation.fullspeed=true}, else the pulse caps both. Arguments: charts, points, redraws, width, height.
 */
public final class ChartBench {

    private static final long SPACING = 10_000;
    private static final int APPENDED = 100;

    private ChartBench() { }

    public static void main(String[] args) {
        Application.launch(App.class, args);
    }

    /** The window. */
    public static final class App extends Application {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private int charts = 8;
        private int points = 100_000;
        private int redraws = 400;
        private int width = 1600;
        private int height = 1000;

        @Override
        public void start(Stage stage) {
            List<String> args = getParameters().getRaw();
            charts = args.size() > 0 ? Integer.parseInt(args.get(0)) : charts;
            points = args.size() > 1 ? Integer.parseInt(args.get(1)) : points;
            redraws = args.size() > 2 ? Integer.parseInt(args.get(2)) : redraws;
            width = args.size() > 4 ? Integer.parseInt(args.get(3)) : width;
            height = args.size() > 4 ? Integer.parseInt(args.get(4)) : height;
            GridPane page = new GridPane();
            page.setStyle("-fx-background-color: #11161d");
            stage.setScene(new Scene(page, width, height));
            stage.show();
            System.out.printf("%d charts x %,d points in view, %d x %d, %s%n", charts, points, width, height, System.getProperty("prism.order", "default"));
            ours(page, redraws / 2, first -> ours(page, redraws, own -> unpainted(page, redraws / 2, floor -> canvas(page, Math.max(10, redraws / 20), slow -> {
                System.out.printf("ratio: %.1f times the redraws/s%n", own / slow);
                Platform.exit();
            }))));
        }

        private interface Done {
            void redrawsPerSecond(double rate);
        }

        private final class Feed {
            private final SeriesWriter writer = new SeriesWriter(SPACING);
            private final Random random;
            private final double[] recent = new double[points];
            private long time;
            private double level;
            private int written;

            Feed(int seed) {
                random = new Random(seed);
                append(points);
            }

            void append(int n) {
                for (int i = 0; i < n; i++) {
                    level += random.nextGaussian() * 0.05 - level * 0.001;
                    double value = 50 + 5 * level + random.nextGaussian();
                    time += SPACING;
                    writer.append(time, value);
                    recent[written++ % points] = value;
                }
            }
        }

        private List<Feed> feeds() {
            List<Feed> feeds = new ArrayList<>();
            for (int i = 0; i < charts; i++) {
                feeds.add(new Feed(i));
            }
            return feeds;
        }

        private void ours(GridPane page, int frames, Done done) {
            page.getChildren().clear();
            List<Feed> feeds = feeds();
            TimeView view = new TimeView(feeds.get(0).time, points * SPACING);
            CrosshairLink crosshair = new CrosshairLink();
            List<TrendChart> drawn = new ArrayList<>();
            long[] paint = new long[frames * charts];
            long[] fx = new long[frames];
            long[] whole = new long[frames - 1];
            int[] shown = new int[1];
            int[] round = new int[1];
            int[] painted = new int[1];
            for (int i = 0; i < charts; i++) {
                TrendChart chart = new TrendChart(view, crosshair);
                chart.setPalette(ChartPalette.dark());
                chart.setSeries(List.of(new Series("s", "s", "", i)));
                chart.setPrefSize(width / 2.0, (double) height / ((charts + 1) / 2));
                chart.setOnFrame((FrameTiming t) -> {
                    if (painted[0] < paint.length && round[0] > 0) {
                        paint[painted[0]++] = t.paintNanos();
                        fx[Math.min(frames - 1, round[0] - 1)] += t.fxNanos();
                    }
                    shown[0]++;
                });
                drawn.add(chart);
                page.add(chart, i % 2, i / 2);
            }
            Cpu cpu = new Cpu();
            new AnimationTimer() {
                private long began;
                private long cpuBefore;
                private int wait = 30;

                @Override
                public void handle(long now) {
                    if (wait > 0) {
                        wait--;
                        return;
                    }
                    if (round[0] == 0) {
                        shown[0] = charts;
                        began = System.nanoTime();
                        cpu.begin();
                    }
                    if (shown[0] < charts) {
                        return;
                    }
                    if (round[0] == frames) {
                        stop();
                        double seconds = (System.nanoTime() - began) / 1e9;
                        cpu.end(frames);
                        report("own chart", frames / seconds, fx, Arrays.copyOf(paint, painted[0]), cpu);
                        all(whole);
                        done.redrawsPerSecond(frames / seconds);
                        return;
                    }
                    long cpuNow = threads.getCurrentThreadCpuTime();
                    if (round[0] > 0) {
                        whole[round[0] - 1] = cpuNow - cpuBefore;
                    }
                    cpuBefore = cpuNow;
                    round[0]++;
                    shown[0] = 0;
                    for (int i = 0; i < charts; i++) {
                        feeds.get(i).append(APPENDED);
                        SeriesData data = feeds.get(i).writer.snapshot();
                        drawn.get(i).setData("s", data);
                    }
                    view.setEdge(feeds.get(0).time);
                    view.follow();
                }
            }.start();
        }

        /** What the toolkit itself needs for pictures of that size: nothing is painted, no label moves, each redraw only says that the pixels are others. */
        private void unpainted(GridPane page, int frames, Done done) {
            page.getChildren().clear();
            List<PixelBuffer<IntBuffer>> drawn = new ArrayList<>();
            for (int i = 0; i < charts; i++) {
                int wide = width / 2 - 60;
                int high = height / ((charts + 1) / 2) - 58;
                PixelBuffer<IntBuffer> buffer = new PixelBuffer<>(wide, high, IntBuffer.allocate(wide * high), PixelFormat.getIntArgbPreInstance());
                drawn.add(buffer);
                page.add(new Pane(new ImageView(new WritableImage(buffer))), i % 2, i / 2);
            }
            long[] whole = new long[frames];
            Cpu cpu = new Cpu();
            new AnimationTimer() {
                private int frame = -30;
                private long began;
                private long cpuBefore;

                @Override
                public void handle(long now) {
                    long cpuNow = threads.getCurrentThreadCpuTime();
                    if (frame == 0) {
                        began = System.nanoTime();
                        cpu.begin();
                    } else if (frame > 0) {
                        whole[frame - 1] = cpuNow - cpuBefore;
                    }
                    cpuBefore = cpuNow;
                    if (frame == frames) {
                        stop();
                        double seconds = (System.nanoTime() - began) / 1e9;
                        cpu.end(frames);
                        report("nothing painted", frames / seconds, new long[1], new long[0], cpu);
                        all(whole);
                        done.redrawsPerSecond(frames / seconds);
                        return;
                    }
                    frame++;
                    drawn.forEach(buffer -> buffer.updateBuffer(b -> null));
                }
            }.start();
        }

        private void canvas(GridPane page, int frames, Done done) {
            page.getChildren().clear();
            List<Feed> feeds = feeds();
            List<Canvas> drawn = new ArrayList<>();
            for (int i = 0; i < charts; i++) {
                Canvas canvas = new Canvas(width / 2.0 - 60, (double) height / ((charts + 1) / 2) - 58);
                drawn.add(canvas);
                page.add(new Pane(canvas), i % 2, i / 2);
            }
            double[] x = new double[points];
            double[] y = new double[points];
            long[] fx = new long[frames];
            Cpu cpu = new Cpu();
            new AnimationTimer() {
                private int frame = -3;
                private long began;

                @Override
                public void handle(long now) {
                    if (frame == 0) {
                        began = System.nanoTime();
                        cpu.begin();
                    }
                    if (frame == frames) {
                        stop();
                        double seconds = (System.nanoTime() - began) / 1e9;
                        cpu.end(frames);
                        report("canvas polyline", frames / seconds, fx, new long[0], cpu);
                        done.redrawsPerSecond(frames / seconds);
                        return;
                    }
                    long start = System.nanoTime();
                    for (int c = 0; c < charts; c++) {
                        Feed feed = feeds.get(c);
                        feed.append(APPENDED);
                        GraphicsContext g = drawn.get(c).getGraphicsContext2D();
                        double width = g.getCanvas().getWidth();
                        double height = g.getCanvas().getHeight();
                        for (int i = 0; i < points; i++) {
                            x[i] = i * width / points;
                            y[i] = height - feed.recent[(feed.written + i) % points] / 100 * height;
                        }
                        g.clearRect(0, 0, width, height);
                        g.setStroke(Color.DEEPSKYBLUE);
                        g.setLineWidth(1.6);
                        g.strokePolyline(x, y, points);
                    }
                    if (frame >= 0) {
                        fx[frame] = System.nanoTime() - start;
                    }
                    frame++;
                }
            }.start();
        }

        /** Processor time of the threads that matter, over a run. */
        private final class Cpu {
            private long fx;
            private long render;
            private double fxMillis;
            private double renderMillis;

            void begin() {
                fx = time("JavaFX Application Thread");
                render = time("QuantumRenderer");
            }

            void end(int frames) {
                fxMillis = (time("JavaFX Application Thread") - fx) / 1e6 / frames;
                renderMillis = (time("QuantumRenderer") - render) / 1e6 / frames;
            }

            private long time(String prefix) {
                long sum = 0;
                for (long id : threads.getAllThreadIds()) {
                    if (threads.getThreadInfo(id) != null && threads.getThreadInfo(id).getThreadName().startsWith(prefix)) {
                        sum += threads.getThreadCpuTime(id);
                    }
                }
                return sum;
            }
        }

        private static void report(String what, double rate, long[] fx, long[] paint, Cpu cpu) {
            System.out.printf("%-16s %7.1f redraws/s   FX thread in chart code p50 %.2f p99 %.2f ms   whole FX thread %.2f, renderer %.2f ms CPU a redraw%s%n",
                    what, rate, percentile(fx, 0.5), percentile(fx, 0.99), cpu.fxMillis, cpu.renderMillis,
                    paint.length == 0 ? "" : String.format("   painter p50 %.2f p99 %.2f ms a chart", percentile(paint, 0.5), percentile(paint, 0.99)));
        }

        private static void all(long[] whole) {
            System.out.printf("%-16s FX thread a redraw, all that it does: p50 %.2f p90 %.2f p99 %.2f ms of CPU%n", "", percentile(whole, 0.5), percentile(whole, 0.9), percentile(whole, 0.99));
        }

        private static double percentile(long[] nanos, double p) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))] / 1e6;
        }
    }
}
