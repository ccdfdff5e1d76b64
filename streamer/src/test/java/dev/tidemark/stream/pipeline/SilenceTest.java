package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** Where everything goes silent there is no event that could tell the time: then the clock tells who is missed, once, whatever happens to the run. */
class SilenceTest {

    private static final Instant BEGIN = Instant.parse("2024-05-01T10:00:00Z");
    private static final long SECOND = 1_000_000_000L;

    private static final Settings SETTINGS = new Settings(List.of(WindowSpec.parse("1m")), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"),
            TimeSpan.parse("2s"), 1_000, 64 << 20, TimeSpan.parse("1m"));

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path lake;

    /** Moves on by half a second whenever the pipeline looks at it; nanoseconds since {@link #BEGIN}. */
    private volatile long time;
    /** Time of the first event, and of the last one so far. */
    private Instant history = BEGIN;
    private ScriptedSource source;
    private int sent;

    /** Two devices send every 10 s, for a minute from the beginning and for another one after quarter of an hour. */
    private void send() {
        for (; time >= sendTime(sent) * SECOND; sent++) {
            for (String device : new String[] {"mill", "pump"}) {
                source.json("p", String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"pressure\":3}", device, history.getEpochSecond() + sendTime(sent)));
            }
        }
        source.arrive();
    }

    private static long sendTime(int number) {
        return number <= 6 ? number * 10L : 900 + (number - 7) * 10L;
    }

    /** Runs until that second, or until the pipeline has looked at the clock so often, which kills it. */
    private void run(long second, int looks) throws IOException {
        source = new ScriptedSource("plant", 1, false);
        sent = 0;
        send();
        int[] left = {looks};
        Pipeline[] pipeline = {null};
        Thread runner = Thread.currentThread();
        pipeline[0] = new Pipeline(Lake.at(lake.toString()), List.of(source), SETTINGS, () -> BEGIN.plusNanos(time), new Figures(new SimpleMeterRegistry()), problem -> { },
                new Pipeline.Surroundings(() -> {
                    // Two threads look: the one that reads and the one that commits.
                    synchronized (left) {
                        time += SECOND / 2;
                        if (--left[0] == 0) {
                            throw new Killed();
                        }
                    }
                    if (Thread.currentThread() == runner) {
                        send();
                    }
                    if (time >= second * SECOND) {
                        pipeline[0].stop();
                    }
                    return time;
                }, path -> { }, false));
        pipeline[0].run(Pipeline.Until.STOPPED);
    }

    private List<String> silences() {
        return LakeRows.of(lake, LakeTables.GOLD_ALERTS.path()).stream().filter(row -> row.get("kind").equals("missing_data"))
                .map(row -> row.get("state") + " " + row.get("device_id") + " " + ((Long) row.get("event_time") / 1_000_000 - history.getEpochSecond()) + " s").sorted().toList();
    }

    @Test
    void a_plant_that_goes_silent_is_missed_by_the_clock_once_until_it_is_back() throws IOException {
        run(300, Integer.MAX_VALUE);
        assertThat(silences()).isEmpty();
        run(365, Integer.MAX_VALUE);
        assertThat(silences()).as("five minutes after the last event, less than the watermark's delay ago").isEmpty();
        run(450, Integer.MAX_VALUE);
        assertThat(silences()).containsExactly("raised mill 360 s", "raised pump 360 s");
        run(890, Integer.MAX_VALUE);
        assertThat(silences()).containsExactly("raised mill 360 s", "raised pump 360 s");
        run(1_000, Integer.MAX_VALUE);
        assertThat(silences()).containsExactly("cleared mill 900 s", "cleared pump 900 s", "raised mill 360 s", "raised pump 360 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {151, 397})
    void killed_again_and_again_it_misses_them_once(int looks) throws IOException {
        for (int i = 0; time < 1_000 * SECOND; i++) {
            try {
                run(1_000, looks + i % 7);
            } catch (Killed e) {
                // and start again
            }
        }
        // Long enough to read what no run before it came to read: asked to stop at once, it would commit only what is there.
        run(1_060, Integer.MAX_VALUE);
        assertThat(silences()).containsExactly("cleared mill 900 s", "cleared pump 900 s", "raised mill 360 s", "raised pump 360 s");
    }

    @Test
    void a_replay_of_what_happened_long_ago_misses_nobody_by_the_clock() throws IOException {
        history = Instant.parse("2016-01-11T17:00:00Z");
        run(450, Integer.MAX_VALUE);
        run(890, Integer.MAX_VALUE);
        assertThat(silences()).isEmpty();
        assertThat(LakeRows.of(lake, LakeTables.SILVER_READINGS.path())).hasSize(14);
    }
}
