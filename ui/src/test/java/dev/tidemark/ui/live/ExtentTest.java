package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ExtentTest {

    private static final long DAY = 86_400_000_000L;

    private static TimeRange days(long from, long to) {
        return new TimeRange(from * DAY, to * DAY);
    }

    @Test
    void pieces_close_to_each_other_are_one_stretch() {
        assertThat(Extent.of(List.of(days(10, 12), days(0, 3), days(5, 6))).stretches()).containsExactly(days(0, 12));
    }

    @Test
    void a_replay_of_years_ago_is_a_stretch_of_its_own() {
        Extent extent = Extent.of(List.of(days(0, 130), days(3600, 3601)));
        assertThat(extent.stretches()).containsExactly(days(0, 130), days(3600, 3601));
        assertThat(extent.newest()).isEqualTo(days(3600, 3601));
        assertThat(extent.all()).isEqualTo(days(0, 3601));
    }

    @Test
    void a_piece_inside_another_changes_nothing() {
        assertThat(Extent.of(List.of(days(0, 10), days(2, 3))).stretches()).containsExactly(days(0, 10));
    }

    @Test
    void new_data_joins_the_stretch_it_continues() {
        assertThat(Extent.of(List.of(days(0, 10))).with(days(11, 12)).stretches()).containsExactly(days(0, 12));
    }
}
