package dev.tidemark.ui.task;

import dev.tidemark.ui.Turns;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class SlotTest {

    private final Turns turns = new Turns();
    private final Slot slot = new Slot(Tasks.on(turns));
    private final List<Object> heard = new ArrayList<>();

    @Test
    void an_answer_is_delivered_and_the_slot_is_free_again() {
        slot.ask(progress -> "answer", heard::add, heard::add);
        assertThat(slot.busyProperty().get()).isTrue();
        turns.all();
        assertThat(heard).containsExactly("answer");
        assertThat(slot.busyProperty().get()).isFalse();
    }

    @Test
    void of_two_requests_only_the_newer_one_is_answered() {
        slot.ask(progress -> "old", heard::add, heard::add);
        slot.ask(progress -> "new", heard::add, heard::add);
        turns.all();
        assertThat(heard).containsExactly("new");
    }

    @Test
    void a_failure_is_told_as_such() {
        IllegalStateException problem = new IllegalStateException("no");
        slot.ask(progress -> {
            throw problem;
        }, heard::add, heard::add);
        turns.all();
        assertThat(heard).containsExactly(problem);
        assertThat(slot.busyProperty().get()).isFalse();
    }

    @Test
    void a_missing_class_is_a_failure_too_and_not_silence() {
        slot.ask(progress -> {
            throw new NoClassDefFoundError("x");
        }, heard::add, heard::add);
        turns.all();
        assertThat(heard).hasSize(1);
    }

    @Test
    void whatever_is_thrown_frees_the_slot() {
        slot.ask(progress -> {
            throw new AssertionError("x");
        }, heard::add, heard::add);
        turns.all();
        assertThat(heard).hasSize(1);
        assertThat(slot.busyProperty().get()).isFalse();
    }

    @Test
    void progress_is_seen_while_it_runs() {
        slot.ask(progress -> {
            progress.reached(0.4);
            return "answer";
        }, heard::add, heard::add);
        turns.until(() -> slot.progressProperty().get() == 0.4);
        assertThat(heard).isEmpty();
    }

    @Test
    void a_cancel_interrupts_the_work_and_nothing_of_it_is_heard() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Tasks background = Tasks.background(turns)) {
            Slot running = new Slot(background);
            running.ask(progress -> {
                began.countDown();
                try {
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
            }, heard::add, heard::add);
            assertThat(began.await(90, TimeUnit.SECONDS)).isTrue();
            running.cancel();
            assertThat(interrupted.await(90, TimeUnit.SECONDS)).isTrue();
            assertThat(running.busyProperty().get()).isFalse();
        }
        turns.all();
        assertThat(heard).isEmpty();
    }
}
