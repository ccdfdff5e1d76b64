package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.source.EventSource;
import dev.tidemark.stream.source.Message;
import dev.tidemark.stream.source.SourcePartition;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What moved the watermark once moves it again in a replay, also where the tables do not show it: idle partitions, files that came later, sources that are gone. */
class JudgedAgainTest {

    /** Ends a run as if the process had been killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;
    private final AtomicLong time = new AtomicLong();
    private Settings settings = windows("1m", "session-30s");

    private static Settings windows(String... windows) {
        return new Settings(Stream.of(windows).map(WindowSpec::parse).toList(), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"),
                TimeSpan.parse("1h"), 40, 64 << 20, TimeSpan.parse("1h"));
    }

    /** Partitions that deliver in turns, each when the one before was taken; where nothing is said for a while, the hand clock moves on. */
    private final class Turns implements EventSource {

        /** No messages: nothing comes from any partition for so many seconds. */
        private record Turn(String partition, List<Message> messages, int seconds) {
        }

        private final List<Turn> script = new ArrayList<>();
        private final Map<String, Long> numbers = new TreeMap<>();
        private final Map<String, Turned> partitions = new TreeMap<>();
        private int next;
        private Runnable arrived;

        Turns turn(String partition, String... readings) {
            List<Message> messages = new ArrayList<>();
            for (String reading : readings) {
                String[] parts = reading.split(" ");
                String body = "{\"deviceId\":\"" + parts[0] + "\",\"ts\":\"2024-05-01T10:" + parts[1] + "Z\",\"location\":\"hall\",\"x\":" + messages.size() + "}";
                long number = numbers.merge(partition, 0L, (n, zero) -> n + 1);
                messages.add(new Message(number, 1_500_000_000_000_000L + number, null, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
            }
            script.add(new Turn(partition, messages, 0));
            return this;
        }

        Turns pause(int seconds) {
            script.add(new Turn("", List.of(), seconds));
            return this;
        }

        private final class Turned implements SourcePartition {

            private final String id;
            private long position;

            Turned(String id, long position) {
                this.id = id;
                this.position = position;
            }

            @Override
            public String id() {
                return id;
            }

            @Override
            public List<Message> poll(int max) {
                skip();
                if (next == script.size() || !script.get(next).partition.equals(id)) {
                    return List.of();
                }
                List<Message> messages = script.get(next++).messages;
                position = messages.get(messages.size() - 1).number();
                return messages;
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public boolean finished() {
                return false;
            }
        }

        /** Turns that the tables held at the start already. */
        private void skip() {
            while (next < script.size() && !script.get(next).messages.isEmpty()) {
                Turn turn = script.get(next);
                Turned of = partitions.get(turn.partition);
                if (of != null && turn.messages.get(0).number() > of.position) {
                    return;
                }
                next++;
            }
        }

        @Override
        public String name() {
            return "turns:" + numbers.keySet();
        }

        @Override
        public void open(Map<String, Long> positions, Runnable wake) {
            arrived = wake;
            numbers.keySet().forEach(id -> partitions.put(id, new Turned(id, positions.getOrDefault(id, -1L))));
        }

        @Override
        public List<SourcePartition> partitions() {
            return List.copyOf(partitions.values());
        }

        @Override
        public boolean drained() {
            skip();
            if (next < script.size() && script.get(next).messages.isEmpty()) {
                time.addAndGet(TimeUnit.SECONDS.toNanos(script.get(next++).seconds));
            }
            arrived.run();
            skip();
            return next == script.size();
        }

        @Override
        public List<String> problems() {
            return List.of();
        }

        @Override
        public void close() {
        }
    }

    private List<String> run(Path lake, EventSource... sources) throws IOException {
        List<String> commits = new ArrayList<>();
        run(lake, commits, so -> false, sources);
        return commits;
    }

    /** Runs until the commits so far are enough. */
    private void run(Path lake, List<String> commits, Predicate<List<String>> killed, EventSource... sources) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(sources), settings, InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")),
                new Figures(new SimpleMeterRegistry()), problem -> { }, new Pipeline.Surroundings(time::get, table -> {
                    commits.add(table);
                    if (killed.test(commits)) {
                        throw new Killed();
                    }
                }, false, Long.MAX_VALUE, true)).run(Pipeline.Until.CLOSED);
    }

    private static Map<String, List<String>> rows(Path lake) {
        Map<String, List<String>> rows = LakeRows.all(lake);
        // Silence is noticed by the clock too, and that is another one in another run.
        rows.remove(LakeTables.GOLD_ALERTS.path());
        return rows;
    }

    /** So many readings that a commit is due. */
    private static String[] enough(String time) {
        return IntStream.range(0, 40).mapToObj(i -> "many" + i + " " + time).toArray(String[]::new);
    }

    private Turns idle() {
        return new Turns()
                // The first commit does not wait for its interval; the next one is due by its rows, and has all that follows in it.
                .turn("silent", "b 00:05").pause(1).turn("silent", "b 01:20").turn("busy", "a 00:00", "a 00:50")
                .pause(31)
                // The silent one does not hold the watermark any more: it goes to 01:50, and b's session of 01:20 is closed.
                .turn("busy", "a 02:00")
                .turn("silent", "b 00:55", "b 01:45")
                .turn("busy", enough("02:30"))
                .turn("busy", "a 05:00");
    }

    @Test
    void what_came_after_a_partition_had_been_idle_is_late_again() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        List<String> commits = run(undisturbed, idle());
        Map<String, List<String>> expected = rows(undisturbed);
        assertThat(expected.get(LakeTables.SILVER_READINGS.path())).filteredOn(row -> row.contains("late=true")).hasSize(2);
        assertThat(expected.get(LakeTables.GOLD_WINDOWS.path())).filteredOn(row -> row.contains("device_id=b") && row.contains("session-30s"))
                .as("those of 00:05 and 01:20: they were over when 00:55 and 01:45 came").hasSize(2);
        int firstCut = commits.indexOf(LakeTables.BRONZE_EVENTS.path()) + 1;
        for (int killedAfter = firstCut; killedAfter <= commits.size(); killedAfter++) {
            Path lake = folder.resolve("killed-" + killedAfter);
            int after = killedAfter;
            assertThatThrownBy(() -> run(lake, new ArrayList<>(), so -> so.size() == after, idle())).isInstanceOf(Killed.class);
            run(lake, idle());
            assertThat(rows(lake)).as("killed after commit %d, to %s", killedAfter, commits.get(killedAfter - 1)).isEqualTo(expected);
        }
    }

    /** Every reading that is not late is in one window, and none that is. */
    private static void assertFlagsAndWindowsAgree(Path lake) {
        long inTime = LakeRows.of(lake, LakeTables.SILVER_READINGS.path()).stream().filter(row -> row.get("late").equals(false)).count();
        long counted = LakeRows.of(lake, LakeTables.GOLD_WINDOWS.path()).stream().filter(row -> row.get("window").equals("1m") && row.get("grain").equals("device"))
                .mapToLong(row -> (Long) row.get("count")).sum();
        assertThat(counted).isEqualTo(inTime);
    }

    @Test
    void what_came_while_a_source_held_the_watermark_is_in_time_again_without_that_source() throws IOException {
        settings = windows("1m");
        Turns busy = new Turns().turn("busy", "a 00:00").turn("busy", enough("02:30")).turn("busy", "a 04:00").turn("busy", "a 01:45").turn("busy", enough("04:10"));
        Path lake = folder.resolve("lake");
        List<String> commits = new ArrayList<>();
        // The slow one holds the watermark at 01:20: windows up to 01:00 are in the table, and 01:45 is in time.
        assertThatThrownBy(() -> run(lake, commits, list -> Collections.frequency(list, LakeTables.SILVER_READINGS.path()) == 3, busy,
                new Turns().turn("slow", "b 00:05", "b 01:30"))).isInstanceOf(Killed.class);
        assertThat(commits).contains(LakeTables.GOLD_WINDOWS.path()).endsWith(LakeTables.BRONZE_EVENTS.path(), LakeTables.SILVER_READINGS.path());
        assertThat(LakeRows.of(lake, LakeTables.SILVER_READINGS.path())).hasSize(85).allMatch(row -> row.get("late").equals(false));
        busy.next = 0;
        run(lake, busy);
        assertFlagsAndWindowsAgree(lake);
    }

    @Test
    void what_was_late_is_late_again_with_a_source_that_was_not_there_then() throws IOException {
        Turns busy = new Turns().turn("busy", "a 00:00", "a 02:00").turn("busy", "a 00:30").turn("busy", enough("02:30"));
        Path lake = folder.resolve("lake");
        assertThatThrownBy(() -> run(lake, new ArrayList<>(), so -> so.size() == 3, busy)).isInstanceOf(Killed.class);
        assertThat(LakeRows.of(lake, LakeTables.SILVER_READINGS.path())).extracting(row -> row.get("late")).contains(true);
        assertThat(LakeRows.of(lake, LakeTables.GOLD_WINDOWS.path())).isEmpty();
        busy.next = 0;
        run(lake, busy, new Turns().turn("new", "c 05:00"));
        assertFlagsAndWindowsAgree(lake);
    }
}
