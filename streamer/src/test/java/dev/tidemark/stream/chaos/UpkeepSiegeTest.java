package dev.tidemark.stream.chaos;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.Table;
import dev.tidemark.stream.Patience;
import dev.tidemark.stream.maintain.Backfill;
import dev.tidemark.stream.pipeline.LakeRows;
import dev.tidemark.stream.pipeline.TableFollower;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All at once: two streamers on one lake, of which one must go, the other one's compaction, somebody who compacts, clusters, vacuums and backfills beside it, followers that read every
 * row as it comes, and kills of whoever is at work. The tables, and what the followers read, are those of a run that nobody disturbed.
 */
@Timeout(1_200)
class UpkeepSiegeTest {

    private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-01T00:08:00Z");

    @TempDir
    Path folder;
    private Feed feed;
    private Siege siege;
    private int commands;

    @BeforeEach
    void begin() throws IOException {
        feed = new Feed(folder);
        siege = new Siege(folder, feed, 1);
    }

    @AfterEach
    void end() throws IOException {
        feed.close();
    }

    private Table table(String path) {
        return Lake.at(siege.lake(Siege.BESIEGED).toString()).table(path);
    }

    private List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--lake", siege.lake(Siege.BESIEGED).toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Path output() {
        return folder.resolve("command-" + commands++ + ".txt");
    }

    private void killedAt(KillPoint point, String command, String... more) throws Exception {
        Path output = output();
        assertThat(Victim.killedAt(point, 1, output, arguments(command, more))).as("%s by %s: %s", point, command, Files.readString(output)).isTrue();
    }

    private void done(String command, String... more) throws Exception {
        try (Victim victim = Victim.start(output(), arguments(command, more))) {
            assertThat(victim.end()).as("%s: %s", command, victim.output()).isZero();
        }
    }

    private void waitUntil(Victim victim, BooleanSupplier condition) throws IOException {
        Patience.until(() -> condition.getAsBoolean() || !victim.isAlive(), victim::output);
        assertThat(condition.getAsBoolean()).as("it goes on: %s", siege.outputs()).isTrue();
    }

    private boolean has(String table, long rows) {
        return table(table).exists() && table(table).snapshot().rows() >= rows;
    }

    /** Of two streamers one ends and says why; gives the other one. */
    private Victim winner(Victim first) throws Exception {
        List<Victim> both = new ArrayList<>(List.of(first, siege.start(Siege.BESIEGED)));
        for (int i = 0; both.stream().allMatch(Victim::isAlive); i++) {
            assertThat(i).as("both go on").isLessThan(2_400);
            feed.add(20);
            first.process().waitFor(50, TimeUnit.MILLISECONDS);
        }
        Victim loser = both.get(0).isAlive() ? both.get(1) : both.get(0);
        assertThat(loser.end()).as(loser.output()).isEqualTo(1);
        assertThat(loser.output()).containsPattern("Only one streamer|another receiver|took").doesNotContain("\tat ");
        both.remove(loser);
        return both.get(0);
    }

    @Test
    void no_row_is_lost_doubled_or_changed() throws Exception {
        feed.add(900);
        try (Victim first = siege.start(Siege.BESIEGED); TableFollower readings = new TableFollower(table("silver/readings")); TableFollower windows = new TableFollower(table("gold/windows"))) {
            waitUntil(first, () -> has("silver/readings", 100));
            try (Victim winner = winner(first)) {
                waitUntil(winner, () -> has("bronze/events", feed.size()));
                siege.takeInPeace(Siege.PEACEFUL, "--once");
                // Windows of that time are closed: these are for a backfill.
                feed.addLate(0, 40);
                feed.add(100);
                waitUntil(winner, () -> has("bronze/events", feed.size()));
                killedAt(KillPoint.IN_BACKFILL, "backfill", "--from", FROM.toString(), "--to", TO.toString());
                feed.add(60);
                killedAt(KillPoint.IN_ZORDER, "optimize", "--zorder");
                feed.add(60);
            }
            // That was a kill as well. The next one is killed while it compacts.
            assertThat(Victim.killedAt(KillPoint.BEFORE_COMPACTION_COMMITS, 1, output(), siege.arguments(Siege.BESIEGED))).isTrue();
            try (Victim last = siege.start(Siege.BESIEGED)) {
                waitUntil(last, () -> has("bronze/events", feed.size()));
                done("backfill", "--from", FROM.toString(), "--to", TO.toString());
                feed.add(60);
                waitUntil(last, () -> has("bronze/events", feed.size()));
                // Who has not read yet what goes now would miss it: that is what --force is for.
                readings.await();
                killedAt(KillPoint.BEFORE_VACUUM_REMEMBERS, "vacuum", "--table", "silver/readings", "--mode", "lite", "--retain", "0 days", "--force");
                feed.add(60);
                waitUntil(last, () -> has("bronze/events", feed.size()));
                last.process().destroy();
                assertThat(last.end()).as(last.output()).isZero();
            }
            siege.end();
            new Backfill(Lake.at(siege.lake(Siege.PEACEFUL).toString()), List.of(), FROM, TO, false, Clock.systemUTC(), (done, of) -> { }).run(false);
            assertThat(siege.differences()).isEmpty();
            assertThat(readings.mistakes()).isEmpty();
            assertThat(windows.mistakes()).isEmpty();
            assertThat(windows.rewrites()).isPositive();
        }
        assertThat(table("gold/windows").history()).extracting(Commit::operation).contains("BACKFILL", "OPTIMIZE");
        assertThat(table("silver/readings").history()).filteredOn(commit -> commit.operation().equals("VACUUM START")).last()
                .satisfies(commit -> assertThat(Integer.parseInt(commit.metrics().get("numFilesToDelete"))).isPositive());
        assertThat(LakeRows.of(siege.lake(Siege.BESIEGED), "silver/readings")).filteredOn(row -> Boolean.TRUE.equals(row.get("late"))).hasSize(40);
    }
}
