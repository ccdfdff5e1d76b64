package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.ui.chart.ValueAxis.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueAxisTest {

    private static final long SECOND = 1_000_000_000L;
    private final ValueAxis axis = new ValueAxis();

    @Test
    void ticks_are_round_numbers_and_enclose_the_data() {
        assertThat(axis.fit(71.3, 92.8, 5, 0, false, 0)).isEqualTo(new Range(70, 95, 5));
    }

    @Test
    void data_that_reach_down_towards_zero_begin_at_zero() {
        assertThat(ValueAxis.nice(1.6, 6.2, 4).low()).isZero();
        assertThat(ValueAxis.nice(25_000, 75_000, 4)).isEqualTo(new Range(0, 80_000, 20_000));
        assertThat(ValueAxis.nice(-6.2, -1.6, 4).high()).isZero();
    }

    @Test
    void between_two_counts_there_is_no_tick() {
        assertThat(axis.fit(5, 5, 4, 1, false, 0)).isEqualTo(new Range(4, 6, 1));
        assertThat(axis.fit(13, 16, 5, 1, true, 1).step()).isEqualTo(1);
        assertThat(axis.fit(0, 1, 5, 1, true, 2)).isEqualTo(new Range(0, 2, 1));
        assertThat(axis.fit(300, 7_000, 5, 1, true, 3).step()).isEqualTo(2_000);
    }

    @Test
    void equal_values_get_room_on_both_sides() {
        Range flat = ValueAxis.nice(72, 72, 4);
        assertThat(flat.low()).isLessThan(72);
        assertThat(flat.high()).isGreaterThan(72);
        Range zero = ValueAxis.nice(0, 0, 4);
        assertThat(zero.low()).isNegative();
        assertThat(zero.high()).isPositive();
    }

    @Test
    void whatever_the_data_the_range_encloses_them_with_few_ticks_of_1_2_or_5() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(30) - 15);
            double high = low + random.nextDouble() * Math.pow(10, random.nextInt(30) - 15);
            int intervals = 1 + random.nextInt(8);
            Range range = ValueAxis.nice(low, high, intervals);
            String what = low + " to " + high + " in " + intervals + ": " + range;
            assertThat(range.low()).as(what).isLessThanOrEqualTo(low + range.step() * 1e-6);
            assertThat(range.high()).as(what).isGreaterThanOrEqualTo(high - range.step() * 1e-6);
            assertThat(range.ticks()).as(what).isBetween(2, Math.max(3, intervals + 1));
            double lead = range.step() / Math.pow(10, Math.floor(Math.log10(range.step()) + 1e-9));
            assertThat(List.of(1L, 2L, 5L)).as(what).contains(Math.round(lead));
        }
    }

    @Test
    void it_grows_at_once() {
        axis.fit(10, 20, 5, 0, false, 0);
        assertThat(axis.fit(10, 43, 5, 0, false, 1).high()).isGreaterThanOrEqualTo(43);
    }

    @Test
    void a_refresh_within_the_range_moves_nothing() {
        Range range = axis.fit(70, 95, 5, 0, false, 0);
        Random random = new Random(2);
        for (int i = 1; i < 1000; i++) {
            double low = 70 + random.nextDouble() * 3;
            assertThat(axis.fit(low, 92 + random.nextDouble() * 3, 5, 0, false, i * SECOND)).isSameAs(range);
        }
    }

    @Test
    void it_shrinks_only_after_the_data_have_needed_less_for_a_while() {
        Range wide = axis.fit(0, 100, 5, 0, false, 0);
        assertThat(axis.fit(0, 10, 5, 0, false, SECOND)).isSameAs(wide);
        assertThat(axis.fit(0, 10, 5, 0, false, 4 * SECOND)).isSameAs(wide);
        assertThat(axis.fit(0, 100, 5, 0, false, 4 * SECOND)).as("a spike starts the wait anew").isSameAs(wide);
        assertThat(axis.fit(0, 10, 5, 0, false, 6 * SECOND)).isSameAs(wide);
        assertThat(axis.fit(0, 10, 5, 0, false, 9 * SECOND)).isSameAs(wide);
        assertThat(axis.fit(0, 10, 5, 0, false, 10 * SECOND).high()).isLessThan(50);
    }

    @Test
    void it_fits_at_once_when_the_operator_changed_the_view() {
        axis.fit(0, 100, 5, 0, false, 0);
        assertThat(axis.fit(41, 43, 5, 0, true, 1).high()).isLessThan(50);
    }

    @Test
    void without_data_it_stays_as_it_was() {
        Range range = axis.fit(70, 95, 5, 0, false, 0);
        assertThat(axis.fit(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 5, 0, true, 1)).isSameAs(range);
        assertThat(new ValueAxis().isFitted()).isFalse();
    }

    @Test
    void numbers_beyond_reason_do_not_break_it() {
        Range range = axis.fit(-Double.MAX_VALUE, Double.MAX_VALUE, 4, 0, false, 0);
        assertThat(Double.isFinite(range.low()) && Double.isFinite(range.high()) && range.step() > 0).isTrue();
    }

    @Test
    void large_values_are_written_with_a_suffix_and_all_alike() {
        assertThat(labels(new Range(0, 100_000, 25_000))).containsExactly("0", "25k", "50k", "75k", "100k");
        assertThat(labels(new Range(0, 3_000_000, 500_000))).containsExactly("0", "0.5M", "1.0M", "1.5M", "2.0M", "2.5M", "3.0M");
        assertThat(labels(new Range(0, 8_000, 2_000))).containsExactly("0", "2000", "4000", "6000", "8000");
    }

    @Test
    void small_values_have_as_many_decimals_as_the_step() {
        assertThat(labels(new Range(-0.1, 0.1, 0.05))).containsExactly("\u22120.10", "\u22120.05", "0.00", "0.05", "0.10");
        assertThat(labels(new Range(70, 80, 5))).containsExactly("70", "75", "80");
        assertThat(labels(new Range(0, 4e-9, 2e-9))).containsExactly("0.0e+00", "2.0e\u221209", "4.0e\u221209");
    }

    @Test
    void readings_are_written_in_full_two_digits_finer_than_the_axis() {
        assertThat(ValueFormat.ofReadings(new Range(0, 100_000, 20_000)).format(59_854.4)).isEqualTo("59\u2009854");
        assertThat(ValueFormat.ofReadings(new Range(70, 95, 5)).format(-71.256)).isEqualTo("\u221271.26");
    }

    private static List<String> labels(Range range) {
        ValueFormat format = ValueFormat.ofTicks(range);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < range.ticks(); i++) {
            labels.add(format.format(range.tick(i)));
        }
        return labels;
    }
}
