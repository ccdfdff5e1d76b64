package dev.tidemark.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PaintThreadTest {

    private final Queue<Runnable> painter = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();
    private long now;
    private final PaintThread thread = new PaintThread(painter::add, Runnable::run, () -> now);

    @Test
    void pictures_that_are_painted_in_one_go_are_shown_in_one_go() {
        paint("a", 1);
        paint("b", 1);
        paint("c", 1);
        painter.remove().run();
        painter.remove().run();
        assertThat(shown).isEmpty();
        painter.remove().run();
        assertThat(shown).containsExactly("a", "b", "c");
        paint("d", 1);
        painter.remove().run();
        assertThat(shown).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_picture_waits_for_others_no_longer_than_a_frame() {
        paint("a", 1);
        paint("b", 9);
        paint("c", 9);
        paint("d", 9);
        painter.remove().run();
        painter.remove().run();
        assertThat(shown).isEmpty();
        painter.remove().run();
        assertThat(shown).containsExactly("a", "b", "c");
        painter.remove().run();
        assertThat(shown).containsExactly("a", "b", "c", "d");
    }

    @Test
    void what_is_finished_is_shown_though_the_last_work_has_nothing_to_show_or_fails() {
        paint("a", 1);
        thread.execute(() -> { });
        painter.remove().run();
        painter.remove().run();
        assertThat(shown).containsExactly("a");
        paint("b", 1);
        thread.execute(() -> {
            throw new IllegalStateException("broken");
        });
        painter.remove().run();
        Runnable broken = painter.remove();
        assertThatThrownBy(broken::run).hasMessage("broken");
        assertThat(shown).containsExactly("a", "b");
    }

    private void paint(String picture, long millis) {
        thread.execute(() -> {
            now += millis * 1_000_000;
            thread.show(() -> shown.add(picture));
        });
    }
}
