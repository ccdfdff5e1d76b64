package dev.tidemark.stream.hub;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static dev.tidemark.stream.hub.HubClients.bodies;
import static dev.tidemark.stream.hub.HubClients.receive;
import static dev.tidemark.stream.hub.HubClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A hub with a key. */
class HubKeyTest {

    private static final String KEY = "a-key-that-nobody-guesses=";

    @TempDir
    Path folder;

    /** The hub's clock; the SDK's tokens are of the real time. */
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    private Hub hub;

    @BeforeEach
    void open() throws IOException {
        hub = Hub.open(HubSettings.in(folder, clock::get).withHub("telemetry", 1).withHub("other", 1).withKey(KEY));
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private static String token(String key, String audience, Instant expiry) throws Exception {
        String resource = URLEncoder.encode(audience, StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signature = mac.doFinal((resource + "\n" + expiry.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
        return "SharedAccessSignature sr=" + resource + "&sig=" + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8) + "&se="
                + expiry.getEpochSecond() + "&skn=" + AccessKey.NAME;
    }

    private String withToken(String token) {
        return "Endpoint=sb://localhost:" + hub.port() + ";SharedAccessSignature=" + token + ";EntityPath=telemetry;UseDevelopmentEmulator=true";
    }

    @Test
    void who_has_the_key_can_send_receive_and_ask() {
        try (EventHubProducerAsyncClient producer = HubClients.producer(hub); EventHubConsumerAsyncClient consumer = HubClients.consumer(hub)) {
            send(producer, 0, 2);
            assertThat(bodies(receive(consumer, EventPosition.earliest(), 2))).containsExactly("event 0", "event 1");
            assertThat(consumer.getEventHubProperties().block(HubClients.PATIENCE).getName()).isEqualTo("telemetry");
        }
    }

    @Test
    void with_a_wrong_key_nothing_can_be_done_and_no_message_holds_a_key() {
        String wrong = "some-other-key-of-length=";
        try (EventHubProducerAsyncClient producer = HubClients.builder(hub.connectionString("telemetry", wrong)).buildAsyncProducerClient();
                EventHubConsumerAsyncClient consumer = HubClients.builder(hub.connectionString("telemetry", wrong)).buildAsyncConsumerClient()) {
            assertThatThrownBy(() -> producer.send(List.of(new EventData("x"))).block(HubClients.PATIENCE)).isInstanceOf(AmqpException.class)
                    .hasMessageContaining("not signed with the key of this hub").hasMessageNotContainingAny(KEY, wrong);
            assertThatThrownBy(() -> receive(consumer, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class);
            assertThatThrownBy(() -> consumer.getEventHubProperties().block(HubClients.PATIENCE)).isInstanceOf(AmqpException.class);
        }
    }

    @Test
    void a_token_that_has_expired_or_is_for_another_hub_is_refused() throws Exception {
        String expired = token(KEY, "amqp://localhost/telemetry", clock.get().minusSeconds(1));
        String other = token(KEY, "amqp://localhost/other", clock.get().plusSeconds(600));
        String good = token(KEY, "amqp://localhost/telemetry", clock.get().plusSeconds(600));
        try (EventHubConsumerAsyncClient late = HubClients.builder(withToken(expired)).buildAsyncConsumerClient();
                EventHubConsumerAsyncClient stranger = HubClients.builder(withToken(other)).buildAsyncConsumerClient();
                EventHubConsumerAsyncClient welcome = HubClients.builder(withToken(good)).buildAsyncConsumerClient()) {
            assertThatThrownBy(() -> receive(late, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class).hasMessageContaining("expired");
            assertThatThrownBy(() -> receive(stranger, EventPosition.earliest(), 1)).isInstanceOf(AmqpException.class);
            assertThat(welcome.getPartitionIds().collectList().block(HubClients.PATIENCE)).containsExactly("0");
        }
    }

    @Test
    void a_link_ends_when_its_token_expires() throws Exception {
        hub.append("telemetry", 0, java.util.Map.of(), java.util.Map.of(), "hello".getBytes(StandardCharsets.UTF_8));
        String token = token(KEY, "amqp://localhost/telemetry", clock.get().plusSeconds(600));
        try (EventHubConsumerAsyncClient consumer = HubClients.builder(withToken(token)).buildAsyncConsumerClient()) {
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Disposable subscription = consumer.receiveFromPartition("0", EventPosition.earliest())
                    .subscribe(event -> reading.countDown(), ended::complete, () -> ended.complete(null));
            assertThat(reading.await(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(ended).isNotDone();

            clock.set(clock.get().plusSeconds(601));

            assertThat(ended.get(HubClients.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("why").isInstanceOf(AmqpException.class).hasMessageContaining("expired");
            subscription.dispose();
        }
    }

    @Test
    void tokens_are_read_strictly() throws Exception {
        AccessKey key = new AccessKey(KEY);
        Instant later = Instant.ofEpochSecond(2_000_000_000);
        String good = token(KEY, "amqps://plant.example.net/Telemetry/Partitions/0/", later);
        AccessKey.Grant grant = key.check(good, 1_999_999_999);

        assertThat(grant.covers("telemetry/partitions/0", 1_999_999_999)).isTrue();
        assertThat(grant.covers("telemetry/partitions/01", 1_999_999_999)).isFalse();
        assertThat(grant.covers("telemetry", 1_999_999_999)).isFalse();
        assertThat(grant.covers("telemetry/partitions/0", 2_000_000_000)).isFalse();
        assertThat(key.check(token(KEY, "amqp://localhost", later), 0).covers("telemetry", 0)).as("for the whole hub").isTrue();
        for (String bad : List.of("", "Bearer abc", good.replace("skn=Root", "skn=Other"), good.replace("se=2", "se=3"), good.replace("sig=", "sig=A"), good.replace("sig=", "sig=%21"),
                good.replace("Telemetry", "telemetry"), "SharedAccessSignature sr=x&se=y&sig=", "SharedAccessSignature &=&se=9999999999")) {
            assertThatThrownBy(() -> key.check(bad, 0)).as(bad).isInstanceOf(AmqpError.class).hasMessageStartingWith("Cannot accept the token").hasMessageNotContaining(KEY);
        }
    }

    @Test
    void without_a_key_it_listens_to_this_machine_only(@TempDir Path another) {
        HubSettings open = HubSettings.in(another, clock::get).withAddress("0.0.0.0");
        assertThatThrownBy(() -> Hub.open(open)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("without a key");
        assertThatThrownBy(() -> open.withKey("short")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("too short").hasMessageNotContaining("short-");
        assertThat(open.withKey(KEY).toString()).doesNotContain(KEY);
    }
}
