package dev.tidemark.ui.bench;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.stage.Stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How old the newest event is when the desktop shows it. The streamer runs as its own process, with 50 simulated devices, 1,000 events a second
 * and its usual intervals; the desktop's window follows the lake that it writes. For every answer that holds newer events than the one before,
 * a frame is what all charts have shown of it: its age is the time at which the last of them was handed to the renderer less the newest event
 * time in it. The renderer puts it on the screen with its next pulse, at most 17 ms later. Needs a display.
 *
 * <pre>{@code
 * mvn -q -DskipTests package
 * java -XX:+UseSerialGC -Xmx1g -Dprism.order=sw -cp "ui/target/tidemark/lib/*:ui/target/test-classes" \
 *     dev.tidemark.ui.bench.EventToPixel streamer/target/tidemark-streamer/bin/tidemark-streamer 40
 * }</pre>
 *
 * Arguments: the streamer's script, seconds to measure (40) after a warm-up of 20.
 */
public final class EventToPixel {

    private static final int WARM_UP_SECONDS = 20;
    private static final String LIVE = "gold/live";

    private EventToPixel() {
    }

    public static void main(String[] arguments) {
        Application.launch(App.class, arguments);
    }

    /**
     * What became of one answer; instants are microseconds since 1970.
     *
     * @param event   newest event in it
     * @param decoded the reader handed it over to the page
     * @param page    the page took it
     * @param pixels  the last chart was painted and handed to the renderer
     */
    private record Shown(long event, long decoded, long page, long pixels) {
    }

    /** The window, the streamer, and the stopwatch. */
    public static final class App extends Application {

        /** Newest event of a commit, in milliseconds rounded up as statistics have it, to the time of its file in microseconds. */
        private final Map<Long, Long> committed = new ConcurrentHashMap<>();
        private final List<Shown> shown = new ArrayList<>();
        private final Set<TrendChart> missing = new HashSet<>();
        private Path folder;
        private Process streamer;
        private WindowOnLake window;
        private Tail tail;
        private boolean measuring;
        // Of the answer that is being shown, on the FX thread:
        private long handedOver;
        private long event = Long.MIN_VALUE;
        private long decodedAt;
        private long pageAt;

        @Override
        public void start(Stage stage) throws Exception {
            List<String> given = getParameters().getRaw();
            int seconds = given.size() > 1 ? Integer.parseInt(given.get(1)) : 40;
            folder = Files.createTempDirectory("tidemark-pixel-");
            Path lake = folder.resolve("lake");
            streamer = new ProcessBuilder(given.get(0), "run", "--lake", lake.toString(), "--source", "simulate:devices=50,rate=1000,seed=1")
                    .redirectErrorStream(true).redirectOutput(folder.resolve("streamer.log").toFile()).start();
            Tasks tasks = Tasks.background(body -> {
                long at = now();
                Platform.runLater(() -> {
                    handedOver = at;
                    body.run();
                });
            });
            window = new WindowOnLake(stage, lake, folder, tasks);
            // Heard before the charts get the answer, since listeners of that kind come first.
            window.live().frameProperty().addListener((InvalidationListener) changed -> taken(stage, window.live().frameProperty().get()));
            Thread run = new Thread(() -> run(lake, seconds), "bench");
            run.setDaemon(true);
            run.start();
        }

        private void run(Path lake, int seconds) {
            try {
                follow(Lake.at(lake.toString()).table(LIVE));
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
                String load = load();
                Platform.runLater(() -> measuring = true);
                TimeUnit.SECONDS.sleep(seconds);
                Platform.runLater(() -> {
                    measuring = false;
                    report(load);
                    Platform.exit();
                });
            } catch (Exception e) {
                e.printStackTrace();
                Platform.exit();
            }
        }

        private void follow(Table table) throws InterruptedException {
            while (!table.exists()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            tail = table.follow(-1, new Tail.Listener() {
                @Override
                public void committed(Commit commit) {
                    for (DataFile file : commit.added()) {
                        file.statistics().map(known -> known.max().get("last_event_time")).ifPresent(newest ->
                                committed.putIfAbsent(Math.floorDiv((Long) newest, 1_000), written(table, commit)));
                    }
                }

                @Override
                public void fellBehind(long resumeAt) {
                }

                @Override
                public void failed(LakeException problem) {
                    System.err.println(problem.getMessage());
                }

                @Override
                public void recovered() {
                }
            });
        }

        private static long written(Table table, Commit commit) {
            try {
                FileTime time = Files.getLastModifiedTime(Path.of(table.location(), "_delta_log", String.format("%020d.json", commit.version())));
                return Micros.of(time.toInstant());
            } catch (IOException e) {
                return Micros.of(commit.committedAt());
            }
        }

        private void taken(Stage stage, Frame frame) {
            if (frame == null || frame.newest() <= event) {
                return;
            }
            event = frame.newest();
            decodedAt = handedOver;
            pageAt = now();
            missing.clear();
            for (Node node : stage.getScene().getRoot().lookupAll(".trend-chart")) {
                TrendChart chart = (TrendChart) node;
                missing.add(chart);
                chart.setOnFrame(timing -> {
                    // A frame that was ordered before the answer was there shows the one before.
                    if (now() - timing.latencyNanos() / 1_000 >= pageAt && missing.remove(chart) && missing.isEmpty() && measuring) {
                        shown.add(new Shown(event, decodedAt, pageAt, now()));
                    }
                });
            }
        }

        private void report(String loadBefore) {
            System.out.printf("%d frames with new data, %d charts of %d series, load average %s to %s%n", shown.size(),
                    window.live().frameProperty().get().asked().measures().size(), window.live().frameProperty().get().lines().values().stream().mapToInt(Map::size).max().orElse(0), loadBefore, load());
            List<Shown> known = shown.stream().filter(one -> committed.containsKey(millis(one))).toList();
            row("event -> pixel", shown.stream().mapToLong(one -> one.pixels() - one.event()).toArray());
            row("commit -> pixel", known.stream().mapToLong(one -> one.pixels() - committed.get(millis(one))).toArray());
            row("  event -> commit of gold/live", known.stream().mapToLong(one -> committed.get(millis(one)) - one.event()).toArray());
            row("  commit -> decoded", known.stream().mapToLong(one -> one.decoded() - committed.get(millis(one))).toArray());
            row("  decoded -> page", shown.stream().mapToLong(one -> one.page() - one.decoded()).toArray());
            row("  page -> pixel, all charts", shown.stream().mapToLong(one -> one.pixels() - one.page()).toArray());
            long[] between = new long[Math.max(0, shown.size() - 1)];
            for (int i = 0; i < between.length; i++) {
                between[i] = shown.get(i + 1).pixels() - shown.get(i).event();
            }
            row("oldest it gets before the next", between);
        }

        private static long millis(Shown one) {
            return -Math.floorDiv(-one.event(), 1_000);
        }

        private static void row(String what, long[] micros) {
            Arrays.sort(micros);
            System.out.printf(Locale.ROOT, "%-32s p50 %7.1f  p90 %7.1f  p99 %7.1f ms  (%d)%n", what, part(micros, 0.5), part(micros, 0.9), part(micros, 0.99), micros.length);
        }

        private static double part(long[] sorted, double p) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))] / 1e3;
        }

        private static String load() {
            try {
                return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
            } catch (IOException e) {
                return "unknown";
            }
        }

        private static long now() {
            return Micros.of(Instant.now());
        }

        @Override
        public void stop() throws Exception {
            if (tail != null) {
                tail.close();
            }
            window.close();
            streamer.destroy();
            if (!streamer.waitFor(10, TimeUnit.SECONDS)) {
                streamer.destroyForcibly();
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
