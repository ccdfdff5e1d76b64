package dev.tidemark.stream.pipeline;

import dev.tidemark.stream.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(240)
class CommitThreadTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();
    private final CommitThread thread = new CommitThread(() -> nanos.addAndGet(10), ended::incrementAndGet);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        thread.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void work_is_done_one_after_the_other_in_the_order_in_which_it_was_handed_over() {
        CountDownLatch go = new CountDownLatch(1);
        CommitThread.Work first = thread.begin(() -> {
            await(go);
            done.add("first");
        });
        CommitThread.Work second = thread.begin(() -> done.add("second"));
        assertThat(first.isDone()).isFalse();
        assertThat(second.isDone()).isFalse();
        go.countDown();
        second.await();
        assertThat(first.isDone()).isTrue();
        assertThat(done).containsExactly("first", "second");
        assertThat(first.took()).isPositive();
        assertThat(second.end()).isGreaterThan(first.end());
    }

    @Test
    void after_a_failure_nothing_is_begun_any_more_and_whoever_waits_hears_of_it() {
        CountDownLatch go = new CountDownLatch(1);
        StreamException failure = new StreamException("the disk is gone");
        CommitThread.Work failed = thread.begin(() -> {
            await(go);
            throw failure;
        });
        CommitThread.Work next = thread.begin(() -> done.add("next"));
        go.countDown();
        assertThatThrownBy(next::await).as("what was not begun is not done").isSameAs(failure);
        assertThatThrownBy(failed::await).isSameAs(failure);
        assertThatThrownBy(() -> thread.run(() -> done.add("later"))).isSameAs(failure);
        assertThat(done).isEmpty();
    }

    @Test
    void an_error_comes_through_as_it_is() {
        AssertionError error = new AssertionError("out of everything");
        assertThatThrownBy(() -> thread.run(() -> {
            throw error;
        })).isSameAs(error);
    }

    @Test
    void the_end_of_work_is_told_however_it_ended() {
        thread.run(() -> { });
        assertThatThrownBy(() -> thread.run(() -> {
            throw new StreamException("no");
        })).isInstanceOf(StreamException.class);
        assertThat(ended.get()).isEqualTo(2);
    }

    @Test
    void an_interrupt_neither_ends_the_waiting_nor_is_lost() {
        CountDownLatch go = new CountDownLatch(1);
        CommitThread.Work work = thread.begin(() -> {
            await(go);
            done.add("all the same");
        });
        Thread.currentThread().interrupt();
        new Thread(go::countDown).start();
        work.await();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("all the same");
    }

    @Test
    void closing_waits_for_what_is_under_way() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        thread.begin(() -> {
            begun.countDown();
            await(go);
            done.add("done");
        });
        await(begun);
        new Thread(go::countDown).start();
        thread.close();
        assertThat(done).containsExactly("done");
    }
}
