package dev.tidemark.stream.table;

import dev.tidemark.lake.LakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static dev.tidemark.stream.table.FaultyFolder.Step.AFTER_PUBLISH;
import static dev.tidemark.stream.table.FaultyFolder.Step.CREATE_FILE;
import static dev.tidemark.stream.table.FaultyFolder.Step.PUBLISH;
import static dev.tidemark.stream.table.FaultyFolder.Step.READ_BACK;
import static dev.tidemark.stream.table.FaultyFolder.Step.WRITE_FILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FailedCommitTest {

    static final IOException FULL = new IOException("No space left on device");

    @TempDir
    Path lake;
    WrittenTable written;
    FaultyFolder faults;
    DeltaTable table;

    @BeforeEach
    void open() {
        written = new WrittenTable(lake.resolve(Example.PATH));
        table = Example.open(lake, folder -> {
            faults = new FaultyFolder(folder);
            return faults;
        });
    }

    List<String> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(written.folder().resolve("_delta_log"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_FILE", "WRITE_FILE", "CLOSE_FILE", "SYNC_FILES", "LOOK_BEFORE", "PUBLISH"})
    void a_commit_that_fails_before_it_is_there_leaves_nothing_and_can_be_made_again(FaultyFolder.Step step) throws IOException {
        Rows rows = Example.rows(table, 1, 2, 3);
        faults.fail(step, FULL);

        assertThatThrownBy(() -> table.append(rows, Map.of("hub/0", 3L), Map.of())).isInstanceOf(LakeException.class)
                .hasMessageContaining(written.folder().toString()).hasMessageContaining("disk is full").hasMessageContaining("Nothing was committed");
        assertThat(written.dataFiles()).isEmpty();
        assertThat(logFiles()).containsExactly("00000000000000000000.json");
        assertThat(table.version()).isZero();
        assertThat(table.transactions()).isEmpty();

        assertThat(table.append(rows, Map.of("hub/0", 3L), Map.of())).isEqualTo(new CommitOutcome.Done(1));
        assertThat(written.rows()).extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L);
        assertThat(written.dataFiles()).hasSize(1);
    }

    @Test
    void a_commit_that_fails_after_it_is_there_is_done() {
        Rows rows = Example.rows(table, 1, 2, 3);
        faults.fail(AFTER_PUBLISH, new IOException("Input/output error"));

        assertThat(table.append(rows, Map.of("hub/0", 3L), Map.of())).isEqualTo(new CommitOutcome.Done(1));
        assertThat(table.append(table.newRows(), Map.of("hub/0", 4L), Map.of())).isEqualTo(new CommitOutcome.Done(2));
        assertThat(written.rows()).extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_commit_interrupted_after_it_is_there_is_done_and_the_interrupt_is_kept() {
        Rows rows = Example.rows(table, 1);
        faults.fail(AFTER_PUBLISH, new ClosedByInterruptException());
        Thread.currentThread().interrupt();
        // Up to the publishing an interrupt may end it; after it, it may not.
        CommitOutcome outcome;
        try {
            outcome = table.append(rows, Map.of(), Map.of());
        } catch (LakeException interrupted) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(written.dataFiles()).isEmpty();
            outcome = table.append(rows, Map.of(), Map.of());
        }
        Thread.interrupted();
        assertThat(outcome).isEqualTo(new CommitOutcome.Done(1));
        assertThat(written.rows()).hasSize(1);
    }

    @Test
    void a_commit_of_which_nothing_can_be_learned_is_looked_up_before_the_next_and_counts_once_if_it_is_there() {
        Rows rows = Example.rows(table, 1, 2);
        faults.fail(AFTER_PUBLISH, new IOException("connection reset")).fail(READ_BACK, new IOException("connection refused"));

        assertThatThrownBy(() -> table.append(rows, Map.of("hub/0", 2L), Map.of())).isInstanceOf(LakeException.class)
                .hasMessageContaining("not known yet");
        assertThat(written.dataFiles()).hasSize(1);

        assertThat(table.append(rows, Map.of("hub/0", 2L), Map.of())).isEqualTo(new CommitOutcome.Done(1));
        assertThat(table.transactions()).isEqualTo(Map.of("hub/0", 2L));
        assertThat(written.rows()).hasSize(2);
        assertThat(written.dataFiles()).hasSize(1);
    }

    @Test
    void a_commit_of_which_nothing_can_be_learned_is_made_again_if_it_is_not_there() {
        Rows rows = Example.rows(table, 1, 2);
        faults.fail(PUBLISH, new IOException("connection reset")).fail(READ_BACK, new IOException("connection refused"));

        assertThatThrownBy(() -> table.append(rows, Map.of("hub/0", 2L), Map.of())).isInstanceOf(LakeException.class);

        assertThat(table.append(rows, Map.of("hub/0", 2L), Map.of())).isEqualTo(new CommitOutcome.Done(1));
        assertThat(written.rows()).hasSize(2);
        assertThat(written.dataFiles()).hasSize(1);
    }

    @Test
    void more_rows_after_a_commit_of_which_nothing_could_be_learned_are_a_conflict_if_it_was_there() {
        Rows rows = Example.rows(table, 1, 2);
        faults.fail(AFTER_PUBLISH, new IOException("connection reset")).fail(READ_BACK, new IOException("connection refused"));
        assertThatThrownBy(() -> table.append(rows, Map.of("hub/0", 2L), Map.of())).isInstanceOf(LakeException.class);

        Example.add(rows, 3);
        CommitOutcome outcome = table.append(rows, Map.of("hub/0", 3L), Map.of());

        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Conflict.class, c -> assertThat(c.message()).contains("version 1"));
        assertThat(table.transactions()).isEqualTo(Map.of("hub/0", 2L));
        assertThat(written.rows()).hasSize(2);
    }

    @Test
    void a_replacement_goes_on_after_one_of_which_nothing_could_be_learned() {
        Rows rows = Example.rows(table, 1, 2);
        faults.fail(AFTER_PUBLISH, new IOException("connection reset")).fail(READ_BACK, new IOException("connection refused"));
        assertThatThrownBy(() -> table.replace(rows, Map.of("hub/0", 2L), Map.of())).isInstanceOf(LakeException.class);

        rows.clear();
        Example.add(rows, 3);
        assertThat(table.replace(rows, Map.of("hub/0", 3L), Map.of())).isEqualTo(new CommitOutcome.Done(2));
        assertThat(written.rows()).extracting(row -> row.get("id")).containsExactly(3L);
    }

    @Test
    void a_refused_write_says_what_to_do() {
        faults.fail(CREATE_FILE, new AccessDeniedException("/lake/silver"));
        LakeException denied = catchThrowableOfType(LakeException.class, () -> table.append(Example.rows(table, 1), Map.of(), Map.of()));
        assertThat(denied.reason()).isEqualTo(LakeException.Reason.DENIED);
        assertThat(denied).hasMessageContaining("access is denied").hasMessageContaining("right to write");

        faults.fail(WRITE_FILE, new IOException("Input/output error"));
        LakeException broken = catchThrowableOfType(LakeException.class, () -> table.append(Example.rows(table, 1), Map.of(), Map.of()));
        assertThat(broken.reason()).isEqualTo(LakeException.Reason.UNREACHABLE);
        assertThat(broken).hasMessageContaining("Input/output error").hasMessageContaining("Try again");
    }

    @Test
    void a_table_that_is_gone_is_not_committed_to() throws IOException {
        table.append(Example.rows(table, 1), Map.of(), Map.of());
        Files.delete(written.folder().resolve("_delta_log/00000000000000000001.json"));

        assertThatThrownBy(() -> table.append(Example.rows(table, 2), Map.of(), Map.of())).isInstanceOf(LakeException.class)
                .hasMessageContaining("version 1").hasMessageContaining("is gone");
        assertThat(logFiles()).containsExactly("00000000000000000000.json");
        assertThat(written.dataFiles()).hasSize(1);
    }
}
