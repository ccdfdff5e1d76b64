package dev.tidemark.stream.source;

import com.azure.core.credential.AccessToken;
import com.azure.messaging.eventhubs.models.EventPosition;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.hub.Hub;
import dev.tidemark.stream.hub.HubSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The source with the Azure SDK against a hub that runs. */
class ReceivingTest {

    private static final String HUB = "telemetry";
    private static final Duration LOOK = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private Hub hub;
    private final Semaphore arrived = new Semaphore(0);
    private final List<EventHubs> sources = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        hub = Hub.open(settings());
    }

    private HubSettings settings() {
        return HubSettings.in(folder.resolve("hub"), Clock.systemUTC()).withHub(HUB, 2).withForce(false);
    }

    @AfterEach
    void stop() throws IOException {
        sources.forEach(EventHubs::close);
        hub.close();
    }

    private void send(int partition, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            hub.append(HUB, partition, Map.of("iothub-connection-device-id", "d-" + partition), Map.of(), ("{\"x\":" + i + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static HubAccess access(String connectionString) {
        return HubAccess.fromEnvironment("HUB", null, Map.of("HUB", connectionString)::get);
    }

    private EventHubs source(HubAccess access, String group, EventPosition first, long level) {
        EventHubs source = new EventHubs(access.toString(), new AmqpHubReader(access, group, 2_000, OptionalLong.of(level)), first, LOOK, Clock.systemUTC());
        sources.add(source);
        return source;
    }

    private EventHubs open(Map<String, Long> positions, EventPosition first, long level) throws IOException {
        EventHubs source = source(access(hub.connectionString(HUB)), "$Default", first, level);
        source.open(positions, arrived::release);
        return source;
    }

    private EventHubs open(Map<String, Long> positions) throws IOException {
        return open(positions, EventPosition.earliest(), 0);
    }

    /** Polls until a partition has given so many. */
    private List<Message> messages(EventHubs source, int partition, int count) throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        while (messages.size() < count) {
            List<Message> polled = source.partitions().get(partition).poll(100);
            messages.addAll(polled);
            if (polled.isEmpty()) {
                assertThat(arrived.tryAcquire(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).as("something arrives; so far %s", messages.size()).isTrue();
            }
        }
        return messages;
    }

    private List<Long> numbers(EventHubs source, int partition, int count) throws InterruptedException {
        return messages(source, partition, count).stream().map(Message::number).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void what_is_in_a_hub_comes_with_its_device_time_and_body_and_once_ends() throws Exception {
        Instant before = Instant.now();
        send(0, 0, 10);
        EventHubs source = open(Map.of());
        assertThat(source.drained()).isFalse();
        List<Message> messages = messages(source, 0, 10);
        assertThat(messages).extracting(Message::number).isEqualTo(range(0, 10));
        assertThat(messages).extracting(Message::deviceId).containsOnly("d-0");
        assertThat(messages.get(9).text()).isEqualTo("{\"x\":9}");
        assertThat(messages.get(9).enqueued() / 1_000).isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
        assertThat(source.drained()).isTrue();
    }

    @Test
    void every_number_comes_once_and_in_order_although_connections_are_dropped_in_the_middle() throws Exception {
        send(0, 0, 3_000);
        send(1, 0, 500);
        EventHubs source = open(Map.of());
        List<Long> first = new ArrayList<>();
        for (int drops = 0; drops < 3; drops++) {
            first.addAll(numbers(source, 0, 400));
            hub.dropConnections();
            send(0, 3_000 + 200 * drops, 3_200 + 200 * drops);
        }
        first.addAll(numbers(source, 0, 3_600 - first.size()));
        assertThat(first).isEqualTo(range(0, 3_600));
        assertThat(numbers(source, 1, 500)).isEqualTo(range(0, 500));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void it_goes_on_where_the_tables_end() throws Exception {
        send(0, 0, 100);
        assertThat(numbers(open(Map.of("0", 59L)), 0, 40)).isEqualTo(range(60, 100));
    }

    @Test
    void latest_begins_with_what_comes_after_it_was_opened() throws Exception {
        send(0, 0, 100);
        EventHubs source = open(Map.of(), EventPosition.latest(), 0);
        send(0, 100, 105);
        send(1, 0, 3);
        assertThat(numbers(source, 0, 5)).isEqualTo(range(100, 105));
        assertThat(numbers(source, 1, 3)).isEqualTo(range(0, 3));
    }

    @Test
    void a_time_begins_with_what_was_enqueued_since() throws Exception {
        send(0, 0, 50);
        long last = messages(open(Map.of()), 0, 50).get(49).enqueued();
        Instant then = Instant.ofEpochMilli(last / 1_000 + 1);
        while (!Instant.now().isAfter(then.plusMillis(1))) {
            Thread.onSpinWait();
        }
        send(0, 50, 60);
        assertThat(numbers(open(Map.of(), EventPosition.fromEnqueuedTime(then), 1), 0, 10)).isEqualTo(range(50, 60));
    }

    @Test
    void a_receiver_with_a_higher_owner_level_takes_over_and_the_other_one_ends_with_a_message() throws Exception {
        send(0, 0, 10);
        EventHubs loser = open(Map.of());
        numbers(loser, 0, 10);
        EventHubs winner = open(Map.of(), EventPosition.earliest(), 1);
        assertThat(numbers(winner, 0, 10)).hasSize(10);
        assertThatThrownBy(() -> numbers(loser, 0, 1)).isInstanceOf(SourceException.class).hasMessageContaining("another receiver").hasMessageContaining("owner-level");
        send(0, 10, 12);
        assertThat(numbers(winner, 0, 2)).isEqualTo(range(10, 12));
        EventHubs tooLow = open(Map.of());
        assertThatThrownBy(() -> numbers(tooLow, 0, 1)).isInstanceOf(SourceException.class).hasMessageContaining("another receiver");
    }

    @Test
    void of_two_with_the_same_level_exactly_one_stays() throws Exception {
        send(0, 0, 1);
        EventHubs first = open(Map.of());
        numbers(first, 0, 1);
        EventHubs second = open(Map.of());
        numbers(second, 0, 1);
        assertThatThrownBy(() -> numbers(first, 0, 1)).isInstanceOf(SourceException.class);
        send(0, 1, 2);
        assertThat(numbers(second, 0, 1)).containsExactly(1L);
    }

    @Test
    void an_unknown_hub_and_an_unknown_consumer_group_are_told() throws Exception {
        assertThatThrownBy(() -> source(access(hub.connectionString("other")), "$Default", EventPosition.earliest(), 0).origin()).isInstanceOf(IOException.class)
                .hasMessageContaining("/other").hasMessageContaining("there is no such hub");
        send(0, 0, 1);
        EventHubs source = source(access(hub.connectionString(HUB)), "nobody", EventPosition.earliest(), 0);
        source.open(Map.of(), arrived::release);
        assertThatThrownBy(() -> numbers(source, 0, 1)).isInstanceOf(SourceException.class).hasMessageContaining("consumer group");
    }

    @Test
    void a_hub_that_nobody_runs_is_told_at_once() throws Exception {
        // Bound, so that nobody else gets it, and not listened to.
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("localhost", 0));
            int free = socket.getLocalPort();
            EventHubs source = source(access(hub.connectionString(HUB).replace(":" + hub.port() + ";", ":" + free + ";")), "$Default", EventPosition.earliest(), 0);
            assertThatThrownBy(source::origin).isInstanceOf(IOException.class).hasMessageStartingWith("Cannot reach hub localhost:" + free + "/" + HUB)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void a_hub_that_comes_back_after_a_while_is_read_on() throws Exception {
        send(0, 0, 10);
        try (PortFront front = PortFront.plain(hub.port())) {
            String connection = hub.connectionString(HUB).replace(":" + hub.port() + ";", ":" + front.port() + ";");
            EventHubs source = source(access(connection), "$Default", EventPosition.earliest(), 0);
            source.open(Map.of(), arrived::release);
            numbers(source, 0, 10);
            assertThat(source.outage()).isNull();
            hub.close();
            Patience.until(() -> source.outage() != null, () -> "no outage");
            assertThat(source.outage()).contains("since 20");
            hub = Hub.open(settings());
            front.target(hub.port());
            send(0, 10, 20);
            assertThat(numbers(source, 0, 10)).isEqualTo(range(10, 20));
            Patience.until(() -> source.outage() == null, source::outage);
            source.close();
        }
    }

    @Test
    void how_much_waits_is_told_by_the_hub_beyond_what_was_received() throws Exception {
        send(0, 0, 10);
        EventHubs source = open(Map.of());
        numbers(source, 0, 10);
        assertThat(source.partitions().get(0).behind()).isZero();
        // More than the source lets wait.
        for (int from = 10; from < 40_010; from += 10_000) {
            send(0, from, from + 10_000);
        }
        Patience.until(() -> source.partitions().get(0).behind() == 40_000, source.partitions().get(0)::behind);
        int polled = numbers(source, 0, 15_000).size();
        assertThat(source.partitions().get(0).behind()).isEqualTo(40_000 - polled);
        assertThat(source.partitions().get(1).behind()).isZero();
    }

    @Test
    void the_origin_tells_one_hub_from_another() throws Exception {
        send(1, 0, 5);
        Origin origin = source(access(hub.connectionString(HUB)), "$Default", EventPosition.earliest(), 0).origin().orElseThrow();
        assertThat(origin.last()).isEqualTo(Map.of("0", -1L, "1", 4L));
        hub.close();
        hub = Hub.open(settings());
        assertThat(source(access(hub.connectionString(HUB)), "$Default", EventPosition.earliest(), 0).origin()).contains(origin);
    }

    @Test
    void with_an_identity_its_token_opens_the_hub_over_tls() throws Exception {
        send(0, 0, 3);
        AtomicInteger tokens = new AtomicInteger();
        try (PortFront front = PortFront.tls(hub.port(), folder.resolve("front.p12"))) {
            HubAccess access = HubAccess.withIdentity("localhost:" + front.port(), HUB, () -> request -> {
                tokens.incrementAndGet();
                assertThat(request.getScopes()).singleElement().asString().contains("eventhubs.azure.net");
                return Mono.just(new AccessToken("not-a-real-token", OffsetDateTime.now().plusHours(1)));
            });
            EventHubs source = source(access, "$Default", EventPosition.earliest(), 0);
            source.open(Map.of(), arrived::release);
            assertThat(numbers(source, 0, 3)).isEqualTo(range(0, 3));
            assertThat(tokens).hasPositiveValue();
            source.close();
        }
    }
}
