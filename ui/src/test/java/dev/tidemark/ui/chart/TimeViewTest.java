package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimeViewTest {

    private static final long EDGE = Plant.NOW;
    private static final long SPAN = Plant.HOUR;

    private final TimeView view = new TimeView(EDGE, SPAN);

    @Test
    void a_new_view_follows_and_leaves_a_margin_after_the_newest_instant() {
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.getRange().span()).isEqualTo(SPAN);
        assertThat(view.getRange().to()).isEqualTo(EDGE + SPAN / 64);
    }

    @Test
    void a_following_view_glides_to_a_new_edge_and_arrives() {
        view.setEdge(EDGE + Plant.MINUTE);
        assertThat(view.glidingProperty().get()).isTrue();
        assertThat(view.getRange().to()).as("nothing jumps before the first pulse").isEqualTo(EDGE + SPAN / 64);
        long before = view.getRange().to();
        for (int pulse = 1; pulse <= 200 && view.glidingProperty().get(); pulse++) {
            view.glide(pulse * 16_666_667L);
            assertThat(view.getRange().to()).isGreaterThanOrEqualTo(before);
            assertThat(view.getRange().span()).isEqualTo(SPAN);
            before = view.getRange().to();
        }
        assertThat(view.glidingProperty().get()).isFalse();
        assertThat(view.getRange().to()).isEqualTo(EDGE + Plant.MINUTE + SPAN / 64);
    }

    @Test
    void two_charts_that_glide_at_one_pulse_move_it_once() {
        view.setEdge(EDGE + Plant.MINUTE);
        view.glide(1_000_000_000L);
        TimeRange after = view.getRange();
        view.glide(1_000_000_000L);
        assertThat(view.getRange()).isEqualTo(after);
    }

    @Test
    void an_edge_more_than_a_span_ahead_is_reached_at_once() {
        view.setEdge(EDGE + 2 * SPAN);
        assertThat(view.getRange().to()).isEqualTo(EDGE + 2 * SPAN + SPAN / 64);
    }

    @Test
    void zooming_pauses_and_new_data_do_not_move_the_view() {
        view.zoom(0.5, EDGE - Plant.MINUTE, null);
        TimeRange zoomed = view.getRange();
        view.setEdge(EDGE + Plant.MINUTE);
        view.glide(1);
        assertThat(view.isFollowing()).isFalse();
        assertThat(view.getRange()).isEqualTo(zoomed);
    }

    @Test
    void zooming_keeps_the_anchor_where_it_is() {
        long anchor = view.getRange().from() + SPAN / 4;
        view.zoom(0.5, anchor, null);
        assertThat(view.getRange().span()).isEqualTo(SPAN / 2);
        assertThat(anchor - view.getRange().from()).isEqualTo(SPAN / 8);
    }

    @Test
    void undo_goes_back_step_by_step_and_follows_again_at_the_newest_edge() {
        TimeRange first = new TimeRange(EDGE - 1000 * Plant.SECOND, EDGE - 500 * Plant.SECOND);
        view.show(first);
        view.show(new TimeRange(EDGE - 900 * Plant.SECOND, EDGE - 800 * Plant.SECOND));
        view.setEdge(EDGE + Plant.HOUR);

        assertThat(view.undo()).isTrue();
        assertThat(view.getRange()).isEqualTo(first);
        assertThat(view.isFollowing()).isFalse();

        assertThat(view.undo()).isTrue();
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.getRange().span()).isEqualTo(SPAN);
        assertThat(view.getRange().to()).isEqualTo(EDGE + Plant.HOUR + SPAN / 64);

        assertThat(view.undoableProperty().get()).isFalse();
        assertThat(view.undo()).isFalse();
    }

    @Test
    void the_steps_of_one_gesture_are_undone_together() {
        Object wheel = new Object();
        view.zoom(0.9, EDGE, wheel);
        view.zoom(0.9, EDGE, wheel);
        view.zoom(0.9, EDGE, wheel);
        Object drag = new Object();
        view.pan(-Plant.MINUTE, drag);
        view.pan(-Plant.MINUTE, drag);
        view.undo();
        assertThat((double) view.getRange().span()).isCloseTo(SPAN * 0.729, org.assertj.core.data.Offset.offset(3.0));
        view.undo();
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.undoableProperty().get()).isFalse();
    }

    @Test
    void going_live_is_a_step_that_can_be_undone() {
        TimeRange past = new TimeRange(EDGE - 10 * Plant.DAY, EDGE - 9 * Plant.DAY);
        view.show(past);
        view.follow();
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.getRange().span()).isEqualTo(Plant.DAY);
        view.undo();
        assertThat(view.getRange()).isEqualTo(past);
        assertThat(view.isFollowing()).isFalse();
    }

    @Test
    void another_span_while_following_keeps_following_and_leaves_no_step() {
        view.follow(15 * Plant.MINUTE);
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.getRange().span()).isEqualTo(15 * Plant.MINUTE);
        assertThat(view.undoableProperty().get()).isFalse();
    }

    @Test
    void pausing_stays_where_it_is() {
        TimeRange range = view.getRange();
        view.pause();
        view.setEdge(EDGE + Plant.MINUTE);
        assertThat(view.getRange()).isEqualTo(range);
        assertThat(view.glidingProperty().get()).isFalse();
    }

    @Test
    void a_move_that_changes_nothing_is_no_step() {
        view.show(view.getRange());
        assertThat(view.isFollowing()).isTrue();
        assertThat(view.undoableProperty().get()).isFalse();
    }

    @Test
    void no_more_than_a_hundred_steps_are_kept() {
        for (int i = 1; i <= 150; i++) {
            view.pan(-Plant.SECOND, null);
        }
        int undone = 0;
        while (view.undo()) {
            undone++;
        }
        assertThat(undone).isEqualTo(100);
    }

    @Test
    void no_zoom_is_closer_than_a_millisecond_or_wider_than_the_calendar() {
        for (int i = 0; i < 200; i++) {
            view.zoom(0.5, view.getRange().from(), null);
        }
        assertThat(view.getRange().span()).isEqualTo(TimeRange.SHORTEST);
        for (int i = 0; i < 200; i++) {
            view.zoom(2, view.getRange().from() + view.getRange().span() / 2, null);
            view.pan(view.getRange().span(), null);
        }
        assertThat(view.getRange().from()).isGreaterThanOrEqualTo(-62_135_596_800_000_000L);
        assertThat(view.getRange().to()).isLessThanOrEqualTo(253_402_300_800_000_000L);
    }

    @Test
    void a_range_that_ends_before_it_begins_is_refused() {
        assertThatThrownBy(() -> new TimeRange(10_000, 5_000)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot show a time range of 10000 to 5000");
    }
}
