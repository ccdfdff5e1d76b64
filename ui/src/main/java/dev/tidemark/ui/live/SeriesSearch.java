package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds series by their names, also those that are not read because there are too many of them, and brings them to the charts. Belongs to the thread that owns the screen; knows no control.
 */
public final class SeriesSearch {

    /** More lines than that are not gone through by eye. */
    private static final int MOST_FOUND = 50;
    /** A list longer than that is searched, not scrolled. */
    private static final int WORTH_SEARCHING = 12;

    private final LiveModel model;
    private final StringProperty typed = new SimpleStringProperty("");
    private Runnable onAsk = () -> { };
    private final ObservableList<SeriesRow> found = FXCollections.observableArrayList();

    SeriesSearch(LiveModel model) {
        this.model = model;
        typed.addListener((property, before, now) -> search());
        model.series().rows().addListener((ListChangeListener<SeriesRow>) change -> search());
        model.frameProperty().addListener((property, before, now) -> {
            if (now == null) {
                typed.set("");
            }
        });
        search();
    }

    /** What is typed; "" lists the series that are read. */
    public StringProperty typedProperty() {
        return typed;
    }

    /** What is listed. */
    public ObservableList<SeriesRow> found() {
        return found;
    }

    /** Whether there are so many series that they are searched. */
    public boolean isUseful() {
        return isPartial() || model.series().rows().size() > WORTH_SEARCHING;
    }

    /** Whether only some of the series are read. */
    public boolean isPartial() {
        return !names().isEmpty();
    }

    /** How many are drawn, and of how many. */
    public String count() {
        int read = model.series().rows().size();
        long drawn = model.series().rows().stream().filter(row -> !model.series().hidden().contains(row.key())).count();
        int all = isPartial() ? names().size() : read;
        return drawn == all ? Format.whole(all) : Messages.text("series.some", Format.whole(drawn), Format.whole(all));
    }

    /** Why these and no others; "" where all are read. */
    String rule() {
        if (!isPartial()) {
            return "";
        }
        return Messages.text(model.question().series() == null ? "series.suiting" : "series.chosen",
                Format.whole(model.frameProperty().get().asked().series().size()), Format.whole(names().size()));
    }

    /** Whether its rows are read. */
    public boolean isRead(SeriesRow row) {
        return row.colour() >= 0;
    }

    /** Shows or hides it on all charts; reads it first if it is not read. */
    public void toggle(SeriesRow row) {
        if (isRead(row)) {
            model.series().toggle(row.key());
        } else {
            Set<String> read = model.frameProperty().get().asked().series();
            List<String> more = new ArrayList<>(read.stream().sorted().toList());
            more.add(row.key());
            model.ask(model.question().withSeries(more));
        }
    }

    /** Shows it alone; if it was alone, all that are read. */
    public void isolate(SeriesRow row) {
        if (isRead(row)) {
            model.series().isolate(row.key());
        } else {
            read(row.key());
        }
    }

    /** Reads this series and no other. */
    public void read(String key) {
        model.ask(model.question().withSeries(List.of(key)));
    }

    /** Back to those that suit. */
    public void suit() {
        typed.set("");
        model.ask(model.question().withSeries(null));
    }

    /** What brings the operator to where names are typed. */
    void setOnAsk(Runnable body) {
        onAsk = body;
    }

    /** Asks for a name. */
    void ask() {
        onAsk.run();
    }

    private List<String> names() {
        Frame frame = model.frameProperty().get();
        return frame == null ? List.of() : frame.choices().series();
    }

    private void search() {
        String words = typed.get().strip().toLowerCase(Locale.ROOT);
        List<SeriesRow> rows = model.series().rows();
        List<SeriesRow> now = new ArrayList<>();
        if (words.isEmpty()) {
            now.addAll(rows);
        } else {
            rows.stream().filter(row -> row.label().toLowerCase(Locale.ROOT).contains(words)).forEach(now::add);
            Set<String> read = new HashSet<>();
            rows.forEach(row -> read.add(row.key()));
            names().stream().filter(name -> !read.contains(name) && name.toLowerCase(Locale.ROOT).contains(words)).limit(Math.max(0, MOST_FOUND - now.size()))
                    .forEach(name -> now.add(SeriesRow.unread(name)));
        }
        if (!now.equals(found)) {
            found.setAll(now);
        }
    }
}
