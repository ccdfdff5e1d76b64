package dev.tidemark.ui.task;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads, and who keeps them. */
class TasksTest {

    @Test
    void a_lane_that_was_closed_is_not_kept_by_what_it_was_made_by() {
        try (Tasks tasks = Tasks.background(Runnable::run)) {
            WeakReference<Tasks> lane = closed(tasks);
            for (int i = 0; i < 50 && lane.get() != null; i++) {
                System.gc();
            }
            assertThat(lane.get()).isNull();
        }
    }

    private static WeakReference<Tasks> closed(Tasks tasks) {
        Tasks lane = tasks.lane("lane");
        lane.close();
        return new WeakReference<>(lane);
    }
}
