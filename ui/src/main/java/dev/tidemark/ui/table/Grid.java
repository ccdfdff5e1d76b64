package dev.tidemark.ui.table;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The columns of a table of many rows, of which only those on screen exist; and how it takes new rows without losing the place. */
public final class Grid {

    private static final double TIME = 158;

    private Grid() {
    }

    /** A column of words; {@code key} names its heading. */
    public static <T> TableColumn<T, T> text(TableView<T> view, String key, double width, Function<T, String> text) {
        return column(view, key, width, false, (cell, item) -> cell.setText(text.apply(item)));
    }

    /** A column of times, as wide as one is: a time that is cut off is another time. Null for none. */
    public static <T> TableColumn<T, T> time(TableView<T> view, String key, Function<T, Instant> time) {
        TableColumn<T, T> column = text(view, key, TIME, item -> time.apply(item) == null ? "" : Format.stamp(time.apply(item)));
        column.setMinWidth(TIME);
        column.textProperty().bind(Format.zonedHead(Messages.text(key)));
        return column;
    }

    /** A column of figures, in line at their right. */
    public static <T> TableColumn<T, T> number(TableView<T> view, String key, double width, Function<T, String> text) {
        return column(view, key, width, true, (cell, item) -> cell.setText(text.apply(item)));
    }

    /** A column whose cells are filled, with a text and perhaps a tip, in place of what they had. */
    public static <T> TableColumn<T, T> column(TableView<T> view, String key, double width, boolean number, BiConsumer<TableCell<T, T>, T> filler) {
        TableColumn<T, T> column = new TableColumn<>(Messages.text(key));
        column.setPrefWidth(width);
        column.setMinWidth(number ? width * 0.8 : Math.min(width, 150) * 0.95);
        column.setSortable(false);
        column.setReorderable(false);
        if (number) {
            column.getStyleClass().add("number");
        }
        column.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
        column.setCellFactory(each -> new TableCell<>() {
            {
                if (number) {
                    getStyleClass().add("number");
                }
            }

            @Override
            protected void updateItem(T item, boolean empty) {
                super.updateItem(item, empty);
                if (!empty && item != null) {
                    filler.accept(this, item);
                } else {
                    setText(null);
                    Tip.on(this, null);
                }
            }
        });
        view.getColumns().add(column);
        return column;
    }

    /** A dense table whose place for nothing says so. */
    public static <T> void prepare(TableView<T> view, String empty) {
        view.setFixedCellSize(32);
        view.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        Label none = new Label(Messages.text(empty));
        none.getStyleClass().add("quiet");
        view.setPlaceholder(none);
        view.setAccessibleRole(AccessibleRole.TABLE_VIEW);
        view.getStyleClass().add("dense");
    }

    /** Shows rows, newest first. If only new ones came on top, selection and scroll stay with the rows that they were on. */
    public static <T> void show(TableView<T> view, List<T> rows) {
        List<T> before = view.getItems();
        int added = rows.size() - before.size();
        if (rows.equals(before)) {
            return;
        }
        if (!before.isEmpty() && added > 0 && rows.subList(added, rows.size()).equals(before)) {
            int first = firstShown(view);
            before.addAll(0, new ArrayList<>(rows.subList(0, added)));
            if (first > 0) {
                view.scrollTo(first + added);
            }
        } else {
            view.getItems().setAll(rows);
        }
    }

    /** The number of the row at the top of a table or a list, 0 before there is one. */
    public static int firstShown(Node view) {
        Node flow = view.lookup(".virtual-flow");
        return flow instanceof VirtualFlow<?> cells && cells.getFirstVisibleCell() != null ? cells.getFirstVisibleCell().getIndex() : 0;
    }
}
