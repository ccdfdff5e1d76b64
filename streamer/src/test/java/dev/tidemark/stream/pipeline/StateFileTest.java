package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.state.StatePart;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateFileTest {

    /** Remembers texts. */
    private static final class Texts implements StatePart {

        private final String section;
        private final int form;
        private final String settings;
        private final List<String> texts = new ArrayList<>();

        Texts(String section, int form, String settings, String... texts) {
            this.section = section;
            this.form = form;
            this.settings = settings;
            this.texts.addAll(List.of(texts));
        }

        @Override
        public String section() {
            return section;
        }

        @Override
        public int form() {
            return form;
        }

        @Override
        public String settings() {
            return settings;
        }

        @Override
        public void write(StateWriter out) {
            out.number(texts.size());
            texts.forEach(out::text);
        }

        @Override
        public void read(StateReader in) {
            for (int i = in.count(4); i > 0; i--) {
                texts.add(in.text());
            }
        }
    }

    private static final Map<String, Long> POSITIONS = Map.of("s#1", 7L, "s#0", Long.MAX_VALUE);

    private static byte[] file() {
        return bytes(StateFile.of(3, -5, 1_000, 900, List.of("a 1", "b 2"), POSITIONS, List.of(new Texts("one", 1, "x", "mill", "kiln"), new Texts("two", 2, "", "press"))));
    }

    private static byte[] bytes(StateFile state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            state.write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static void restore(byte[] file, StatePart... parts) {
        StateFile.restore(file, StateFile.head(file), List.of(parts));
    }

    @Test
    void what_was_written_comes_back() {
        byte[] file = file();
        StateFile.Head head = StateFile.head(file);
        assertThat(head.generation()).isEqualTo(3);
        assertThat(head.id()).isEqualTo(-5);
        assertThat(head.ingestedAt()).isEqualTo(1_000);
        assertThat(head.watermark()).isEqualTo(900);
        assertThat(head.tables()).containsExactly("a 1", "b 2");
        assertThat(head.positions()).isEqualTo(POSITIONS);
        Texts one = new Texts("one", 1, "x");
        Texts two = new Texts("two", 2, "");
        restore(file, one, two);
        assertThat(one.texts).containsExactly("mill", "kiln");
        assertThat(two.texts).containsExactly("press");
    }

    @Test
    void a_file_that_ends_anywhere_before_its_end_is_broken() {
        byte[] file = file();
        for (int length = 0; length < file.length; length++) {
            byte[] torn = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> StateFile.head(torn)).as("%d bytes", length).isInstanceOf(BrokenState.class);
        }
    }

    @Test
    void a_file_with_any_bit_flipped_is_broken() {
        byte[] file = file();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> StateFile.head(flipped)).as("bit %d", bit).isInstanceOf(BrokenState.class);
        }
    }

    @Test
    void a_file_with_something_behind_its_end_is_broken() {
        byte[] file = file();
        assertThatThrownBy(() -> StateFile.head(Arrays.copyOf(file, file.length + 1))).isInstanceOf(BrokenState.class);
    }

    @Test
    void what_was_written_for_something_else_is_refused_and_says_what() {
        byte[] file = file();
        Texts two = new Texts("two", 2, "");
        assertThatThrownBy(() -> restore(file, new Texts("other", 1, "x"), two)).isInstanceOf(BrokenState.class).hasMessageContaining("expected other 1 [x], actual one 1 [x]");
        assertThatThrownBy(() -> restore(file, new Texts("one", 2, "x"), two)).isInstanceOf(BrokenState.class).hasMessageContaining("expected one 2 [x], actual one 1 [x]");
        assertThatThrownBy(() -> restore(file, new Texts("one", 1, "y"), two)).isInstanceOf(BrokenState.class).hasMessageContaining("expected one 1 [y], actual one 1 [x]");
        assertThatThrownBy(() -> restore(file, new Texts("one", 1, "x"))).isInstanceOf(BrokenState.class).hasMessageContaining("more than there is now (actual two)");
        assertThatThrownBy(() -> restore(file, new Texts("one", 1, "x"), two, new Texts("three", 1, ""))).isInstanceOf(BrokenState.class).hasMessageContaining("actual nothing");
    }

    @Test
    void a_section_that_is_not_read_to_its_end_is_refused() {
        byte[] file = file();
        Texts lazy = new Texts("one", 1, "x");
        StatePart readsNothing = new StatePart() {
            @Override
            public String section() {
                return lazy.section();
            }

            @Override
            public int form() {
                return lazy.form();
            }

            @Override
            public String settings() {
                return lazy.settings();
            }

            @Override
            public void write(StateWriter out) {
                lazy.write(out);
            }

            @Override
            public void read(StateReader in) {
                in.number();
            }
        };
        assertThatThrownBy(() -> restore(file, readsNothing, new Texts("two", 2, ""))).isInstanceOf(BrokenState.class).hasMessageContaining("section one is longer");
    }
}
