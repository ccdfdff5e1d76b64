package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.ui.text.Messages;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableDoubleValue;

import java.util.Optional;

/**
 * How it stands with the table that is to be shown: whether it is there, is being read, can be read, and if not, why. Belongs to the thread
 * that owns the screen.
 */
public final class Standing {

    private static final int AGAIN_SECONDS = 10;

    /** What stands where the charts are. */
    public enum State {
        /** No table is open. */
        NOTHING,
        /** The table is being read. */
        LOADING,
        /** Charts. */
        SHOWN,
        /** The table holds no rows yet. */
        NO_ROWS,
        /** It holds rows, but none in this range. */
        NO_DATA_IN_RANGE,
        /** It cannot be read; {@link #problemProperty()} says why. */
        CANNOT_READ,
        /** It was there and is not any more. */
        VANISHED
    }

    /** Why no table is open, while none is. */
    public enum Absence {
        /** Nobody has opened a lake. */
        NO_LAKE,
        /** Its tables are being looked for. */
        OPENING,
        /** It has none to draw yet. */
        WAITING,
        /** It has tables, but none of them can be drawn. */
        UNDRAWABLE,
        /** It cannot be opened. */
        CANNOT_OPEN
    }

    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ObjectProperty<Absence> absence = new SimpleObjectProperty<>(Absence.NO_LAKE);
    private final StringProperty absent = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private LakeException.Reason reason;
    private LakeException.Reason absenceReason;
    private boolean absentInStore;
    private Runnable onReopen = () -> { };
    private Runnable onLookAgain = () -> { };
    private int waited;

    Standing() {
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether it stands so. */
    public boolean is(State asked) {
        return state.get() == asked;
    }

    /** Why no table is open. */
    public ObjectProperty<Absence> absenceProperty() {
        return absence;
    }

    /** What belongs to it: the lake's root, or why it cannot be opened. */
    public StringProperty absentProperty() {
        return absent;
    }

    /** What stands in the way of a lake that cannot be opened (null if that is not known), and whether it is in a storage account. Told before {@link #absenceProperty()}. */
    public void absenceReason(LakeException.Reason told, boolean inStore) {
        absenceReason = told;
        absentInStore = inStore;
    }

    /** What stands in the way of the lake, if that is known. */
    public Optional<LakeException.Reason> absenceReason() {
        return Optional.ofNullable(absenceReason);
    }

    /** Whether the lake that is not open is in a storage account. */
    public boolean isAbsentInStore() {
        return absentInStore;
    }

    /** Why the table cannot be read, in words for the operator; "" while it can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether the table can be read, but has nothing to draw: no column of time, or none of numbers. */
    public boolean isUndrawable() {
        return state.get() == State.CANNOT_READ && reason == LakeException.Reason.INVALID;
    }

    /** What stands in the way while the table cannot be read, if that is known. */
    public Optional<LakeException.Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** How far reading is, from 0 to 1; negative while that is not known. */
    public DoubleProperty progressProperty() {
        return progress;
    }

    /** Whether the table is being read. */
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** What opens the lake again that could not be opened. */
    public void setOnReopen(Runnable body) {
        onReopen = body;
    }

    /** Tries again to open the lake that could not be opened. */
    public void reopen() {
        onReopen.run();
    }

    /** A table is opened, and read as these tell; {@code lookAgain} reads it again. */
    void opened(ObservableDoubleValue reached, ObservableBooleanValue busy, Runnable lookAgain) {
        onLookAgain = lookAgain;
        progress.bind(reached);
        reading.bind(busy);
        state.set(State.LOADING);
    }

    /** No table is open any more. */
    void closed() {
        progress.unbind();
        reading.unbind();
        reading.set(false);
        state.set(State.NOTHING);
    }

    /** A second has passed. A table that cannot be read may be readable later: it is looked at again now and then, and nobody need ask for it. */
    void tick() {
        boolean mayComeBack = state.get() == State.CANNOT_READ && reason != null && reason != LakeException.Reason.VERSION_GONE && !reading.get();
        waited = mayComeBack ? waited + 1 : 0;
        if (waited == AGAIN_SECONDS) {
            waited = 0;
            onLookAgain.run();
        }
    }

    void loading() {
        state.set(State.LOADING);
    }

    void shown(Frame frame) {
        problem.set("");
        state.set(!frame.isEmpty() ? State.SHOWN : frame.choices().extent().isEmpty() ? State.NO_ROWS : State.NO_DATA_IN_RANGE);
    }

    void failed(LakeException told) {
        reason = told.reason();
        problem.set(told.getMessage());
        state.set(told.reason() == LakeException.Reason.NOT_FOUND ? State.VANISHED : State.CANNOT_READ);
    }

    void vanished(LakeException told) {
        problem.set(told.getMessage());
        state.set(State.VANISHED);
    }

    /** @param nothingShown whether there is nothing from before to look at */
    void cancelled(boolean nothingShown) {
        reason = null;
        problem.set(Messages.text("live.cancelled"));
        if (nothingShown) {
            state.set(State.CANNOT_READ);
        }
    }
}
