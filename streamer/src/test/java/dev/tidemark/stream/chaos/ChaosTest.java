package dev.tidemark.stream.chaos;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is done to the process, its disk and its connections: the tables end up as if nothing had been, or it says why it does not go on. */
class ChaosTest {

    private static final long SEED = 3;

    @TempDir
    Path folder;

    @Test
    void killed_at_every_named_point_and_at_random_moments_the_tables_are_those_of_an_undisturbed_run() throws Exception {
        try (Feed feed = new FileFeed(folder.resolve("feed"))) {
            Siege siege = new Siege(folder, feed, SEED);
            siege.begin();
            siege.kill(3 * KillPoint.values().length / 2);
            siege.end();
            assertThat(siege.killed()).as("%s", siege.history()).containsOnlyKeys(KillPoint.values()).allSatisfy((point, times) -> assertThat(times).isPositive());
            assertThat(siege.differences()).as("%s", siege.history()).isEmpty();
        }
    }
}
