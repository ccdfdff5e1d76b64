package dev.tidemark.ui.bench;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.TravelModel;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long the live page waits for a table of thousands of series and tens of millions of rows, as {@link BigLake} writes it: {@code LAKE}. Tells wall and processor time of the process,
 * points held, and the heap after a collection.
 */
public final class BigFigures {

    private final ExecutorService screen = Executors.newSingleThreadExecutor(body -> {
        Thread thread = new Thread(body, "screen");
        thread.setDaemon(true);
        return thread;
    });
    private final Tasks tasks = Tasks.background(screen);
    private final LiveModel live;

    private BigFigures() {
        live = new LiveModel(new TravelModel(), tasks, Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        for (String table : List.of("gold/windows", "plain")) {
            new BigFigures().measure(arguments[0], table);
        }
        System.exit(0);
    }

    private void measure(String lake, String table) throws Exception {
        System.out.println(table);
        report("opened, as it suits", () -> live.open(Lake.at(lake).table(table), Optional.empty()));
        String split = table.equals("plain") ? "sensor" : "device_id";
        report("split by " + split, () -> live.ask(live.question().withSplit(split)));
        report("three chosen by name", () -> live.ask(live.question().withSeries(List.of("machine-0007", "machine-1234", "machine-4321"))));
        report("their last 6 h", () -> live.choose(new Question.Last(Duration.ofHours(6))));
        report("all of it, those that suit", () -> live.ask(live.question().withSeries(null).withRange(new Question.All())));
        screen.submit(live::close).get();
        tasks.close();
    }

    private void report(String what, Runnable asked) throws Exception {
        CompletableFuture<Frame> answered = new CompletableFuture<>();
        long began = System.nanoTime();
        long cpu = cpu();
        screen.submit(() -> {
            Frame before = live.frameProperty().get();
            live.frameProperty().addListener((property, old, now) -> {
                if (now != null && now != before) {
                    answered.complete(now);
                }
            });
            live.standing().stateProperty().addListener((property, old, now) -> {
                if (now == Standing.State.CANNOT_READ || now == Standing.State.VANISHED) {
                    answered.completeExceptionally(new IllegalStateException(live.standing().problemProperty().get()));
                }
            });
            asked.run();
        }).get();
        Frame frame = answered.get(300, TimeUnit.SECONDS);
        long wall = System.nanoTime() - began;
        long used = cpu() - cpu;
        int lines = frame.lines().values().stream().mapToInt(series -> (int) series.values().stream().filter(data -> data.size() > 0).count()).sum();
        long points = frame.lines().values().stream().flatMap(series -> series.values().stream()).mapToLong(data -> data.size()).sum();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf("  %-28s %6.2f s, %6.2f s of CPU; %s; %,d lines, %,d points, of %,d series; heap %d MB%n", what, wall / 1e9, used / 1e9, frame.asked().wanted(), lines, points,
                frame.choices().series().size(), heap >> 20);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
