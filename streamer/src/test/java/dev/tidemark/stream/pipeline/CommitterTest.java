package dev.tidemark.stream.pipeline;

import dev.tidemark.lake.LakeException;
import dev.tidemark.stream.table.CommitOutcome;
import dev.tidemark.stream.table.LakeTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitterTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Long> pauses = new ArrayList<>();
    private final List<String> committed = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;
    private final Committer committer = new Committer(new Figures(registry), () -> 0, millis -> {
        pauses.add(millis);
        return pauses.size() >= stopAfter;
    }, committed::add, Long.MAX_VALUE);

    private static Supplier<CommitOutcome> attempts(Object... outcomes) {
        Deque<Object> left = new ArrayDeque<>(List.of(outcomes));
        return () -> {
            Object next = left.size() > 1 ? left.poll() : left.peek();
            if (next instanceof RuntimeException e) {
                throw e;
            }
            return (CommitOutcome) next;
        };
    }

    private static LakeException failure(LakeException.Reason reason) {
        return new LakeException(reason, "Cannot write table x: the disk is full");
    }

    private void commitOnce() {
        committer.commit("x", attempts(new CommitOutcome.Done(1)));
    }

    @Test
    void a_store_that_is_full_or_out_of_reach_is_tried_again_ever_more_slowly() {
        commitOnce();
        LakeException full = failure(LakeException.Reason.UNREACHABLE);
        assertThat(committer.commit("x", attempts(full, full, failure(LakeException.Reason.DENIED), full, full, full, full, full, new CommitOutcome.Done(7)))).isEqualTo(7);
        assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L);
        assertThat(committed).containsExactly("x", "x");
        assertThat(registry.get("tidemark.commit.failures").tag("table", "x").counter().count()).isEqualTo(8);
    }

    @Test
    void a_store_that_refuses_the_first_commit_of_a_run_ends_it() {
        assertThatThrownBy(() -> committer.commit("x", attempts(failure(LakeException.Reason.DENIED)))).isInstanceOf(LakeException.class).hasMessageContaining("full");
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_trying_again_cannot_help_ends_the_run() {
        commitOnce();
        assertThatThrownBy(() -> committer.commit("x", attempts(failure(LakeException.Reason.BROKEN_LOG)))).isInstanceOf(LakeException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_conflict_ends_the_run_and_says_who_won() {
        committer.commit(LakeTables.BRONZE_EVENTS.path(), attempts(new CommitOutcome.Done(1)));
        assertThatThrownBy(() -> committer.commit("x", attempts(new CommitOutcome.Conflict("version 3 by another moved the position"))))
                .isInstanceOf(StreamException.class).hasMessageContaining("version 3 by another").hasMessageContaining("Only one streamer");
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_conflict_before_it_has_written_what_it_read_lets_the_run_begin_again() {
        CommitOutcome conflict = new CommitOutcome.Conflict("version 3 by another moved the position");
        assertThatThrownBy(() -> committer.commit("x", attempts(conflict))).isInstanceOfSatisfying(OvertakenException.class, e -> assertThat(e.advanced()).isFalse());
        commitOnce();
        assertThatThrownBy(() -> committer.commit("x", attempts(conflict))).isInstanceOfSatisfying(OvertakenException.class, e -> assertThat(e.advanced()).isTrue());
    }

    @Test
    void a_run_that_has_an_end_gives_up_after_a_while() {
        AtomicLong time = new AtomicLong();
        Committer impatient = new Committer(new Figures(registry), time::get, millis -> {
            pauses.add(millis);
            time.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
            return false;
        }, committed::add, TimeUnit.SECONDS.toNanos(5));
        impatient.commit("x", attempts(new CommitOutcome.Done(1)));
        assertThatThrownBy(() -> impatient.commit("x", attempts(failure(LakeException.Reason.UNREACHABLE)))).isInstanceOf(StreamException.class)
                .hasMessageStartingWith("Cannot commit for 5 s: Cannot write table x: the disk is full").hasMessageContaining("read again at the next start");
        assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 1_500L);
    }

    @Test
    void a_stop_ends_the_waiting_and_says_what_becomes_of_the_rest() {
        commitOnce();
        stopAfter = 2;
        assertThatThrownBy(() -> committer.commit("x", attempts(failure(LakeException.Reason.UNREACHABLE)))).isInstanceOf(StreamException.class)
                .hasMessageContaining("the disk is full").hasMessageContaining("read again at the next start");
        assertThat(pauses).hasSize(2);
    }
}
