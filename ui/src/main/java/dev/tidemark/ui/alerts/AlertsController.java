package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Binds the page of alerts to its model. */
public final class AlertsController {

    private static final double ROOM_FOR_WORDS = 1360;
    private static final double ROOM_FOR_STORY = 2200;
    private static final double ROOM_FOR_VALUE = 780;
    private static final double ROOM_FOR_RAISED = 900;
    private static final double ROOM_FOR_LIMIT = 1180;
    private static final double ROOM_FOR_LOCATION = 960;

    private final AlertsModel model;
    private final AlertActions actions;
    private final Runnable showCharts;
    private boolean selecting;

    @FXML private VBox root;
    @FXML private HBox figures;
    @FXML private HBox shows;
    @FXML private HBox severities;
    @FXML private MenuButton grouping;
    @FXML private MenuButton period;
    @FXML private TextField search;
    @FXML private Label past;
    @FXML private HBox keptBox;
    @FXML private Label kept;
    @FXML private Button all;
    @FXML private StackPane place;
    @FXML private TableView<AlertLine> table;
    @FXML private VBox details;

    /** @param showCharts brings the page of charts on screen */
    public AlertsController(AlertsModel model, AlertActions actions, Runnable showCharts) {
        this.model = model;
        this.actions = actions;
        this.showCharts = showCharts;
    }

    @FXML
    private void initialize() {
        new FigureStrip(figures, model);
        new AlertDetails(details, model, actions, this::go);
        details.minWidthProperty().bind(root.widthProperty().map(width -> width.doubleValue() < ROOM_FOR_STORY ? 350 : 480));
        details.maxWidthProperty().bind(details.minWidthProperty());
        place.getChildren().add(new StatusPane(model, false));
        keptBox.getChildren().add(0, Icons.of(Feather.HARD_DRIVE, 15));
        kept.textProperty().bind(model.logbook().keptProperty());
        keptBox.visibleProperty().bind(model.logbook().keptProperty().isNotEmpty());
        keptBox.managedProperty().bind(keptBox.visibleProperty());
        past.visibleProperty().bind(model.pastProperty());
        past.managedProperty().bind(past.visibleProperty());
        search.setText(model.list().filterProperty().get().text());
        search.textProperty().addListener((property, before, text) -> model.list().filterProperty().set(model.list().filterProperty().get().withText(text)));
        all.setOnAction(event -> actions.acknowledgeAll(model.list()));
        fillShows();
        fillSeverities();
        fillGroupings();
        fillPeriods();
        fillTable();
        model.boardProperty().addListener((property, before, now) -> showCounts());
        model.list().lines().addListener((ListChangeListener<AlertLine>) change -> showCounts());
        model.pastProperty().addListener((property, before, now) -> showCounts());
        model.nowProperty().addListener((property, before, now) -> {
            if (root.isVisible()) {
                table.refresh();
            }
        });
        Format.zoneProperty().addListener((property, before, now) -> table.refresh());
        showCounts();
    }

    private void fillShows() {
        ToggleGroup group = new ToggleGroup();
        for (AlertFilter.Show show : AlertFilter.Show.values()) {
            ToggleButton button = new ToggleButton();
            button.setId("show-" + show);
            button.getStyleClass().setAll("segment", "toggle-button");
            button.setToggleGroup(group);
            button.setSelected(model.list().filterProperty().get().show() == show);
            button.setUserData(show);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.list().filterProperty().set(model.list().filterProperty().get().withShow(show));
            });
            shows.getChildren().add(button);
        }
    }

    private void fillSeverities() {
        List<Severity> worstFirst = new ArrayList<>(List.of(Severity.values()));
        Collections.reverse(worstFirst);
        for (Severity severity : worstFirst) {
            ToggleButton button = new ToggleButton();
            SeverityMark mark = new SeverityMark();
            mark.show(severity, false);
            button.setGraphic(mark);
            button.setId("severity-" + severity);
            button.getStyleClass().setAll("segment", "toggle-button", "severity-toggle");
            button.setSelected(true);
            Tip.on(button, Messages.text("alerts.severity.tip", SeverityMark.name(severity).toLowerCase(Locale.ROOT)));
            button.selectedProperty().addListener((property, before, wanted) ->
                    model.list().filterProperty().set(model.list().filterProperty().get().with(severity, wanted)));
            // The mark has shape and number; the word gives way where there is little room.
            button.textProperty().bind(root.widthProperty().map(width -> width.doubleValue() < ROOM_FOR_WORDS ? "" : SeverityMark.name(severity)));
            button.setAccessibleText(SeverityMark.name(severity));
            severities.getChildren().add(button);
        }
    }

    private void fillPeriods() {
        ToggleGroup group = new ToggleGroup();
        for (Duration length : List.of(Duration.ofHours(1), Duration.ofHours(8), Duration.ofHours(24), Duration.ofDays(AlertFeed.DAYS))) {
            RadioMenuItem item = new RadioMenuItem(Messages.text("alerts.period", length.toHours() > 24 ? length.toDays() + "\u2009d" : length.toHours() + "\u2009h"));
            item.setToggleGroup(group);
            item.setSelected(length.equals(model.period()));
            item.setOnAction(event -> {
                model.period(length);
                period.setText(item.getText());
            });
            period.getItems().add(item);
            if (item.isSelected()) {
                period.setText(item.getText());
            }
        }
    }

    private void fillGroupings() {
        ToggleGroup group = new ToggleGroup();
        for (AlertLine.Grouping each : AlertLine.Grouping.values()) {
            RadioMenuItem item = new RadioMenuItem(Messages.text("alerts.group." + each));
            item.setId("group-" + each);
            item.setToggleGroup(group);
            item.setSelected(each == model.list().groupingProperty().get());
            item.setOnAction(event -> {
                model.list().groupingProperty().set(each);
                grouping.setText(Messages.text("alerts.group.by." + each));
            });
            grouping.getItems().add(item);
        }
        grouping.setText(Messages.text("alerts.group.by." + model.list().groupingProperty().get()));
    }

    private void fillTable() {
        column("severity", 44, 44, this::showSeverity);
        TableColumn<AlertLine, AlertLine> state = column("state", 226, 260, this::showState);
        column("message", 210, Double.MAX_VALUE, this::showMessage);
        column("device", 108, 220, (cell, alert) -> {
            // Names of many devices differ at their end.
            cell.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            cell.setText(alert.alarm().device());
        });
        TableColumn<AlertLine, AlertLine> location = column("location", 84, 200, (cell, alert) -> cell.setText(alert.location()));
        TableColumn<AlertLine, AlertLine> value = column("value", 84, 84, (cell, alert) -> number(cell, alert.last().value()));
        TableColumn<AlertLine, AlertLine> limit = column("limit", 84, 84, (cell, alert) -> number(cell, alert.limit()));
        TableColumn<AlertLine, AlertLine> raised = column("raised", 162, 162, (cell, alert) -> mono(cell, Format.stamp(Micros.instant(alert.raised()))));
        raised.textProperty().bind(Format.zonedHead(raised.getText()));
        column("age", 88, 104, (cell, alert) -> cell.setText(Wording.age(alert, model.nowProperty().get())));
        // What the message tells anyway gives way where there is little room.
        state.maxWidthProperty().bind(table.widthProperty().map(width -> width.doubleValue() > ROOM_FOR_LIMIT ? 260 : 226));
        value.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_VALUE));
        raised.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_RAISED));
        limit.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_LIMIT));
        location.visibleProperty().bind(table.widthProperty().greaterThan(ROOM_FOR_LOCATION));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        table.setItems(model.list().lines());
        table.setPlaceholder(new Label(""));
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setRowFactory(view -> row());
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<AlertLine>) change -> {
            if (!selecting && !model.list().changingProperty().get()) {
                model.choose(List.copyOf(table.getSelectionModel().getSelectedItems().stream().filter(line -> line != null).toList()));
            }
        });
        model.list().changingProperty().addListener((property, before, changing) -> {
            if (!changing) {
                select();
            }
        });
        model.selectedProperty().addListener((property, before, now) -> select());
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open(table.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
    }

    private TableRow<AlertLine> row() {
        TableRow<AlertLine> row = new TableRow<>() {
            @Override
            protected void updateItem(AlertLine line, boolean empty) {
                super.updateItem(line, empty);
                getStyleClass().removeAll("group", "known", "over", "hidden-alert");
                if (empty || line == null) {
                    setAccessibleText(null);
                } else if (line instanceof AlertLine.One one) {
                    AlertState state = one.alert().state();
                    if (state != AlertState.UNACKNOWLEDGED) {
                        getStyleClass().add(state == AlertState.ACKNOWLEDGED ? "known" : state == AlertState.RETURNED ? "over" : "hidden-alert");
                    }
                    setAccessibleText(SeverityMark.name(one.alert().severity()) + ", " + Wording.state(one.alert()) + ": " + one.alert().message());
                } else {
                    getStyleClass().add("group");
                    setAccessibleText(title(line));
                }
            }
        };
        row.setOnMouseClicked(event -> {
            if (!row.isEmpty() && (event.getClickCount() == 2 || row.getItem() instanceof AlertLine.Many)) {
                open(row.getItem());
            }
        });
        return row;
    }

    private void open(AlertLine line) {
        if (line instanceof AlertLine.Many many) {
            model.list().toggle(many);
        } else if (line instanceof AlertLine.One one) {
            go(one.alert());
        }
    }

    private void go(Alert alert) {
        model.visit(alert);
        showCharts.run();
    }

    private TableColumn<AlertLine, AlertLine> column(String name, double least, double most, BiConsumer<TableCell<AlertLine, AlertLine>, Alert> filler) {
        TableColumn<AlertLine, AlertLine> column = new TableColumn<>(Messages.text("alerts.column." + name));
        column.setId("alert-" + name);
        column.setMinWidth(least);
        column.setPrefWidth(least);
        column.setMaxWidth(most);
        column.setSortable(false);
        column.setReorderable(false);
        if (name.equals("value") || name.equals("limit")) {
            column.getStyleClass().add("number");
        }
        column.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
        column.setCellFactory(each -> new TableCell<>() {
            @Override
            protected void updateItem(AlertLine line, boolean empty) {
                super.updateItem(line, empty);
                if (empty || line == null) {
                    setText(null);
                    setGraphic(null);
                } else if (line instanceof AlertLine.One one) {
                    filler.accept(this, one.alert());
                } else {
                    setText(name.equals("message") ? title(line) : null);
                    setGraphic(null);
                    if (name.equals("severity")) {
                        mark(this, AlertLine.worst(line.alerts()), false);
                    } else if (name.equals("state")) {
                        setText(Messages.text("alerts.count", line.alerts().size()));
                        setGraphic(Icons.of(line instanceof AlertLine.Many many && !many.opened() ? Feather.CHEVRON_RIGHT : Feather.CHEVRON_DOWN, 14));
                    }
                }
            }
        });
        table.getColumns().add(column);
        return column;
    }

    private static String title(AlertLine line) {
        return line instanceof AlertLine.Many many ? Wording.flood(many) : line instanceof AlertLine.Head head ? Wording.group(head) : "";
    }

    private void showSeverity(TableCell<AlertLine, AlertLine> cell, Alert alert) {
        mark(cell, alert.severity(), alert.state() != AlertState.UNACKNOWLEDGED);
    }

    private static void mark(TableCell<AlertLine, AlertLine> cell, Severity severity, boolean hollow) {
        SeverityMark mark = cell.getGraphic() instanceof SeverityMark there ? there : new SeverityMark();
        mark.show(severity, hollow);
        cell.setText(null);
        cell.setGraphic(mark);
    }

    private void showState(TableCell<AlertLine, AlertLine> cell, Alert alert) {
        // The sign says that it is shelved; there is room for until when.
        cell.setText(alert.state() == AlertState.SHELVED ? Messages.text("alerts.column.state.until", Format.minute(Micros.instant(alert.shelvedUntil())))
                : Wording.state(alert));
        cell.setGraphic(Icons.of(Wording.icon(alert.state()), 14));
    }

    private void showMessage(TableCell<AlertLine, AlertLine> cell, Alert alert) {
        cell.setText(Wording.headline(alert));
        cell.setGraphic(null);
        Tip.on(cell, alert.message());
        // What a value rose to stands at the end, and is what one looks for.
        cell.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    }

    private static void number(TableCell<AlertLine, AlertLine> cell, double value) {
        cell.setText(Double.isNaN(value) ? "" : Format.value(value));
        if (!cell.getStyleClass().contains("number")) {
            cell.getStyleClass().add("number");
        }
    }

    private static void mono(TableCell<AlertLine, AlertLine> cell, String text) {
        cell.setText(text);
        if (!cell.getStyleClass().contains("mono")) {
            cell.getStyleClass().add("mono");
        }
    }

    private void showCounts() {
        AlertBoard board = model.boardProperty().get();
        for (var node : shows.getChildren()) {
            ToggleButton button = (ToggleButton) node;
            AlertFilter.Show show = (AlertFilter.Show) button.getUserData();
            long count = board == null ? 0 : board.alerts().stream().filter(alert -> show.holds(alert.state())).count();
            button.setText(Messages.text("alerts.show." + show, Format.whole(count)));
        }
        int waiting = model.list().unacknowledged().size();
        all.setDisable(waiting == 0 || model.pastProperty().get());
        all.setText(Messages.text("alerts.all", waiting));
    }

    /** The lines that stay chosen stay selected, wherever they stand now. */
    private void select() {
        selecting = true;
        try {
            List<String> chosen = model.chosen().stream().map(Alert::id).toList();
            var selection = table.getSelectionModel();
            for (int i = 0; i < table.getItems().size(); i++) {
                boolean wanted = table.getItems().get(i) instanceof AlertLine.One one && chosen.contains(one.alert().id());
                boolean single = table.getItems().get(i) instanceof AlertLine.One;
                if (wanted && !selection.isSelected(i)) {
                    selection.select(i);
                } else if (!wanted && single && selection.isSelected(i)) {
                    selection.clearSelection(i);
                }
            }
        } finally {
            selecting = false;
        }
    }
}
