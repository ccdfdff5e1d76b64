package dev.tidemark.stream.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the whole streamer does in a second: messages of 160 bytes from files, through a process of its own, into a lake in the temporary
 * folder.
 *
 * <p>Arguments: path of {@code bin/tidemark-streamer}; million messages (2); devices (1000); messages a second of event time (1000).
 */
public final class StreamerBenchmark {

    private static final int FILES = 4;
    private static final Pattern STAGE = Pattern.compile("Stage (.+): (\\d+) ms");

    private StreamerBenchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        Path streamer = Path.of(arguments[0]).toAbsolutePath();
        long messages = Math.round((arguments.length > 1 ? Double.parseDouble(arguments[1]) : 2) * 1e6);
        int devices = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        int rate = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1_000;
        Path folder = Files.createTempDirectory("streamer-benchmark");
        try {
            long bytes = generate(Files.createDirectory(folder.resolve("drop")), messages, devices, rate);
            System.out.printf(Locale.ROOT, "%,d messages of %.0f bytes from %,d devices, %,d a second of event time%n", messages, bytes / (double) messages, devices, rate);
            run(streamer, folder, messages);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static long generate(Path drop, long messages, int devices, int rate) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Instant start = Instant.parse("2024-05-01T00:00:00Z");
        long bytes = 0;
        for (int file = 0; file < FILES; file++) {
            Path path = drop.resolve("part-" + file + ".jsonl");
            try (BufferedWriter out = Files.newBufferedWriter(path)) {
                for (long i = file; i < messages; i += FILES) {
                    long device = i % devices;
                    String line = String.format(Locale.ROOT, "{\"deviceId\":\"sensor-%05d\",\"timestamp\":\"%s\",\"temperature\":%.3f,\"humidity\":%.2f,"
                            + "\"location\":\"hall-%02d\",\"status\":\"ok\",\"pad\":\"0123456789abcdef\"}%n", device, start.plusNanos(i * 1_000_000_000L / rate),
                            60 + 20 * random.nextDouble(), 100 * random.nextDouble(), device % 20);
                    out.write(line);
                    bytes += line.length();
                }
            }
            Files.setLastModifiedTime(path, FileTime.from(start));
        }
        return bytes;
    }

    private static void run(Path streamer, Path folder, long messages) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(streamer.toString(), "run", "--lake", folder.resolve("lake").toString(), "--source", "files:" + folder.resolve("drop"),
                "--once", "--close").redirectErrorStream(true);
        builder.environment().put("TIDEMARK_LOG", "DEBUG");
        long began = System.nanoTime();
        Process process = builder.start();
        Map<String, Long> stages = new TreeMap<>();
        List<String> output = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, stages, output), "output");
        reader.start();
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            cpu = process.toHandle().info().totalCpuDuration().orElse(cpu);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        reader.join();
        output.forEach(System.out::println);
        System.out.printf(Locale.ROOT, "%,.0f events/s of wall time, start of Java included (%.1f s); %.2f CPU seconds a million events; exit code %d%n",
                messages / seconds, seconds, cpu.toMillis() / 1e3 / (messages / 1e6), process.exitValue());
        stages.forEach((stage, millis) -> System.out.printf(Locale.ROOT, "  %-24s %6.2f s a million events%n", stage, millis / 1e3 / (messages / 1e6)));
    }

    private static void read(Process process, Map<String, Long> stages, List<String> output) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher stage = STAGE.matcher(line);
                if (stage.find()) {
                    stages.put(stage.group(1), Long.parseLong(stage.group(2)));
                } else if (!line.contains(" DEBUG ")) {
                    output.add(line);
                }
            }
        } catch (IOException e) {
            output.add("cannot read its output: " + e);
        }
    }
}
