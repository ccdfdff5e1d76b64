package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final long T0 = 1_000_000_000L;
    private final Trace trace = new Trace();

    @Test
    void samples_farther_apart_than_a_pixel_stay_where_they_are() {
        SeriesData data = samples(0, T0 + 105, 1, T0 + 250, 2, T0 + 690, 3);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(Arrays.copyOf(trace.x, trace.size)).containsExactly(new double[] {10.5, 25, 69}, offset(1e-6));
        assertThat(Arrays.copyOf(trace.value, trace.size)).containsExactly(1, 2, 3);
    }

    @Test
    void samples_of_one_pixel_become_their_mean_with_lowest_and_highest() {
        SeriesData data = samples(0, T0 + 100, 1, T0 + 103, 5, T0 + 109, 3, T0 + 110, 7);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(trace.size).isEqualTo(2);
        assertThat(trace.x[0]).isEqualTo(10.5);
        assertThat(trace.value[0]).isEqualTo(3);
        assertThat(trace.low[0]).isEqualTo(1);
        assertThat(trace.high[0]).isEqualTo(5);
        assertThat(trace.samples[0]).isEqualTo(3);
        assertThat(trace.value[1]).isEqualTo(7);
        assertThat(trace.enveloped).isTrue();
    }

    @Test
    void a_sample_on_either_side_lets_the_line_leave_the_view() {
        SeriesData data = samples(0, T0 - 2000, 9, T0 - 500, 1, T0 + 500, 2, T0 + 1500, 3, T0 + 9000, 9);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(Arrays.copyOf(trace.x, trace.size)).containsExactly(new double[] {-50, 50, 150}, offset(1e-6));
        assertThat(trace.joined[1] && trace.joined[2]).isTrue();
    }

    @Test
    void a_missing_window_is_a_gap_and_not_bridged() {
        SeriesData data = samples(100, T0, 1, T0 + 100, 1, T0 + 300, 1, T0 + 400, 1);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(joins()).containsExactly(false, true, false, true);
    }

    @Test
    void a_window_half_late_is_no_gap() {
        SeriesData data = samples(100, T0, 1, T0 + 150, 1, T0 + 301, 1);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(joins()).containsExactly(false, true, false);
    }

    @Test
    void a_value_that_is_no_number_is_a_gap() {
        SeriesData data = samples(0, T0, 1, T0 + 100, Double.NaN, T0 + 200, 1, T0 + 300, Double.POSITIVE_INFINITY, T0 + 400, 1, T0 + 500, 1);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(trace.size).isEqualTo(4);
        assertThat(joins()).containsExactly(false, false, false, true);
    }

    @Test
    void a_gap_across_the_left_border_is_a_gap() {
        SeriesData data = samples(100, T0 - 500, 1, T0 + 200, 1);
        trace.reduce(data, columns(T0, 1000, 100));
        assertThat(trace.joined[trace.size - 1]).isFalse();
    }

    @Test
    void what_is_provisional_is_known_by_its_vertex() {
        SeriesWriter writer = new SeriesWriter(100);
        writer.append(T0, 1);
        writer.append(T0 + 100, 1);
        writer.provisional(new long[] {T0 + 200}, new double[] {1}, null, null, null);
        trace.reduce(writer.snapshot(), columns(T0, 1000, 100));
        assertThat(trace.provisional[0] || trace.provisional[1]).isFalse();
        assertThat(trace.provisional[2]).isTrue();
    }

    @Test
    void a_sliding_view_shows_the_same_columns_at_other_places() {
        SeriesData data = Plant.wander(6, 20_000, 7, T0 + 140_000, 0, 1, 1);
        long span = 70_001;
        Columns before = Columns.of(new TimeRange(T0 + 20_011, T0 + 20_011 + span), 300);
        Columns after = Columns.of(new TimeRange(T0 + 21_500, T0 + 21_500 + span), 300);
        List<Double> first = highs(data, before);
        List<Double> second = highs(data, after);
        int shift = (int) (after.first() - before.first());
        assertThat(shift).isBetween(1, 20);
        assertThat(second.subList(1, 250)).isEqualTo(first.subList(1 + shift, 250 + shift));
    }

    @Test
    void extremes_reach_the_axis_and_so_do_lines_that_only_cross_the_view() {
        trace.reduce(samples(0, T0 - 1000, 0, T0 + 2000, 30), columns(T0, 1000, 100));
        assertThat(trace.lowest(100)).isCloseTo(10, offset(0.2));
        assertThat(trace.highest(100)).isCloseTo(20, offset(0.2));
        trace.reduce(samples(0, T0 - 2000, 5, T0 - 1000, 7), columns(T0, 1000, 100));
        assertThat(trace.lowest(100)).isGreaterThan(trace.highest(100));
    }

    @Test
    void nothing_gives_nothing() {
        trace.reduce(SeriesData.EMPTY, columns(T0, 1000, 100));
        assertThat(trace.size).isZero();
    }

    @Test
    void a_reading_is_what_is_drawn_there() {
        Columns columns = columns(T0, 1000, 100);
        SeriesData data = samples(100, T0 + 100, 1, T0 + 103, 5, T0 + 203, 3);
        assertThat(Reading.at(data, columns, T0 + 101, 8)).as("two samples in the column")
                .isEqualTo(new Reading(T0 + 100, 3, 1, 5, -1, 2, false));
        assertThat(Reading.at(data, columns, T0 + 165, 1).value()).as("the nearest").isEqualTo(3);
        assertThat(Reading.at(data, columns, T0 + 400, 8)).as("too far").isNull();
        assertThat(Reading.at(SeriesData.EMPTY, columns, T0, 8)).isNull();
    }

    private List<Double> highs(SeriesData data, Columns columns) {
        trace.reduce(data, columns);
        List<Double> highs = new ArrayList<>();
        for (int v = 0; v < trace.size; v++) {
            if (trace.x[v] >= 0 && trace.x[v] < columns.count()) {
                highs.add(trace.high[v]);
            }
        }
        return highs;
    }

    private boolean[] joins() {
        return Arrays.copyOf(trace.joined, trace.size);
    }

    private static Columns columns(long from, long span, int count) {
        return Columns.of(new TimeRange(from, from + span), count);
    }

    private static SeriesData samples(long spacing, double... timesAndValues) {
        long[] time = new long[timesAndValues.length / 2];
        double[] value = new double[time.length];
        for (int i = 0; i < time.length; i++) {
            time[i] = (long) timesAndValues[2 * i];
            value[i] = timesAndValues[2 * i + 1];
        }
        return SeriesData.of(spacing, time, value, null, null, null);
    }
}
