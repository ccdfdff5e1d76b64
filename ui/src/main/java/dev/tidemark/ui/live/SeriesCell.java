package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.Swatch;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Theme;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A series with its newest values; a click shows or hides it, a double click shows it alone. */
final class SeriesCell extends ListCell<SeriesRow> {

    private static final int VALUES = 4;
    /** Width of a value's column, in pixels. */
    static final double VALUE_WIDTH = 76;

    /** Of a row, in pixels. */
    static final double HEIGHT = 30;

    private final SeriesModel model;
    private final SeriesSearch search;
    private final ObservableValue<Theme> theme;
    private final IntPredicate counts;
    private final Swatch swatch = new Swatch();
    private final Label name = new Label();
    private final Label[] values = new Label[VALUES];
    private final HBox row = new HBox(8, swatch, name);

    /** So many measures have room beside the name in a list of this width. */
    static int values(double width) {
        return width < 440 ? 2 : VALUES;
    }

    /** @param counts whether the measure of a column is counted */
    SeriesCell(SeriesModel model, SeriesSearch search, ObservableValue<Theme> theme, IntPredicate counts) {
        this.model = model;
        this.search = search;
        this.theme = theme;
        this.counts = counts;
        name.setMaxWidth(Double.MAX_VALUE);
        // Names of many devices differ at their end.
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        HBox.setHgrow(name, Priority.ALWAYS);
        row.setAlignment(Pos.CENTER_LEFT);
        for (int i = 0; i < VALUES; i++) {
            values[i] = new Label();
            values[i].getStyleClass().add("value");
            values[i].setMinWidth(VALUE_WIDTH);
            values[i].setMaxWidth(VALUE_WIDTH);
            values[i].setAlignment(Pos.CENTER_RIGHT);
            row.getChildren().add(values[i]);
        }
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefHeight(HEIGHT);
        setPrefWidth(0);
        setOnMouseClicked(event -> {
            if (getItem() != null && event.getButton() == MouseButton.PRIMARY) {
                if (event.getClickCount() == 2) {
                    search.isolate(getItem());
                } else if (event.getClickCount() == 1) {
                    search.toggle(getItem());
                }
                getListView().refresh();
            }
        });
    }

    @Override
    protected void updateItem(SeriesRow item, boolean empty) {
        super.updateItem(item, empty);
        setGraphic(empty ? null : row);
        if (empty) {
            Tip.on(this, null);
            setAccessibleText(null);
            return;
        }
        boolean off = !search.isRead(item) || model.hidden().contains(item.key());
        if (off) {
            swatch.show(theme.getValue().trough());
        } else {
            swatch.show(theme.getValue().chart(), item.colour());
        }
        name.setText(item.label());
        Tip.on(this, item.label() + "\n" + Messages.text(search.isRead(item) ? "series.tip" : "series.tip.unread"));
        getStyleClass().remove("off");
        if (off) {
            getStyleClass().add("off");
        }
        for (int i = 0; i < VALUES; i++) {
            boolean there = i < item.latest().size() && i < values(getListView().getWidth());
            values[i].setVisible(there);
            values[i].setManaged(there);
            values[i].setText(there ? text(item, i) : "");
        }
        setAccessibleText(item.label() + " " + IntStream.range(0, item.latest().size()).mapToObj(i -> text(item, i)).toList());
    }

    private String text(SeriesRow row, int column) {
        return Format.value(row.latest().get(column), counts.test(column));
    }
}
