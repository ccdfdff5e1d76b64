package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.tidemark.ui.chart.MinMaxIndex.Summary;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesDataTest {

    @Test
    void the_index_says_what_looking_at_every_sample_says() {
        Random random = new Random(4);
        SeriesWriter writer = new SeriesWriter(10);
        for (int i = 0; i < 5_000; i++) {
            double value = random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian();
            writer.append(i * 10L, value, value - random.nextDouble(), value + random.nextDouble(), i);
        }
        SeriesData data = writer.snapshot();
        Summary summary = new Summary();
        for (int round = 0; round < 5_000; round++) {
            int from = random.nextInt(5_000);
            int to = from + random.nextInt(5_001 - from);
            summary.clear();
            data.addTo(summary, from, to);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int valid = 0;
            for (int i = from; i < to; i++) {
                if (Double.isFinite(data.value(i))) {
                    low = Math.min(low, data.min(i));
                    high = Math.max(high, data.max(i));
                    sum += data.value(i);
                    valid++;
                }
            }
            assertThat(summary.valid).isEqualTo(valid);
            assertThat(summary.low).isEqualTo(low);
            assertThat(summary.high).isEqualTo(high);
            assertThat(summary.sum).isCloseTo(sum, offset(1e-9));
        }
    }

    @Test
    void whole_columns_give_the_same_as_appending() {
        SeriesData whole = Plant.wander(5, 1_000, 10, 10_000, 3, 1, 1);
        SeriesWriter writer = new SeriesWriter(10);
        for (int i = 0; i < whole.size(); i++) {
            writer.append(whole.time(i), whole.value(i));
        }
        Summary a = new Summary();
        Summary b = new Summary();
        whole.addTo(a, 3, 997);
        writer.snapshot().addTo(b, 3, 997);
        assertThat(new double[] {a.low, a.high, a.sum, a.valid}).containsExactly(b.low, b.high, b.sum, b.valid);
    }

    @Test
    void a_snapshot_does_not_change_while_the_writer_goes_on() {
        SeriesWriter writer = new SeriesWriter(10);
        for (int i = 0; i < 300; i++) {
            writer.append(i, i);
        }
        SeriesData before = writer.snapshot();
        for (int i = 300; i < 10_000; i++) {
            writer.append(i, -1_000, -2_000, 0, 7);
        }
        Summary summary = new Summary();
        before.addTo(summary, 0, before.size());
        assertThat(before.size()).isEqualTo(300);
        assertThat(summary.low).isEqualTo(0);
        assertThat(summary.high).isEqualTo(299);
        assertThat(before.firstAtOrAfter(5_000)).isEqualTo(300);
    }

    @Test
    void a_sample_is_found_by_time_from_any_hint() {
        SeriesWriter writer = new SeriesWriter(10);
        for (int i = 0; i < 500; i++) {
            writer.append(i * 10L, i);
        }
        writer.provisional(new long[] {5_000, 5_010}, new double[] {1, 2}, null, null, null);
        SeriesData data = writer.snapshot();
        for (long t = -5; t < 5_030; t += 3) {
            int expected = (int) Math.max(0, Math.min(502, -Math.floorDiv(-t, 10L)));
            assertThat(data.firstAtOrAfter(t)).isEqualTo(expected);
            for (int hint = 0; hint <= expected; hint += 37) {
                assertThat(data.firstAtOrAfter(t, hint)).as("%d from %d", t, hint).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_provisional_tail_follows_the_settled_samples_and_is_replaced_whole() {
        SeriesWriter writer = new SeriesWriter(60);
        writer.append(0, 1, 0, 2, 60);
        writer.provisional(new long[] {60, 120}, new double[] {5, 6}, new double[] {4, 5}, new double[] {6, 7}, new long[] {30, 3});
        SeriesData data = writer.snapshot();
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.settled()).isEqualTo(1);
        assertThat(data.value(2)).isEqualTo(6);
        assertThat(data.min(1)).isEqualTo(4);
        assertThat(data.count(1)).isEqualTo(30);

        writer.provisional(new long[] {120}, new double[] {8}, null, null, null);
        assertThat(writer.snapshot().size()).isEqualTo(2);
        assertThat(writer.snapshot().value(1)).isEqualTo(8);
        assertThat(data.value(2)).as("the snapshot before").isEqualTo(6);
    }

    @Test
    void a_settled_sample_takes_the_place_of_the_provisional_one() {
        SeriesWriter writer = new SeriesWriter(60);
        writer.append(0, 1);
        writer.provisional(new long[] {60, 120}, new double[] {5, 6}, null, null, null);
        writer.append(60, 5.5);
        SeriesData data = writer.snapshot();
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.settled()).isEqualTo(2);
        assertThat(data.value(1)).isEqualTo(5.5);
        assertThat(data.time(2)).isEqualTo(120);
        writer.provisional(new long[] {0, 60}, new double[] {9, 9}, null, null, null);
        assertThat(writer.snapshot().size()).as("what is settled wins").isEqualTo(2);
    }

    @Test
    void an_envelope_may_come_later_and_unknown_ends_are_the_value() {
        SeriesWriter writer = new SeriesWriter(0);
        writer.append(1, 10);
        writer.append(2, 20, 15, 25, 4);
        writer.append(3, 30, Double.NaN, Double.NaN, -1);
        SeriesData data = writer.snapshot();
        assertThat(new double[] {data.min(0), data.max(0), data.min(1), data.max(1), data.min(2), data.max(2)})
                .containsExactly(10, 10, 15, 25, 30, 30);
        assertThat(new long[] {data.count(0), data.count(1), data.count(2)}).containsExactly(-1, 4, -1);
    }

    @Test
    void times_that_do_not_ascend_are_refused() {
        SeriesWriter writer = new SeriesWriter(0);
        writer.append(5, 1);
        assertThatThrownBy(() -> writer.append(5, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot append a sample: times must ascend (expected after 5 µs, actual 5 µs)");
        assertThatThrownBy(() -> SeriesData.of(0, new long[] {2, 1}, new double[2], null, null, null))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("sample 1");
        assertThatThrownBy(() -> SeriesData.of(0, new long[2], new double[3], null, null, null))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("different lengths");
    }
}
