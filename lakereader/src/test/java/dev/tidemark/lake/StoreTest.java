package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static dev.tidemark.lake.SampleLog.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The same lake where only Hadoop's file system interface leads to it, as with abfss. */
@Timeout(600)
class StoreTest {

    @TempDir
    private Path folder;
    private SampleLog log;
    private Lake lake;

    @BeforeEach
    void a_table_on_the_shelf() {
        log = new SampleLog(folder.resolve("gold/windows"));
        lake = Lake.at("shelf://host" + folder);
    }

    @Test
    void tables_are_found_and_read_at_any_version() {
        log.create().grow(1, 12);
        assertThat(lake.tables()).containsExactly("gold/windows");
        Table table = lake.table("gold/windows");
        assertThat(table.location()).isEqualTo("shelf://host" + folder + "/gold/windows");
        assertThat(table.snapshot().files()).hasSize(12);
        assertThat(table.snapshot(3).files()).extracting(DataFile::location).contains("shelf://host" + folder + "/gold/windows/f3");
        assertThat(table.history()).hasSize(13);
        log.grow(13, 13);
        assertThat(table.latestVersion()).isEqualTo(13);
    }

    @Test
    void checkpoints_are_read_there_too() throws IOException {
        log.create().grow(1, 10).checkpoint().grow(11, 11);
        for (long version = 0; version < 10; version++) {
            log.delete(version);
        }
        assertThat(lake.table("gold/windows").snapshot().rows()).isEqualTo(110);
    }

    @Test
    void a_version_is_published_once() throws IOException {
        CommitLog store = CommitLog.of(Place.of("shelf://host" + folder + "/new"));
        assertThat(store.publish(0, List.of("{\"commitInfo\":{}}"), true)).isTrue();
        assertThat(store.publish(0, List.of("{\"commitInfo\":{}}", "{}"), true)).isFalse();
        try (var files = Files.list(folder.resolve("new/_delta_log"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_is_not_there_is_said_in_the_same_words() throws IOException {
        assertThat(catchThrowableOfType(LakeException.class, () -> lake.table("none").snapshot()).reason()).isEqualTo(Reason.NOT_FOUND);
        Files.createDirectories(folder.resolve("plain"));
        assertThat(catchThrowableOfType(LakeException.class, () -> lake.table("plain").snapshot()).reason()).isEqualTo(Reason.NOT_A_TABLE);
        assertThat(catchThrowableOfType(LakeException.class, () -> Lake.at("shelf://host" + folder + "/none").tables()).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void new_commits_are_followed() throws InterruptedException {
        log.create();
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        try (Tail tail = lake.table("gold/windows").follow(0, new Tail.Listener() {
            @Override public void committed(Commit commit) { heard.add(commit.version()); }
            @Override public void fellBehind(long resumeAt) { heard.add(-resumeAt); }
            @Override public void failed(LakeException problem) { heard.add(Long.MIN_VALUE); }
            @Override public void recovered() { }
        })) {
            log.commit(1, add("a", 1)).commit(2, add("b", 1));
            assertThat(heard.poll(90, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(heard.poll(90, TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(tail.version()).isEqualTo(2);
        }
    }
}
