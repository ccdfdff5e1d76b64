package dev.tidemark.ui.alerts;

import org.junit.jupiter.api.Test;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import static dev.tidemark.ui.alerts.Told.at;
import static org.assertj.core.api.Assertions.assertThat;

class FloodsTest {

    private static long[] every(double minutes, double from, int count) {
        return IntStream.range(0, count).mapToLong(i -> at(from + i * minutes)).toArray();
    }

    @Test
    void ten_in_ten_minutes_are_none() {
        assertThat(Floods.of(every(0.5, 0, 10))).isEmpty();
    }

    @Test
    void the_eleventh_makes_it_one_from_the_first_on() {
        assertThat(Floods.of(every(0.5, 0, 11))).containsExactly(new Floods.Flood(at(0), at(5)));
    }

    @Test
    void eleven_that_take_longer_than_ten_minutes_are_none() {
        assertThat(Floods.of(every(1, 0, 11))).isEmpty();
        assertThat(Floods.of(every(1, 0, 100))).isEmpty();
    }

    @Test
    void it_goes_on_until_fewer_than_five_come_in_ten_minutes() {
        long[] then = DoubleStream.concat(IntStream.range(0, 11).mapToDouble(i -> i * 0.5), DoubleStream.of(7, 9, 11, 13, 15)).mapToLong(Told::at).toArray();
        assertThat(Floods.of(then)).containsExactly(new Floods.Flood(at(0), at(15)));
    }

    @Test
    void two_floods_with_a_quiet_hour_between_are_two() {
        long[] both = IntStream.range(0, 24).mapToLong(i -> at(i < 12 ? i * 0.1 : 60 + i * 0.1)).toArray();
        assertThat(Floods.of(both)).hasSize(2);
    }

    @Test
    void the_order_of_the_times_does_not_matter() {
        long[] back = IntStream.range(0, 11).mapToLong(i -> at(10 - i * 0.5)).toArray();
        assertThat(Floods.of(back)).containsExactly(new Floods.Flood(at(5), at(10)));
    }
}
