package dev.tidemark.stream.source;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpErrorContext;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.models.EventPosition;
import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventHubsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final FakeHub hub = new FakeHub("0");
    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00.250Z"));
    private final Semaphore arrived = new Semaphore(0);
    private EventHubs source;

    @AfterEach
    void close() {
        if (source != null) {
            source.close();
        }
    }

    private EventHubs open(Map<String, Long> positions, EventPosition first, Duration look) throws IOException {
        source = new EventHubs("plant/telemetry", hub, first, look, clock);
        source.open(positions, arrived::release);
        return source;
    }

    private EventHubs open(Map<String, Long> positions) throws IOException {
        return open(positions, EventPosition.earliest(), NEVER);
    }

    private SourcePartition partition(int index) {
        return source.partitions().get(index);
    }

    /** Polls, in the way of the pipeline, until a partition has given so many. */
    private List<Long> numbers(int index, int count) throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            List<Message> polled = partition(index).poll(1_000);
            polled.forEach(message -> numbers.add(message.number()));
            if (polled.isEmpty()) {
                assertThat(arrived.tryAcquire(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).as("something arrives; so far %s", numbers.size()).isTrue();
            }
        }
        return numbers;
    }

    private void await(BooleanSupplier condition) {
        Patience.until(condition, () -> "outage " + source.outage() + ", behind " + partition(0).behind());
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static AmqpException refused(AmqpErrorCondition condition, boolean passing) {
        return new AmqpException(passing, condition, "New receiver 'nil' with higher epoch of '2' is created.", new AmqpErrorContext("plant"));
    }

    @Test
    void every_message_of_a_partition_comes_once_and_in_order() throws Exception {
        hub.send("0", 2_500);
        open(Map.of());
        assertThat(numbers(0, 2_500)).isEqualTo(range(0, 2_500));
        assertThat(partition(0).position()).isEqualTo(2_499);
        assertThat(partition(0).poll(1_000)).isEmpty();
        hub.send("0", 3);
        assertThat(numbers(0, 3)).isEqualTo(range(2_500, 2_503));
        assertThat(source.name()).isEqualTo("eventhubs:plant/telemetry");
    }

    @Test
    void batches_end_before_multiples_of_their_limit_so_that_a_replay_is_cut_in_the_same_places() throws Exception {
        hub.send("0", 250);
        open(Map.of("0", 29L));
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sizes.add(partition(0).poll(100).size());
        }
        assertThat(sizes).containsExactly(70, 100, 50);
    }

    @Test
    void it_goes_on_after_the_position_that_the_tables_hold() throws Exception {
        hub.send("0", 100);
        open(Map.of("0", 41L));
        assertThat(numbers(0, 58)).isEqualTo(range(42, 100));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void after_a_connection_that_ended_without_a_reason_it_goes_on_after_the_last_message_received() throws Exception {
        hub.send("0", 100);
        open(Map.of());
        numbers(0, 100);
        hub.connections.get("0").complete();
        hub.send("0", 50);
        assertThat(numbers(0, 50)).isEqualTo(range(100, 150));
        assertThat(hub.asked).last().isEqualTo(EventPosition.fromSequenceNumber(99));
    }

    @Test
    void after_a_passing_error_too() throws Exception {
        hub.send("0", 10);
        open(Map.of());
        numbers(0, 10);
        hub.connections.get("0").fail(refused(AmqpErrorCondition.LINK_DETACH_FORCED, true));
        hub.send("0", 5);
        assertThat(numbers(0, 5)).isEqualTo(range(10, 15));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void what_was_received_but_not_polled_is_not_lost_with_the_connection() throws Exception {
        hub.send("0", 10);
        open(Map.of());
        hub.connections.get("0").complete();
        hub.send("0", 10);
        assertThat(numbers(0, 20)).isEqualTo(range(0, 20));
    }

    @Test
    void messages_that_a_hub_sends_again_are_passed_over() throws Exception {
        hub.send("0", 10);
        open(Map.of());
        numbers(0, 10);
        hub.connections.get("0").repeatFrom(4);
        hub.send("0", 2);
        assertThat(numbers(0, 2)).isEqualTo(range(10, 12));
    }

    @Test
    void what_waits_when_another_receiver_takes_the_partition_over_is_left_to_it_and_the_run_ends() throws Exception {
        hub.send("0", 50);
        open(Map.of());
        assertThat(numbers(0, 10)).hasSizeGreaterThanOrEqualTo(10);
        hub.send("0", 50);
        hub.connections.get("0").fail(refused(AmqpErrorCondition.LINK_STOLEN, false));
        assertThatThrownBy(() -> partition(0).poll(1)).isInstanceOf(SourceException.class).hasMessageContaining("partition 0").hasMessageContaining("another receiver")
                .hasMessageContaining("owner-level").hasMessageNotContaining("errorContext");
    }

    @Test
    void a_refused_key_ends_the_run() throws Exception {
        hub.refusal = refused(AmqpErrorCondition.UNAUTHORIZED_ACCESS, false);
        open(Map.of());
        assertThatThrownBy(() -> numbers(0, 1)).isInstanceOf(SourceException.class).hasMessageContaining("access was refused");
    }

    @Test
    void no_more_is_received_than_there_is_room_for() throws Exception {
        hub.send("0", 300_000);
        open(Map.of());
        assertThat(hub.connections.get("0").sent).isBetween(1_000, 65_536);
        assertThat(numbers(0, 300_000)).isEqualTo(range(0, 300_000));
    }

    @Test
    void nor_more_bytes() throws Exception {
        hub.bytes = 100_000;
        hub.send("0", 100);
        open(Map.of());
        assertThat(numbers(0, 100)).hasSize(100);
        hub.send("0", 3_000);
        assertThat(hub.connections.get("0").sent).as("more than half of what there is room for, and a little more at most").isLessThan(70_000);
        assertThat(numbers(0, 3_000)).isEqualTo(range(100, 3_100));
    }

    @Test
    void the_latest_message_is_the_latest_when_it_was_opened_also_after_a_lost_connection() throws Exception {
        hub.send("0", 10);
        open(Map.of(), EventPosition.latest(), NEVER);
        assertThat(partition(0).beganAfter()).isEqualTo(OptionalLong.of(9));
        assertThat(source.drained()).isTrue();
        hub.connections.get("0").complete();
        hub.send("0", 2);
        assertThat(numbers(0, 2)).isEqualTo(range(10, 12));
    }

    @Test
    void the_latest_of_an_empty_partition_is_kept_too() throws Exception {
        open(Map.of(), EventPosition.latest(), NEVER);
        assertThat(partition(0).beganAfter()).isEqualTo(OptionalLong.of(-1));
        source.close();
        hub.send("0", 2);
        open(Map.of("0", -1L), EventPosition.latest(), NEVER);
        assertThat(numbers(0, 2)).isEqualTo(range(0, 2));
    }

    @Test
    void a_time_to_begin_at_is_asked_for() throws Exception {
        hub.send("0", 10);
        open(Map.of(), EventPosition.fromEnqueuedTime(FakeHub.CREATED.plusMillis(6)), NEVER);
        assertThat(source.drained()).isFalse();
        assertThat(numbers(0, 4)).isEqualTo(range(6, 10));
        assertThat(source.drained()).isTrue();
    }

    @Test
    void once_waits_for_what_was_there_when_it_began_and_for_nothing_else() throws Exception {
        hub.add("1");
        hub.add("2");
        hub.send("0", 5).send("2", 4);
        hub.drop("2", 4);
        open(Map.of());
        assertThat(source.drained()).isFalse();
        numbers(0, 5);
        assertThat(source.drained()).as("a partition without messages, and one whose messages are gone").isTrue();
        hub.send("1", 1);
        assertThat(source.drained()).isTrue();
    }

    @Test
    void a_later_start_than_all_messages_waits_for_none() throws Exception {
        hub.send("0", 5);
        open(Map.of(), EventPosition.fromEnqueuedTime(FakeHub.CREATED.plusSeconds(60)), NEVER);
        assertThat(source.drained()).isTrue();
    }

    @Test
    void messages_that_the_hub_dropped_before_they_were_read_are_counted_and_reading_goes_on() throws Exception {
        hub.send("0", 100);
        hub.drop("0", 50);
        open(Map.of("0", 9L));
        assertThat(source.problems()).singleElement().asString().contains("40 messages of partition 0", "number 10", "from 50");
        assertThat(source.problems()).isEmpty();
        assertThat(numbers(0, 50)).isEqualTo(range(50, 100));
    }

    @Test
    void messages_dropped_during_a_lost_connection_are_counted_too() throws Exception {
        hub.send("0", 10);
        open(Map.of());
        numbers(0, 10);
        FakeHub.Connection lost = hub.connections.remove("0");
        hub.send("0", 10);
        hub.drop("0", 15);
        lost.complete();
        assertThat(numbers(0, 5)).isEqualTo(range(15, 20));
        assertThat(source.problems()).singleElement().asString().contains("5 messages of partition 0", "between numbers 9 and 15");
    }

    @Test
    void a_partition_that_was_added_while_nobody_read_is_read_from_its_beginning_even_if_the_start_is_the_latest() throws Exception {
        hub.add("1");
        hub.send("0", 2).send("1", 3);
        open(Map.of("0", 1L), EventPosition.latest(), NEVER);
        assertThat(numbers(1, 3)).isEqualTo(range(0, 3));
    }

    @Test
    void a_partition_that_is_added_while_it_reads_appears() throws Exception {
        hub.send("0", 1);
        open(Map.of(), EventPosition.latest(), Duration.ofMillis(5));
        hub.add("1");
        hub.send("1", 3);
        while (source.partitions().size() < 2) {
            assertThat(arrived.tryAcquire(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(numbers(1, 3)).isEqualTo(range(0, 3));
    }

    @Test
    void what_waits_in_the_hub_is_counted_up_to_its_newest_message_whether_or_not_that_was_received() throws Exception {
        hub.send("0", 200_000);
        hub.drop("0", 500);
        open(Map.of(), EventPosition.earliest(), LOOK);
        assertThat(partition(0).behind()).isEqualTo(199_500);
        int polled = numbers(0, 1_000).size();
        assertThat(partition(0).behind()).isEqualTo(199_500 - polled);
        hub.send("0", 50);
        await(() -> partition(0).behind() == 199_550 - polled);
        numbers(0, 199_550 - polled);
        assertThat(partition(0).behind()).isZero();
        hub.send("0", 3);
        assertThat(partition(0).behind()).as("received, if not told of by the hub").isEqualTo(3);
    }

    @Test
    void nothing_waits_behind_what_the_tables_hold_in_a_partition_that_has_no_more_or_before_the_latest() throws Exception {
        hub.add("1");
        hub.send("0", 10).send("1", 10);
        hub.drop("1", 10);
        open(Map.of("0", 9L, "1", 5L));
        assertThat(source.partitions()).extracting(SourcePartition::behind).containsExactly(0L, 0L);
        source.close();
        open(Map.of(), EventPosition.latest(), NEVER);
        assertThat(source.partitions()).extracting(SourcePartition::behind).containsExactly(0L, 0L);
    }

    @Test
    void how_much_waits_after_a_time_is_known_when_the_first_message_of_it_came() throws Exception {
        hub.send("0", 100);
        open(Map.of(), EventPosition.fromEnqueuedTime(FakeHub.CREATED.plusMillis(60)), NEVER);
        assertThat(partition(0).behind()).isEqualTo(-1);
        partition(0).poll(10);
        assertThat(partition(0).behind()).isEqualTo(30);
        source.close();
        open(Map.of(), EventPosition.fromEnqueuedTime(FakeHub.CREATED.plusSeconds(60)), NEVER);
        assertThat(partition(0).behind()).isZero();
    }

    @Test
    void a_hub_that_does_not_answer_is_an_outage_until_it_answers_again() throws Exception {
        hub.send("0", 5);
        open(Map.of(), EventPosition.earliest(), LOOK);
        numbers(0, 5);
        assertThat(source.outage()).isNull();
        hub.silence = "nobody is there";
        await(() -> source.outage() != null);
        clock.pass(Duration.ofMinutes(5));
        assertThat(source.outage()).isEqualTo("since 2026-03-01T12:00:00Z: nobody is there");
        hub.silence = null;
        await(() -> source.outage() == null);
    }

    @Test
    void a_connection_that_fails_is_an_outage_until_messages_come_again_although_the_hub_answers() throws Exception {
        hub.send("0", 5);
        open(Map.of(), EventPosition.earliest(), LOOK);
        numbers(0, 5);
        hub.refusal = refused(AmqpErrorCondition.LINK_DETACH_FORCED, true);
        hub.connections.remove("0").fail(hub.refusal);
        await(() -> source.outage() != null);
        hub.send("0", 1);
        await(() -> partition(0).behind() == 1);
        // Before, the hub may have said that there is nothing that could have come; from now on each attempt that fails is told, and nothing ends it.
        await(() -> source.outage() != null);
        assertThat(source.outage()).startsWith("since 2026-03-01T12:00:00Z: New receiver");
        hub.refusal = null;
        numbers(0, 1);
        await(() -> source.outage() == null);
    }

    @Test
    void a_failed_connection_to_a_partition_without_news_is_no_outage_once_the_hub_says_that_there_is_none() throws Exception {
        hub.send("0", 5);
        open(Map.of(), EventPosition.earliest(), LOOK);
        numbers(0, 5);
        hub.connections.get("0").fail(refused(AmqpErrorCondition.LINK_DETACH_FORCED, true));
        await(() -> source.outage() == null);
    }

    @Test
    void the_origin_is_when_the_hub_was_made_and_how_far_it_reaches() throws Exception {
        hub.add("1");
        hub.send("0", 7);
        source = new EventHubs("plant/telemetry", hub, EventPosition.earliest(), NEVER, clock);
        assertThat(source.origin()).contains(new Origin(FakeHub.CREATED.toEpochMilli(), Map.of("0", 6L, "1", -1L)));
    }
}
