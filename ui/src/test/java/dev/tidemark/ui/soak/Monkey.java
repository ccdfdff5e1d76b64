package dev.tidemark.ui.soak;

import dev.tidemark.ui.WindowOnLake;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Tasks;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what nobody would do: drives all pages of the real window at random, by mouse and keyboard, while the streamer writes the lake. Fails on
 * any exception that nobody caught, any line logged as an error, any frame that takes more than {@value #MOST_FREEZE_MILLIS} ms, and on a heap
 * that grows. It prints the seed at the start, and at a failure what was done last. Needs a display; the options of Java are those of the start script.
 *
 * <pre>{@code
 * mvn -q -DskipTests package
 * GDK_GL=disable MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=262144 java $(sed -n 's/^memory="\(.*\)"/\1/p' ui/target/tidemark/bin/tidemark) -Dprism.order=sw \
 *     -cp "ui/target/tidemark/lib/*:ui/target/test-classes" dev.tidemark.ui.soak.Monkey streamer/target/tidemark-streamer/bin/tidemark-streamer 10 1
 * }</pre>
 *
 * Arguments: the streamer's script, minutes (10), seed (that of the clock), and how many milliseconds a frame may take where the machine does something else
 * beside ({@value #MOST_FREEZE_MILLIS}).
 */
public final class Monkey {

    static final long MOST_FREEZE_MILLIS = 200;
    private static final int REMEMBERED = 25;
    private static final int MEASUREMENTS = 12;
    private static final int PACE_MILLIS = 12;
    /** The first time that a page is made, its classes are loaded and not compiled yet. */
    private static final int WARM_UP_ACTIONS = 60;

    private Monkey() {
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("tidemark-monkey-");
        System.setProperty("tidemark.log", folder.resolve("desktop.log").toString());
        System.setProperty("logback.configurationFile", "dev/tidemark/ui/logback.xml");
        View.folder = folder;
        Application.launch(View.class, arguments);
    }

    /**
     * Plays.
     *
     * @param nanos      how long
     * @param mostFreeze how long a frame may take, in milliseconds, once the pages have been made, without what the machine does for others
     * @param mostBusy   how long of it the processor may work on the FX thread
     * @param base       brings the window to where the heap is measured, the same each time; empty if it is not to be measured
     * @return what went wrong, if something did
     */
    static List<String> play(Stage stage, long seed, long nanos, long mostFreeze, long mostBusy, Optional<Runnable> base) {
        List<String> wrong = new ArrayList<>();
        Deque<String> last = new ArrayDeque<>();
        Freezes freezes = FxCall.of(() -> new Freezes(mostFreeze, mostBusy));
        LiveHeap live = new LiveHeap();
        int actions = 0;
        int slowAtFirst = 0;
        long began = System.nanoTime();
        try (Faults faults = new Faults(); freezes) {
            Repertoire repertoire = new Repertoire(stage, new Hands(PACE_MILLIS), seed);
            // Every page is there before anything is judged.
            repertoire.tour();
            int measured = 0;
            while (System.nanoTime() - began < nanos && wrong.size() < 5) {
                last.add(String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - began) / 1e9, repertoire.next()));
                actions++;
                if (last.size() > REMEMBERED) {
                    last.removeFirst();
                }
                for (String fault = faults.next(); fault != null; fault = faults.next()) {
                    wrong.add(fault + after(last));
                }
                for (String freeze = freezes.next(); freeze != null; freeze = freezes.next()) {
                    if (actions < WARM_UP_ACTIONS) {
                        slowAtFirst++;
                    } else {
                        wrong.add(freeze + after(last));
                    }
                }
                if (base.isPresent() && System.nanoTime() - began > nanos / MEASUREMENTS * measured) {
                    measured++;
                    repertoire.home();
                    base.get().run();
                    int done = actions;
                    freezes.without(() -> System.out.printf(Locale.ROOT, "%5.0f s  %5d actions  live heap %6.1f MB%n", (System.nanoTime() - began) / 1e9, done, live.measure()));
                }
            }
            System.out.printf(Locale.ROOT, "%d actions in %.0f s; longest frame %s; %d slow frames while pages were made first%n", actions, (System.nanoTime() - began) / 1e9, freezes.longest(), slowAtFirst);
        }
        if (base.isPresent()) {
            System.out.println("live heap " + live.course());
        }
        live.growth().ifPresent(wrong::add);
        return wrong;
    }

    private static String after(Deque<String> last) {
        return "\n  after\n    " + String.join("\n    ", last);
    }

    /** The window, the streamer, and who plays. */
    public static final class View extends Application {

        private static Path folder;
        private final List<Process> streamers = new ArrayList<>();
        private WindowOnLake window;

        @Override
        public void start(Stage stage) throws Exception {
            List<String> given = getParameters().getRaw();
            double minutes = given.size() > 1 ? Double.parseDouble(given.get(1)) : 10;
            long seed = given.size() > 2 ? Long.parseLong(given.get(2)) : System.currentTimeMillis();
            long most = given.size() > 3 ? Long.parseLong(given.get(3)) : MOST_FREEZE_MILLIS;
            Path lake = folder.resolve("plant");
            Path other = folder.resolve("other");
            Path config = Files.writeString(folder.resolve("streamer.yaml"), "windows: [10s, 1m, 5m]\n");
            streamers.add(streamer(given.get(0), lake, config, 1));
            streamers.add(streamer(given.get(0), other, config, 2));
            System.out.printf(Locale.ROOT, "seed %d, %.1f minutes, %s%n", seed, minutes, folder);
            int[] chosen = {0};
            Tasks tasks = Tasks.background(Platform::runLater);
            window = new WindowOnLake(stage, folder, tasks, () -> Optional.of(chosen[0]++ % 2 == 0 ? other : lake), name -> Optional.of(folder.resolve(name)));
            place(stage);
            window.open(lake);
            Thread play = new Thread(() -> {
                List<String> wrong;
                try {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(15));
                    wrong = play(stage, seed, (long) (minutes * 60e9), most, most, Optional.of(() -> base(stage, lake)));
                } catch (RuntimeException | AssertionError e) {
                    e.printStackTrace();
                    wrong = List.of(e.toString());
                }
                wrong.forEach(each -> System.out.println("WRONG: " + each));
                System.out.println(wrong.isEmpty() ? "nothing went wrong, seed " + seed : wrong.size() + " things went wrong, seed " + seed);
                end(wrong.isEmpty() ? 0 : 1);
            }, "monkey");
            play.setDaemon(true);
            play.start();
        }

        private static void place(Stage stage) {
            stage.setFullScreen(false);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(1600);
            stage.setHeight(1000);
        }

        /** The newest quarter of an hour of the first measures, live: as much to hold at the end as at the beginning. */
        private void base(Stage stage, Path lake) {
            Question question = new Question("10s", "device_id", null, new Question.Last(Duration.ofMinutes(15)));
            FxCall.run(() -> {
                place(stage);
                window.open(lake);
            });
            until(() -> window.live().frameProperty().get() != null && window.live().table().orElseThrow().path().equals("gold/windows"));
            FxCall.run(() -> window.live().ask(question));
            until(() -> window.live().frameProperty().get().asked().range().span() == TimeUnit.MINUTES.toMicros(15) && !window.live().standing().readingProperty().get());
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }

        private static void until(Callable<Boolean> there) {
            for (int i = 0; i < 600 && !FxCall.of(there); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            if (!FxCall.of(there)) {
                throw new AssertionError("Cannot come back to where the heap is measured");
            }
        }

        private static Process streamer(String script, Path lake, Path config, int seed) throws IOException {
            return new ProcessBuilder(script, "run", "--lake", lake.toString(), "--config", config.toString(), "--source", "simulate:devices=20,rate=100,history=30,seed=" + seed)
                    .redirectErrorStream(true).redirectOutput(Path.of(lake + ".log").toFile()).start();
        }

        private void end(int code) {
            streamers.forEach(Process::destroy);
            try {
                for (Process streamer : streamers) {
                    if (!streamer.waitFor(10, TimeUnit.SECONDS)) {
                        streamer.destroyForcibly();
                    }
                }
                if (code == 0) {
                    try (var files = Files.walk(folder)) {
                        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.deleteIfExists(path);
                        }
                    }
                }
            } catch (IOException | InterruptedException e) {
                System.out.println("Cannot tidy up " + folder + ": " + e);
            }
            Runtime.getRuntime().halt(code);
        }
    }
}
