package dev.tidemark.ui.live;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTest {

    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");

    private final Heartbeat heartbeat = new Heartbeat();

    /** As it happens. */
    private void beat(Instant at) {
        heartbeat.beat(at, at);
    }

    private void every(Duration distance, int times) {
        for (int i = 0; i < times; i++) {
            beat(BEGIN.plus(distance.multipliedBy(i)));
        }
    }

    @Test
    void a_pipeline_that_commits_every_second_has_stalled_after_half_a_minute() {
        every(Duration.ofSeconds(1), 10);
        Instant last = BEGIN.plusSeconds(9);
        assertThat(heartbeat.stalled(last.plusSeconds(30))).isEmpty();
        assertThat(heartbeat.stalled(last.plusSeconds(31))).contains(Duration.ofSeconds(31));
    }

    @Test
    void one_that_commits_every_minute_is_given_five() {
        every(Duration.ofMinutes(1), 10);
        Instant last = BEGIN.plus(Duration.ofMinutes(9));
        assertThat(heartbeat.stalled(last.plusSeconds(299))).isEmpty();
        assertThat(heartbeat.stalled(last.plusSeconds(301))).isPresent();
    }

    @Test
    void a_table_that_nobody_was_seen_writing_to_has_not_stalled() {
        every(Duration.ofSeconds(1), 2);
        assertThat(heartbeat.stalled(BEGIN.plus(Duration.ofDays(300)))).isEmpty();
    }

    @Test
    void one_long_pause_does_not_change_what_is_usual() {
        every(Duration.ofSeconds(1), 10);
        beat(BEGIN.plusSeconds(600));
        assertThat(heartbeat.usual()).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_commit_that_is_told_late_does_not_turn_time_back() {
        beat(BEGIN.plusSeconds(5));
        beat(BEGIN);
        assertThat(heartbeat.last()).contains(BEGIN.plusSeconds(5));
    }

    @Test
    void what_came_before_the_first_commit_that_was_heard_of_still_counts() {
        beat(BEGIN.plusSeconds(9));
        every(Duration.ofSeconds(1), 9);
        assertThat(heartbeat.stalled(BEGIN.plusSeconds(40))).contains(Duration.ofSeconds(31));
    }

    @Test
    void what_is_found_days_after_its_last_commit_is_at_rest_and_has_not_stalled() {
        Instant found = BEGIN.plus(Duration.ofDays(7));
        for (int i = 0; i < 6; i++) {
            heartbeat.beat(BEGIN.plusSeconds(i), found);
        }
        assertThat(heartbeat.isAtRest(found)).isTrue();
        assertThat(heartbeat.stalled(found)).isEmpty();
    }

    @Test
    void what_stopped_before_the_operators_eyes_has_stalled_for_as_long_as_it_takes() {
        every(Duration.ofSeconds(1), 10);
        Instant later = BEGIN.plus(Duration.ofDays(3));
        assertThat(heartbeat.stalled(later)).isPresent();
        assertThat(heartbeat.isAtRest(later)).isFalse();
    }

    @Test
    void what_was_at_rest_and_is_written_to_again_is_not_any_more() {
        Instant found = BEGIN.plus(Duration.ofDays(7));
        heartbeat.beat(BEGIN, found);
        heartbeat.beat(found, found);
        assertThat(heartbeat.isAtRest(found.plusSeconds(1))).isFalse();
    }

    @Test
    void a_table_of_two_commits_is_at_rest_after_a_day_and_one_that_is_written_daily_is_not() {
        every(Duration.ofSeconds(1), 2);
        assertThat(heartbeat.isAtRest(BEGIN.plus(Duration.ofHours(24)))).isFalse();
        assertThat(heartbeat.isAtRest(BEGIN.plus(Duration.ofHours(25)))).isTrue();
        heartbeat.reset();
        Instant found = BEGIN.plus(Duration.ofDays(4)).plus(Duration.ofHours(30));
        for (int i = 0; i < 5; i++) {
            heartbeat.beat(BEGIN.plus(Duration.ofDays(i)), found);
        }
        assertThat(heartbeat.isAtRest(found)).isFalse();
    }
}
