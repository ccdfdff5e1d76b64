package dev.tidemark.ui.alerts;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lines of one list of alerts: filtered, grouped, floods collapsed. A new board changes only the lines that are others, so that whoever shows
 * them loses neither scroll nor selection. Belongs to the thread that owns the screen.
 */
public final class AlertList {

    private final ObservableList<AlertLine> lines = FXCollections.observableArrayList();
    private final ObservableList<AlertLine> linesView = FXCollections.unmodifiableObservableList(lines);
    private final ObjectProperty<AlertFilter> filter = new SimpleObjectProperty<>(AlertFilter.OPEN);
    private final ObjectProperty<AlertLine.Grouping> grouping = new SimpleObjectProperty<>(AlertLine.Grouping.NONE);
    private final Set<String> opened = new HashSet<>();
    private final ReadOnlyBooleanWrapper changing = new ReadOnlyBooleanWrapper();
    private AlertBoard board;

    AlertList() {
        filter.addListener((property, before, now) -> show(board));
        grouping.addListener((property, before, now) -> show(board));
    }

    /** The lines, in order. */
    public ObservableList<AlertLine> lines() {
        return linesView;
    }

    /** Which alerts are listed. */
    public ObjectProperty<AlertFilter> filterProperty() {
        return filter;
    }

    /** By what they are put together. */
    public ObjectProperty<AlertLine.Grouping> groupingProperty() {
        return grouping;
    }

    /** Whether lines are being moved: what a list selects meanwhile is not what the operator chose. */
    public ReadOnlyBooleanProperty changingProperty() {
        return changing.getReadOnlyProperty();
    }

    /** Opens or closes a flood. */
    public void toggle(AlertLine.Many flood) {
        if (!opened.remove(flood.key())) {
            opened.add(flood.key());
        }
        show(board);
    }

    /** The alerts on the list, those of collapsed floods too. */
    public List<Alert> alerts() {
        return board == null ? List.of() : board.alerts().stream().filter(filter.get()::holds).sorted(AlertLine.URGENCY).toList();
    }

    /** Those of them that somebody must acknowledge. */
    public List<Alert> unacknowledged() {
        return alerts().stream().filter(alert -> alert.state().wantsAcknowledging()).toList();
    }

    /** Shows a board, or nothing (null). */
    void show(AlertBoard shown) {
        board = shown;
        changing.set(true);
        try {
            change(shown);
        } finally {
            changing.set(false);
        }
    }

    private void change(AlertBoard shown) {
        List<AlertLine> wanted = shown == null ? List.of()
                : AlertLine.of(shown.alerts(), filter.get(), grouping.get(), shown.floods(), opened);
        Set<String> keys = new HashSet<>();
        wanted.forEach(line -> keys.add(line.key()));
        lines.removeIf(line -> !keys.contains(line.key()));
        for (int i = 0; i < wanted.size(); i++) {
            AlertLine line = wanted.get(i);
            if (i < lines.size() && lines.get(i).key().equals(line.key())) {
                if (!lines.get(i).equals(line)) {
                    lines.set(i, line);
                }
            } else {
                lines.removeIf(other -> other.key().equals(line.key()));
                lines.add(Math.min(i, lines.size()), line);
            }
        }
        if (lines.size() > wanted.size()) {
            lines.remove(wanted.size(), lines.size());
        }
    }
}
