package dev.tidemark.stream.bench;

import dev.tidemark.stream.cli.TidemarkStreamer;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.source.SourceSpec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What an event costs on its way through the Azure SDK: sent by {@code simulate}, kept by {@code hub}, received by the source and handed over; each in a process of its
 * own, so that CPU time can be told apart.
 *
 * <p>Arguments: million messages (1); devices (1000); partitions (4); then prefetch sizes to receive with (2000), the first twice to warm up.
 */
public final class HubSourceBenchmark {

    private HubSourceBenchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        long messages = Math.round((arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1) * 1e6);
        String devices = arguments.length > 1 ? arguments[1] : "1000";
        String partitions = arguments.length > 2 ? arguments[2] : "4";
        List<String> prefetches = new ArrayList<>(List.of(arguments).subList(Math.min(3, arguments.length), arguments.length));
        if (prefetches.isEmpty()) {
            prefetches.add("2000");
        }
        prefetches.add(0, prefetches.get(0));
        Path folder = Files.createTempDirectory("hub-benchmark");
        Process hub = start(folder, "hub", "--data", folder.resolve("hub").toString(), "--port", "0", "--hub", "telemetry:" + partitions, "--no-force");
        try {
            BufferedReader said = new BufferedReader(new InputStreamReader(hub.getInputStream(), StandardCharsets.UTF_8));
            String line = said.readLine();
            while (line != null && !line.contains("Endpoint=")) {
                line = said.readLine();
            }
            Path connection = Files.writeString(folder.resolve("hub.txt"), String.valueOf(line).replaceFirst(".*(?=Endpoint=)", ""));
            send(folder, hub, connection, messages, devices);
            for (String prefetch : prefetches) {
                receive(hub, connection, prefetch);
            }
        } finally {
            hub.destroy();
            hub.waitFor();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Process start(Path folder, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), TidemarkStreamer.class.getName()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectError(folder.resolve(command[0] + ".log").toFile()).start();
    }

    private static Duration cpu(Process process) {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void send(Path folder, Process hub, Path connection, long messages, String devices) throws Exception {
        Duration hubBefore = cpu(hub);
        Process sender = start(folder, "simulate", "--rate", "1000000", "--devices", devices, "--count", Long.toString(messages), "--connection-string-file", connection.toString());
        Duration cpu = Duration.ZERO;
        while (!sender.waitFor(10, TimeUnit.MILLISECONDS)) {
            cpu = cpu(sender).compareTo(cpu) > 0 ? cpu(sender) : cpu;
        }
        System.out.print("sender: " + new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        System.out.printf(Locale.ROOT, "  %.2f us CPU an event (start of Java included), the hub meanwhile %.2f%n", cpu.toNanos() / 1e3 / messages,
                cpu(hub).minus(hubBefore).toNanos() / 1e3 / messages);
    }

    private static void receive(Process hub, Path connection, String prefetch) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Semaphore arrived = new Semaphore(0);
        long count = 0;
        long bytes = 0;
        try (EventSource source = SourceSpec.parse("eventhubs:connection-string-file=" + connection + ",prefetch=" + prefetch).create(Clock.systemUTC())) {
            Duration hubBefore = cpu(hub);
            long cpuBefore = system.getProcessCpuTime();
            long began = System.nanoTime();
            source.open(Map.of(), arrived::release);
            while (!source.drained()) {
                boolean any = false;
                for (SourcePartition partition : source.partitions()) {
                    for (Message message : partition.poll(4_096)) {
                        count++;
                        bytes += message.body().length;
                        any = true;
                    }
                }
                if (!any) {
                    arrived.tryAcquire(100, TimeUnit.MILLISECONDS);
                    arrived.drainPermits();
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(Locale.ROOT, "source, prefetch %s: %,d events of %.0f bytes in %.2f s (%,.0f/s), %.2f us CPU an event, the hub meanwhile %.2f%n", prefetch,
                    count, bytes / (double) count, seconds, count / seconds, (system.getProcessCpuTime() - cpuBefore) / 1e3 / count,
                    cpu(hub).minus(hubBefore).toNanos() / 1e3 / count);
        }
    }
}
