package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.table.LakeTables;
import dev.tidemark.stream.window.TimeSpan;
import dev.tidemark.stream.window.WindowSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Ended after any commit and started again, a run leaves the same alerts as one that was never disturbed: each once. */
class AlertRecoveryTest {

    /** Ends a run as if the process had been killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final Settings SETTINGS = new Settings(List.of(WindowSpec.parse("1m"), WindowSpec.parse("1h")), TimeSpan.parse("10s"), TimeSpan.parse("30s"),
            TimeSpan.parse("2m"), TimeSpan.parse("1h"), 60, 64 << 20, TimeSpan.parse("1h"));

    @TempDir
    Path folder;

    private static ScriptedSource source() {
        Random random = new Random(3);
        ScriptedSource source = new ScriptedSource("plant", 16, true);
        for (int partition = 0; partition < 2; partition++) {
            long time = Instant.parse("2024-05-01T10:00:00Z").getEpochSecond();
            for (int i = 0; i < 140; i++) {
                time += random.nextInt(i % 70 == 69 ? 900 : 14);
                String device = "d" + partition + (i / 60 % 2 == 0 ? random.nextInt(3) : random.nextInt(2));
                source.json("p" + partition, String.format(Locale.ROOT, "{\"deviceId\":\"%s\",\"ts\":%d,\"temperature\":%.1f,\"location\":\"hall%d\",\"status\":\"%s\"%s}", device,
                        time - (random.nextInt(9) == 0 ? 40 : 0), 70 + random.nextGaussian() * 25, partition, random.nextInt(15) == 0 ? "error" : "ok",
                        i > 80 ? ",\"mode\":" + (random.nextInt(30) == 0 ? "7" : "\"auto\"") : ""));
            }
        }
        return source;
    }

    private void run(Path lake, Consumer<String> committed) throws IOException {
        new Pipeline(Lake.at(lake.toString()), List.of(source()), SETTINGS, InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")),
                new Figures(new SimpleMeterRegistry()), problem -> { }, new Pipeline.Surroundings(() -> 0, committed, false)).run(Pipeline.Until.CLOSED);
    }

    @Test
    void killed_after_any_commit_every_alert_is_there_once() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        run(undisturbed, table -> { });
        List<String> expected = LakeRows.comparable(undisturbed, LakeTables.GOLD_ALERTS.path());
        assertThat(expected).hasSizeGreaterThan(30).anyMatch(row -> row.contains("kind=missing_data") && row.contains("state=cleared"))
                .anyMatch(row -> row.contains("message=New column mode")).anyMatch(row -> row.contains("message=Field mode does not fit"))
                .anyMatch(row -> row.contains("kind=threshold")).anyMatch(row -> row.contains("kind=status"));
        assertThat(LakeRows.of(undisturbed, LakeTables.GOLD_ALERTS.path()).stream().map(row -> row.get("alert_id") + " " + row.get("sequence"))).doesNotHaveDuplicates();
        for (int every : new int[] {1, 9}) {
            Path lake = folder.resolve("killed-every-" + every);
            int[] left = {every};
            int[] restarts = {0};
            boolean done = false;
            while (!done) {
                try {
                    run(lake, table -> {
                        if (--left[0] == 0) {
                            left[0] = every + ++restarts[0] % 3;
                            throw new Killed();
                        }
                    });
                    done = true;
                } catch (Killed e) {
                    // and start again
                }
            }
            assertThat(LakeRows.comparable(lake, LakeTables.GOLD_ALERTS.path())).as("killed after " + every + " to " + (every + 2) + " commits").containsExactlyElementsOf(expected);
        }
    }
}
