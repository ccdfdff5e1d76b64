package dev.tidemark.lake.fuzz;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Footers, pages, indexes, Bloom filters, logs, checkpoints and deletion vectors that were cut, flipped, overwritten, moved or extended end in the
 * right rows or in a message that names the file; where there is a checksum, never in wrong rows; never in a hang, nor in an error that nobody understands.
 * {@link Fuzz} does this for as long as one likes.
 */
class FuzzTest {

    private static final Path TABLES = Path.of("src/test/resources/tables").toAbsolutePath();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void what_is_damaged_is_told_or_read_as_it_was_written(long seed) throws Exception {
        assertThat(Fuzz.round(folder, TABLES, seed, 20).getOrDefault(Verdict.TOLD, 0)).isPositive();
    }
}
