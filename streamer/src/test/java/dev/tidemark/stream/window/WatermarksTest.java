package dev.tidemark.stream.window;

import org.junit.jupiter.api.Test;

import static dev.tidemark.stream.window.Readings.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

class WatermarksTest {

    private final Watermarks watermarks = new Watermarks(10 * SECOND, 30 * SECOND, Watermarks.NONE);

    @Test
    void a_single_partition_leads_by_its_highest_event_time_less_the_delay() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("a", 90 * SECOND);
        assertThat(watermarks.advance(0)).isEqualTo(90 * SECOND);
    }

    @Test
    void the_slowest_partition_holds_it() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("b", 50 * SECOND);
        assertThat(watermarks.advance(0)).isEqualTo(40 * SECOND);
    }

    @Test
    void a_partition_that_has_not_delivered_yet_holds_it_back_until_it_has_been_idle() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.expect("b");
        assertThat(watermarks.advance(0)).isEqualTo(Watermarks.NONE);
        watermarks.quiet("b", 5 * SECOND);
        assertThat(watermarks.advance(35 * SECOND - 1)).isEqualTo(Watermarks.NONE);
        assertThat(watermarks.advance(35 * SECOND)).isEqualTo(90 * SECOND);
    }

    @Test
    void idle_time_begins_when_a_partition_is_first_found_empty_not_when_nobody_asks_it() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("b", 50 * SECOND);
        assertThat(watermarks.advance(1_000 * SECOND)).isEqualTo(40 * SECOND);
        watermarks.quiet("b", 1_000 * SECOND);
        watermarks.quiet("b", 1_020 * SECOND);
        assertThat(watermarks.advance(1_029 * SECOND)).isEqualTo(40 * SECOND);
        assertThat(watermarks.advance(1_030 * SECOND)).isEqualTo(90 * SECOND);
    }

    @Test
    void a_partition_that_wakes_up_holds_it_again_but_never_takes_it_back() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("b", 50 * SECOND);
        watermarks.quiet("b", 0);
        assertThat(watermarks.advance(30 * SECOND)).isEqualTo(90 * SECOND);
        watermarks.observe("b", 60 * SECOND);
        watermarks.observe("a", 200 * SECOND);
        assertThat(watermarks.advance(31 * SECOND)).isEqualTo(90 * SECOND);
        watermarks.observe("b", 150 * SECOND);
        assertThat(watermarks.advance(31 * SECOND)).isEqualTo(140 * SECOND);
    }

    @Test
    void a_finished_partition_leaves() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("b", 50 * SECOND);
        watermarks.finish("b");
        assertThat(watermarks.advance(0)).isEqualTo(90 * SECOND);
    }

    @Test
    void with_nobody_left_it_follows_the_highest_event_time_of_all() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.finish("a");
        watermarks.observe("b", 50 * SECOND);
        watermarks.finish("b");
        assertThat(watermarks.advance(0)).isEqualTo(90 * SECOND);
    }

    @Test
    void with_nothing_seen_it_stays_where_it_began() {
        assertThat(watermarks.advance(0)).isEqualTo(Watermarks.NONE);
        watermarks.expect("a");
        watermarks.finish("a");
        assertThat(watermarks.advance(0)).isEqualTo(Watermarks.NONE);
        assertThat(new Watermarks(0, 0, 7).advance(0)).isEqualTo(7);
    }

    @Test
    void partitions_that_nobody_lists_any_more_leave() {
        watermarks.observe("a", 100 * SECOND);
        watermarks.observe("gone", 10 * SECOND);
        watermarks.retain("a"::equals);
        assertThat(watermarks.advance(0)).isEqualTo(90 * SECOND);
    }

    @Test
    void the_highest_event_time_of_a_partition_says_whom_to_ask_first() {
        watermarks.expect("a");
        watermarks.observe("b", 5);
        assertThat(watermarks.highest("a")).isEqualTo(Watermarks.NONE);
        assertThat(watermarks.highest("b")).isEqualTo(5);
        assertThat(watermarks.highest("unknown")).isEqualTo(Watermarks.NONE);
    }
}
