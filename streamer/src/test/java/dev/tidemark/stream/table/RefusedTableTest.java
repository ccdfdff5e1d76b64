package dev.tidemark.stream.table;

import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables that a writer does not touch, and what it says of them. */
class RefusedTableTest {

    @TempDir
    Path lake;
    Path folder;

    @BeforeEach
    void names() {
        folder = lake.resolve("gold/live");
    }

    private DeltaTable open() {
        return open(DeltaTableTest.LAYOUT);
    }

    private DeltaTable open(TableLayout layout) {
        return DeltaTable.open(Lake.at(lake.toString()), "gold/live", layout, DeltaTableTest.CLOCK);
    }

    @Test
    void an_append_only_table_is_not_replaced() {
        try (DeltaTable table = open(new TableLayout(DeltaTableTest.SCHEMA, List.of("date"), Map.of("delta.appendOnly", "true"), false))) {
            assertThatThrownBy(() -> table.replace(table.newRows(), Map.of(), Map.of())).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("append-only");
        }
    }

    @Test
    void a_table_made_for_something_else_is_not_written() {
        Schema other = new Schema(List.of(new Schema.Field("id", Type.Primitive.STRING, true),
                new Schema.Field("date", Type.Primitive.DATE, true)));
        open(new TableLayout(other, List.of("date"), Map.of(), false)).close();
        assertThatThrownBy(this::open).isInstanceOf(LakeException.class).hasMessageContaining("column id")
                .hasMessageContaining("expected long, actual string").hasMessageContaining(folder.toString());
    }

    @Test
    void a_folder_that_cannot_hold_a_table_is_refused_with_the_reason() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        assertThatThrownBy(this::open).isInstanceOf(LakeException.class).hasMessageContaining(folder.toString());
    }

    @Test
    void a_broken_log_is_named_and_not_written_to() throws IOException {
        try (DeltaTable table = open()) {
            table.append(table.newRows(), Map.of(), Map.of());
        }
        Files.writeString(folder.resolve("_delta_log/00000000000000000001.json"), "{\"commitInfo\":{}}\n{\"add\":{\"pa");
        assertThatThrownBy(this::open).isInstanceOfSatisfying(LakeException.class,
                e -> assertThat(e.reason()).isEqualTo(LakeException.Reason.BROKEN_LOG)).hasMessageContaining("00000000000000000001.json");
    }

    @Test
    void a_log_without_its_beginning_is_not_taken_for_an_empty_one() throws IOException {
        try (DeltaTable table = open()) {
            table.append(table.newRows(), Map.of(), Map.of());
        }
        Files.delete(folder.resolve("_delta_log/00000000000000000000.json"));
        assertThatThrownBy(this::open).isInstanceOf(LakeException.class);
        assertThat(folder.resolve("_delta_log/00000000000000000000.json")).doesNotExist();
    }

    @Test
    void a_table_with_features_that_are_not_written_here_is_refused() throws IOException {
        open().close();
        Files.writeString(folder.resolve("_delta_log/00000000000000000001.json"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"deletionVectors\"],"
                        + "\"writerFeatures\":[\"deletionVectors\"]}}\n");
        assertThatThrownBy(this::open).isInstanceOfSatisfying(LakeException.class,
                e -> assertThat(e.reason()).isEqualTo(LakeException.Reason.UNSUPPORTED)).hasMessageContaining("reader 3, writer 7");
    }

    @Test
    void a_writer_version_that_is_not_written_here_is_refused() throws IOException {
        open().close();
        Files.writeString(folder.resolve("_delta_log/00000000000000000001.json"), "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":4}}\n");
        assertThatThrownBy(this::open).isInstanceOfSatisfying(LakeException.class,
                e -> assertThat(e.reason()).isEqualTo(LakeException.Reason.UNSUPPORTED)).hasMessageContaining("actual reader 1, writer 4");
    }
}
