package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.TravelModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A lake that nobody writes to any more. One that was copied has files of one moment, long after its commits. */
class OldLakeTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant COPIED = TEN.plus(Duration.ofDays(3));

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final TravelModel travel = new TravelModel();
    private Instant now = COPIED;
    private final LiveModel live = new LiveModel(travel, Tasks.on(turns), () -> now);

    @AfterEach
    void close() {
        live.close();
        turns.all();
    }

    private static List<GoldLake.Row> rows(int minute) {
        return GoldLake.minutes(TEN.minusSeconds(60L * minute), 1);
    }

    private void open() throws IOException {
        GoldLake lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        for (int minute = 6; minute > 0; minute--) {
            lake.append(minute > 3 ? rows(minute) : rows(minute).stream().filter(row -> !"hall-b-2".equals(row.device())).toList(), TEN.minusSeconds(60L * minute - 70));
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(COPIED));
            }
        }
        live.open(Lake.at(folder.toString()).table("gold/windows"), Optional.empty());
        turns.until(() -> live.standing().stateProperty().get() != Standing.State.LOADING && !travel.marks().isEmpty());
    }

    @Test
    void some_hours_after_its_writer_stopped_it_is_the_writer_that_is_told_and_not_a_sensor() throws IOException {
        now = TEN.plus(Duration.ofHours(7));
        open();
        live.tick();
        assertThat(live.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.PIPELINE_STALLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {230, 245, 270, 295, 310})
    void while_its_newest_window_is_old_and_the_newest_event_in_it_is_not_it_is_shown_all_the_same(int seconds) throws IOException {
        now = TEN.plusSeconds(seconds);
        open();
        assertThat(live.standing().stateProperty().get()).as(live.standing().problemProperty().get()).isEqualTo(Standing.State.SHOWN);
    }

    @Test
    void it_is_as_old_as_its_commits_say_and_at_rest() throws IOException {
        open();
        live.tick();
        assertThat(live.freshness().age()).contains(Duration.between(TEN.plusSeconds(10), COPIED));
        assertThat(live.freshness().cadence()).isEmpty();
        now = COPIED.plusSeconds(600);
        live.tick();
        assertThat(live.notices()).isEmpty();
    }

    @Test
    void a_version_of_it_is_shown_as_of_the_time_it_was_written() throws IOException {
        open();
        travel.goTo(2);
        turns.until(() -> live.frameProperty().get().version() == 2);
        assertThat(travel.shown().orElseThrow().time()).isEqualTo(TEN.minusSeconds(230));
        assertThat(live.frameProperty().get().current()).isTrue();
        assertThat(Micros.instant(live.frameProperty().get().newest())).isEqualTo(TEN.minusMillis(240_500));
    }
}
