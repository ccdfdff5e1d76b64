package dev.tidemark.stream.alert.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.lake.Lake;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.alert.AlertState;
import dev.tidemark.stream.alert.Severity;
import dev.tidemark.stream.table.DeltaTable;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.table.Rows;
import dev.tidemark.stream.table.TableLayout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final List<Long> pauses = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch hang = new CountDownLatch(1);
    private long nanos;
    private HttpServer server;
    private DeltaTable table;
    private Rows rows;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            Integer answer = answers.poll();
            if (answer != null && answer < 0) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            if (answer != null && answer == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer == null ? 200 : Math.abs(answer), -1);
            exchange.close();
        });
        server.start();
        TableLayout layout = LakeTables.GOLD_ALERTS.layout();
        table = DeltaTable.open(Lake.at(folder.toString()), LakeTables.GOLD_ALERTS.path(), new TableLayout(layout.schema(), layout.partitionColumns(), layout.properties(), false),
                InstantSource.system());
        rows = table.newRows();
    }

    @AfterEach
    void stop() {
        hang.countDown();
        server.stop(0);
        table.close();
    }

    private void raise(String id, long raisedAt, Severity severity, AlertState state, long sequence) {
        Object[] values = {id, "hot", "threshold", severity.toString(), state.toString(), "dev\nice", "hall", "temperature"};
        for (int i = 0; i < values.length; i++) {
            rows.setString(i, (String) values[i]);
        }
        rows.setDouble(8, 101.5);
        rows.setDouble(9, 100);
        rows.setString(10, "temperature of " + id + " is 101.5 °F, above <100> °F");
        rows.setLong(11, 1_000_000);
        rows.setLong(12, raisedAt);
        rows.setLong(13, sequence);
        rows.setLong(14, 0);
        rows.end();
    }

    private void commit() {
        table.append(rows, Map.of(), Map.of());
        rows.clear();
    }

    private Secret url(String path) throws IOException {
        return Secret.ofFile(Files.writeString(folder.resolve("url"), "http://127.0.0.1:" + server.getAddress().getPort() + path + "\n"));
    }

    private Webhook webhook(Webhook.Form form) throws IOException {
        return webhook(form, Patience.LONGEST);
    }

    private Webhook webhook(Webhook.Form form, Duration patience) throws IOException {
        return new Webhook(url("/hook"), form, patience);
    }

    private Delivery delivery(Channel channel, int most) {
        return new Delivery(new Delivery.Subscription("ops", Severity.MEDIUM, most, channel), new Outbox(Lake.at(folder.toString()), LakeTables.GOLD_ALERTS.path()),
                new Delivered(folder.resolve("progress"), "ops"), registry, () -> nanos, pauses::add);
    }

    private double counted(String outcome) {
        return registry.counter("tidemark.deliveries", "channel", "ops", "outcome", outcome).count();
    }

    @Test
    void each_change_is_posted_once_with_its_key_and_what_is_not_severe_is_passed_over() throws Exception {
        raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
        raise("b", 10, Severity.LOW, AlertState.RAISED, 0);
        commit();
        raise("a", 12, Severity.HIGH, AlertState.CLEARED, 1);
        commit();
        Delivery delivery = delivery(webhook(Webhook.Form.JSON), 20);
        long through = delivery.cycle(Long.MIN_VALUE);
        assertThat(through).isEqualTo(12);
        assertThat(delivery.cycle(through)).isEqualTo(12);
        assertThat(keys).containsExactly("a-0", "a-1");
        var json = JSON.readTree(bodies.get(0));
        assertThat(json.get("idempotency_key").asText()).isEqualTo("a-0");
        assertThat(json.get("value").asDouble()).isEqualTo(101.5);
        assertThat(json.get("event_time").asText()).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(new Delivered(folder.resolve("progress"), "ops").read()).hasValue(12);
    }

    @Test
    void errors_redirects_and_silence_are_tried_again_with_the_same_key() throws Exception {
        answers.addAll(List.of(500, 302, 429, -200));
        raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
        commit();
        Webhook patient = webhook(Webhook.Form.JSON, Patience.LONGEST);
        Webhook impatient = webhook(Webhook.Form.JSON, Duration.ofSeconds(1));
        // Only what is never answered is waited for in vain. On a busy machine that may be more than one attempt: the first ones have not come through by then.
        delivery(notice -> (Integer.valueOf(-200).equals(answers.peek()) ? impatient : patient).send(notice), 20).cycle(Long.MIN_VALUE);
        assertThat(answers).isEmpty();
        assertThat(keys).hasSizeGreaterThanOrEqualTo(5).containsOnly("a-0");
        assertThat(pauses).startsWith(1_000L, 2_000L, 4_000L, 8_000L);
        assertThat(counted("failed")).isEqualTo(pauses.size());
        assertThat(counted("delivered")).isEqualTo(1);
    }

    @Test
    void what_the_other_side_will_never_take_does_not_hold_up_the_others() throws Exception {
        answers.add(400);
        raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
        raise("b", 11, Severity.HIGH, AlertState.RAISED, 0);
        commit();
        assertThat(delivery(webhook(Webhook.Form.JSON), 20).cycle(Long.MIN_VALUE)).isEqualTo(11);
        assertThat(keys).containsExactly("a-0", "b-0");
        assertThat(counted("refused")).isEqualTo(1);
    }

    @Test
    void restarted_in_the_middle_nothing_is_lost_and_the_keys_are_the_same() throws Exception {
        raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
        raise("b", 11, Severity.HIGH, AlertState.RAISED, 0);
        raise("c", 11, Severity.HIGH, AlertState.RAISED, 0);
        commit();
        Queue<String> dies = new ArrayDeque<>(List.of("a-0", "b-0"));
        Delivery first = delivery(notice -> {
            keys.add(notice.key());
            if (!notice.key().equals(dies.poll())) {
                throw new IllegalStateException("killed");
            }
        }, 20);
        assertThatThrownBy(() -> first.cycle(Long.MIN_VALUE)).hasMessage("killed");
        long through = new Delivered(folder.resolve("progress"), "ops").read().orElseThrow();
        assertThat(through).isEqualTo(10);
        delivery(notice -> keys.add(notice.key()), 20).cycle(through);
        assertThat(keys).containsExactly("a-0", "b-0", "c-0", "b-0", "c-0");
    }

    @Test
    void a_flood_becomes_one_summary_a_minute() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            raise("a" + i, 10 + i / 5_000, Severity.CRITICAL, AlertState.RAISED, 0);
        }
        commit();
        Delivery delivery = delivery(webhook(Webhook.Form.SLACK), 20);
        long through = delivery.cycle(Long.MIN_VALUE);
        assertThat(keys).containsExactly("summary-10-11");
        assertThat(JSON.readTree(bodies.get(0)).get("text").asText()).isEqualTo("10000 changes of alerts: 10000 raised, 0 cleared");
        assertThat(pauses).containsExactly(60_000L);
        raise("b", 20, Severity.CRITICAL, AlertState.RAISED, 0);
        commit();
        delivery.cycle(through);
        assertThat(keys).last().isEqualTo("b-0");
    }

    @Test
    void slack_gets_text_that_means_nothing_to_it() throws Exception {
        raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
        commit();
        delivery(webhook(Webhook.Form.SLACK), 20).cycle(Long.MIN_VALUE);
        var json = JSON.readTree(bodies.get(0));
        assertThat(json.get("text").asText()).isEqualTo("HIGH: temperature of a is 101.5 °F, above <100> °F");
        assertThat(json.at("/blocks/0/text/text").asText()).contains("&lt;100&gt;").contains("Device: dev ice");
    }

    @Test
    void a_url_is_a_secret() throws Exception {
        assertThat(url("/hook").toString()).isEqualTo("(secret)");
        Secret wrong = Secret.ofFile(Files.writeString(folder.resolve("wrong"), "ftp://token@host/x"));
        assertThatThrownBy(() -> new Webhook(wrong, Webhook.Form.JSON, Duration.ofSeconds(1))).hasMessageContaining("no URL").hasMessageNotContaining("token");
        int port = server.getAddress().getPort();
        Webhook webhook = webhook(Webhook.Form.JSON);
        server.stop(0);
        assertThatThrownBy(() -> webhook.send(new Notice("k", "s", "t", "{}"))).isInstanceOf(DeliveryFailure.class).hasMessageContaining("cannot be reached")
                .hasMessageNotContaining(Integer.toString(port));
    }

    @Test
    void mail_is_sent_with_a_password_and_not_without() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.setUser("ops@example.com", "ops", "right");
        mail.start();
        try {
            raise("a", 10, Severity.HIGH, AlertState.RAISED, 0);
            commit();
            delivery(mail(mail, "right"), 20).cycle(Long.MIN_VALUE);
            MimeMessage[] received = mail.getReceivedMessages();
            assertThat(received).hasSize(1);
            assertThat(received[0].getSubject()).isEqualTo("HIGH: temperature of a is 101.5 °F, above <100> °F");
            assertThat(received[0].getHeader("Idempotency-Key")).containsExactly("a-0");
            assertThat(received[0].getMessageID()).isEqualTo("<a-0@tidemark>");
            assertThatThrownBy(() -> mail(mail, "wrong-one").send(new Notice("k", "s", "t", "{}"))).isInstanceOf(DeliveryFailure.class)
                    .hasMessage("the mail server does not accept user and password").hasMessageNotContaining("wrong-one");
        } finally {
            mail.stop();
        }
    }

    private Mail mail(GreenMail mail, String password) throws IOException {
        Secret secret = Secret.ofFile(Files.writeString(folder.resolve("password"), password));
        return new Mail(new Mail.Server("127.0.0.1", mail.getSmtp().getPort(), Mail.Encryption.NONE, "ops", secret), "tidemark@example.com", List.of("ops@example.com"),
                Patience.LONGEST);
    }

    @Test
    void a_new_channel_begins_with_what_comes_then_in_a_thread_of_its_own() throws Exception {
        raise("old", 10, Severity.HIGH, AlertState.RAISED, 0);
        commit();
        CountDownLatch told = new CountDownLatch(1);
        try (Delivery delivery = Delivery.start(new Delivery.Subscription("ops", Severity.LOW, 20, notice -> {
            keys.add(notice.key());
            told.countDown();
        }), Lake.at(folder.toString()), LakeTables.GOLD_ALERTS.path(), folder.resolve("progress"), registry)) {
            raise("new", 11, Severity.HIGH, AlertState.RAISED, 0);
            commit();
            assertThat(told.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(keys).containsExactly("new-0");
    }
}
