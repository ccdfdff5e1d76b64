package dev.tidemark.ui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long it takes from the call of the desktop's script to the first frame of its window, and to the first frame with data, as an operator
 * would see it. The processor time until then hardly depends on what else the machine does. Needs a display, a lake with data, and the built application folder. The first start is told by itself: it may do what later
 * ones profit from. Settings, log and cache are those of a user of its own.
 *
 * <pre>{@code
 * mvn -q -DskipTests package
 * java ui/src/test/java/dev/tidemark/ui/bench/StartUp.java ui/target/tidemark/bin/tidemark LAKE 7
 * }</pre>
 *
 * Arguments: the script, the lake, the number of starts (7).
 */
public final class StartUp {

    private static final Pattern LINE = Pattern.compile("(\\S+Z) .* (First frame|First data) (\\d+) ms after the start");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private StartUp() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int starts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        Path user = Files.createTempDirectory("tidemark-start-");
        List<long[]> times = new ArrayList<>();
        for (int i = 0; i <= starts; i++) {
            long[] one = start(Path.of(arguments[0]).toAbsolutePath(), arguments[1], user);
            System.out.printf("%s first frame %,6d ms, first data %,6d ms (CPU %,6d ms), ended within %,6d ms, load %s%n", i == 0 ? "first start:" : "later start:",
                    one[0], one[1], one[2], one[3], Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
            if (i > 0) {
                times.add(one);
            }
        }
        System.out.printf("median of %d later starts: first frame %,d ms, first data %,d ms, CPU until then %,d ms%n", starts, median(times, 0), median(times, 1),
                median(times, 2));
    }

    private static long[] start(Path script, String lake, Path user) throws IOException, InterruptedException {
        Path log = user.resolve("state").resolve("tidemark").resolve("desktop.log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(script.toString(), lake).inheritIO();
        builder.environment().putAll(Map.of("XDG_STATE_HOME", user.resolve("state").toString(), "XDG_CONFIG_HOME", user.resolve("config").toString(),
                "XDG_CACHE_HOME", user.resolve("cache").toString()));
        Instant called = Instant.now();
        Process desktop = builder.start();
        try {
            Instant data = await("First data", log, desktop, called.plus(PATIENCE));
            Instant frame = await("First frame", log, desktop, called.plus(PATIENCE));
            long cpu = desktop.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
            Instant asked = Instant.now();
            desktop.destroy();
            if (!desktop.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The desktop does not end");
            }
            return new long[] {Duration.between(called, frame).toMillis(), Duration.between(called, data).toMillis(),
                cpu, Duration.between(asked, Instant.now()).toMillis()};
        } finally {
            desktop.destroyForcibly();
        }
    }

    private static Instant await(String what, Path log, Process desktop, Instant end) throws IOException, InterruptedException {
        while (Instant.now().isBefore(end) && desktop.isAlive()) {
            Optional<Instant> time = Files.exists(log) ? find(what, log) : Optional.empty();
            if (time.isPresent()) {
                return time.get();
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("Cannot find '" + what + "' in " + log + (desktop.isAlive() ? "" : ": the desktop has ended"));
    }

    private static Optional<Instant> find(String what, Path log) throws IOException {
        return Files.readAllLines(log).stream().map(LINE::matcher).filter(Matcher::find).filter(line -> line.group(2).equals(what))
                .map(line -> Instant.parse(line.group(1))).findFirst();
    }

    private static long median(List<long[]> times, int which) {
        long[] sorted = times.stream().mapToLong(one -> one[which]).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
