package dev.tidemark.stream.pipeline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateFolderTest {

    @TempDir
    Path above;

    private StateFolder folder() {
        return new StateFolder(above.resolve("deep/state"), false);
    }

    private static StateFile state(long generation, long id) {
        return StateFile.of(generation, id, 10 * generation, 0, List.of(), Map.of(), List.of());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(above.resolve("deep/state"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_lake_without_states_has_none() throws IOException {
        assertThat(folder().list()).isEmpty();
        folder().keep(1, 3);
        assertThat(above).isEmptyDirectory();
    }

    @Test
    void what_is_written_is_listed_the_newest_first_and_read_again() throws IOException {
        folder().write(state(9, 1));
        folder().write(state(10, -1));
        folder().write(state(8, 2));
        List<StateFolder.Named> files = folder().list();
        assertThat(files).extracting(StateFolder.Named::generation).containsExactly(10L, 9L, 8L);
        assertThat(files).extracting(StateFolder.Named::id).containsExactly(-1L, 1L, 2L);
        assertThat(StateFile.head(folder().read(files.get(1))).ingestedAt()).isEqualTo(90);
    }

    @Test
    void only_the_generations_to_be_kept_stay() throws IOException {
        for (int generation = 1; generation <= 6; generation++) {
            folder().write(state(generation, generation));
        }
        folder().keep(3, 5);
        assertThat(folder().list()).extracting(StateFolder.Named::generation).containsExactly(5L, 4L, 3L);
    }

    @Test
    void what_was_never_finished_is_no_state_and_goes() throws IOException {
        folder().write(state(1, 1));
        Path unfinished = above.resolve("deep/state").resolve(String.format("%020d-%016x.state.tmp", 2, 2));
        Files.write(unfinished, new byte[10]);
        assertThat(folder().list()).hasSize(1);
        folder().keep(1, 2);
        assertThat(unfinished).doesNotExist();
        assertThat(names()).hasSize(1);
    }

    @Test
    void what_else_lies_there_is_left_alone() throws IOException {
        folder().write(state(1, 1));
        Files.writeString(above.resolve("deep/state/README"), "mine");
        folder().keep(5, 7);
        assertThat(names()).containsExactly("README");
        assertThat(folder().list()).isEmpty();
    }

    @Test
    void a_state_that_cannot_be_written_leaves_the_others_as_they_are() throws IOException {
        folder().write(state(1, 1));
        Files.write(above.resolve("deep/state").resolve(String.format("%020d-%016x.state.tmp", 2, 2)), new byte[0]);
        assertThatThrownBy(() -> folder().write(state(2, 2))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder().list()).extracting(StateFolder.Named::generation).containsExactly(1L);
    }
}
