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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Readings that do not say when have the transport's time, which tells nothing of whether they are the same. */
class UntimedReadingsTest {

    private static final long MOMENT = 1_500_000_000_000_000L;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    private Figures run(Path lake, Consumer<String> committed) throws IOException {
        ScriptedSource source = new ScriptedSource("s", 1, true)
                .together("p", MOMENT, "{\"deviceId\":\"a\",\"x\":1}", "{\"deviceId\":\"a\",\"x\":2}")
                .together("p", MOMENT + 1_000, "{\"deviceId\":\"a\",\"ts\":1500000000,\"x\":3}", "{\"deviceId\":\"a\",\"ts\":1500000001,\"x\":4}",
                        "{\"deviceId\":\"a\",\"ts\":1500000001,\"x\":5}")
                .together("p", MOMENT + 1_000_000, "{\"deviceId\":\"a\",\"x\":6}");
        Figures figures = new Figures(new SimpleMeterRegistry());
        new Pipeline(Lake.at(lake.toString()), List.of(source), new Settings(List.of(WindowSpec.parse("1m")), TimeSpan.parse("10s"), TimeSpan.parse("30s"), TimeSpan.parse("2m"),
                TimeSpan.parse("1h"), 1, 64 << 20, TimeSpan.parse("1h")), InstantSource.fixed(Instant.parse("2024-06-01T12:00:00Z")), figures, problem -> { },
                new Pipeline.Surroundings(() -> 0, committed, false, Long.MAX_VALUE, true)).run(Pipeline.Until.CLOSED);
        return figures;
    }

    private static List<Object> accepted(Path lake) {
        return LakeRows.of(lake, LakeTables.SILVER_READINGS.path()).stream().map(row -> row.get("x")).sorted().toList();
    }

    @Test
    void they_are_no_duplicates_of_one_another_and_what_has_a_time_of_its_own_is_judged_by_it_whenever_the_run_is_killed() throws IOException {
        Path undisturbed = folder.resolve("undisturbed");
        List<String> commits = new ArrayList<>();
        Figures figures = run(undisturbed, commits::add);
        assertThat(accepted(undisturbed)).containsExactly(1.0, 2.0, 4.0, 6.0);
        assertThat(figures.duplicates()).isEqualTo(2);
        for (int kill = 1; kill <= commits.size(); kill++) {
            Path lake = folder.resolve("killed-" + kill);
            int[] left = {kill};
            assertThatThrownBy(() -> run(lake, table -> {
                if (--left[0] == 0) {
                    throw new Killed();
                }
            })).isInstanceOf(Killed.class);
            run(lake, table -> { });
            assertThat(accepted(lake)).as("killed after commit %d, to %s", kill, commits.get(kill - 1)).containsExactly(1.0, 2.0, 4.0, 6.0);
        }
    }
}
