package dev.tidemark.stream.hub;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartitionLogTest {

    private static final long T = 1_700_000_000_000L;
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final Retention WEEK = new Retention(7 * DAY, Long.MAX_VALUE, 64 << 20);
    /** Files of a few events each. */
    private static final Retention SMALL = new Retention(7 * DAY, Long.MAX_VALUE, 4 << 10);

    @TempDir
    Path folder;

    private PartitionLog open(Retention retention) throws IOException {
        return PartitionLog.open(folder, retention, false);
    }

    /** Its only section is a body with this text. */
    private static Event event(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[8 + body.length];
        System.arraycopy(new byte[] {0, 0x53, 0x75, (byte) 0xb0, 0, 0, (byte) (body.length >>> 8), (byte) body.length}, 0, bytes, 0, 8);
        System.arraycopy(body, 0, bytes, 8, body.length);
        return Event.parse(bytes, 0, bytes.length);
    }

    /** {@code event 0} at T, {@code event 1} a second later, …, each committed alone. */
    private static void fill(PartitionLog log, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            log.append(event("event " + i), T + 1000L * i);
            log.commit();
        }
    }

    private static List<String> read(PartitionLog log, long from) throws IOException {
        LogReader reader = new LogReader(log, from);
        List<String> texts = new ArrayList<>();
        long before = -1;
        while (reader.next()) {
            assertThat(reader.sequence()).isGreaterThan(before);
            before = reader.sequence();
            String text = new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.ISO_8859_1);
            texts.add(text.substring(text.lastIndexOf("event ")));
        }
        assertThat(reader.ready()).isFalse();
        return texts;
    }

    private static List<String> texts(int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add("event " + i);
        }
        return texts;
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        }
    }

    @Test
    void what_was_committed_is_read_in_order_from_any_event_on() throws IOException {
        try (PartitionLog log = open(SMALL)) {
            fill(log, 0, 500);
            assertThat(files(".log")).hasSizeGreaterThan(5);
            for (int from : new int[] {0, 1, 63, 250, 499, 500}) {
                assertThat(read(log, from)).isEqualTo(texts(from, 500));
            }
        }
        try (PartitionLog log = open(SMALL)) {
            assertThat(read(log, 0)).isEqualTo(texts(0, 500));
            fill(log, 500, 510);
            assertThat(read(log, 495)).isEqualTo(texts(495, 510));
        }
    }

    @Test
    void what_is_not_committed_is_not_read() throws IOException {
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 2);
            log.append(event("event 2"), T);
            assertThat(read(log, 0)).isEqualTo(texts(0, 2));
            LogReader waiting = new LogReader(log, 2);
            assertThat(waiting.next()).isFalse();
            log.commit();
            assertThat(waiting.ready()).isTrue();
            assertThat(waiting.next()).isTrue();
            assertThat(waiting.sequence()).isEqualTo(2);
        }
    }

    @Test
    void what_was_rolled_back_was_never_there() throws IOException {
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 3);
            for (int i = 0; i < 2_000; i++) {
                // More than is held back in memory.
                log.append(event("never " + "x".repeat(1_000)), T + 5_000);
            }
            log.rollBack();
            fill(log, 3, 5);
            assertThat(read(log, 0)).isEqualTo(texts(0, 5));
        }
        try (PartitionLog log = open(WEEK)) {
            assertThat(read(log, 0)).isEqualTo(texts(0, 5));
        }
    }

    @Test
    void cut_anywhere_in_its_last_record_it_opens_with_all_before_it() throws IOException {
        long last;
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 2);
            last = LogSegment.HEADER + log.durable().position();
            fill(log, 2, 3);
        }
        Path file = files(".log").get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - 1; length >= last; length--) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (PartitionLog log = open(WEEK)) {
                assertThat(read(log, 0)).as("cut to %s of %s bytes", length, whole.length).isEqualTo(texts(0, 2));
                fill(log, 2, 4);
                assertThat(read(log, 0)).isEqualTo(texts(0, 4));
            }
            assertThat(files("damaged-2")).isEmpty();
        }
    }

    @Test
    void a_flipped_byte_in_the_last_record_is_noticed_wherever_it_is() throws IOException {
        long last;
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 2);
            last = LogSegment.HEADER + log.durable().position();
            fill(log, 2, 3);
        }
        Path file = files(".log").get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int at = (int) last; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            try (PartitionLog log = open(WEEK)) {
                assertThat(log.durable().next()).as("byte %s", at).isEqualTo(2);
            }
        }
    }

    @Test
    void damage_in_the_middle_of_the_last_file_is_cut_off_but_kept_aside() throws IOException {
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 100);
        }
        Path file = files(".log").get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        try (PartitionLog log = open(WEEK)) {
            int kept = (int) log.durable().next();
            assertThat(kept).isBetween(40, 60);
            assertThat(read(log, 0)).isEqualTo(texts(0, kept));
            assertThat(files(".damaged-" + kept)).singleElement().satisfies(aside -> assertThat(Files.size(aside) + Files.size(file)).isEqualTo(bytes.length));
        }
    }

    @Test
    void damage_in_an_older_file_stops_a_reader_at_the_event_and_nothing_else() throws IOException {
        try (PartitionLog log = open(SMALL)) {
            fill(log, 0, 200);
        }
        Path file = files(".log").get(1);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        Files.write(file, bytes);
        try (PartitionLog log = open(SMALL)) {
            long next = Long.parseLong(files(".log").get(2).getFileName().toString().replace(".log", ""));
            assertThatThrownBy(() -> read(log, 0)).isInstanceOf(IOException.class).hasMessageContaining("sequence number " + (next - 1))
                    .hasMessageContaining(file.getFileName().toString());
            assertThat(read(log, next)).isEqualTo(texts((int) next, 200));
        }
    }

    @Test
    void a_damaged_header_is_refused_with_the_files_name() throws IOException {
        try (PartitionLog log = open(WEEK)) {
            fill(log, 0, 1);
        }
        Path file = files(".log").get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[10] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> open(WEEK)).isInstanceOf(IOException.class).hasMessageContaining(file.toString()).hasMessageContaining("header is damaged");
    }

    @Test
    void an_index_that_is_lost_or_damaged_is_made_again() throws IOException {
        try (PartitionLog log = open(SMALL)) {
            fill(log, 0, 200);
        }
        List<Path> indexes = files(".index");
        assertThat(indexes).hasSizeGreaterThan(2);
        Files.delete(indexes.get(0));
        byte[] bytes = Files.readAllBytes(indexes.get(1));
        bytes[40] ^= 1;
        Files.write(indexes.get(1), bytes);
        try (PartitionLog log = open(SMALL)) {
            assertThat(read(log, 0)).isEqualTo(texts(0, 200));
            assertThat(log.find(Selector.parse("amqp.annotation.x-opt-enqueued-time > '" + (T + 3_500) + "'"))).isEqualTo(4);
        }
    }

    @Test
    void positions_are_found_by_sequence_number_offset_and_time_as_a_search_through_all_would() throws IOException {
        try (PartitionLog log = open(new Retention(7 * DAY, Long.MAX_VALUE, 256 << 10))) {
            List<long[]> all = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                // Ten events have the same time.
                log.append(event("event " + "x".repeat(i % 700)), T + i / 10 * 10L);
                all.add(new long[] {i, log.durable().position(), T + i / 10 * 10L});
                log.commit();
            }
            assertThat(files(".log")).hasSizeGreaterThan(2);
            String[] fields = {"sequence-number", "offset", "enqueued-time"};
            for (int field = 0; field < 3; field++) {
                for (int probe = 0; probe < 3_000; probe += 97) {
                    for (int step = -1; step <= 1; step++) {
                        long value = all.get(probe)[field] + step;
                        for (String comparison : new String[] {">", ">="}) {
                            int f = field;
                            long expected = all.stream().filter(e -> comparison.equals(">") ? e[f] > value : e[f] >= value).findFirst().map(e -> e[0]).orElse(3_000L);
                            String filter = "amqp.annotation.x-opt-" + fields[field] + " " + comparison + " '" + value + "'";
                            if (value >= 0) {
                                assertThat(log.find(Selector.parse(filter))).as(filter).isEqualTo(expected);
                            }
                        }
                    }
                }
            }
            assertThat(log.find(Selector.parse("amqp.annotation.x-opt-offset > '-1'"))).isZero();
            assertThat(log.find(Selector.parse("amqp.annotation.x-opt-offset > '@latest'"))).isEqualTo(3_000);
        }
    }

    @Test
    void times_do_not_go_back_when_the_clock_does() throws IOException {
        try (PartitionLog log = open(WEEK)) {
            log.append(event("event 0"), T);
            log.append(event("event 1"), T - 60_000);
            log.commit();
            LogReader reader = new LogReader(log, 1);
            assertThat(reader.next()).isTrue();
            assertThat(reader.time()).isEqualTo(T);
        }
    }

    @Test
    void old_files_go_and_numbers_go_on() throws IOException {
        try (PartitionLog log = open(SMALL)) {
            fill(log, 0, 100);
            LogReader behind = new LogReader(log, 0);
            behind.next();

            log.retain(T + 7 * DAY + 50_000);

            long begin = log.begin();
            assertThat(begin).isBetween(30L, 50L);
            assertThat(read(log, 0)).as("begins with what is kept").isEqualTo(texts((int) begin, 100));
            log.retain(T + 8 * DAY);
            assertThat(log.begin()).isEqualTo(100);
            assertThat(read(log, 0)).isEmpty();
            fill(log, 100, 102);
            assertThat(behind.next()).isTrue();
            while (behind.sequence() < 100) {
                assertThat(behind.next()).isTrue();
            }
            assertThat(behind.sequence()).isEqualTo(100);
        }
        try (PartitionLog log = open(SMALL)) {
            assertThat(read(log, 0)).isEqualTo(texts(100, 102));
        }
    }

    @Test
    void an_emptied_partition_still_knows_its_last_event_after_a_restart() throws IOException {
        LogMark mark;
        try (PartitionLog log = open(SMALL)) {
            fill(log, 0, 10);
            mark = log.durable();
            log.retain(T + 30 * DAY);
        }
        try (PartitionLog log = open(SMALL)) {
            assertThat(log.durable()).isEqualTo(mark);
            assertThat(log.begin()).isEqualTo(10);
        }
    }

    @Test
    void no_more_bytes_are_kept_than_allowed() throws IOException {
        try (PartitionLog log = open(new Retention(7 * DAY, 16 << 10, 4 << 10))) {
            fill(log, 0, 1_000);
            log.retain(T);
            long bytes = 0;
            for (Path file : files(".log")) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isBetween(16L << 10, 24L << 10);
            assertThat(read(log, 0)).isEqualTo(texts((int) log.begin(), 1_000));
        }
    }
}
