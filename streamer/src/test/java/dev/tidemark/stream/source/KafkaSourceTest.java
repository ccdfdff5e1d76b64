package dev.tidemark.stream.source;

import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a real broker. */
class KafkaSourceTest extends BrokerTopic {

    @Test
    void every_message_comes_once_and_in_order() throws Exception {
        create(3);
        send(0, 0, 250);
        send(1, 250, 260);
        open("", Map.of());
        takeAll();
        assertThat(bodies(0)).isEqualTo(sent(0, 250));
        assertThat(numbers(0)).isEqualTo(range(0, 250));
        assertThat(bodies(1)).isEqualTo(sent(250, 260));
        assertThat(numbers(2)).isEmpty();
        assertThat(source.partitions()).extracting(SourcePartition::id).containsExactly("0", "1", "2");
        assertThat(source.partitions()).extracting(SourcePartition::position).containsExactly(249L, 9L, -1L);
        send(2, 300, 310);
        take(270);
        assertThat(bodies(2)).isEqualTo(sent(300, 310));
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void key_headers_and_time_come_with_it_and_a_record_without_a_value_has_an_empty_body() throws Exception {
        topic = "record";
        create(1);
        long time = Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli();
        producer.send(new ProducerRecord<>(topic, 0, time, bytes("pump-7"), bytes("{}"),
                List.of(new RecordHeader("content-type", bytes("application/json")), new RecordHeader("plant", bytes("Süd")), new RecordHeader("none", null))));
        producer.send(new ProducerRecord<>(topic, 0, time, new byte[] {0, 0, 0, 7}, bytes("{}")));
        producer.send(new ProducerRecord<>(topic, 0, time, new byte[] {(byte) 0xff, 'x'}, bytes("{}")));
        producer.send(new ProducerRecord<byte[], byte[]>(topic, 0, Long.valueOf(time), null, null)).get();
        open("", Map.of());
        takeAll();
        List<Message> messages = got.get("0");
        assertThat(messages.get(0).deviceId()).isEqualTo("pump-7");
        assertThat(messages.get(0).enqueued()).isEqualTo(time * 1_000);
        assertThat(messages.get(0).properties()).isEqualTo(Map.of("content-type", "application/json", "plant", "Süd", "none", ""));
        assertThat(messages).extracting(Message::deviceId).containsExactly("pump-7", null, null, null);
        assertThat(messages.get(1).properties()).isEmpty();
        assertThat(messages.get(3).body()).isEmpty();
    }

    @Test
    void it_goes_on_after_the_positions_that_are_held() throws Exception {
        create(2);
        send(0, 0, 50);
        send(1, 0, 20);
        open("", Map.of("0", 29L, "1", 19L));
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(30, 50));
        assertThat(numbers(1)).isEmpty();
        assertThat(source.partitions()).extracting(SourcePartition::position).containsExactly(49L, 19L);
    }

    @Test
    void what_was_never_read_begins_at_the_latest_message_or_at_a_time() throws Exception {
        topic = "start";
        create(2);
        long time = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
        for (int i = 0; i < 10; i++) {
            producer.send(new ProducerRecord<>(topic, 0, time + i * 1_000L, null, bytes("{\"n\":" + i + "}")));
        }
        producer.flush();
        open(",start=2026-03-01T12:00:07Z", Map.of());
        assertThat(source.partitions().get(0).beganAfter()).hasValue(6);
        takeAll();
        assertThat(bodies(0)).isEqualTo(sent(7, 10));
        source.close();
        got.clear();
        open(",start=latest", Map.of());
        assertThat(source.partitions().get(0).beganAfter()).hasValue(9);
        assertThat(source.partitions().get(1).beganAfter()).hasValue(-1);
        assertThat(source.drained()).isTrue();
        send(0, 10, 12);
        take(2);
        assertThat(bodies(0)).isEqualTo(sent(10, 12));
        source.close();
        got.clear();
        // Partition 1 was added since: all of it is wanted.
        send(1, 0, 3);
        open(",start=latest", Map.of("0", 11L));
        takeAll();
        assertThat(bodies(1)).isEqualTo(sent(0, 3));
    }

    @Test
    void messages_that_were_dropped_before_they_were_read_are_told_and_reading_goes_on() throws Exception {
        topic = "retention";
        create(1);
        send(0, 0, 50);
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(40))).all().get();
        open("", Map.of("0", 9L));
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(40, 50));
        assertThat(source.problems()).singleElement().asString().startsWith("30 messages of partition 0 of kafka:").contains("from number 10 on", "from 40");
        assertThat(source.problems()).isEmpty();
        source.close();
        got.clear();
        open("", Map.of());
        takeAll();
        assertThat(numbers(0)).isEqualTo(range(40, 50));
        assertThat(source.problems()).as("what was never wanted is not lost").isEmpty();
    }

    @Test
    void a_partition_that_is_added_is_read_from_its_beginning() throws Exception {
        topic = "growing";
        create(1);
        open(",start=latest", Map.of());
        assertThat(source.partitions()).hasSize(1);
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        await(() -> source.partitions().size() == 3);
        send(2, 0, 5);
        take(5);
        assertThat(bodies(2)).isEqualTo(sent(0, 5));
    }

    @Test
    void what_waits_is_bounded_while_nothing_is_polled() throws Exception {
        topic = "pressure";
        create(1);
        send(0, 0, 20_000);
        open("", Map.of());
        KafkaPartition partition = (KafkaPartition) source.partitions().get(0);
        await(partition::paused);
        assertThat(partition.behind()).isEqualTo(20_000);
        send(0, 20_000, 20_050);
        await(() -> partition.behind() == 20_050);
        // And the fetch that filled it.
        assertThat(partition.waiting()).isBetween(ROOM.messages(), ROOM.messages() + 4_096);
        take(20_050);
        assertThat(partition.behind()).isZero();
        assertThat(numbers(0)).isEqualTo(range(0, 20_050));
    }

    @Test
    void offsets_of_transactions_are_no_messages_and_aborted_ones_do_not_come() throws Exception {
        topic = "transactions";
        create(1);
        try (Producer<byte[], byte[]> transactional = producer(Map.of("transactional.id", "tx"))) {
            transactional.initTransactions();
            for (int i = 0; i < 4; i++) {
                transactional.beginTransaction();
                transactional.send(new ProducerRecord<>(topic, 0, null, bytes("{\"n\":" + i + "}")));
                if (i % 2 == 0) {
                    transactional.commitTransaction();
                } else {
                    transactional.flush();
                    transactional.abortTransaction();
                }
            }
        }
        open("", Map.of());
        takeAll();
        assertThat(bodies(0)).containsExactly("{\"n\":0}", "{\"n\":2}");
        assertThat(numbers(0)).containsExactly(0L, 4L);
        await(() -> source.partitions().get(0).behind() == 0);
        source.close();
        open("", Map.of("0", 4L));
        takeAll();
        assertThat(taken()).isEqualTo(2);
    }
}
