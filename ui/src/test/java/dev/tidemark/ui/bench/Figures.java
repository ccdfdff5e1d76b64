package dev.tidemark.ui.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All figures that the desktop is held to, each with its target, measured in processes of their own, drawn by the processor alone. On a quiet machine: whatever
 * else runs is in the figures, except where processor time is told. Without a display it starts one in memory (Xvfb).
 *
 * <p>Arguments: which of {@code charts large twenty pixel scrub big start image}, none for all. Run from the top of the source, after
 * {@code mvn -q -DskipTests package}; {@code image} wants {@code -Pimage} with it, and {@code big} the class path
 * {@code ui/target/tidemark/lib/*:ui/target/test-classes:lakereader/target/test-classes}, whose last folder writes its tables.
 */
public final class Figures {

    private static final String STREAMER = "streamer/target/tidemark-streamer/bin/tidemark-streamer";
    private static final String DESKTOP = "ui/target/tidemark/bin/tidemark";
    private static final String IMAGE = "packaging/target/image/tidemark/bin/tidemark";

    private final String display;

    private Figures(String display) {
        this.display = display;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length > 0 ? List.of(arguments) : List.of("charts", "large", "twenty", "pixel", "scrub", "big", "start", "image");
        String display = System.getenv().getOrDefault("DISPLAY", "");
        Process server = null;
        if (display.isEmpty()) {
            server = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "3840x2160x24", "-nolisten", "tcp").redirectError(ProcessBuilder.Redirect.DISCARD).start();
            display = ":" + new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        }
        try {
            Figures figures = new Figures(display);
            for (String what : wanted) {
                System.out.println("== " + what);
                figures.measure(what);
            }
        } finally {
            if (server != null) {
                server.destroy();
            }
        }
    }

    private void measure(String what) throws IOException, InterruptedException {
        switch (what) {
            case "charts" -> {
                System.out.println("target: 30 redraws/s, FX thread p99 8 ms");
                bench(List.of("-Djavafx.animation.fullspeed=true"), ChartBench.class, "8", "100000", "800");
            }
            case "large" -> bench(List.of("-Djavafx.animation.fullspeed=true"), ChartBench.class, "8", "100000", "400", "3840", "2160");
            case "twenty" -> {
                System.out.println("target: FX thread p99 8 ms");
                bench(List.of(), TwentyCharts.class, "20", "5", "20");
            }
            case "pixel" -> {
                System.out.println("target: commit -> pixel p99 250 ms");
                bench(List.of(), EventToPixel.class, STREAMER, "30");
            }
            case "scrub" -> {
                System.out.println("target: 100 ms at the median, on 10,000 versions");
                bench(List.of(), Scrub.class);
            }
            case "big" -> {
                System.out.println("target: 400 MB at most; writes 28.8 million rows first");
                bench(List.of(), BigWindow.class);
            }
            case "start" -> start(Path.of(DESKTOP));
            case "image" -> start(Path.of(IMAGE));
            default -> throw new IllegalArgumentException("Cannot measure " + what + " (expected charts, large, twenty, pixel, scrub, big, start or image)");
        }
    }

    private void bench(List<String> options, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dprism.order=sw"));
        command.addAll(scriptOptions());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(Map.of("DISPLAY", display, "GDK_GL", "disable", "MALLOC_ARENA_MAX", "2", "MALLOC_TRIM_THRESHOLD_", "262144"));
        builder.start().waitFor();
    }

    /** Of memory and compiler, as the desktop's script has them. */
    private static List<String> scriptOptions() throws IOException {
        return Files.readAllLines(Path.of(DESKTOP)).stream().filter(line -> line.startsWith("memory=\"") || line.startsWith("patience=\""))
                .flatMap(line -> Arrays.stream(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')).split(" "))).toList();
    }

    /** On a lake with an hour of fifty devices, whose streamer has just ended: then the newest data are of now, and nothing else runs. */
    private void start(Path script) throws IOException, InterruptedException {
        System.out.println("target: first frame 2 s, data 1 s later");
        if (!Files.exists(script)) {
            System.out.println("not there: " + script);
            return;
        }
        Path lake = Files.createTempDirectory("figures-lake");
        try {
            Process streamer = new ProcessBuilder(STREAMER, "run", "--lake", lake.toString(), "--source", "simulate:devices=50,rate=200,seed=1,history=60")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            TimeUnit.SECONDS.sleep(30);
            streamer.destroy();
            streamer.waitFor();
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                    StartUp.class.getName(), script.toString(), lake.toString(), "7").inheritIO();
            builder.environment().put("DISPLAY", display);
            builder.start().waitFor();
        } finally {
            try (Stream<Path> all = Files.walk(lake)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }
}
