package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Versions;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Commits as they are read from the log of two versions, and as they come. */
class HistoryTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private final List<Throwable> failures = new ArrayList<>();

    private static Mark mark(long version) {
        return new Mark(version, TEN.plusSeconds(version), Commit.Kind.APPEND, "WRITE", 1, 1, 0);
    }

    private History history(Tasks tasks) {
        return new History(Lake.at(folder.toString()).table("gold/windows"), tasks, new Told(), failures::add);
    }

    private List<Long> versions() {
        return travel.marks().stream().map(Mark::version).toList();
    }

    @Test
    void a_commit_that_comes_while_the_log_is_read_follows_those_of_the_log() {
        GoldLake.in(folder, TEN).append(GoldLake.minutes(TEN, 1), TEN);
        // The log is read beside us; its answer waits for a turn.
        try (Tasks tasks = Tasks.background(turns)) {
            History history = history(tasks);
            history.read();
            history.came(mark(2));
            assertThat(versions()).isEmpty();
            turns.until(() -> !travel.marks().isEmpty());
            assertThat(versions()).containsExactly(0L, 1L, 2L);
            history.came(mark(3));
            assertThat(versions()).containsExactly(0L, 1L, 2L, 3L);
        }
    }

    @Test
    void where_the_log_cannot_be_read_what_comes_is_told_all_the_same() {
        try (Tasks tasks = Tasks.background(turns)) {
            History history = history(tasks);
            history.read();
            history.came(mark(7));
            turns.until(() -> !failures.isEmpty());
            assertThat(versions()).containsExactly(7L);
        }
    }

    /** Brings what is told onto the line of versions. */
    private final class Told implements Feed.Listener {

        @Override
        public void history(List<Mark> marks) {
            travel.history(marks);
        }

        @Override
        public void committed(Mark mark) {
            travel.committed(mark);
        }

        @Override
        public void readable(Versions versions) {
            travel.readable(versions);
        }

        @Override
        public void alive(Instant writtenAt) {
        }

        @Override
        public void shown(Frame frame) {
        }

        @Override
        public void failed(LakeException problem) {
        }

        @Override
        public void trouble(Optional<LakeException> problem) {
        }
    }
}
