package dev.tidemark.ui.rules;

import dev.tidemark.ui.Turns;
import dev.tidemark.ui.task.Tasks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RulebookTest {

    @TempDir
    private Path folder;

    private final Turns turns = new Turns();
    private final List<String> remembered = new ArrayList<>();

    private Rulebook book(Path chosen, Path last) {
        return new Rulebook(Tasks.on(turns), () -> Optional.ofNullable(chosen), Optional.ofNullable(last).map(Path::toString), remembered::add);
    }

    private Path configuration(String rule) throws IOException {
        return Files.writeString(folder.resolve(rule + ".yaml"), "alerts: {rules: [{name: " + rule + ", kind: spike}]}");
    }

    private static List<String> offered(Rulebook book) {
        return book.fileProperty().get() == null ? List.of() : book.fileProperty().get().entries().stream().map(RuleFile.Entry::name).toList();
    }

    @Test
    void a_file_that_was_opened_is_offered_and_remembered() throws IOException {
        Path file = configuration("one");
        Rulebook book = book(file, null);
        book.ask();
        assertThat(offered(book)).as("nothing is read on the thread that asks").isEmpty();
        turns.all();
        assertThat(offered(book)).containsExactly("one");
        assertThat(book.asked()).isTrue();
        assertThat(remembered).containsExactly(file.toString());
    }

    @Test
    void the_file_of_the_session_before_is_offered_again_without_being_asked_for() throws IOException {
        Rulebook book = book(null, configuration("last"));
        book.recall();
        turns.all();
        assertThat(offered(book)).containsExactly("last");
        assertThat(book.asked()).isFalse();
    }

    @Test
    void what_cannot_be_read_leaves_what_is_offered_and_is_not_remembered() throws IOException {
        Rulebook book = book(folder.resolve("gone.yaml"), configuration("last"));
        book.recall();
        turns.all();
        book.ask();
        turns.all();
        assertThat(book.problemProperty().get()).contains("gone.yaml", "it is not there any more");
        assertThat(offered(book)).containsExactly("last");
        assertThat(remembered).noneMatch(path -> path.contains("gone"));
    }

    @Test
    void an_operator_who_chooses_nothing_changes_nothing() {
        Rulebook book = book(null, null);
        book.ask();
        turns.all();
        assertThat(book.fileProperty().get()).isNull();
        assertThat(book.problemProperty().get()).isEmpty();
    }
}
