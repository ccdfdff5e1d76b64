package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.text.Messages;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The series of the page: their colours, which stay theirs while the page shows the same kind of series, and which of them are drawn.
 * Belongs to the thread that owns the screen.
 */
public final class SeriesModel {

    /** More lines than this on one chart are not read any more; then the others wait to be switched on. */
    private static final int MOST_LINES = 12;
    private static final int FIRST_LINES = 8;

    private final ObservableList<SeriesRow> rows = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<SeriesRow> rowsView = FXCollections.unmodifiableObservableList(rows);
    private final ObservableSet<String> hidden = FXCollections.observableSet(new TreeSet<>());
    private final Map<String, Integer> colours = new LinkedHashMap<>();

    /** The series of the charts, by name. */
    public ObservableList<SeriesRow> rows() {
        return rowsView;
    }

    /** Keys of the series that are not drawn. */
    public ObservableSet<String> hidden() {
        return hidden;
    }

    /** Shows or hides a series on all charts. */
    public void toggle(String key) {
        if (!hidden.remove(key)) {
            hidden.add(key);
        }
    }

    /** Shows one series alone; if it was alone, all of them. */
    public void isolate(String key) {
        List<String> others = rows.stream().map(SeriesRow::key).filter(other -> !other.equals(key)).toList();
        boolean alone = hidden.containsAll(others);
        hidden.clear();
        if (!alone) {
            hidden.addAll(others);
        }
    }

    /** Other series come. */
    void clear() {
        colours.clear();
        hidden.clear();
        rows.clear();
    }

    /** Other series come, in place of these, which stay until then. */
    void forget() {
        colours.clear();
        hidden.clear();
    }

    /** Of each measure the first by name: other devices may send other measures, and no chart begins without a line. */
    private static Set<String> first(Map<String, Map<String, SeriesData>> measures) {
        Set<String> first = new TreeSet<>();
        for (Map<String, SeriesData> lines : measures.values()) {
            Set<String> there = keys(List.of(lines));
            long shown = there.stream().filter(first::contains).count();
            there.stream().filter(key -> !first.contains(key)).limit(Math.max(0, FIRST_LINES - shown)).forEach(first::add);
        }
        return first;
    }

    private static Set<String> keys(Collection<Map<String, SeriesData>> measures) {
        Set<String> keys = new TreeSet<>();
        measures.forEach(lines -> lines.forEach((key, data) -> {
            if (data.size() > 0) {
                keys.add(key);
            }
        }));
        return keys;
    }

    /**
     * The series of a frame. One without a point in it is not listed.
     *
     * @param measures measure → key → points
     * @param split    whether rows are told apart by a column; else they are one series
     */
    void show(Map<String, Map<String, SeriesData>> measures, boolean split) {
        Set<String> keys = keys(measures.values());
        if (colours.isEmpty() && keys.size() > MOST_LINES) {
            hidden.addAll(keys);
            hidden.removeAll(first(measures));
        }
        keys.forEach(key -> colours.computeIfAbsent(key, name -> colours.size()));
        List<SeriesRow> found = new ArrayList<>();
        for (String key : keys) {
            List<Double> latest = new ArrayList<>();
            long time = Long.MIN_VALUE;
            for (Map<String, SeriesData> lines : measures.values()) {
                SeriesData data = lines.getOrDefault(key, SeriesData.EMPTY);
                latest.add(data.size() == 0 ? Double.NaN : data.value(data.size() - 1));
                time = data.size() == 0 ? time : Math.max(time, data.time(data.size() - 1));
            }
            found.add(new SeriesRow(key, key.isEmpty() ? Messages.text(split ? "live.series.unnamed" : "live.series.all") : key, colours.get(key), latest, time));
        }
        if (!found.equals(rows)) {
            rows.setAll(found);
        }
    }
}
