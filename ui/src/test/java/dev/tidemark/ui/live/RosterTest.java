package dev.tidemark.ui.live;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RosterTest {

    private final Roster roster = new Roster();

    private void usual(int series) {
        IntStream.range(0, series).forEach(i -> roster.learn("temperature", name(i), 1, 20 + i % 5 / 10.0));
    }

    private static String name(int i) {
        return String.format("m-%04d", i);
    }

    @Test
    void as_many_series_as_can_be_read_are_all_read_whatever_was_chosen() {
        usual(Roster.ALL);
        assertThat(roster.chosen(null)).isNull();
        assertThat(roster.chosen(List.of("m-0001"))).isNull();
    }

    @Test
    void of_more_those_furthest_from_the_median_come_first_then_by_name() {
        usual(3000);
        roster.learn("temperature", name(1234), 2, 31);
        roster.learn("temperature", name(2345), 2, 2);
        assertThat(roster.chosen(null)).hasSize(Roster.FEW).contains(name(1234), name(2345));
        // The usual ones lie at most two tenths from the median.
        assertThat(roster.chosen(null)).contains(name(0), name(4), name(5)).doesNotContain(name(2));
    }

    @Test
    void a_measure_of_small_numbers_counts_as_much_as_one_of_large_ones() {
        usual(3000);
        IntStream.range(0, 3000).forEach(i -> roster.learn("pressure", name(i), 1, 100_000 + 1000 * (i % 5)));
        roster.learn("temperature", name(77), 2, 26);
        assertThat(roster.chosen(null)).contains(name(77));
    }

    @Test
    void only_the_newest_value_counts() {
        usual(3000);
        roster.learn("temperature", name(42), 0, 500);
        assertThat(roster.chosen(null)).doesNotContain(name(42));
    }

    @Test
    void where_all_values_are_equal_the_first_by_name_are_read() {
        IntStream.range(0, 3000).forEach(i -> roster.learn("on", name(i), 1, 0));
        assertThat(roster.chosen(null)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, Roster.FEW).mapToObj(RosterTest::name).toList());
    }

    @Test
    void what_was_chosen_by_name_is_read_even_if_its_newest_rows_were_not_heard_of() {
        usual(3000);
        assertThat(roster.chosen(List.of(name(7), "asleep"))).containsExactlyInAnyOrder(name(7), "asleep");
    }

    @Test
    void a_series_that_is_heard_of_later_is_listed_by_its_name() {
        usual(2);
        assertThat(roster.names()).containsExactly("m-0000", "m-0001");
        roster.learn("m-0000a");
        assertThat(roster.names()).containsExactly("m-0000", "m-0000a", "m-0001");
    }
}
