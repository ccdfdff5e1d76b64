package dev.tidemark.stream.bench;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a hub in a process of its own costs, and the client of the Azure SDK beside it: messages of 160 bytes are sent, then received from the beginning.
 *
 * <p>Arguments: million messages (2); partitions (2); times they are received (3); more options of the hub.
 */
public final class HubBenchmark {

    private static final String BODY = "{\"deviceId\":\"sensor-%05d\",\"timestamp\":\"2024-05-01T00:00:%02d.%03dZ\",\"temperature\":%.3f,\"humidity\":55.25,"
            + "\"location\":\"hall-07\",\"status\":\"ok\",\"pad\":\"0123456789abcdef\"}";

    private HubBenchmark() {
    }

    public static void main(String[] arguments) throws Exception {
        int messages = (int) Math.round((arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2) * 1e6);
        int partitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path data = Files.createTempDirectory("hub-benchmark");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), "dev.tidemark.stream.cli.TidemarkStreamer", "hub", "--port", "0", "--data", data.toString(), "--hub",
                "bench:" + partitions));
        for (int i = 3; i < arguments.length; i++) {
            command.add(arguments[i]);
        }
        Process hub = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            String ready = new BufferedReader(new InputStreamReader(hub.getInputStream(), StandardCharsets.UTF_8)).readLine();
            String connection = ready.substring(ready.indexOf("Endpoint="));
            send(hub, connection, messages, partitions);
            for (int i = 0; i < rounds; i++) {
                receive(hub, connection, messages, partitions);
            }
        } finally {
            hub.destroy();
            System.out.println("The hub ended with " + hub.waitFor());
            try (Stream<Path> all = Files.walk(data)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        // Threads of the SDK linger.
        System.exit(0);
    }

    private static void send(Process hub, String connection, int messages, int partitions) {
        try (EventHubProducerAsyncClient producer = new EventHubClientBuilder().connectionString(connection).buildAsyncProducerClient()) {
            Figures figures = new Figures(hub);
            Flux.range(0, partitions).flatMap(partition -> Flux.range(0, messages / partitions / 1000).concatMap(block ->
                    producer.createBatch(new CreateBatchOptions().setPartitionId(Integer.toString(partition))).flatMap(batch -> producer.send(fill(batch, block)))))
                    .blockLast(Duration.ofMinutes(10));
            figures.print("sent", messages);
        }
    }

    private static EventDataBatch fill(EventDataBatch batch, int block) {
        for (int i = 0; i < 1000; i++) {
            batch.tryAdd(new EventData(String.format(Locale.ROOT, BODY, i, block % 60, i, 60 + i / 100.0)));
        }
        return batch;
    }

    private static void receive(Process hub, String connection, int messages, int partitions) throws InterruptedException {
        try (EventHubConsumerAsyncClient consumer = new EventHubClientBuilder().connectionString(connection).consumerGroup("$Default").prefetchCount(4000)
                .buildAsyncConsumerClient()) {
            Figures figures = new Figures(hub);
            int all = messages / partitions / 1000 * 1000 * partitions;
            AtomicLong received = new AtomicLong();
            AtomicLong bytes = new AtomicLong();
            CountDownLatch done = new CountDownLatch(1);
            List<Disposable> readings = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                readings.add(consumer.receiveFromPartition(Integer.toString(i), EventPosition.earliest()).subscribe(event -> {
                    bytes.addAndGet(event.getData().getBody().length);
                    if (received.incrementAndGet() == all) {
                        done.countDown();
                    }
                }, error -> {
                    System.out.println(error);
                    done.countDown();
                }));
            }
            done.await();
            figures.print("received", all);
            System.out.printf(Locale.ROOT, "  %.0f bytes a message%n", bytes.doubleValue() / all);
            readings.forEach(Disposable::dispose);
        }
    }

    /** Time and work since it was made. */
    private static final class Figures {

        private final Process hub;
        private final long began = System.nanoTime();
        private final Duration ours = ours();
        private final Duration hubs;

        Figures(Process hub) {
            this.hub = hub;
            this.hubs = hub.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
        }

        private static Duration ours() {
            return Duration.ofNanos(((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime());
        }

        void print(String what, int messages) {
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(Locale.ROOT, "%,d %s in %.1f s: %,.0f/s; CPU µs a message: hub %.2f, client %.2f%n", messages, what, seconds, messages / seconds,
                    hub.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).minus(hubs).toNanos() / 1e3 / messages,
                    ours().minus(ours).toNanos() / 1e3 / messages);
        }
    }
}
