package dev.tidemark.ui.alerts;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        Set<String> kept = inOrder(wanted);
        lines.removeIf(line -> !kept.contains(line.key()));
        int at = 0;
        while (at < wanted.size()) {
            int end = at;
            while (end < wanted.size() && !kept.contains(wanted.get(end).key())) {
                end++;
            }
            if (end > at) {
                // All at once: whoever shows them hears of thousands of new alerts a single time.
                lines.addAll(at, wanted.subList(at, end));
            }
            at = end;
            if (at < wanted.size()) {
                if (!lines.get(at).equals(wanted.get(at))) {
                    lines.set(at, wanted.get(at));
                }
                at++;
            }
        }
    }

    /** The keys of most lines that stay where they are: a longest run of those shown that are wanted in the same order. */
    private Set<String> inOrder(List<AlertLine> wanted) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            places.put(wanted.get(i).key(), i);
        }
        int[] shown = lines.stream().mapToInt(line -> places.getOrDefault(line.key(), -1)).filter(place -> place >= 0).toArray();
        // Of each length, the run that ends lowest; and of each line, the one before it in its run.
        int[] ends = new int[shown.length];
        int[] before = new int[wanted.size()];
        int length = 0;
        for (int place : shown) {
            int found = Arrays.binarySearch(ends, 0, length, place);
            int run = found < 0 ? -found - 1 : found;
            before[place] = run == 0 ? -1 : ends[run - 1];
            ends[run] = place;
            length = Math.max(length, run + 1);
        }
        Set<String> keys = new HashSet<>();
        for (int place = length == 0 ? -1 : ends[length - 1]; place >= 0; place = before[place]) {
            keys.add(wanted.get(place).key());
        }
        return keys;
    }
}
