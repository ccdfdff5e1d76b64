package dev.tidemark.ui.rules;

import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.task.WholeFile;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Messages;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The configuration of a streamer whose rules are offered to be edited: the one that was opened last, also in the session before. Read anew whenever it is opened; a file that
 * cannot be read leaves what is offered as it was. Belongs to the thread that owns the screen.
 */
public final class Rulebook {

    private final Slot slot;
    private final Slot writing;
    private final Supplier<Optional<Path>> choose;
    private final Consumer<String> remember;
    private final ReadOnlyObjectWrapper<RuleFile> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Optional<String> last;
    private boolean asked;

    /**
     * @param choose   asks the operator for a file
     * @param last     the file that was opened in the session before
     * @param remember keeps a file for the next session
     */
    public Rulebook(Tasks tasks, Supplier<Optional<Path>> choose, Optional<String> last, Consumer<String> remember) {
        this.slot = new Slot(tasks);
        this.writing = new Slot(tasks);
        this.choose = choose;
        this.last = last;
        this.remember = remember;
    }

    /** What is offered; null before anything was opened. A new value each time that a file was read. */
    public ReadOnlyObjectProperty<RuleFile> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** Why nothing could be read, in a line for the operator; "" if it could. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether the operator asked for what is offered, rather than the session before. */
    public boolean asked() {
        return asked;
    }

    /** Lets the operator choose a file, and reads it. */
    public void ask() {
        choose.get().ifPresent(chosen -> read(chosen, true));
    }

    /** Reads the file of the session before, once. */
    public void recall() {
        Optional<String> recalled = last;
        last = Optional.empty();
        recalled.ifPresent(path -> read(Path.of(path), false));
    }

    /** Writes rules into a file, which is there whole or as it was; {@code told} hears in a line for the operator how that went. */
    public void write(Path chosen, String yaml, Consumer<String> told) {
        writing.ask(progress -> {
            WholeFile.write(chosen, yaml);
            return chosen;
        }, written -> told.accept(Messages.text("rules.saved", written)), problem -> told.accept(Failure.words(problem, "rules.notsaved", chosen)));
    }

    private void read(Path chosen, boolean byOperator) {
        last = Optional.empty();
        slot.ask(progress -> RuleFile.read(chosen.toAbsolutePath()), read -> {
            problem.set("");
            asked = byOperator;
            // The same rules in the same file are equal, but they are offered anew.
            file.set(null);
            file.set(read);
            remember.accept(read.file().toString());
        }, told -> problem.set(told instanceof RuleFile.Unreadable ? told.getMessage() : Failure.words(told, "rules.unread", chosen)));
    }
}
