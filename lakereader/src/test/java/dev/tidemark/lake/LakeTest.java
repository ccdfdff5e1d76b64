package dev.tidemark.lake;

import dev.tidemark.lake.LakeException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LakeTest {

    @TempDir
    private Path root;

    @Test
    void tables_are_found_by_their_path_and_sorted() {
        new SampleLog(root.resolve("silver/readings")).create();
        new SampleLog(root.resolve("gold/windows")).create();
        new SampleLog(root.resolve("gold/live")).create();
        assertThat(Lake.at(root.toString()).tables()).containsExactly("gold/live", "gold/windows", "silver/readings");
    }

    @Test
    void hidden_folders_and_what_is_inside_a_table_are_not_looked_into() throws IOException {
        new SampleLog(root.resolve("t")).create();
        new SampleLog(root.resolve("t/inside")).create();
        new SampleLog(root.resolve("_work/x")).create();
        new SampleLog(root.resolve(".trash/x")).create();
        Files.createFile(root.resolve("readme.txt"));
        assertThat(Lake.at(root.toString()).tables()).containsExactly("t");
    }

    @Test
    void a_lake_can_be_a_table_itself() {
        new SampleLog(root).create();
        assertThat(Lake.at(root.toString()).tables()).containsExactly("");
        assertThat(Lake.at(root.toString()).table("").latestVersion()).isZero();
    }

    @Test
    void the_same_path_is_the_same_table() {
        Lake lake = Lake.at(root.toString());
        assertThat(lake.table("gold/live")).isSameAs(lake.table("/gold/live/"));
        assertThat(lake.table("gold/live").location()).isEqualTo(root.resolve("gold/live").toString());
        assertThat(lake.table("gold/live").path()).isEqualTo("gold/live");
    }

    @Test
    void a_missing_root_is_not_found_and_an_empty_one_has_no_tables() {
        assertThat(Lake.at(root.toString()).tables()).isEmpty();
        Lake missing = Lake.at(root.resolve("missing").toString());
        assertThat(catchThrowableOfType(LakeException.class, missing::tables).reason()).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void what_is_no_place_or_no_known_kind_of_place_is_refused() {
        assertThat(catchThrowableOfType(LakeException.class, () -> Lake.at("")).reason()).isEqualTo(Reason.INVALID);
        Lake unknown = Lake.at("gopher://host/lake");
        assertThat(catchThrowableOfType(LakeException.class, unknown::tables).reason()).isEqualTo(Reason.INVALID);
        assertThat(catchThrowableOfType(LakeException.class, () -> unknown.table("t").snapshot()).reason()).isEqualTo(Reason.INVALID);
    }
}
