package dev.tidemark.ui.soak;

import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A day at the window in a few minutes: another process writes a lake faster than real time, with eight measures of ten devices in two halls,
 * the open windows every ten seconds of that time and the closed ones every minute; the window follows with eight charts, by a clock that goes
 * as fast. Prints a table of memory, threads and open files over that time, and fails if the process takes more than
 * {@value #MOST_MEGABYTES} MB or grows in the second half. Needs a display; the options of Java are those of the start script.
 *
 * <pre>{@code
 * mvn -q -DskipTests package
 * GDK_GL=disable MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=262144 java $(sed -n 's/^memory="\(.*\)"/\1/p' ui/target/tidemark/bin/tidemark) -Dprism.order=sw \
 *     -cp "ui/target/tidemark/lib/*:ui/target/test-classes" dev.tidemark.ui.soak.Soak 8 6
 * }</pre>
 *
 * Arguments: hours of that time (8), minutes of ours (6).
 */
public final class Soak {

    private static final int MOST_MEGABYTES = 400;
    private static final double GROWTH = 0.08;
    private static final int LINES = 20;
    private static final List<String> MEASURES = List.of("temperature", "vibration", "pressure", "flow", "speed", "current", "torque", "level");

    private Soak() {
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("write")) {
            write(Path.of(arguments[1]), Instant.parse(arguments[2]), Double.parseDouble(arguments[3]));
            return;
        }
        Path folder = Files.createTempDirectory("tidemark-soak-");
        System.setProperty("tidemark.log", folder.resolve("desktop.log").toString());
        System.setProperty("logback.configurationFile", "dev/tidemark/ui/logback.xml");
        View.folder = folder;
        Application.launch(View.class, arguments);
    }

    /** The time that goes faster: it began at an instant, and goes on by so much an own second. */
    private record FastClock(Instant begin, long nanos, double factor) implements InstantSource {
        @Override
        public Instant instant() {
            return begin.plusNanos((long) ((System.nanoTime() - nanos) * factor));
        }
    }

    private static List<GoldLake.Row> rows(Instant minute, double share) {
        List<GoldLake.Row> rows = new ArrayList<>();
        for (String measure : MEASURES) {
            for (int device = 0; device < 10; device++) {
                String hall = device < 5 ? "hall-a" : "hall-b";
                double value = 20 + device + MEASURES.indexOf(measure) * 3 + Math.sin(minute.getEpochSecond() / 900.0 + device);
                rows.add(new GoldLake.Row("1m", minute, hall + "-" + device, hall, measure, Math.round(60 * share), value));
                if (device % 5 == 0) {
                    rows.add(new GoldLake.Row("1m", minute, null, hall, measure, Math.round(300 * share), value));
                }
            }
        }
        return rows;
    }

    /** The process that writes, until it is ended. */
    private static void write(Path root, Instant begin, double factor) {
        InstantSource clock = new FastClock(begin, System.nanoTime(), factor);
        GoldLake lake = GoldLake.in(root, begin.minusSeconds(3600));
        List<GoldLake.Row> hour = new ArrayList<>();
        for (int i = 60; i > 0; i--) {
            hour.addAll(rows(begin.minusSeconds(60L * i), 1));
        }
        long version = lake.append(hour, begin);
        Instant minute = begin;
        for (Instant next = begin.plusSeconds(10); ; next = next.plusSeconds(10)) {
            while (clock.instant().isBefore(next)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            if (!next.isBefore(minute.plusSeconds(60))) {
                version = lake.append(rows(minute, 1), next);
                minute = minute.plusSeconds(60);
            }
            lake.open(rows(minute, Duration.between(minute, next).toSeconds() / 60.0 + 0.02), version, next);
        }
    }

    /** The window, and who reads the meters. */
    public static final class View extends Application {

        private static Path folder;
        private WindowOnLake window;
        private Process writer;

        @Override
        public void start(Stage stage) throws Exception {
            List<String> given = getParameters().getRaw();
            double hours = given.isEmpty() ? 8 : Double.parseDouble(given.get(0));
            double minutes = given.size() < 2 ? 6 : Double.parseDouble(given.get(1));
            double factor = hours * 60 / minutes;
            Path lake = folder.resolve("plant");
            Instant begin = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator, File.pathSeparator), Soak.class.getName(), "write",
                    lake.toString(), begin.toString(), String.valueOf(factor)).redirectErrorStream(true).redirectOutput(folder.resolve("writer.log").toFile()).start();
            stage.setX(0);
            stage.setY(0);
            window = new WindowOnLake(stage, folder, Tasks.background(Platform::runLater), new FastClock(begin, System.nanoTime(), factor));
            Thread meters = new Thread(() -> end(run(lake, hours, minutes)), "meters");
            meters.setDaemon(true);
            meters.start();
        }

        private boolean run(Path lake, double hours, double minutes) {
            while (!Files.exists(lake.resolve("gold/windows/_delta_log").resolve(String.format("%020d.json", 1)))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            FxCall.run(() -> window.open(lake));
            while (FxCall.of(() -> window.live().frameProperty().get() == null)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            FxCall.run(() -> window.live().ask(Question.ANY.withMeasures(MEASURES).withRange(new Question.Last(Duration.ofHours(6)))));
            System.out.printf("%6s  %8s  %8s  %9s  %7s  %5s  %7s  %8s%n", "hours", "RSS MB", "heap MB", "of it MB", "threads", "files", "charts", "newest s");
            double most = 0;
            double half = 0;
            double last = 0;
            for (int i = 0; i <= LINES; i++) {
                if (i > 0) {
                    LockSupport.parkNanos((long) (minutes * 60e9 / LINES));
                }
                last = status("VmRSS");
                most = Math.max(most, last);
                half = i == LINES / 2 ? most : half;
                var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                Frame frame = FxCall.of(() -> window.live().frameProperty().get());
                System.out.printf(Locale.ROOT, "%6.1f  %8.0f  %8.0f  %9.0f  %7d  %5d  %7d  %8d%n", hours * i / LINES, last, heap.getCommitted() / 1048576.0, heap.getUsed() / 1048576.0,
                        ManagementFactory.getThreadMXBean().getThreadCount(), files(), frame.lines().size(),
                        Duration.between(Instant.EPOCH.plus(frame.newest(), ChronoUnit.MICROS), FxCall.of(() -> window.live().nowProperty().get())).toSeconds());
            }
            boolean flat = most <= half * (1 + GROWTH);
            System.out.printf(Locale.ROOT, "%.0f MB at most (of %d MB), %s in the second half%n", most, MOST_MEGABYTES, flat ? "flat" : String.format(Locale.ROOT, "grown from %.0f to %.0f MB", half, most));
            return flat && most <= MOST_MEGABYTES;
        }

        private static double status(String name) {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(name + ":"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024).findFirst().orElse(Double.NaN);
            } catch (IOException unknown) {
                return Double.NaN;
            }
        }

        private static int files() {
            String[] open = new File("/proc/self/fd").list();
            return open == null ? -1 : open.length;
        }

        private void end(boolean well) {
            writer.destroy();
            try {
                writer.waitFor(10, TimeUnit.SECONDS);
                try (var files = Files.walk(folder)) {
                    for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(path);
                    }
                }
            } catch (IOException | InterruptedException e) {
                System.out.println("Cannot tidy up " + folder + ": " + e);
            }
            Runtime.getRuntime().halt(well ? 0 : 1);
        }
    }
}
