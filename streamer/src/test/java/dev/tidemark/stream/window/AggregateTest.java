package dev.tidemark.stream.window;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AggregateTest {

    @Test
    void merged_parts_are_what_one_would_have_been() {
        Random random = new Random(7);
        for (int parts = 1; parts <= 5; parts++) {
            List<double[]> all = new ArrayList<>();
            Aggregate merged = new Aggregate();
            Aggregate whole = new Aggregate();
            for (int part = 0; part < parts; part++) {
                Aggregate one = new Aggregate();
                for (int i = 0; i < part * 13; i++) {
                    double value = 1e6 + random.nextGaussian();
                    long time = random.nextInt(1000);
                    all.add(new double[] {value, time});
                    one.add(value, time);
                    whole.add(value, time);
                }
                merged.merge(one);
            }
            if (!all.isEmpty()) {
                same(row(merged), all);
                same(row(whole), all);
            }
        }
    }

    private static void same(WindowRow row, List<double[]> values) {
        double sum = 0;
        double[] first = values.get(0);
        double[] last = values.get(0);
        for (double[] value : values) {
            sum += value[0];
            first = value[1] < first[1] ? value : first;
            last = value[1] >= last[1] ? value : last;
        }
        double mean = sum / values.size();
        double squares = 0;
        for (double[] value : values) {
            squares += (value[0] - mean) * (value[0] - mean);
        }
        assertThat(row.count()).isEqualTo(values.size());
        assertThat(row.sum()).isCloseTo(sum, within(Math.abs(sum) * 1e-12));
        assertThat(row.avg()).isCloseTo(mean, within(Math.abs(mean) * 1e-12));
        assertThat(row.stddev()).isCloseTo(Math.sqrt(squares / values.size()), within(1e-9));
        assertThat(row.min()).isEqualTo(values.stream().mapToDouble(v -> v[0]).min().orElseThrow());
        assertThat(row.max()).isEqualTo(values.stream().mapToDouble(v -> v[0]).max().orElseThrow());
        assertThat(row.first()).isEqualTo(first[0]);
        assertThat(row.last()).isEqualTo(last[0]);
        assertThat(row.lastEventTime()).isEqualTo((long) last[1]);
    }

    @Test
    void of_values_at_the_same_time_the_one_that_came_first_is_first_and_the_one_that_came_last_is_last() {
        Aggregate aggregate = new Aggregate();
        aggregate.add(1, 500);
        aggregate.add(2, 500);
        aggregate.add(3, 500);
        assertThat(row(aggregate).first()).isEqualTo(1);
        assertThat(row(aggregate).last()).isEqualTo(3);
    }

    @Test
    void an_earlier_event_that_comes_later_becomes_the_first() {
        Aggregate aggregate = new Aggregate();
        aggregate.add(1, 500);
        aggregate.add(2, 400);
        assertThat(row(aggregate).first()).isEqualTo(2);
        assertThat(row(aggregate).last()).isEqualTo(1);
        assertThat(row(aggregate).lastEventTime()).isEqualTo(500);
    }

    @Test
    void a_single_value_has_no_spread() {
        Aggregate aggregate = new Aggregate();
        aggregate.add(71.2, 0);
        assertThat(row(aggregate).stddev()).isZero();
        assertThat(row(aggregate).avg()).isEqualTo(71.2);
    }

    private static WindowRow row(Aggregate aggregate) {
        Device device = new Device("d", null, 1);
        return aggregate.row("1m", 0, 60_000_000L, device, device.number("m"));
    }
}
