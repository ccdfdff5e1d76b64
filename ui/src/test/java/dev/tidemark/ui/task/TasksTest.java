package dev.tidemark.ui.task;

import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads, and who keeps them. */
class TasksTest {

    @Test
    void a_lane_that_was_closed_is_not_kept_by_what_it_was_made_by() {
        try (Tasks tasks = Tasks.background(Runnable::run)) {
            WeakReference<Tasks> lane = closed(tasks);
            // Its thread may have to end first.
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90); lane.get() != null && System.nanoTime() < end; ) {
                System.gc();
            }
            assertThat(lane.get()).isNull();
        }
    }

    @Test
    void what_a_task_did_not_foresee_is_told_and_not_swallowed() throws InterruptedException {
        LinkedBlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        IllegalStateException unforeseen = new IllegalStateException("unforeseen");
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> told.add(problem));
        try (Tasks tasks = Tasks.background(Runnable::run)) {
            tasks.start(() -> {
                throw unforeseen;
            });
            assertThat(told.poll(90, TimeUnit.SECONDS)).isSameAs(unforeseen);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static WeakReference<Tasks> closed(Tasks tasks) {
        Tasks lane = tasks.lane("lane");
        lane.close();
        return new WeakReference<>(lane);
    }
}
