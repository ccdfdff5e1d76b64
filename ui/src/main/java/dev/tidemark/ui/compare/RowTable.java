package dev.tidemark.ui.compare;

import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.diff.RowChange;
import dev.tidemark.ui.state.StateBox;
import dev.tidemark.ui.table.Grid;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.Tip;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** All rows in which two versions differ: of a changed cell both values. */
final class RowTable extends VBox {

    /** Of a cell whose value is another one in the other version. */
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");

    private final CompareModel model;
    private final TableView<RowChange> table = new TableView<>();
    private final Label summary = new Label();
    private List<Schema.Field> columns = List.of();

    RowTable(CompareModel model) {
        this.model = model;
        getStyleClass().add("card");
        Label title = new Label(Messages.text("compare.rows"));
        title.getStyleClass().add("section-title");
        summary.getStyleClass().addAll("small", "quiet");
        summary.setId("compare-row-summary");
        HBox head = new HBox(title, summary);
        head.getStyleClass().add("side-head");
        Grid.prepare(table, "compare.none");
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.setId("compare-rows");
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(head, table);
        model.rowsProperty().addListener((property, before, now) -> show());
        model.rowProblemProperty().addListener((property, before, now) -> show());
        show();
    }

    /** The same rows, in another zone. */
    void refresh() {
        table.refresh();
    }

    private void show() {
        CompareModel.ChangedRows rows = model.rowsProperty().get();
        String problem = model.rowProblemProperty().get();
        if (rows == null) {
            ProgressBar bar = new ProgressBar();
            bar.setMaxWidth(260);
            bar.progressProperty().bind(model.rowProgressProperty());
            StateBox box = problem.isEmpty() ? new StateBox(Feather.COLUMNS, "compare.state.loading.title", "", false).with(bar)
                    : new StateBox(Feather.ALERT_TRIANGLE, "compare.state.cannot.title", problem, true);
            box.getStyleClass().remove("card");
            table.setPlaceholder(box);
            table.getItems().clear();
            summary.setText("");
            return;
        }
        if (!rows.columns().equals(columns)) {
            columns = rows.columns();
            table.getColumns().clear();
            Grid.text(table, "compare.column.kind", 96, change -> Messages.text("compare.row." + change.kind()));
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                TableColumn<RowChange, RowChange> column = Grid.column(table, "compare.column.kind", 150, false, (cell, change) -> {
                    cell.setText(text(change, at));
                    Tip.on(cell, cell.getText());
                    cell.pseudoClassStateChanged(CHANGED, change.cells().contains(at));
                });
                if (isTime(columns.get(i).type())) {
                    column.textProperty().bind(Format.zonedHead(columns.get(i).name()));
                } else {
                    column.setText(columns.get(i).name());
                }
            }
        }
        Label none = new Label(Messages.text("compare.none"));
        none.getStyleClass().add("quiet");
        table.setPlaceholder(none);
        table.getItems().setAll(rows.rows());
        long all = rows.summary().added() + rows.summary().removed() + rows.summary().changed();
        summary.setText(Messages.text("compare.rows.summary", Format.whole(rows.summary().added()), Format.whole(rows.summary().changed()),
                Format.whole(rows.summary().removed())) + (all > rows.rows().size() ? " \u00b7 " + Messages.text("compare.rows.first", Format.whole(rows.rows().size())) : ""));
    }

    private String text(RowChange change, int at) {
        Object before = change.before() == null ? null : change.before().get(at);
        Object after = change.after() == null ? null : change.after().get(at);
        if (change.before() != null && change.after() != null && change.cells().contains(at)) {
            return value(before, at) + " \u2192 " + value(after, at);
        }
        return value(change.after() == null ? before : after, at);
    }

    private static boolean isTime(Type type) {
        return type == Type.Primitive.TIMESTAMP || type == Type.Primitive.TIMESTAMP_NTZ;
    }

    private String value(Object value, int at) {
        Type type = columns.get(at).type();
        if (value instanceof Long time && isTime(type)) {
            return Format.stamp(Micros.instant(time));
        }
        if (value instanceof Long day && type == Type.Primitive.DATE) {
            return LocalDate.ofEpochDay(day).toString();
        }
        return value instanceof Double number ? Format.value(number) : Objects.toString(value, "\u2013");
    }
}
