package dev.tidemark.ui.table;

import dev.tidemark.lake.Table;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import java.util.OptionalLong;

/**
 * The facts of the table at the version that the desktop shows. Nothing is read while nobody looks; live, it is read again at most once a
 * second. Belongs to the thread that owns the screen.
 */
public final class TableModel {

    /** What the page shows. */
    public enum State { NOTHING, LOADING, SHOWN, CANNOT_READ }

    private final TravelModel travel;
    private final Slot slot;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ReadOnlyObjectWrapper<TableFacts> facts = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ObjectProperty<Prices> prices = new SimpleObjectProperty<>(Prices.USUAL);
    private Table table;
    private boolean watched;
    /** Whether what is shown is of another version than the one that is wanted, as far as that can be seen without asking. */
    private boolean stale = true;

    public TableModel(TravelModel travel, Tasks tasks) {
        this.travel = travel;
        this.slot = new Slot(tasks);
        travel.positionProperty().addListener((property, before, now) -> {
            stale = true;
            read();
        });
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What is known; null before the first answer. */
    public ReadOnlyObjectProperty<TableFacts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /** Why it cannot be read, in words for the operator. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** How far reading is, from 0 to 1; negative while that is not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return slot.progressProperty();
    }

    /** What the estimate counts with. */
    public ObjectProperty<Prices> pricesProperty() {
        return prices;
    }

    /** Looks at another table. */
    public void open(Table chosen) {
        close();
        table = chosen;
        state.set(State.LOADING);
        read();
    }

    /** Looks at none. */
    public void close() {
        slot.cancel();
        table = null;
        stale = true;
        facts.set(null);
        state.set(State.NOTHING);
    }

    /** Whether somebody looks. */
    public void watch(boolean looks) {
        watched = looks;
        read();
    }

    /** Once a second: what was committed since is read. */
    public void tick() {
        if (travel.position().follows() && facts.get() != null
                && travel.shown().map(Mark::version).orElse(-1L) > facts.get().snapshot().version()) {
            stale = true;
        }
        if (!slot.busyProperty().get()) {
            read();
        }
    }

    /** Reads again what could not be read. */
    public void retry() {
        stale = true;
        state.set(State.LOADING);
        read();
    }

    /** Goes to the version of a commit. */
    public void goTo(long version) {
        travel.goTo(version);
    }

    private void read() {
        if (table == null || !watched || !stale) {
            return;
        }
        stale = false;
        Table asked = table;
        OptionalLong version = travel.position() instanceof Position.Live || travel.shown().isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(travel.shown().get().version());
        slot.ask(progress -> TableFacts.read(asked, version, progress), found -> {
            facts.set(found);
            problem.set("");
            state.set(State.SHOWN);
        }, told -> {
            problem.set(Failure.words(told, "failure.read", asked.location()));
            state.set(State.CANNOT_READ);
        });
    }
}
