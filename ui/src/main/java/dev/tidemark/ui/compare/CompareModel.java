package dev.tidemark.ui.compare;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.diff.Diff;
import dev.tidemark.lake.diff.RowChange;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.live.Asked;
import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.PastReading;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.util.ArrayList;
import java.util.List;

/**
 * Two versions of the open table, an older and a newer one, asked what the live page is asked: its measures, series and range. The newer is the
 * version that the desktop shows until another is chosen. Nothing is read while nobody looks. Belongs to the thread that owns the screen.
 */
public final class CompareModel {

    /** What the page shows. */
    public enum State { NOTHING, LOADING, SHOWN, CANNOT_READ }

    /**
     * What two versions say.
     *
     * @param differences by time
     */
    public record Comparison(Frame older, Frame newer, TimeRange range, List<Difference> differences) {
    }

    /**
     * All rows in which two versions differ, whatever the charts show.
     *
     * @param older   one version
     * @param newer   and the other
     * @param columns those of the key first
     * @param rows    the first of them; {@code summary} counts all
     */
    public record ChangedRows(long older, long newer, List<Schema.Field> columns, List<RowChange> rows, Diff.Summary summary) {
    }

    private static final int MOST_ROWS = 10_000;

    private final LiveModel live;
    private final TravelModel travel;
    private final Slot slot;
    private final Slot rowSlot;
    private final ReadOnlyObjectWrapper<ChangedRows> rows = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper rowProblem = new ReadOnlyStringWrapper("");
    private boolean rowsWanted;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ReadOnlyObjectWrapper<Mark> older = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Mark> newer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Comparison> comparison = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private Table table;
    private boolean watched;
    private boolean chosen;

    public CompareModel(LiveModel live, TravelModel travel, Tasks tasks) {
        this.live = live;
        this.travel = travel;
        this.slot = new Slot(tasks);
        this.rowSlot = new Slot(tasks);
        travel.positionProperty().addListener((property, before, now) -> {
            if (watched && now instanceof Position.At) {
                begin();
            }
        });
        live.frameProperty().addListener((property, before, now) -> {
            // Another table may be opened while this page stays.
            if (watched && (state.get() == State.NOTHING || live.table().orElse(null) != table)) {
                begin();
            }
        });
        travel.marks().addListener((InvalidationListener) change -> {
            if (watched && state.get() == State.NOTHING) {
                begin();
            }
        });
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** The older version; null while none is chosen. */
    public ReadOnlyObjectProperty<Mark> olderProperty() {
        return older.getReadOnlyProperty();
    }

    /** The newer version; null while none is chosen. */
    public ReadOnlyObjectProperty<Mark> newerProperty() {
        return newer.getReadOnlyProperty();
    }

    /** What they say; null before the first answer. */
    public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    /** All rows that differ; null while they are not known. */
    public ReadOnlyObjectProperty<ChangedRows> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** Why the rows cannot be compared; "" if they can. */
    public ReadOnlyStringProperty rowProblemProperty() {
        return rowProblem.getReadOnlyProperty();
    }

    /** How far comparing the rows is, from 0 to 1; negative while that is not known. */
    public ReadOnlyDoubleProperty rowProgressProperty() {
        return rowSlot.progressProperty();
    }

    /** Whether all rows that differ are wanted: they are read only then. */
    public void wantRows(boolean wanted) {
        rowsWanted = wanted;
        if (wanted && rows.get() == null) {
            readRows();
        } else if (!wanted) {
            rowSlot.cancel();
        }
    }

    private void readRows() {
        if (table == null || older.get() == null) {
            return;
        }
        Table read = table;
        long first = older.get().version();
        long second = newer.get().version();
        rowProblem.set("");
        rowSlot.ask(progress -> {
            Snapshot before = read.snapshot(first);
            Snapshot after = read.snapshot(second);
            Diff diff = Diff.between(before, after);
            List<RowChange> found = new ArrayList<>();
            Diff.Summary summary = diff.run(change -> {
                if (found.size() < MOST_ROWS) {
                    found.add(change);
                }
            }, (done, total) -> progress.reached(total <= 0 ? -1 : (double) done / total));
            List<Schema.Field> columns = diff.columns().stream()
                    .map(name -> after.schema().field(name).or(() -> before.schema().field(name)).orElseThrow()).toList();
            return new ChangedRows(first, second, columns, List.copyOf(found), summary);
        }, rows::set, told -> rowProblem.set(Failure.words(told, "failure.rows", read.location())));
    }

    /** Why they cannot be compared. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** How far reading is, from 0 to 1; negative while that is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return slot.progressProperty();
    }

    /** Whether somebody looks. */
    public void watch(boolean looks) {
        watched = looks;
        if (looks) {
            begin();
        }
    }

    /** Another table, or none: what was chosen of the one before is forgotten. */
    public void forget() {
        slot.cancel();
        rowSlot.cancel();
        rows.set(null);
        chosen = false;
        older.set(null);
        newer.set(null);
        comparison.set(null);
        state.set(State.NOTHING);
    }

    /** Compares these two, whichever of them is the older. */
    public void compare(Mark one, Mark other) {
        chosen = true;
        older.set(one.version() <= other.version() ? one : other);
        newer.set(one.version() <= other.version() ? other : one);
        read();
    }

    /** Reads again what could not be read. */
    public void retry() {
        read();
    }

    private void begin() {
        Table open = live.table().orElse(null);
        if (open != table) {
            forget();
            table = open;
        }
        if (table == null || travel.marks().isEmpty() || live.frameProperty().get() == null) {
            return;
        }
        if (!chosen) {
            Mark shown = travel.shown().orElseThrow();
            newer.set(shown);
            older.set(travel.mark(shown.version() - 1).orElse(shown));
        }
        read();
    }

    private void read() {
        Frame frame = live.frameProperty().get();
        if (table == null || frame == null || older.get() == null) {
            return;
        }
        Asked asked = frame.asked();
        TimeRange range = live.view().getRange();
        Question question = new Question(asked.window(), asked.split(), asked.measures(), new Question.Between(range.from(), range.to()),
                asked.series() == null ? null : List.copyOf(asked.series()), live.question().roles());
        Table read = table;
        long first = older.get().version();
        long second = newer.get().version();
        if (comparison.get() == null) {
            state.set(State.LOADING);
        }
        ChangedRows known = rows.get();
        if (known != null && (known.older() != first || known.newer() != second)) {
            rows.set(null);
        }
        if (rowsWanted && rows.get() == null) {
            readRows();
        }
        slot.ask(progress -> {
            Frame before = PastReading.read(read, first, question, fraction -> progress.reached(fraction / 2));
            Frame after = PastReading.read(read, second, question, fraction -> progress.reached(0.5 + fraction / 2));
            return new Comparison(before, after, range, Difference.between(before.lines(), after.lines()));
        }, found -> {
            comparison.set(found);
            problem.set("");
            state.set(State.SHOWN);
        }, told -> {
            problem.set(Failure.words(told, "failure.compare", read.location()));
            state.set(State.CANNOT_READ);
        });
    }
}
