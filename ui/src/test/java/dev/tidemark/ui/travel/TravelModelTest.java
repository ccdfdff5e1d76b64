package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Versions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class TravelModelTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T04:00:00Z");

    private final TravelModel travel = new TravelModel();

    private static Mark mark(long version) {
        return new Mark(version, BEGIN.plusSeconds(60 * version), Commit.Kind.APPEND, "WRITE", 10, 1, 0);
    }

    private static List<Mark> marks(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TravelModelTest::mark).toList();
    }

    @BeforeEach
    void ten_versions_of_which_the_log_holds_five() {
        travel.history(marks(5, 9));
    }

    @Test
    void it_begins_live_at_the_newest_version() {
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(travel.shown()).contains(mark(9));
    }

    @Test
    void live_moves_on_with_a_new_commit() {
        travel.committed(mark(10));
        assertThat(travel.shown()).contains(mark(10));
        assertThat(travel.newerProperty().get()).isZero();
    }

    @Test
    void held_stays_and_counts_what_comes() {
        travel.hold();
        travel.committed(mark(10));
        travel.committed(mark(11));
        assertThat(travel.shown()).contains(mark(9));
        assertThat(travel.newerProperty().get()).isEqualTo(2);
    }

    @Test
    void a_step_back_from_live_is_the_version_before() {
        travel.step(-1);
        assertThat(travel.position()).isEqualTo(new Position.At(8));
        assertThat(travel.newerProperty().get()).isEqualTo(1);
    }

    @Test
    void a_step_back_from_the_oldest_stays_there() {
        travel.goTo(5);
        travel.step(-1);
        assertThat(travel.position()).isEqualTo(new Position.At(5));
    }

    @Test
    void versions_whose_files_are_gone_are_never_offered() {
        travel.readable(new Versions(List.of(new Versions.Run(6, 6), new Versions.Run(8, 9))));
        assertThat(travel.mark(7)).isEmpty();
        assertThat(travel.at(mark(7).time().plusSeconds(1))).isEmpty();
        travel.step(-1);
        travel.step(-1);
        assertThat(travel.position()).isEqualTo(new Position.At(6));
        travel.step(-1);
        assertThat(travel.position()).isEqualTo(new Position.At(6));
        travel.step(1);
        assertThat(travel.position()).isEqualTo(new Position.At(8));
        travel.goTo(5);
        assertThat(travel.position()).isEqualTo(new Position.At(6));
        travel.committed(mark(10));
        assertThat(travel.mark(10)).contains(mark(10));
    }

    @Test
    void a_step_on_from_the_newest_is_live() {
        travel.goTo(9);
        travel.step(1);
        assertThat(travel.position()).isEqualTo(Position.LIVE);
    }

    @Test
    void a_step_on_while_live_changes_nothing() {
        travel.step(1);
        assertThat(travel.position()).isEqualTo(Position.LIVE);
    }

    @Test
    void a_version_that_is_gone_is_never_shown_as_another() {
        assertThat(travel.mark(4)).isEmpty();
        assertThat(travel.mark(10)).isEmpty();
    }

    @Test
    void a_time_means_the_last_commit_at_or_before_it() {
        assertThat(travel.at(BEGIN.plusSeconds(60 * 6 + 59))).contains(mark(6));
        assertThat(travel.at(BEGIN.plusSeconds(60 * 7))).contains(mark(7));
        assertThat(travel.at(BEGIN)).isEmpty();
    }

    @Test
    void space_holds_then_goes_on() {
        travel.toggle();
        assertThat(travel.position()).isEqualTo(Position.HELD);
        travel.toggle();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
    }

    @Test
    void space_in_the_past_plays_until_live() {
        travel.goTo(8);
        travel.toggle();
        assertThat(travel.playingProperty().get()).isTrue();
        travel.tick();
        assertThat(travel.position()).isEqualTo(new Position.At(9));
        travel.tick();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(travel.playingProperty().get()).isFalse();
    }

    @Test
    void a_beat_that_comes_after_playing_was_stopped_does_nothing() {
        travel.goTo(6);
        travel.tick();
        assertThat(travel.position()).isEqualTo(new Position.At(6));
    }

    @Test
    void the_same_commit_told_twice_counts_once() {
        travel.committed(mark(9));
        assertThat(travel.marks()).hasSize(5);
    }

    @Test
    void versions_before_a_hole_in_the_log_are_not_offered_any_more() {
        travel.committed(mark(20));
        assertThat(travel.marks()).containsExactly(mark(20));
    }

    @Test
    void a_version_on_screen_that_the_log_has_lost_is_not_replaced_by_another() {
        travel.goTo(6);
        travel.history(marks(8, 12));
        assertThat(travel.position()).isEqualTo(new Position.At(6));
        assertThat(travel.shown()).contains(mark(6));
        assertThat(travel.mark(6)).isEmpty();
    }

    @Test
    void another_table_begins_live() {
        travel.goTo(6);
        travel.clear();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
        assertThat(travel.shown()).isEmpty();
        travel.hold();
        assertThat(travel.position()).isEqualTo(Position.LIVE);
    }

    @Test
    void of_more_commits_than_are_kept_the_newest_can_be_travelled_to() {
        travel.history(marks(0, TravelModel.MOST + 4));
        assertThat(travel.marks()).hasSize(TravelModel.MOST);
        assertThat(travel.mark(4)).isEmpty();
        travel.goTo(5);
        travel.committed(mark(TravelModel.MOST + 5));
        assertThat(travel.marks()).hasSizeBetween(TravelModel.MOST / 2, TravelModel.MOST);
        assertThat(travel.shown()).contains(mark(5));
        travel.step(-1);
        assertThat(travel.shown()).contains(travel.marks().get(0));
        assertThat(travel.newerProperty().get()).isEqualTo(travel.marks().size() - 1);
    }
}
