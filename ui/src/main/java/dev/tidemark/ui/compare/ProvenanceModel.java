package dev.tidemark.ui.compare;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Messages;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Where the point came from that was clicked last. Belongs to the thread that owns the screen. */
public final class ProvenanceModel {

    /** What is told. */
    public enum State { NONE, LOOKING, FOUND, TOLD }

    private final LiveModel live;
    private final Slot slot;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyObjectWrapper<PickedPoint> point = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Provenance> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");

    public ProvenanceModel(LiveModel live, Tasks tasks) {
        this.live = live;
        this.slot = new Slot(tasks);
        live.pickedProperty().addListener((property, before, now) -> {
            if (now == null) {
                close();
            } else {
                look(now);
            }
        });
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** The point; null before the first. */
    public ReadOnlyObjectProperty<PickedPoint> pointProperty() {
        return point.getReadOnlyProperty();
    }

    /** Where it came from, if that was found. */
    public ReadOnlyObjectProperty<Provenance> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Why that is not told. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** Takes what is told off the screen. */
    public void close() {
        slot.cancel();
        state.set(State.NONE);
        live.pickedProperty().set(null);
    }

    private void look(PickedPoint picked) {
        point.set(picked);
        found.set(null);
        if (live.table().isEmpty()) {
            return;
        }
        if (picked.samples() > 1) {
            tell(Messages.text("provenance.many", picked.samples()));
            return;
        }
        if (picked.provisional()) {
            tell(Messages.text("provenance.open"));
            return;
        }
        Table table = live.table().get();
        state.set(State.LOOKING);
        slot.ask(progress -> Provenance.find(table, picked, progress), answer -> {
            if (answer.isPresent()) {
                found.set(answer.get());
                state.set(State.FOUND);
            } else {
                tell(Messages.text("provenance.none"));
            }
        }, told -> tell(told instanceof LakeException ? told.getMessage() : "Cannot look for the point in " + table.location() + ": " + told));
    }

    private void tell(String words) {
        text.set(words);
        state.set(State.TOLD);
    }
}
