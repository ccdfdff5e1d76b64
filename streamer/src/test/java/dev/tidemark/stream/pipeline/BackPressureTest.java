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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** A source that never runs dry, and a store that takes ten minutes for a commit: what waits in memory is bounded. */
class BackPressureTest {

    private static final int COMMIT_ROWS = 500;
    private static final long T0 = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();

    @TempDir
    Path lake;

    private final Figures figures = new Figures(new SimpleMeterRegistry());
    private long handedOut;
    private long mostWaiting;

    private final class Endless implements EventSource, SourcePartition {

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public void open(Map<String, Long> positions, Runnable arrived) {
        }

        @Override
        public List<SourcePartition> partitions() {
            return List.of(this);
        }

        @Override
        public String id() {
            return "0";
        }

        @Override
        public List<Message> poll(int max) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < max; i++) {
                String body = "{\"deviceId\":\"d" + handedOut % 10 + "\",\"ts\":" + (T0 + handedOut / 10) + ",\"x\":" + handedOut + "}";
                messages.add(new Message(handedOut++, 0, null, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
            }
            mostWaiting = Math.max(mostWaiting, handedOut - figures.partitions().stream().mapToLong(PartitionFigures::held).map(held -> held + 1).sum());
            return messages;
        }

        @Override
        public long position() {
            return handedOut - 1;
        }

        @Override
        public boolean finished() {
            return false;
        }

        @Override
        public boolean drained() {
            return false;
        }

        @Override
        public List<String> problems() {
            return List.of();
        }

        @Override
        public void close() {
        }
    }

    @Test
    void no_more_is_read_than_a_commit_takes_however_slow_the_store_is() throws IOException {
        AtomicLong time = new AtomicLong();
        Settings settings = new Settings(List.of(WindowSpec.parse("1m")), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("1m"),
                TimeSpan.parse("1h"), COMMIT_ROWS, 64 << 20, TimeSpan.parse("1h"));
        int[] commits = {0};
        Pipeline[] pipeline = new Pipeline[1];
        pipeline[0] = new Pipeline(Lake.at(lake.toString()), List.of(new Endless()), settings, InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")), figures,
                problem -> { }, new Pipeline.Surroundings(time::get, table -> {
                    time.addAndGet(600_000_000_000L);
                    if (table.equals(LakeTables.BRONZE_EVENTS.path()) && ++commits[0] == 20) {
                        pipeline[0].stop();
                    }
                }, false));
        pipeline[0].run(Pipeline.Until.STOPPED);
        assertThat(commits[0]).isGreaterThanOrEqualTo(20);
        assertThat(mostWaiting).isPositive().isLessThanOrEqualTo(2L * COMMIT_ROWS);
        assertThat(handedOut).isLessThanOrEqualTo(22L * COMMIT_ROWS);
    }
}
