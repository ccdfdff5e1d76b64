package dev.tidemark.ui.task;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import static org.assertj.core.api.Assertions.assertThat;

class NewestTest {

    private final Queue<Runnable> screen = new ArrayDeque<>();
    private final Tasks tasks = Tasks.on(screen::add);
    private final List<Object> seen = new ArrayList<>();
    private final Newest<Object> newest = new Newest<>(tasks, seen::add);

    private void turn() {
        while (!screen.isEmpty()) {
            screen.poll().run();
        }
    }

    @Test
    void of_what_piles_up_while_the_screen_is_busy_only_the_newest_arrives() {
        newest.offer("one");
        newest.offer("two");
        newest.offer("three");
        turn();
        assertThat(seen).containsExactly("three");
        newest.offer("four");
        turn();
        assertThat(seen).containsExactly("three", "four");
    }

    @Test
    void it_arrives_after_what_was_sent_to_the_screen_before_it() {
        newest.offer("frame 1");
        tasks.onScreen(() -> seen.add("commit 2"));
        newest.offer("frame 2");
        turn();
        assertThat(seen).containsExactly("commit 2", "frame 2");
    }

    @Test
    void what_piles_up_is_not_kept() {
        Object first = new Object();
        WeakReference<Object> reference = new WeakReference<>(first);
        newest.offer(first);
        first = null;
        newest.offer("next");
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
        assertThat(screen).hasSize(2);
    }
}
