package dev.tidemark.ui.task;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void it_takes_the_place_of_what_had_its_name() throws IOException {
        Path file = folder.resolve("rules.yaml");
        WholeFile.write(file, "rules: [a, b, c]");
        WholeFile.write(file, "rules: [\u00b0]");
        assertThat(file).hasContent("rules: [\u00b0]");
        assertThat(folder).isDirectoryContaining(file::equals).satisfies(all -> assertThat(Files.list(all)).hasSize(1));
    }

    @Test
    void what_cannot_be_written_to_its_end_leaves_what_was_there_and_nothing_else() throws IOException {
        Path file = folder.resolve("rules.yaml");
        WholeFile.write(file, "rules: []");
        assertThatThrownBy(() -> WholeFile.write(file, out -> {
            out.write(new byte[100_000]);
            throw new IOException("No space left on device");
        })).hasMessage("No space left on device");
        assertThat(file).hasContent("rules: []");
        assertThat(Files.list(folder)).hasSize(1);
    }
}
