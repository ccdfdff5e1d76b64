package dev.tidemark.stream.source;

import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The same slots hold the same messages, whoever reads them, however, and whenever. */
class SimulatorTest {

    private static final String REPLAY = "simulate:devices=13,rate=100,seed=5,count=20000";

    private final HandClock clock = new HandClock(DropFolder.NOW);

    private EventSource open(String spec, Map<String, Long> positions) {
        try {
            EventSource source = SourceSpec.parse(spec).create(clock);
            source.open(positions, () -> { });
            return source;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything that comes until nothing does: partition → messages. */
    private static Map<String, List<Message>> rest(EventSource source, Random sizes) {
        Map<String, List<Message>> messages = new TreeMap<>();
        boolean more = true;
        while (more) {
            more = false;
            for (SourcePartition partition : source.partitions()) {
                List<Message> batch = partition.poll(1 + sizes.nextInt(300));
                messages.computeIfAbsent(partition.id(), id -> new ArrayList<>()).addAll(batch);
                more |= !batch.isEmpty();
                if (!batch.isEmpty() && !partition.finished()) {
                    assertThat(partition.position()).isEqualTo(batch.get(batch.size() - 1).number());
                }
            }
        }
        return messages;
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(message -> message.number() + " " + message.enqueued() + " " + message.deviceId() + " " + message.text()).toList();
    }

    @Test
    void a_replay_is_the_same_in_batches_of_any_size() {
        Map<String, List<Message>> first = rest(open(REPLAY, Map.of()), new Random(1));
        Map<String, List<Message>> second = rest(open(REPLAY, Map.of()), new Random(2));
        assertThat(first).containsOnlyKeys("0", "1", "2", "3");
        first.forEach((id, messages) -> assertThat(texts(second.get(id))).isEqualTo(texts(messages)));
        assertThat(first.values().stream().mapToInt(List::size).sum()).isBetween(18_000, 20_000);
    }

    @Test
    void another_seed_gives_other_messages() {
        Map<String, List<Message>> other = rest(open(REPLAY.replace("seed=5", "seed=6"), Map.of()), new Random(1));
        assertThat(texts(other.get("0")).get(0)).isNotEqualTo(texts(rest(open(REPLAY, Map.of()), new Random(1)).get("0")).get(0));
    }

    @Test
    void a_replay_resumed_at_any_number_gives_the_same_rest() {
        String spec = "simulate:devices=5,rate=10,seed=5,count=400";
        Map<String, List<Message>> whole = rest(open(spec, Map.of()), new Random(1));
        for (long position = 0; position < 120; position++) {
            long from = position;
            Map<String, Long> positions = whole.keySet().stream().collect(Collectors.toMap(id -> id, id -> from));
            Map<String, List<Message>> rest = rest(open(spec, positions), new Random(position));
            whole.forEach((id, messages) -> assertThat(texts(rest.getOrDefault(id, List.of())))
                    .isEqualTo(texts(messages.stream().filter(message -> message.number() > from).toList())));
        }
    }

    @Test
    void a_replay_ends_and_is_drained() {
        EventSource source = open(REPLAY, Map.of());
        assertThat(source.drained()).isFalse();
        rest(source, new Random(1));
        assertThat(source.drained()).isTrue();
        assertThat(source.partitions()).isEmpty();
        Map<String, Long> ended = Map.of("0", SourcePartition.END, "1", SourcePartition.END, "2", SourcePartition.END, "3", SourcePartition.END);
        EventSource again = open(REPLAY, ended);
        assertThat(again.partitions()).isEmpty();
        assertThat(again.drained()).isTrue();
    }

    @Test
    void batches_of_a_replay_end_at_multiples_of_their_size() {
        for (long from : new long[] {-1, 3, 63, 64}) {
            SourcePartition partition = open("simulate:devices=4,rate=10,faults=false,count=4000", Map.of("0", from)).partitions().get(0);
            long expected = from;
            while (!partition.finished()) {
                expected = (expected + 1) / 64 * 64 + 63;
                List<Message> batch = partition.poll(64);
                assertThat(batch.get(batch.size() - 1).number()).isEqualTo(Math.min(expected, 999));
            }
        }
    }

    @Test
    void every_device_has_its_turn_and_its_partition() {
        Map<String, List<Message>> messages = rest(open("simulate:devices=50,rate=1000,faults=false,count=5000", Map.of()), new Random(1));
        Map<String, Integer> perDevice = new HashMap<>();
        messages.forEach((id, list) -> list.forEach(message -> perDevice.merge(message.deviceId() + "@" + id, 1, Integer::sum)));
        assertThat(perDevice).hasSize(50).allSatisfy((device, count) -> assertThat(count).isEqualTo(100));
        messages.values().forEach(list -> {
            assertThat(list).extracting(Message::enqueued).isSorted();
            assertThat(list).extracting(message -> message.deviceId().replaceAll("-.*", "")).contains("press", "pump", "oven", "raspberry");
        });
    }

    @Test
    void a_live_simulator_begins_now_and_gives_what_is_due() {
        EventSource source = open("simulate:devices=8,rate=100,faults=false", Map.of());
        long now = TimeUnit.SECONDS.toMicros(DropFolder.NOW.getEpochSecond());
        int first = rest(source, new Random(1)).values().stream().mapToInt(List::size).sum();
        assertThat(first).isLessThanOrEqualTo(1);
        clock.pass(Duration.ofSeconds(3));
        List<Message> due = rest(source, new Random(1)).values().stream().flatMap(List::stream).toList();
        assertThat(due).hasSize(300).allSatisfy(message -> assertThat(message.enqueued()).isBetween(now, now + 3_000_000));
        assertThat(rest(source, new Random(1)).values()).allMatch(List::isEmpty);
        assertThat(source.drained()).isFalse();
    }

    @Test
    void a_live_simulator_goes_on_from_the_position_held_without_gap_or_overlap() {
        String spec = "simulate:devices=8,rate=100";
        EventSource undisturbed = open(spec, Map.of());
        EventSource killed = open(spec, Map.of());
        clock.pass(Duration.ofSeconds(5));
        Map<String, List<Message>> before = rest(killed, new Random(1));
        Map<String, Long> positions = new HashMap<>();
        before.forEach((id, messages) -> positions.put(id, messages.get(messages.size() / 2).number()));
        clock.pass(Duration.ofMinutes(3));
        Map<String, List<Message>> after = rest(open(spec, positions), new Random(2));
        rest(undisturbed, new Random(3)).forEach((id, messages) -> {
            List<Message> both = new ArrayList<>(before.get(id).subList(0, before.get(id).size() / 2 + 1));
            both.addAll(after.get(id));
            assertThat(texts(both)).isEqualTo(texts(messages));
        });
    }

    @Test
    void a_live_simulator_retains_ten_minutes() {
        String spec = "simulate:devices=8,rate=100,faults=false";
        EventSource source = open(spec, Map.of());
        clock.pass(Duration.ofSeconds(1));
        Map<String, Long> positions = new HashMap<>();
        rest(source, new Random(1)).forEach((id, messages) -> positions.put(id, messages.get(0).number()));
        clock.pass(Duration.ofHours(1));
        List<Message> rest = rest(open(spec, positions), new Random(1)).values().stream().flatMap(List::stream).toList();
        assertThat(rest).hasSize(60_000);
    }

    @Test
    void a_live_simulator_begins_with_the_minutes_of_its_history() {
        List<Message> rest = rest(open("simulate:devices=8,rate=100,faults=false,history=30", Map.of()), new Random(1)).values().stream()
                .flatMap(List::stream).toList();
        assertThat(rest).hasSize(30 * 60 * 100);
    }

    @Test
    void a_live_simulator_signals_that_messages_arrive() throws Exception {
        CountDownLatch arrived = new CountDownLatch(3);
        try (EventSource source = SourceSpec.parse("simulate").create(clock)) {
            source.open(Map.of(), arrived::countDown);
            assertThat(arrived.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void with_faults_there_are_errors_broken_late_double_and_empty_messages_and_silent_devices() {
        List<Message> hour = rest(open("simulate:devices=40,rate=80,seed=2,count=288000", Map.of()), new Random(1)).values().stream().flatMap(List::stream).toList();
        assertThat(hour.size()).as("silent devices").isLessThan(288_000 - 100);
        assertThat(hour).anyMatch(message -> message.text().contains("\"status\":\"error\"")).anyMatch(message -> message.text().contains("\"status\":\"warning\""));
        assertThat(hour).as("null").anyMatch(message -> message.text().contains(":null"));
        assertThat(hour).as("NaN").anyMatch(message -> message.text().contains(":NaN"));
        assertThat(hour).as("broken").anyMatch(message -> !message.text().endsWith("}"));
        HashSet<String> seen = new HashSet<>();
        assertThat(hour).as("double").anyMatch(message -> !seen.add(message.text()));
        assertThat(hour).as("late").anyMatch(message -> message.text().contains("timestamp\":\"")
                && Instant.parse(message.text().replaceAll(".*timestamp\":\"([^\"]*)\".*", "$1")).getEpochSecond() * 1_000_000 < message.enqueued() - 15_000_000);
    }

    @Test
    void without_faults_every_slot_is_a_whole_message_of_its_own() {
        List<Message> hour = rest(open("simulate:devices=40,rate=80,seed=2,count=288000,faults=false", Map.of()), new Random(1)).values().stream()
                .flatMap(List::stream).toList();
        assertThat(hour).hasSize(288_000).allMatch(message -> message.text().endsWith("}") && !message.text().contains("null") && !message.text().contains("error"));
    }
}
