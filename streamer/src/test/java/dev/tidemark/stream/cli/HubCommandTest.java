package dev.tidemark.stream.cli;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tidemark-streamer hub}, as a process and as what it says to a user. */
class HubCommandTest {

    private static final Duration PATIENCE = Patience.LONGEST;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private final class Running {

        private final Process process;
        private final String ready;

        Running(String... more) throws IOException {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), TidemarkStreamer.class.getName(), "hub", "--port", "0", "--data", folder.resolve("data").toString()));
            command.addAll(List.of(more));
            process = new ProcessBuilder(command).redirectError(folder.resolve("errors.txt").toFile()).start();
            processes.add(process);
            ready = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
            assertThat(ready).as(Files.readString(folder.resolve("errors.txt"))).startsWith("Listening on port ");
        }

        EventHubClientBuilder client() {
            return new EventHubClientBuilder().connectionString(ready.substring(ready.indexOf("Endpoint="))).consumerGroup("$Default")
                    .retryOptions(new AmqpRetryOptions().setMaxRetries(0).setTryTimeout(Duration.ofSeconds(30)));
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("hub"));
        all.addAll(List.of(arguments));
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        return TidemarkStreamer.run(new Terminal(err, err, false), all.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static List<String> all(EventHubConsumerAsyncClient consumer) {
        long last = consumer.getPartitionProperties("0").block(PATIENCE).getLastEnqueuedSequenceNumber();
        return consumer.receiveFromPartition("0", EventPosition.earliest()).take(last + 1).map(event -> event.getData().getBodyAsString()).collectList().block(PATIENCE);
    }

    @Test
    void killed_while_it_is_sent_to_it_loses_nothing_that_was_acknowledged() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            Running hub = new Running("--hub", "telemetry:1");
            try (EventHubProducerAsyncClient producer = hub.client().buildAsyncProducerClient()) {
                int sent = 0;
                while (hub.process.isAlive()) {
                    String body = round + "-" + sent++;
                    try {
                        producer.createBatch(new CreateBatchOptions().setPartitionId("0")).flatMap(batch -> {
                            batch.tryAdd(new EventData(body));
                            return producer.send(batch);
                        }).block(PATIENCE);
                        acknowledged.add(body);
                    } catch (RuntimeException e) {
                        assertThat(hub.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it was killed: %s", e).isTrue();
                    }
                    if (sent == 30 + 7 * round) {
                        Process process = hub.process;
                        new Thread(process::destroyForcibly).start();
                    }
                }
                assertThat(sent).isGreaterThanOrEqualTo(30);
            }
        }
        Running hub = new Running();
        try (EventHubConsumerAsyncClient consumer = hub.client().buildAsyncConsumerClient()) {
            assertThat(all(consumer)).containsAll(acknowledged).doesNotHaveDuplicates();
        }
        assertThat(acknowledged).hasSizeGreaterThan(100);
    }

    @Test
    void asked_to_stop_it_ends_with_0_and_has_everything_when_it_is_started_again() throws Exception {
        Running first = new Running("--hub", "telemetry:1", "--no-force");
        try (EventHubProducerAsyncClient producer = first.client().buildAsyncProducerClient()) {
            producer.send(List.of(new EventData("one"), new EventData("two"))).block(PATIENCE);
            first.process.destroy();
            assertThat(first.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(first.process.exitValue()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
        assertThat(Files.readString(folder.resolve("errors.txt"))).doesNotContain("\tat ", "WARN");

        Running second = new Running();
        try (EventHubConsumerAsyncClient consumer = second.client().buildAsyncConsumerClient()) {
            assertThat(all(consumer)).containsExactly("one", "two");
        }
    }

    @Test
    void with_a_key_the_ready_line_does_not_tell_it() throws IOException {
        Path key = Files.writeString(folder.resolve("key.txt"), "a-key-that-nobody-guesses\n");
        assertThat(new Running("--key-file", key.toString()).ready).contains("SharedAccessKey=<the key>;EntityPath=telemetry").doesNotContain("guesses");
    }

    @Test
    void a_folder_that_another_hub_has_or_another_number_of_partitions_is_refused_in_a_line() throws Exception {
        Running hub = new Running("--hub", "telemetry:2");
        String data = folder.resolve("data").toString();

        assertThat(run("--port", "0", "--data", data)).isEqualTo(1);
        assertThat(said()).contains("another hub is using it").hasLineCount(1);
        hub.process.destroy();
        assertThat(hub.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        said.reset();
        assertThat(run("--port", "0", "--data", data, "--hub", "telemetry:3")).isEqualTo(1);
        assertThat(said()).contains("with 3 partitions: it was made with 2").hasLineCount(1);
    }

    @Test
    void a_port_that_is_taken_and_a_folder_that_is_a_file_are_refused_in_a_line() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(run("--port", "0", "--data", file.toString())).isEqualTo(1);
        assertThat(said()).contains("it is a file").hasLineCount(1);

        said.reset();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThat(run("--port", Integer.toString(taken.getLocalPort()), "--data", folder.resolve("data").toString())).isEqualTo(1);
            assertThat(said()).contains("Cannot listen on port " + taken.getLocalPort()).hasLineCount(1);
        }
    }

    @Test
    void misuse_ends_with_2_and_one_line() throws IOException {
        String data = folder.resolve("data").toString();
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        String[][] wrong = {{"--data", data, "--hub", "telemetry"}, {"--data", data, "--hub", "a/b:2"}, {"--data", data, "--hub", "telemetry:0"},
            {"--data", data, "--port", "70000"}, {"--data", data, "--retention", "soon"}, {"--data", data, "--retention-bytes", "much"},
            {"--data", data, "--address", "0.0.0.0"}, {"--data", data, "--key-file", empty.toString()}, {"--data", data, "--group", "a b"}, {"--port", "0"}};
        for (String[] arguments : wrong) {
            said.reset();
            assertThat(run(arguments)).as(said() + String.join(" ", arguments)).isEqualTo(2);
            assertThat(said()).hasLineCount(1).contains("Try '");
        }
        said.reset();
        assertThat(run("--data", data, "--key-file", folder.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(said()).contains("there is no such file").hasLineCount(1);
        assertThat(Files.exists(folder.resolve("data"))).as("nothing was made").isFalse();
    }
}
