package dev.tidemark.stream.bench;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All figures that the streamer is held to, each with its target, measured on processes of their own in the temporary folder. On a quiet machine: whatever else
 * runs is in the figures.
 *
 * <p>Arguments: path of {@code bin/tidemark-streamer}; which of {@code files hub live commits heap}, none for all.
 */
public final class Figures {

    private static final Pattern CONNECTION = Pattern.compile("Connect with (\\S+)");
    private static final Pattern LAST_EVENT = Pattern.compile("\\\\\"last_event_time\\\\\":\\\\\"([^\\\\]+)\\\\\"");
    private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M");
    private static final int HUB_MESSAGES = 2_000_000;

    private final Path streamer;
    private final Path folder;

    private Figures(Path streamer, Path folder) {
        this.streamer = streamer;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length > 1 ? Arrays.asList(arguments).subList(1, arguments.length) : List.of("files", "hub", "live", "commits", "heap");
        Path folder = Files.createTempDirectory("figures");
        try {
            Figures figures = new Figures(Path.of(arguments[0]).toAbsolutePath(), folder);
            for (String what : wanted) {
                System.out.println("== " + what);
                switch (what) {
                    case "files" -> {
                        System.out.println("target: 250,000 events/s, 4 CPU seconds a million events");
                        StreamerBenchmark.main(new String[] {arguments[0], "4"});
                    }
                    case "hub" -> figures.hub();
                    case "live" -> figures.live();
                    case "commits" -> {
                        System.out.println("target: p50 3 ms, p99 20 ms");
                        LongLog.main(new String[0]);
                    }
                    case "heap" -> figures.heap();
                    default -> throw new IllegalArgumentException("Cannot measure " + what + " (expected files, hub, live, commits or heap)");
                }
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private Process start(Map<String, String> environment, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(streamer.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return output == null ? builder.start() : builder.redirectOutput(output.toFile()).start();
    }

    /** Two processes: a hub with the events in it, and a streamer that takes them all. */
    private void hub() throws Exception {
        System.out.println("target: 100,000 events/s, hub and streamer as two processes");
        Process hub = start(Map.of(), null, "hub", "--data", folder.resolve("hub").toString(), "--port", "0", "--hub", "telemetry:2", "--no-force");
        BufferedReader out = new BufferedReader(new InputStreamReader(hub.getInputStream(), StandardCharsets.UTF_8));
        try {
            String connection = null;
            while (connection == null) {
                Matcher told = CONNECTION.matcher(out.readLine());
                connection = told.find() ? told.group(1) : null;
            }
            Thread rest = new Thread(() -> out.lines().forEach(line -> { }), "hub");
            rest.setDaemon(true);
            rest.start();
            fill(connection);
            Path output = folder.resolve("hub.txt");
            long began = System.nanoTime();
            Duration before = hub.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
            Process run = start(Map.of("HUB", connection), output, "run", "--lake", folder.resolve("hub-lake").toString(),
                    "--source", "eventhubs:connection-string-env=HUB", "--once", "--close");
            Duration cpu = wait(run);
            double seconds = (System.nanoTime() - began) / 1e9;
            Duration hubCpu = hub.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).minus(before);
            Files.readAllLines(output).stream().skip(Math.max(0, Files.readAllLines(output).size() - 3)).forEach(System.out::println);
            System.out.printf(Locale.ROOT, "%,.0f events/s of wall time, start of Java included; CPU seconds a million events: streamer %.2f, hub %.2f; exit code %d%n",
                    HUB_MESSAGES / seconds, cpu.toMillis() / 1e3 / (HUB_MESSAGES / 1e6), hubCpu.toMillis() / 1e3 / (HUB_MESSAGES / 1e6), run.exitValue());
        } finally {
            // Before its output is closed: another thread is reading that.
            hub.destroy();
            hub.waitFor();
            out.close();
        }
    }

    private static Duration wait(Process process) throws InterruptedException {
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            cpu = process.toHandle().info().totalCpuDuration().orElse(cpu);
        }
        return cpu;
    }

    private static void fill(String connection) {
        Instant start = Instant.parse("2024-05-01T00:00:00Z");
        try (EventHubProducerClient producer = new EventHubClientBuilder().connectionString(connection).buildProducerClient()) {
            for (int partition = 0; partition < 2; partition++) {
                CreateBatchOptions options = new CreateBatchOptions().setPartitionId(Integer.toString(partition));
                EventDataBatch batch = producer.createBatch(options);
                for (int i = partition; i < HUB_MESSAGES; i += 2) {
                    EventData event = new EventData(String.format(Locale.ROOT, "{\"deviceId\":\"sensor-%05d\",\"timestamp\":\"%s\",\"temperature\":%.3f,"
                                    + "\"humidity\":%.2f,\"location\":\"hall-%02d\",\"status\":\"ok\",\"pad\":\"0123456789abcdef\"}", i % 1_000, start.plusNanos(i * 1_000_000L),
                            60 + i % 20_011 / 1e3, i % 9_973 / 1e2, i % 20));
                    if (!batch.tryAdd(event)) {
                        producer.send(batch);
                        batch = producer.createBatch(options);
                        batch.tryAdd(event);
                    }
                }
                producer.send(batch);
            }
        }
    }

    /** The plant by the clock: from the time of an event to the commit of gold/live that counts it. Then the same lake again: how soon it goes on. */
    private void live() throws Exception {
        Path lake = folder.resolve("live-lake");
        String[] run = {"run", "--lake", lake.toString(), "--source", "simulate:devices=1000,rate=10000,seed=1"};
        System.out.println("target: event to gold/live commit p50 80 ms, p99 250 ms at 10,000 events/s; restart to first commit 3 s");
        Process process = start(Map.of(), folder.resolve("live.txt"), run);
        List<Double> latencies = follow(lake.resolve("gold/live/_delta_log"), Duration.ofSeconds(10), Duration.ofSeconds(30));
        Duration cpu = process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
        process.destroy();
        process.waitFor();
        double[] millis = latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(Locale.ROOT, "event to gold/live: p50 %.0f ms, p99 %.0f ms; %.2f of one processor%n", millis[millis.length / 2], millis[millis.length * 99 / 100],
                cpu.toMillis() / 40e3);
        Path bronze = lake.resolve("bronze/events/_delta_log");
        long version = newest(bronze);
        long began = System.nanoTime();
        process = start(Map.of(), folder.resolve("live.txt"), run);
        while (newest(bronze) == version && process.isAlive()) {
            Thread.sleep(5);
        }
        System.out.printf(Locale.ROOT, "restart to first commit: %.1f s%n", (System.nanoTime() - began) / 1e9);
        process.destroy();
        process.waitFor();
    }

    private static long newest(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    /** Milliseconds from event to commit, for events a millisecond apart. */
    private static List<Double> follow(Path log, Duration warm, Duration length) throws Exception {
        long start = System.nanoTime() + warm.toNanos();
        long end = start + length.toNanos();
        List<Double> latencies = new ArrayList<>();
        double seen = 0;
        for (long version = 0; System.nanoTime() < end; ) {
            Path commit = log.resolve(String.format("%020d.json", version));
            if (!Files.exists(commit)) {
                Thread.sleep(1);
                continue;
            }
            double committed = Files.getLastModifiedTime(commit).to(TimeUnit.MICROSECONDS) / 1e3;
            double newest = seen;
            Matcher times = LAST_EVENT.matcher(Files.readString(commit));
            while (times.find()) {
                newest = Math.max(newest, Instant.parse(times.group(1)).toEpochMilli());
            }
            if (System.nanoTime() > start && seen > 0) {
                for (double time = seen + 1; time <= newest; time++) {
                    latencies.add(committed - time);
                }
            }
            seen = newest;
            version++;
        }
        return latencies;
    }

    /** What the heap holds after each collection, with many devices. */
    private void heap() throws Exception {
        System.out.println("target: 512 MB with 10,000 devices");
        Path collections = folder.resolve("gc.txt");
        Process process = start(Map.of("JAVA_OPTS", "-Xlog:gc:file=" + collections), folder.resolve("heap.txt"), "run", "--lake", folder.resolve("heap-lake").toString(),
                "--source", "simulate:devices=10000,rate=10000,seed=1");
        Thread.sleep(60_000);
        process.destroy();
        process.waitFor();
        int before = 0;
        int after = 0;
        for (String line : Files.readAllLines(collections)) {
            Matcher pause = COLLECTION.matcher(line);
            if (pause.find()) {
                before = Math.max(before, Integer.parseInt(pause.group(1)));
                after = Math.max(after, Integer.parseInt(pause.group(2)));
            }
        }
        System.out.printf(Locale.ROOT, "10,000 devices at 10,000 events/s for a minute: heap at most %d MB, %d MB after a collection (of 512)%n", before, after);
    }
}
