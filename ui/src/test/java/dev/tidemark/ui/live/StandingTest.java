package dev.tidemark.ui.live;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.ui.GoldLake;
import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A table that cannot be read is looked at again without anybody asking for it. */
class StandingTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private final SimpleBooleanProperty busy = new SimpleBooleanProperty();
    private final Standing standing = new Standing();
    private int looks;

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            standing.tick();
        }
    }

    private void failed(LakeException.Reason reason) {
        standing.opened(new SimpleDoubleProperty(), busy, () -> looks++);
        standing.failed(new LakeException(reason, "Cannot read it"));
    }

    @Test
    void every_ten_seconds_it_is_looked_at_again() {
        failed(LakeException.Reason.DENIED);
        seconds(9);
        assertThat(looks).isZero();
        seconds(11);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void while_a_look_takes_long_there_is_no_other() {
        failed(LakeException.Reason.UNREACHABLE);
        busy.set(true);
        seconds(60);
        assertThat(looks).isZero();
    }

    @Test
    void what_the_operator_cancelled_and_a_version_that_is_gone_are_left_alone() {
        failed(LakeException.Reason.VERSION_GONE);
        seconds(60);
        standing.cancelled(true);
        seconds(60);
        assertThat(looks).isZero();
    }

    @Test
    void the_charts_are_there_once_the_table_can_be_read(@TempDir Path folder) throws IOException {
        GoldLake lake = GoldLake.in(folder, TEN.minusSeconds(3600));
        lake.append(GoldLake.minutes(TEN.minusSeconds(1800), 28), TEN.minusSeconds(100));
        Path log = folder.resolve("gold/windows/_delta_log/00000000000000000000.json");
        String whole = Files.readString(log);
        Files.writeString(log, "{ this is no log\n");
        Turns turns = new Turns();
        LiveModel live = new LiveModel(new TravelModel(), Tasks.on(turns), () -> TEN);
        live.open(Lake.at(folder.toString()).table("gold/windows"), Optional.empty());
        turns.until(() -> live.standing().is(Standing.State.CANNOT_READ));
        Files.writeString(log, whole);
        for (int i = 0; i < 10; i++) {
            live.tick();
        }
        // Meanwhile it does not say that it reads: for an operator nothing has changed yet.
        assertThat(live.standing().is(Standing.State.CANNOT_READ)).isTrue();
        turns.until(() -> live.standing().is(Standing.State.SHOWN));
        live.close();
        turns.all();
    }
}
