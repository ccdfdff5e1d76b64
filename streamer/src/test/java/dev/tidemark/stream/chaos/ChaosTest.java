package dev.tidemark.stream.chaos;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.pipeline.LakeRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Whatever is done to the process, its disk and its connections: the tables end up as if nothing had been, or it says why it does not go on. */
class ChaosTest {

    private static final long SEED = 3;

    @TempDir
    Path folder;
    private Feed feed;
    private Siege siege;

    @BeforeEach
    void begin() throws IOException {
        feed = new Feed(folder);
        siege = new Siege(folder, feed, SEED);
    }

    @AfterEach
    void end() throws IOException {
        feed.close();
    }

    private void assertNothingHappened() {
        assertThat(siege.differences()).as("%s", siege.history()).isEmpty();
    }

    private void waitUntil(Victim victim, BooleanSupplier condition) {
        Patience.until(() -> condition.getAsBoolean() || !victim.isAlive(), victim::output);
    }

    private boolean hasVersion(String table, long version) {
        return Files.exists(siege.lake(Siege.BESIEGED).resolve(table).resolve("_delta_log").resolve(String.format("%020d.json", version)));
    }

    @Test
    void killed_at_every_named_point_and_at_random_moments_the_tables_are_those_of_an_undisturbed_run() throws Exception {
        siege.begin();
        siege.kill(3 * KillPoint.ofTheStreamer().size() / 2);
        siege.end();
        assertThat(siege.killed()).as("%s", siege.history()).containsOnlyKeys(KillPoint.ofTheStreamer()).allSatisfy((point, times) -> assertThat(times).isPositive());
        assertNothingHappened();
    }

    @Test
    void of_two_streamers_on_the_same_partitions_one_wins_and_the_other_says_why_it_ends() throws Exception {
        feed.add(1_500);
        List<Victim> streamers = new ArrayList<>();
        try {
            streamers.add(siege.start(Siege.BESIEGED));
            waitUntil(streamers.get(0), () -> hasVersion("silver/readings", 5));
            streamers.add(siege.start(Siege.BESIEGED));
            for (int i = 0; streamers.size() == 2; i++) {
                assertThat(i).as("both go on").isLessThan(2_400);
                feed.add(20);
                streamers.get(0).process().waitFor(50, TimeUnit.MILLISECONDS);
                Victim ended = streamers.stream().filter(each -> !each.isAlive()).findFirst().orElse(null);
                if (ended != null) {
                    assertThat(ended.end()).as(ended.output()).isEqualTo(1);
                    assertThat(ended.output()).containsPattern("Only one streamer|another receiver|took").doesNotContain("\tat ");
                    streamers.remove(ended);
                }
            }
            Victim winner = streamers.get(0);
            assertThat(winner.isAlive()).as("one goes on: %s", siege.outputs()).isTrue();
            feed.add(100);
            long all = feed.size();
            waitUntil(winner, () -> Lake.at(siege.lake(Siege.BESIEGED).toString()).table("bronze/events").snapshot().rows() == all);
            assertThat(winner.isAlive()).as("the winner goes on: %s", winner.output()).isTrue();
            winner.process().destroy();
            assertThat(winner.end()).as(winner.output()).isZero();
        } finally {
            streamers.forEach(Victim::close);
        }
        siege.end();
        assertNothingHappened();
    }

    @Test
    void a_hub_that_was_made_anew_is_not_read_on_until_somebody_says_so() throws Exception {
        feed.add(200);
        siege.takeInPeace(Siege.BESIEGED, "--once");
        feed.recreate();
        feed.add(150);
        try (Victim refused = siege.start(Siege.BESIEGED, "--once")) {
            assertThat(refused.end()).isEqualTo(1);
            assertThat(refused.output()).contains("--accept-new-hub").doesNotContain("\tat ");
        }
        siege.takeInPeace(Siege.BESIEGED, "--once", "--accept-new-hub");
        List<Map<String, Object>> bronze = LakeRows.of(siege.lake(Siege.BESIEGED), "bronze/events");
        assertThat(bronze).hasSize(350);
        assertThat(bronze.stream().map(row -> List.of(row.get("source"), row.get("partition"), row.get("offset")))).doesNotHaveDuplicates();
    }

    @Test
    void a_table_that_was_restored_stops_it_with_the_way_out() throws Exception {
        feed.add(300);
        siege.takeInPeace(Siege.BESIEGED, "--once");
        CommitLog log = CommitLog.of(Place.of(siege.lake(Siege.BESIEGED).resolve("silver/readings").toString()));
        long newest = log.list().latest();
        // As Delta's RESTORE commits it; that it lists no file here makes no difference to who reads the positions.
        assertThat(log.publish(newest + 1, List.of("{\"commitInfo\":{\"timestamp\":1,\"operation\":\"RESTORE\",\"operationParameters\":{\"version\":\"2\"}}}"), false)).isTrue();
        try (Victim refused = siege.start(Siege.BESIEGED, "--once")) {
            assertThat(refused.end()).isEqualTo(1);
            assertThat(refused.output()).contains("silver/readings").contains("VERSION AS OF " + newest).doesNotContain("\tat ");
        }
        Files.move(siege.lake(Siege.BESIEGED).resolve("silver/readings"), folder.resolve("away-silver"));
        Files.move(siege.lake(Siege.BESIEGED).resolve("gold/windows"), folder.resolve("away-windows"));
        siege.end();
        assertNothingHappened();
    }

    /** Needs the right to mount a small file system, which an ordinary user has not. */
    @Test
    void on_a_full_disk_it_waits_and_goes_on_when_there_is_room() throws Exception {
        Path small = Files.createDirectories(siege.lake(Siege.BESIEGED));
        assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", small.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("mount.txt").toFile()).start().waitFor() == 0, "cannot mount");
        try {
            feed.add(400);
            try (Victim streamer = siege.start(Siege.BESIEGED)) {
                waitUntil(streamer, () -> hasVersion("silver/readings", 5));
                Path filler = small.resolve("filler");
                fill(filler);
                feed.add(1_500);
                waitUntil(streamer, () -> streamer.output().contains("No space left on device"));
                assertThat(streamer.isAlive()).as(streamer.output()).isTrue();
                Files.delete(filler);
                long all = feed.size();
                waitUntil(streamer, () -> Lake.at(siege.lake(Siege.BESIEGED).toString()).table("bronze/events").snapshot().rows() == all);
                streamer.process().destroy();
                assertThat(streamer.end()).as(streamer.output()).isZero();
            }
            siege.end();
            assertNothingHappened();
        } finally {
            new ProcessBuilder("umount", small.toString()).inheritIO().start().waitFor();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is what it is for.
        }
    }
}
