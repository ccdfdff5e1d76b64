package dev.tidemark.stream.chaos;

import dev.tidemark.lake.Lake;
import dev.tidemark.stream.maintain.Doctor;
import dev.tidemark.stream.maintain.Finding;
import dev.tidemark.stream.pipeline.LakeRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that look after a lake, killed at named points: the lake is as before, or as after, and the next command comes through. */
class UpkeepKilledTest {

    @TempDir
    Path folder;
    private Path lake;
    private int outputs;

    @BeforeEach
    void stream() throws Exception {
        lake = folder.resolve("lake");
        Path in = Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < 2; file++) {
            StringBuilder lines = new StringBuilder();
            for (int second = 0; second < 7_200; second += 30) {
                lines.append(String.format("{\"deviceId\":\"d%d\",\"ts\":%d,\"temp\":%d}%n", second % 4, 1_700_000_000 + second + (file == 1 ? -3_600 : 0), second));
            }
            Files.writeString(in.resolve(file + ".jsonl"), lines);
            run("run", "--lake", lake.toString(), "--source", "files:" + in, "--once");
        }
    }

    private Path output() {
        return folder.resolve("output-" + outputs++ + ".txt");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        try (Victim command = Victim.start(output(), List.of(arguments))) {
            assertThat(command.end()).as(command.output()).isZero();
            return command.output();
        }
    }

    private void killedAt(KillPoint point, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--lake", lake.toString()));
        assertThat(Victim.killedAt(point, 1, output(), all)).as("%s by %s", point, all).isTrue();
        assertThat(new Doctor(Lake.at(lake.toString()), Clock.systemUTC(), true, what -> { }).examine(Lake.at(lake.toString()).tables()))
                .filteredOn(finding -> finding.weight() == Finding.Weight.ERROR).isEmpty();
    }

    private List<String> gold() {
        return LakeRows.comparable(lake, "gold/windows");
    }

    @Test
    void the_rows_are_those_before_or_those_after() throws Exception {
        List<String> before = gold();
        for (KillPoint point : List.of(KillPoint.IN_ZORDER, KillPoint.BEFORE_COMPACTION_COMMITS)) {
            killedAt(point, "optimize", "--zorder");
            assertThat(gold()).isEqualTo(before);
        }
        String[] backfill = {"backfill", "--from", "2023-11-14 22:00", "--to", "2023-11-15 00:00"};
        for (KillPoint point : List.of(KillPoint.IN_BACKFILL, KillPoint.BEFORE_THE_RENAME)) {
            killedAt(point, backfill);
            assertThat(gold()).isEqualTo(before);
        }
        run("backfill", "--lake", lake.toString(), "--from", "2023-11-14 22:00", "--to", "2023-11-15 00:00");
        List<String> after = gold();
        assertThat(after).isNotEqualTo(before);
        run("optimize", "--lake", lake.toString(), "--zorder");
        assertThat(gold()).isEqualTo(after);

        Path orphan = Files.writeString(lake.resolve("gold/windows/orphan.parquet"), "half");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.EPOCH));
        killedAt(KillPoint.BEFORE_VACUUM_DELETES, "vacuum");
        assertThat(orphan).exists();
        killedAt(KillPoint.BEFORE_VACUUM_REMEMBERS, "vacuum", "--table", "gold/windows");
        assertThat(run("vacuum", "--lake", lake.toString())).contains("gold/windows: nothing to delete");
        assertThat(orphan).doesNotExist();
        assertThat(gold()).isEqualTo(after);
        // The streamer goes on.
        run("run", "--lake", lake.toString(), "--source", "files:" + folder.resolve("in"), "--once", "--close");
        assertThat(gold()).containsAll(after);
    }
}
