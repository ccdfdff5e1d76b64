package dev.tidemark.ui.export;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.export.CsvFormat;
import dev.tidemark.lake.export.Question;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Format;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * An export before it is made: what of which version, and how it is written. What is wrong with it, and how many rows it will have, is told while it
 * is being written down. Belongs to the thread that owns the screen.
 */
public final class DraftModel {

    /** What of the table. */
    public enum Scope {
        /** What the charts show. */
        SCREEN,
        /** All of it. */
        TABLE,
        /** What the operator asks for. */
        QUERY
    }

    private final Slot looking;
    private final Slot counting;
    private final Function<Snapshot, Question> screen;
    private final ReadOnlyObjectWrapper<Snapshot> snapshot = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyLongWrapper rows = new ReadOnlyLongWrapper(-1);
    private final ObjectProperty<Scope> scope;
    private final StringProperty columns = new SimpleStringProperty("");
    private final StringProperty where = new SimpleStringProperty("");
    private final StringProperty from = new SimpleStringProperty("");
    private final StringProperty to = new SimpleStringProperty("");
    private final StringProperty sort = new SimpleStringProperty("");
    private final ObjectProperty<CsvFormat> format;
    private final BooleanProperty manifest;
    private Question onScreen;
    private boolean filling;

    /**
     * @param version reads the version that is exported
     * @param screen  what the charts show of it; null if they show nothing
     * @param scope   what is chosen at first
     * @param format  as it was written the last time ({@link FormatText})
     */
    DraftModel(Tasks tasks, Callable<Snapshot> version, Function<Snapshot, Question> screen, Scope scope, String format) {
        this.looking = new Slot(tasks);
        this.counting = new Slot(tasks);
        this.screen = screen;
        this.scope = new SimpleObjectProperty<>(scope);
        this.format = new SimpleObjectProperty<>(FormatText.format(format));
        this.manifest = new SimpleBooleanProperty(FormatText.manifest(format));
        this.scope.addListener((property, before, now) -> fill());
        for (StringProperty text : List.of(columns, where, from, to, sort)) {
            text.addListener((InvalidationListener) change -> check());
        }
        looking.ask(progress -> version.call(), found -> {
            snapshot.set(found);
            onScreen = screen == null ? null : screen.apply(found);
            fill();
        }, this::wrong);
    }

    /** The version that is exported; null until it has been read. */
    public ReadOnlyObjectProperty<Snapshot> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    /** What keeps it from being exported, in words; "" for nothing. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Rows that it will have; negative while that is not known. */
    public ReadOnlyLongProperty rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** Whether the charts show something. */
    public boolean hasScreen() {
        return screen != null;
    }

    public ObjectProperty<Scope> scopeProperty() {
        return scope;
    }

    /** Names of columns with commas between them; empty for all. */
    public StringProperty columnsProperty() {
        return columns;
    }

    /** A condition; empty for none. */
    public StringProperty whereProperty() {
        return where;
    }

    /** The first time; empty for none. */
    public StringProperty fromProperty() {
        return from;
    }

    /** The time before which rows lie; empty for none. */
    public StringProperty toProperty() {
        return to;
    }

    /** Names of columns with commas between them; empty for the order of the table. */
    public StringProperty sortProperty() {
        return sort;
    }

    public ObjectProperty<CsvFormat> formatProperty() {
        return format;
    }

    public BooleanProperty manifestProperty() {
        return manifest;
    }

    /** What would be exported; empty while something is missing or wrong. */
    public Optional<ExportPlan> plan() {
        return snapshot.get() == null || !problem.get().isEmpty() ? Optional.empty()
                : Optional.of(new ExportPlan(snapshot.get(), question(), format.get(), manifest.get()));
    }

    /** Nobody looks at it any more. */
    public void close() {
        looking.cancel();
        counting.cancel();
    }

    /** The words of what is on screen also begin a question of one's own. */
    private void fill() {
        if (snapshot.get() == null) {
            return;
        }
        boolean screened = scope.get() != Scope.TABLE && onScreen != null;
        if (scope.get() != Scope.QUERY || isBlank()) {
            filling = true;
            columns.set(screened ? String.join(", ", onScreen.columns()) : "");
            where.set(screened && onScreen.where() != null ? onScreen.where() : "");
            from.set(screened ? onScreen.from() : "");
            to.set(screened ? onScreen.to() : "");
            sort.set(screened ? String.join(", ", onScreen.sort()) : "");
            filling = false;
        }
        check();
    }

    private boolean isBlank() {
        return List.of(columns, where, from, to, sort).stream().allMatch(text -> text.get().isBlank());
    }

    private Question question() {
        if (scope.get() == Scope.SCREEN && onScreen != null) {
            return onScreen;
        }
        return new Question(names(columns), some(where), some(from), some(to), null, names(sort), Format.zone());
    }

    private static String some(StringProperty text) {
        return text.get() == null || text.get().isBlank() ? null : text.get().strip();
    }

    private static List<String> names(StringProperty text) {
        return some(text) == null ? List.of() : Arrays.stream(text.get().split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private void check() {
        if (filling || snapshot.get() == null) {
            return;
        }
        rows.set(-1);
        problem.set("");
        ExportPlan plan = plan().orElseThrow();
        counting.cancel();
        try {
            // What is wrong is told before anything is read.
            plan.export();
            plan.question().scan(plan.snapshot()).columns(plan.question().sort());
        } catch (LakeException told) {
            wrong(told);
            return;
        }
        counting.ask(progress -> plan.count(), rows::set, this::wrong);
    }

    private void wrong(Throwable told) {
        problem.set(Failure.words(told, "failure.read", snapshot.get() == null ? "" : snapshot.get().table()));
    }
}
