package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static dev.tidemark.lake.SampleLog.add;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(600)
class TailTest implements Tail.Listener {

    private static final int PATIENCE_SECONDS = 90;

    @TempDir
    private Path folder;
    private SampleLog log;
    private Tail tail;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void writer() {
        log = new SampleLog(folder);
    }

    @AfterEach
    void end() {
        if (tail != null) {
            tail.close();
        }
    }

    @Override
    public void committed(Commit commit) {
        heard.add("commit " + commit.version());
    }

    @Override
    public void fellBehind(long resumeAt) {
        heard.add("behind " + resumeAt);
    }

    @Override
    public void failed(LakeException problem) {
        heard.add("failed " + problem.reason());
    }

    @Override
    public void recovered() {
        heard.add("recovered");
    }

    private void hears(String... expected) throws InterruptedException {
        for (String each : expected) {
            assertThat(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(each);
        }
    }

    @Test
    void every_commit_after_the_version_is_heard_in_order() throws InterruptedException {
        tail = log.create().grow(1, 3).table().follow(1, this);
        hears("commit 2", "commit 3");
        log.grow(4, 6);
        hears("commit 4", "commit 5", "commit 6");
        assertThat(tail.version()).isEqualTo(6);
    }

    @Test
    void a_commit_tells_what_a_snapshot_of_its_version_holds() throws InterruptedException {
        BlockingQueue<Commit> commits = new LinkedBlockingQueue<>();
        Table table = log.create().grow(1, 1).table();
        tail = table.follow(1, new Tail.Listener() {
            @Override public void committed(Commit commit) { commits.add(commit); }
            @Override public void fellBehind(long resumeAt) { }
            @Override public void failed(LakeException problem) { }
            @Override public void recovered() { }
        });
        log.grow(2, 2);
        Commit commit = commits.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(commit.added()).hasSize(1);
        assertThat(commit.added().get(0).statistics().orElseThrow().max()).containsEntry("id", 9L);
        assertThat(table.snapshot(2).files()).containsAll(commit.added());
        assertThat(table.snapshot(2).committedAt()).isEqualTo(commit.committedAt());
        assertThat(table.history(2, 2)).containsExactly(commit);
    }

    @Test
    void a_commit_that_makes_no_sense_is_told_and_heard_once_it_is_mended() throws InterruptedException, IOException {
        tail = log.create().table().follow(0, this);
        String nonsense = ",\"deletionVector\":{\"storageType\":\"x\",\"pathOrInlineDv\":\"ab\",\"offset\":1,\"sizeInBytes\":34,\"cardinality\":1}}}";
        log.commit(1, add("f1", 10).replaceFirst("}}$", nonsense));
        hears("failed BROKEN_LOG");
        log.delete(1).grow(1, 2);
        hears("recovered", "commit 1", "commit 2");
    }

    @Test
    void a_table_that_is_not_there_yet_is_waited_for() throws InterruptedException {
        tail = log.table().follow(-1, this);
        hears("failed NOT_FOUND");
        log.create().grow(1, 1);
        hears("recovered", "commit 0", "commit 1");
    }

    @Test
    void a_log_that_was_cleaned_is_resumed_where_it_can_be() throws InterruptedException, IOException {
        log.create().grow(1, 10).checkpoint().grow(11, 12);
        for (long version = 0; version < 10; version++) {
            log.delete(version);
        }
        tail = log.table().follow(4, this);
        hears("behind 12");
        log.grow(13, 13);
        hears("commit 13");
    }

    @Test
    void a_table_deleted_and_made_anew_is_resumed_as_another() throws InterruptedException, IOException {
        tail = log.create().grow(1, 5).table().follow(5, this);
        log.grow(6, 6);
        hears("commit 6");
        log.destroy();
        hears("failed NOT_FOUND");
        log.create();
        hears("recovered", "behind 0");
        log.commit(1, add("new", 1));
        hears("commit 1");
    }

    @Test
    void a_table_made_anew_that_is_already_as_far_is_not_taken_for_the_old_one() throws InterruptedException, IOException {
        tail = log.create().grow(1, 2).table().follow(1, this);
        hears("commit 2");
        Path anew = folder.resolve("anew");
        new SampleLog(anew).create().grow(1, 9);
        Files.move(folder.resolve("_delta_log"), folder.resolve("old"));
        Files.move(anew.resolve("_delta_log"), folder.resolve("_delta_log"));
        String first = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (first.startsWith("failed")) {
            hears("recovered", "behind 9");
        } else {
            assertThat(first).isEqualTo("behind 9");
        }
    }

    @Test
    void a_broken_commit_is_told_once_and_read_once_it_is_mended() throws InterruptedException, IOException {
        tail = log.create().table().follow(0, this);
        Files.writeString(log.file(1), "{\"add\":{\"pa");
        hears("failed BROKEN_LOG");
        Files.write(log.file(1), (add("a", 1) + "\n").getBytes(StandardCharsets.UTF_8));
        hears("recovered", "commit 1");
    }

    @Test
    void a_log_that_lost_its_beginning_is_broken_and_not_gone_on_with_from_nowhere() throws InterruptedException, IOException {
        log.create().grow(1, 6);
        for (long version = 0; version < 5; version++) {
            log.delete(version);
        }
        tail = log.table().follow(3, this);
        hears("failed BROKEN_LOG");
        assertThat(tail.version()).isEqualTo(3);
    }

    @Test
    void a_commit_is_heard_even_if_an_earlier_one_cannot_be_looked_at() throws InterruptedException, IOException {
        log.create().grow(1, 3).delete(1);
        Files.createSymbolicLink(log.file(1), log.file(1));
        tail = log.table().follow(2, this);
        hears("commit 3");
        log.grow(4, 4);
        hears("commit 4");
    }

    @Test
    void who_fell_behind_is_given_the_state_to_go_on_from() throws InterruptedException, IOException {
        log.create().grow(1, 10).checkpoint().grow(11, 12);
        for (long version = 0; version < 10; version++) {
            log.delete(version);
        }
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        tail = log.table().follow(4, new Tail.Listener() {
            @Override public void committed(Commit commit) { told.add("commit " + commit.version()); }
            @Override public void fellBehind(long resumeAt) { told.add("without a state"); }
            @Override public void fellBehind(long lastHeard, Snapshot state) {
                told.add("after " + lastHeard + " comes " + state.version() + " with " + state.files().size() + " files");
            }
            @Override public void failed(LakeException problem) { }
            @Override public void recovered() { }
        });
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("after 4 comes 12 with 12 files");
        log.grow(13, 13);
        assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("commit 13");
    }

    @Test
    void a_writer_that_stalls_and_a_table_that_cannot_be_read_are_told_apart() throws InterruptedException, IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
        log.create().grow(1, 1).time(1, now.get().minusSeconds(5));
        Duration patience = Duration.ofSeconds(60);
        tail = log.table().follow(0, this, new Clock() {
            @Override public Instant instant() { return now.get(); }
            @Override public ZoneId getZone() { return ZoneOffset.UTC; }
            @Override public Clock withZone(ZoneId zone) { return this; }
        });
        hears("commit 1");
        assertThat(tail.pulse().state(now.get(), patience)).isEqualTo(Pulse.State.FLOWING);
        assertThat(tail.pulse().committedAt()).isEqualTo(Instant.parse("2026-11-28T11:59:55Z"));

        now.set(Instant.parse("2026-11-28T12:10:00Z"));
        answered(now.get());
        Pulse stalled = tail.pulse();
        assertThat(stalled.state(now.get(), patience)).isEqualTo(Pulse.State.STALLED);
        assertThat(stalled.since(now.get())).isEqualTo(Instant.parse("2026-11-28T11:59:55Z"));

        log.destroy();
        hears("failed NOT_FOUND");
        now.set(Instant.parse("2026-11-28T12:20:00Z"));
        Pulse gone = tail.pulse();
        assertThat(gone.state(now.get(), patience)).isEqualTo(Pulse.State.UNREADABLE);
        assertThat(gone.since(now.get())).isEqualTo(Instant.parse("2026-11-28T12:10:00Z"));
        assertThat(gone.problem()).hasValueSatisfying(problem -> assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND));

        log.create().time(0, now.get());
        hears("recovered", "behind 0");
        answered(now.get());
        assertThat(tail.pulse().state(now.get(), patience)).isEqualTo(Pulse.State.FLOWING);
    }

    private void answered(Instant time) {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); !tail.pulse().answeredAt().equals(time) && System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        assertThat(tail.pulse().answeredAt()).isEqualTo(time);
    }

    @Test
    void a_store_that_answers_nothing_is_unreadable_before_it_fails() {
        Instant start = Instant.parse("2026-11-28T12:00:00Z");
        Pulse hanging = new Pulse(7, start, start, Optional.empty(), Optional.empty(), false);
        assertThat(hanging.state(start.plusSeconds(15), Duration.ofSeconds(10))).isEqualTo(Pulse.State.STALLED);
        assertThat(hanging.state(start.plusSeconds(21), Duration.ofSeconds(10))).isEqualTo(Pulse.State.UNREADABLE);
        assertThat(hanging.since(start.plusSeconds(21))).isEqualTo(start);
    }

    @Test
    void after_close_nothing_more_is_heard() throws InterruptedException {
        tail = log.create().table().follow(0, this);
        log.grow(1, 1);
        hears("commit 1");
        tail.close();
        log.grow(2, 2);
        assertThat(heard).isEmpty();
        assertThat(tail.version()).isEqualTo(1);
    }

    @Test
    void a_listener_may_close_the_tail() throws InterruptedException {
        BlockingQueue<Long> versions = new LinkedBlockingQueue<>();
        BlockingQueue<Tail> self = new LinkedBlockingQueue<>();
        tail = log.create().grow(1, 3).table().follow(0, new Tail.Listener() {
            @Override public void committed(Commit commit) {
                try {
                    self.take().close();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                versions.add(commit.version());
            }
            @Override public void fellBehind(long resumeAt) { }
            @Override public void failed(LakeException problem) { }
            @Override public void recovered() { }
        });
        self.add(tail);
        assertThat(versions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        tail.close();
        assertThat(versions).isEmpty();
    }

    @Test
    void a_listener_that_fails_ends_the_tail_and_everybody_can_see_it() throws InterruptedException {
        IllegalStateException own = new IllegalStateException("no room for version 2");
        BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
        tail = log.create().grow(1, 3).table().follow(0, new Tail.Listener() {
            @Override public void committed(Commit commit) {
                heard.add("commit " + commit.version());
                if (commit.version() == 2) {
                    throw own;
                }
            }
            @Override public void fellBehind(long resumeAt) { }
            @Override public void failed(LakeException problem) { heard.add("failed"); }
            @Override public void recovered() { heard.add("recovered"); }
            @Override public void ended(Throwable cause) { ends.add(cause); }
        });
        assertThat(ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(own);
        assertThat(heard).as("the commit is neither told again nor passed over").containsExactly("commit 1", "commit 2");
        Pulse pulse = tail.pulse();
        assertThat(pulse.state(pulse.problemSince().orElseThrow(), Duration.ofDays(1))).isEqualTo(Pulse.State.ENDED);
        assertThat(pulse.problem()).hasValueSatisfying(problem -> assertThat(problem).hasMessageContaining("its listener failed (no room for version 2)").hasCause(own));
        tail.close();
        assertThat(ends).isEmpty();
    }

    @Test
    void a_listener_s_failure_goes_where_all_uncaught_failures_go_unless_it_wants_to_know() throws InterruptedException {
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
        tail = log.create().grow(1, 1).table().follow(0, new Tail.Listener() {
            @Override public void committed(Commit commit) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
                throw new NoClassDefFoundError("Missing");
            }
            @Override public void fellBehind(long resumeAt) { }
            @Override public void failed(LakeException problem) { }
            @Override public void recovered() { }
        });
        assertThat(uncaught.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(uncaught).isEmpty();
    }
}
