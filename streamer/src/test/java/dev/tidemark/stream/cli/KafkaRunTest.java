package dev.tidemark.stream.cli;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.stream.source.KafkaBroker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole way, from a broker that wants a login as Event Hubs' Kafka endpoint does. */
class KafkaRunTest {

    private static final String PASSWORD = "Endpoint=sb://plant.example/;SharedAccessKeyName=read;SharedAccessKey=k3yOfThePlant=";

    @TempDir
    static Path home;

    private static KafkaBroker broker;
    private static Admin admin;
    private static Producer<String, String> producer;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void begin() throws Exception {
        broker = KafkaBroker.start(home.resolve("broker"), PASSWORD);
        admin = Admin.create(broker.client());
        producer = new KafkaProducer<>(broker.writer(), new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void end() throws Exception {
        producer.close();
        admin.close();
        broker.close();
    }

    private int run(String topic, String password, String... more) throws IOException {
        Path config = Files.writeString(folder.resolve("kafka.properties"),
                "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=" + KafkaBroker.login(password) + "\n");
        out.reset();
        err.reset();
        List<String> arguments = new ArrayList<>(List.of("run", "--lake", folder.resolve("lake").toString(),
                "--source", "kafka:servers=" + broker.servers() + ",topic=" + topic + ",config=" + config, "--once", "--close"));
        arguments.addAll(List.of(more));
        return TidemarkStreamer.run(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false),
                arguments.toArray(String[]::new));
    }

    private static void send(String topic, int from, int to) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        Instant start = Instant.parse("2026-03-01T12:00:00Z");
        for (int i = from; i < to; i++) {
            String device = "pump-" + i % 5;
            sent.add(producer.send(new ProducerRecord<>(topic, device, "{\"timestamp\":\"" + start.plusSeconds(i) + "\",\"temperature\":" + i + "}")));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    private long rows(String table) {
        return Scan.of(Lake.at(folder.resolve("lake").toString()).table(table).snapshot()).count();
    }

    @Test
    void what_was_sent_is_in_the_tables_once_however_often_it_runs() throws Exception {
        KafkaBroker.create(admin, "telemetry", 3);
        send("telemetry", 0, 1_000);
        producer.send(new ProducerRecord<>("telemetry", "pump-1", null)).get();
        assertThat(run("telemetry", PASSWORD)).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(1_001);
        assertThat(rows("silver/readings")).isEqualTo(1_000);
        assertThat(rows("silver/rejects")).as("the record without a value").isEqualTo(1);
        assertThat(rows("gold/windows")).isPositive();
        assertThat(run("telemetry", PASSWORD)).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(1_001);
        send("telemetry", 2_000, 2_100);
        assertThat(run("telemetry", PASSWORD)).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(1_101);
        assertThat(out() + err()).doesNotContain("k3yOfThePlant");
    }

    @Test
    void a_topic_that_was_made_anew_is_refused_until_it_is_accepted() throws Exception {
        KafkaBroker.create(admin, "anew", 1);
        send("anew", 0, 10);
        assertThat(run("anew", PASSWORD)).as(err()).isZero();
        KafkaBroker.delete(admin, "anew");
        KafkaBroker.create(admin, "anew", 1);
        send("anew", 100, 120);
        assertThat(run("anew", PASSWORD)).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot go on with source kafka:").contains("made anew", "--accept-new-hub").hasLineCount(1);
        assertThat(rows("bronze/events")).isEqualTo(10);
        assertThat(run("anew", PASSWORD, "--accept-new-hub")).as(err()).isZero();
        assertThat(rows("bronze/events")).isEqualTo(30);
    }

    @Test
    void a_wrong_password_is_told_without_it() throws Exception {
        assertThat(run("telemetry", "Endpoint=sb://plant.example/;SharedAccessKey=wr0ng=")).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot use source kafka:").contains("the broker refuses the login", "kafka.properties").hasLineCount(1)
                .doesNotContain("wr0ng", "k3yOfThePlant", "Exception");
    }

    @Test
    void a_login_that_cannot_be_read_is_told_without_it() throws Exception {
        assertThat(run("telemetry", "wr0ng\" password=hidd3n user=")).isEqualTo(1);
        assertThat(err()).startsWith("tidemark-streamer: Cannot use source kafka:").hasLineCount(1).doesNotContain("wr0ng", "hidd3n");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
