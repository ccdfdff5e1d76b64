package dev.tidemark.ui.sources;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Binds the page of lakes and tables to its model. */
public final class SourcesController {

    /** A table that nobody has written to for this long is called quiet. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final SourcesModel model;
    private final InstantSource clock;
    private final Runnable openFolder;
    private final Consumer<String> show;
    private final Consumer<String> details;

    @FXML private HBox root;
    @FXML private VBox recent;
    @FXML private Button open;
    @FXML private Label count;
    @FXML private Label problem;
    @FXML private Label place;
    @FXML private TableView<TableEntry> tables;

    /**
     * @param openFolder lets the operator choose a lake
     * @param show       brings the table of a path onto the live page
     * @param details    brings one that cannot be drawn onto the table page
     */
    public SourcesController(SourcesModel model, InstantSource clock, Runnable openFolder, Consumer<String> show,
                             Consumer<String> details) {
        this.model = model;
        this.clock = clock;
        this.openFolder = openFolder;
        this.show = show;
        this.details = details;
    }

    @FXML
    private void initialize() {
        open.setGraphic(Icons.of(Feather.FOLDER, 15));
        open.setOnAction(event -> openFolder.run());
        column("table", 320, (cell, entry) -> {
            cell.setText(entry.path().isEmpty() ? "/" : entry.path());
            cell.setGraphic(Icons.of(Feather.DATABASE, 14));
        });
        column("state", 210, this::showState);
        column("version", 110, (cell, entry) -> number(cell, entry.version() < 0 ? "" : Format.whole(entry.version())));
        column("rows", 130, (cell, entry) -> number(cell, entry.rows() < 0 ? "\u2013" : Format.whole(entry.rows())));
        column("bytes", 110, (cell, entry) -> number(cell, entry.version() < 0 ? "" : Format.bytes(entry.bytes())));
        column("commit", 170, (cell, entry) -> cell.setText(entry.committedAt() == null ? ""
                : Messages.text("sources.column.ago", Format.age(age(entry)))));
        column("show", 96, this::showLink);
        tables.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        tables.setItems(model.tables());
        Label none = new Label(Messages.text("sources.none"));
        none.getStyleClass().add("faint");
        tables.setPlaceholder(none);
        tables.setRowFactory(view -> row());
        tables.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                showSelected();
            }
        });
        model.recent().addListener((InvalidationListener) change -> showRecent());
        model.lakeProperty().addListener((property, before, now) -> {
            showPlace();
            showRecent();
        });
        model.selectionProperty().addListener((property, before, now) -> tables.refresh());
        model.tables().addListener((InvalidationListener) change -> count.setText(String.valueOf(model.tables().size())));
        model.tables().addListener((InvalidationListener) change -> showProblem());
        tables.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> showProblem());
        showRecent();
        showPlace();
        showProblem();
    }

    private void showPlace() {
        place.setText(model.lakeProperty().get() == null ? "" : model.lakeProperty().get().root());
        count.setText(String.valueOf(model.tables().size()));
    }

    private void showRecent() {
        recent.getChildren().clear();
        String openRoot = model.lakeProperty().get() == null ? "" : model.lakeProperty().get().root();
        for (String lake : model.recent()) {
            Label name = new Label(lake.substring(lake.lastIndexOf('/') + 1));
            name.getStyleClass().add("strong");
            Label path = new Label(lake);
            path.getStyleClass().addAll("mono", "faint");
            path.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
            VBox words = new VBox(1, name, path);
            words.setMinWidth(0);
            Button row = new Button();
            row.setGraphic(new HBox(10, icon(lake.equals(openRoot)), words));
            ((HBox) row.getGraphic()).setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().setAll("lake-row");
            row.setMaxWidth(Double.MAX_VALUE);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setAccessibleText(lake);
            row.setTooltip(new Tooltip(lake));
            row.setOnAction(event -> model.open(lake));
            recent.getChildren().add(row);
        }
        if (model.recent().isEmpty()) {
            Label none = new Label(Messages.text("sources.recent.none"));
            none.getStyleClass().addAll("small", "faint");
            none.setStyle("-fx-padding: 8 10 8 10;");
            recent.getChildren().add(none);
        }
    }

    private static FontIcon icon(boolean openNow) {
        return Icons.of(openNow ? Feather.CHECK_CIRCLE : Feather.FOLDER, 16);
    }

    private void column(String name, double width, BiConsumer<TableCell<TableEntry, TableEntry>, TableEntry> filler) {
        TableColumn<TableEntry, TableEntry> column = new TableColumn<>(Messages.text("sources.column." + name));
        column.setId("column-" + name);
        column.setPrefWidth(width);
        if (List.of("version", "rows", "bytes").contains(name)) {
            column.getStyleClass().add("number");
        }
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(features -> new ReadOnlyObjectWrapper<>(features.getValue()));
        column.setCellFactory(each -> new TableCell<>() {
            @Override
            protected void updateItem(TableEntry entry, boolean empty) {
                super.updateItem(entry, empty);
                setText(null);
                setGraphic(null);
                setTooltip(null);
                getStyleClass().removeAll("alarm-text", "warning-text");
                if (!empty && entry != null) {
                    filler.accept(this, entry);
                }
            }
        });
        tables.getColumns().add(column);
    }

    private static void number(TableCell<TableEntry, TableEntry> cell, String text) {
        cell.setText(text);
        if (!cell.getStyleClass().contains("number")) {
            cell.getStyleClass().add("number");
        }
    }

    private void showLink(TableCell<TableEntry, TableEntry> cell, TableEntry entry) {
        if (entry.status() == TableEntry.Status.DRAWABLE) {
            Button button = new Button(Messages.text("sources.show"));
            button.getStyleClass().setAll("button", "plain-button");
            button.setId("show-" + entry.path().replace('/', '-'));
            button.setOnAction(event -> show.accept(entry.path()));
            cell.setGraphic(button);
        } else if (entry.status() == TableEntry.Status.NO_SERIES) {
            Button button = new Button(Messages.text("sources.details"));
            button.getStyleClass().setAll("button", "plain-button");
            button.setId("details-" + entry.path().replace('/', '-'));
            button.setOnAction(event -> details.accept(entry.path()));
            cell.setGraphic(button);
        }
    }

    private void showState(TableCell<TableEntry, TableEntry> cell, TableEntry entry) {
        boolean shown = model.selectionProperty().get() != null && model.selectionProperty().get().table().path().equals(entry.path());
        switch (entry.status()) {
            case DRAWABLE -> cell.setText(Messages.text(shown ? "sources.status.shown" : "sources.status.live"));
            case CANNOT_READ -> {
                cell.getStyleClass().add("alarm-text");
                cell.setText(Messages.text("sources.status.CANNOT_READ"));
                cell.setTooltip(new Tooltip(entry.problem()));
            }
            case NO_SERIES -> {
                cell.setText(Messages.text("sources.status.NO_SERIES"));
                cell.setTooltip(new Tooltip(Messages.text("sources.status.NO_SERIES.tip")));
            }
            case UNKNOWN -> cell.setText(Messages.text("sources.status.UNKNOWN"));
        }
        if (entry.status() == TableEntry.Status.DRAWABLE && age(entry).compareTo(QUIET) > 0) {
            cell.setText(Messages.text("sources.status.quiet", Format.age(age(entry))));
        }
    }

    /** Why the chosen table cannot be read; if none is chosen, why the first cannot that cannot. */
    private void showProblem() {
        TableEntry chosen = tables.getSelectionModel().getSelectedItem();
        String told = chosen != null ? chosen.problem() : model.tables().stream().map(TableEntry::problem).filter(text -> !text.isEmpty()).findFirst().orElse("");
        problem.setText(told);
        problem.setVisible(!told.isEmpty());
        problem.setManaged(!told.isEmpty());
    }

    private Duration age(TableEntry entry) {
        Instant now = clock.instant();
        return Duration.between(entry.committedAt(), now);
    }

    private TableRow<TableEntry> row() {
        TableRow<TableEntry> row = new TableRow<>();
        row.setOnMouseClicked(event -> {
            if (!row.isEmpty() && event.getClickCount() == 2) {
                showSelected();
            }
        });
        return row;
    }

    private void showSelected() {
        TableEntry entry = tables.getSelectionModel().getSelectedItem();
        if (entry != null && entry.status() == TableEntry.Status.DRAWABLE) {
            show.accept(entry.path());
        }
    }
}
