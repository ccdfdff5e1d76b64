package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.SeriesData;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class LineTest {

    private static final long MINUTE = 60_000_000L;

    private final Line line = new Line(MINUTE);

    private void add(long minute, double value) {
        line.add(minute * MINUTE, value, value - 1, value + 1, 10);
    }

    private static double[] values(SeriesData data) {
        return IntStream.range(0, data.size()).mapToDouble(data::value).toArray();
    }

    @Test
    void rows_in_any_order_become_points_in_the_order_of_time() {
        add(3, 30);
        add(1, 10);
        add(2, 20);
        assertThat(values(line.settle())).containsExactly(10, 20, 30);
    }

    @Test
    void what_comes_later_is_appended() {
        add(1, 10);
        SeriesData before = line.settle();
        add(2, 20);
        assertThat(values(line.settle())).containsExactly(10, 20);
        assertThat(before.size()).isEqualTo(1);
    }

    @Test
    void a_row_between_those_that_were_there_finds_its_place() {
        add(1, 10);
        add(3, 30);
        line.settle();
        add(2, 20);
        assertThat(values(line.settle())).containsExactly(10, 20, 30);
    }

    @Test
    void rows_of_the_same_time_are_merged_by_their_counts() {
        line.add(MINUTE, 10, 5, 12, 30);
        line.add(MINUTE, 20, 8, 25, 10);
        SeriesData data = line.settle();
        assertThat(data.size()).isEqualTo(1);
        assertThat(data.value(0)).isEqualTo(12.5);
        assertThat(data.min(0)).isEqualTo(5);
        assertThat(data.max(0)).isEqualTo(25);
        assertThat(data.count(0)).isEqualTo(40);
    }

    @Test
    void open_windows_are_provisional_and_closed_ones_take_their_place() {
        add(1, 10);
        line.addOpen(2 * MINUTE, 19, 18, 20, 5);
        SeriesData open = line.settle();
        assertThat(values(open)).containsExactly(10, 19);
        assertThat(open.settled()).isEqualTo(1);
        add(2, 20);
        SeriesData closed = line.settle();
        assertThat(values(closed)).containsExactly(10, 20);
        assertThat(closed.settled()).isEqualTo(2);
    }

    @Test
    void open_windows_that_are_told_anew_replace_those_before() {
        line.addOpen(MINUTE, 10, 9, 11, 5);
        line.settle();
        line.clearOpen();
        line.addOpen(MINUTE, 11, 9, 12, 6);
        assertThat(values(line.settle())).containsExactly(11);
    }

    @Test
    void a_missing_window_of_a_steady_device_is_a_gap() {
        for (int minute = 0; minute < 40; minute++) {
            if (minute != 20) {
                add(minute, minute);
            }
        }
        assertThat(line.settle().spacing()).isEqualTo(MINUTE);
    }

    @Test
    void a_device_that_reports_every_ten_minutes_has_no_gap_between_its_windows() {
        for (int i = 0; i < 40; i++) {
            add(10 * i, i);
        }
        assertThat(line.settle().spacing()).isEqualTo(10 * MINUTE);
    }

    @Test
    void what_lies_long_before_the_view_is_forgotten_once_it_pays() {
        for (int minute = 0; minute < 10_000; minute++) {
            add(minute, minute);
        }
        line.settle();
        line.forget(9_000 * MINUTE);
        assertThat(values(line.settle())).hasSize(1000).startsWith(9000);
    }

    @Test
    void a_little_before_the_view_is_kept() {
        for (int minute = 0; minute < 100; minute++) {
            add(minute, minute);
        }
        line.settle();
        line.forget(90 * MINUTE);
        assertThat(line.settle().size()).isEqualTo(100);
    }

    @Test
    void too_many_points_become_fewer_that_stand_for_more_and_lose_no_peak() {
        for (int i = 0; i < 60; i++) {
            line.add(i * MINUTE, i, i - 1, i == 37 ? 900 : i + 1, 2);
        }
        line.settle();
        line.coarsen(10 * MINUTE);
        line.add(60 * MINUTE, 5, 5, 5, 1);
        line.add(61 * MINUTE, 7, 7, 7, 3);
        SeriesData data = line.settle();
        assertThat(data.size()).isEqualTo(7);
        assertThat(data.value(0)).isEqualTo(4.5);
        assertThat(data.count(0)).isEqualTo(20);
        assertThat(data.max(3)).isEqualTo(900);
        assertThat(data.time(6)).isEqualTo(60 * MINUTE);
        assertThat(data.value(6)).isEqualTo(6.5);
    }
}
