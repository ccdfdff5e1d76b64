package dev.tidemark.ui.command;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PaletteModelTest {

    private final List<String> done = new ArrayList<>();
    private List<Offer> all = offers("Back to live", "Switch between dark and light", "Export what the charts show", "gold/windows", "silver/readings", "hall-b-2");
    private final PaletteModel palette = new PaletteModel(() -> all, typed -> typed.startsWith("v ") ? offers("Go to version " + typed.substring(2)) : List.of());

    private List<Offer> offers(String... titles) {
        return List.of(titles).stream().map(title -> new Offer(Offer.Kind.COMMAND, title, title, "", "", () -> done.add(title))).toList();
    }

    private List<String> found(String typed) {
        palette.open();
        palette.queryProperty().set(typed);
        return palette.found().stream().map(found -> found.offer().title()).toList();
    }

    @Test
    void letters_in_their_order_are_enough() {
        assertThat(found("expt")).containsExactly("Export what the charts show");
        assertThat(found("windw")).containsExactly("gold/windows");
        assertThat(found("xyz")).isEmpty();
    }

    @Test
    void what_has_no_name_to_remember_is_not_remembered() {
        palette.choose(new Offer(Offer.Kind.TIME, "", "Show 10:00", "", "", () -> done.add("shown")));
        assertThat(done).containsExactly("shown");
        assertThat(palette.recent()).isEmpty();
    }

    @Test
    void beginnings_of_words_count_for_more_than_letters_within_them() {
        assertThat(found("dl").get(0)).isEqualTo("Switch between dark and light");
        assertThat(found("gw")).first().isEqualTo("gold/windows");
        assertThat(found("b2")).first().isEqualTo("hall-b-2");
    }

    @Test
    void letters_that_follow_each_other_count_for_more_than_scattered_ones() {
        all = offers("alpine river view", "deliver");
        assertThat(found("live")).containsExactly("deliver", "alpine river view");
    }

    @Test
    void the_letters_that_answered_are_told() {
        palette.open();
        palette.queryProperty().set("g w");
        assertThat(palette.found().get(0).letters()).containsExactly(0, 5);
    }

    @Test
    void what_was_chosen_lately_comes_first_and_before_what_matches_as_well() {
        palette.open();
        palette.choose(all.get(4));
        assertThat(done).containsExactly("silver/readings");
        assertThat(found("")).first().isEqualTo("silver/readings");
        assertThat(found("")).hasSize(6);
        assertThat(found("s")).first().isEqualTo("silver/readings");
    }

    @Test
    void lately_does_not_win_against_a_much_better_match() {
        palette.choose(all.get(1));
        assertThat(found("live")).first().isEqualTo("Back to live");
    }

    @Test
    void an_exact_answer_stands_above_all() {
        assertThat(found("v 12")).first().isEqualTo("Go to version 12");
    }

    @Test
    void one_that_only_tells_why_not_does_nothing() {
        palette.choose(new Offer(Offer.Kind.VERSION, "", "Version 9 is not offered", "", "", null));
        assertThat(palette.recent()).isEmpty();
    }
}
