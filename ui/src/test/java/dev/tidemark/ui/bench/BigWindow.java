package dev.tidemark.ui.bench;

import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The desktop's own window on a lake of thousands of series and tens of millions of rows, as {@link BigLake} writes it. Of each thing that an operator does: how long until the answer is painted on
 * all charts, what processor time the process took, the longest that the FX thread was busy from one pulse to the next, and the most memory that the process held (RSS; Linux). Needs a display;
 * the options of Java are those of the start script.
 *
 * <p>Arguments: the lake; without one it is written, which takes minutes, and goes at the end.
 */
public final class BigWindow {

    private static final int MOST_MEGABYTES = 400;

    private BigWindow() {
    }

    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    /** The window and the meters. */
    public static final class App extends Application {

        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

        private Path folder;
        private WindowOnLake window;
        private LiveModel live;
        private Tasks tasks;
        private FxMeter meter;
        private long most;
        private volatile long painted;

        @Override
        public void start(Stage stage) throws Exception {
            folder = Files.createTempDirectory("tidemark-big-");
            List<String> given = getParameters().getRaw();
            stage.setX(0);
            stage.setY(0);
            tasks = Tasks.background(Platform::runLater);
            meter = new FxMeter();
            Thread run = new Thread(() -> run(stage, given.isEmpty() ? folder.resolve("lake") : Path.of(given.get(0))), "bench");
            run.setDaemon(true);
            run.start();
        }

        private void run(Stage stage, Path lake) {
            try {
                if (!Files.exists(lake)) {
                    BigLake.main(new String[] {lake.toString()});
                }
                onFx(() -> {
                    window = new WindowOnLake(stage, folder, tasks, Clock.systemUTC());
                    live = window.live();
                    new PaintedAnswers(stage, live, version -> painted++);
                });
                TimeUnit.SECONDS.sleep(3);
                System.out.printf("%-34s %8s %8s %8s %8s %8s  %s%n", "", "painted", "CPU", "FX most", "RSS most", "heap", "shown");
                report("opened", () -> window.open(lake));
                report("three chosen by name", () -> live.ask(live.question().withSeries(List.of(BigLake.name(7), BigLake.name(1234), BigLake.name(4321)))));
                report("those that suit, last 6 h", () -> live.ask(live.question().withSeries(null).withRange(new Question.Last(Duration.ofHours(6)))));
                report("all of it", () -> live.ask(live.question().withRange(new Question.All())));
                report("last hour", () -> live.ask(live.question().withRange(new Question.Last(Duration.ofHours(1)))));
                long newest = window.travel().marks().size() - 1;
                for (int back : List.of(1, 10, 30, 35)) {
                    report("version " + back + " before the newest", () -> window.travel().goTo(newest - back));
                }
                report("live again", () -> window.travel().goLive());
                cancelled();
                System.out.printf(Locale.ROOT, "%d MB at most (of %d MB)%n", most, MOST_MEGABYTES);
            } catch (Throwable e) {
                e.printStackTrace();
            } finally {
                Platform.exit();
            }
        }

        private void report(String what, Runnable asked) throws InterruptedException, IOException {
            TimeUnit.SECONDS.sleep(1);
            meters();
            long began = System.nanoTime();
            long cpu = cpu();
            long before = painted;
            Frame[] shown = new Frame[1];
            onFx(() -> {
                shown[0] = live.frameProperty().get();
                asked.run();
            });
            await(() -> of(() -> live.frameProperty().get() != shown[0] && !live.standing().readingProperty().get()));
            long answered = System.nanoTime();
            // A chart that was being painted for another reason does not tell that it has the answer too.
            while (painted == before && System.nanoTime() - answered < TimeUnit.SECONDS.toNanos(2)) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            print(what, (painted == before ? answered : System.nanoTime()) - began, cpu() - cpu);
        }

        /** What takes long is told in percent and ends when the operator says so. */
        private void cancelled() throws InterruptedException, IOException {
            onFx(() -> live.ask(live.question().withRange(new Question.Last(Duration.ofHours(23)))));
            await(() -> of(() -> live.standing().progressProperty().get() > 0.2));
            meters();
            long began = System.nanoTime();
            long cpu = cpu();
            onFx(() -> live.cancel());
            await(() -> of(() -> !live.standing().readingProperty().get()));
            print("23 h, cancelled at a fifth", System.nanoTime() - began, cpu() - cpu);
        }

        private void meters() throws IOException {
            // From here on the most that is held is counted anew.
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            onFx(meter::start);
        }

        private void print(String what, long wall, long used) throws InterruptedException, IOException {
            long rss = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) >> 10)
                    .findFirst().orElse(0);
            most = Math.max(most, rss);
            onFx(() -> {
                meter.stop();
                Frame frame = live.frameProperty().get();
                int lines = frame.lines().values().stream().mapToInt(series -> (int) series.values().stream().filter(data -> data.size() > 0).count()).sum();
                long points = frame.lines().values().stream().flatMap(series -> series.values().stream()).mapToLong(data -> data.size()).sum();
                System.out.printf(Locale.ROOT, "%-34s %6.2f s %6.2f s %5.0f ms %5d MB %5d MB  %d lines, %,d points, of %,d series, version %d%n", what, wall / 1e9, used / 1e9, meter.longest(), rss,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() >> 20, lines, points, frame.choices().series().size(), frame.version());
            });
        }

        private static long cpu() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        private static void await(BooleanSupplier there) throws InterruptedException {
            long end = System.nanoTime() + PATIENCE;
            while (!there.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("Nothing came within a minute");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private static boolean of(BooleanSupplier body) {
            boolean[] answer = new boolean[1];
            onFx(() -> answer[0] = body.getAsBoolean());
            return answer[0];
        }

        private static void onFx(Runnable body) {
            CountDownLatch done = new CountDownLatch(1);
            Platform.runLater(() -> {
                try {
                    body.run();
                } finally {
                    done.countDown();
                }
            });
            try {
                done.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() throws Exception {
            if (window != null) {
                window.close();
            }
            tasks.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
            System.exit(0);
        }
    }
}
