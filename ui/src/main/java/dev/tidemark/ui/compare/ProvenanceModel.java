package dev.tidemark.ui.compare;

import dev.tidemark.lake.Table;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.util.List;
import java.util.Optional;

/** Where the point came from that was clicked last. Belongs to the thread that owns the screen. */
public final class ProvenanceModel {

    /** What is told. */
    public enum State { NONE, LOOKING, FOUND, TOLD }

    /** Steps on either side of a point that is looked at closely. */
    private static final int AROUND = 40;
    private static final double CLOSER = 0.1;

    /** The rows of a point, and where it came from if there is only one. */
    private record Looked(List<PickedPoint> rows, Optional<Provenance> found) {
    }

    private final LiveModel live;
    private final Slot slot;
    private final ReadOnlyBooleanWrapper many = new ReadOnlyBooleanWrapper();
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

    /** Whether it is not one row but many, so that a closer look is worth it. */
    public ReadOnlyBooleanProperty manyProperty() {
        return many.getReadOnlyProperty();
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
        many.set(false);
        if (live.table().isEmpty()) {
            return;
        }
        if (picked.samples() > 1) {
            many.set(true);
            tell(Messages.text("provenance.many", Format.whole(picked.samples())));
            return;
        }
        if (picked.provisional()) {
            tell(Messages.text("provenance.open"));
            return;
        }
        Table table = live.table().get();
        state.set(State.LOOKING);
        slot.ask(progress -> {
            List<PickedPoint> rows = Provenance.under(table, picked);
            return new Looked(rows, rows.size() == 1 ? Provenance.find(table, rows.get(0), progress) : Optional.empty());
        }, this::answered, told -> tell(Failure.words(told, "failure.point", table.location())));
    }

    private void answered(Looked looked) {
        if (looked.found().isPresent()) {
            point.set(looked.rows().get(0));
            found.set(looked.found().get());
            state.set(State.FOUND);
        } else if (looked.rows().size() > 1) {
            many.set(true);
            PickedPoint shown = point.get();
            tell(Messages.text("provenance.rows", Format.whole(looked.rows().size()), Format.clock(Micros.instant(shown.time())), Format.clock(Micros.instant(shown.time() + shown.span())), Format.zoneName(Micros.instant(shown.time()))));
        } else {
            tell(Messages.text("provenance.none"));
        }
    }

    /** Takes the charts so close to the point that single rows show, or closer to it. */
    public void zoom() {
        PickedPoint shown = point.get();
        close();
        if (shown.span() > 0) {
            live.choose(new Question.Between(shown.time() - AROUND * shown.span(), shown.time() + (AROUND + 1) * shown.span()));
        } else {
            live.view().zoom(CLOSER, shown.time(), null);
        }
    }

    private void tell(String words) {
        text.set(words);
        state.set(State.TOLD);
    }
}
