package dev.tidemark.ui.sources;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
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
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Binds the page of lakes and tables to its model. */
public final class SourcesController {

    private static final double LEAST_OF_PATH = 110;

    /** A table that nobody has written to for this long is called quiet. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final SourcesModel model;
    private final InstantSource clock;
    private final Doors doors;
    private final Consumer<String> show;
    private final Consumer<String> details;

    @FXML private HBox root;
    @FXML private VBox recent;
    @FXML private Button open;
    @FXML private Button openStore;
    @FXML private Label count;
    @FXML private Label problem;
    @FXML private Label place;
    @FXML private TableView<TableEntry> tables;

    /**
     * What lets the operator in.
     *
     * @param folder lets him choose a folder
     * @param store  asks for a storage account
     * @param signIn asks how to sign in to that of a root
     */
    public record Doors(Runnable folder, Runnable store, Consumer<String> signIn) {
    }

    /**
     * @param show       brings the table of a path onto the live page
     * @param details    brings one that cannot be drawn onto the table page
     */
    public SourcesController(SourcesModel model, InstantSource clock, Doors doors, Consumer<String> show,
                             Consumer<String> details) {
        this.model = model;
        this.clock = clock;
        this.doors = doors;
        this.show = show;
        this.details = details;
    }

    @FXML
    private void initialize() {
        open.setGraphic(Icons.of(Feather.FOLDER, 15));
        open.setOnAction(event -> doors.folder().run());
        openStore.setGraphic(Icons.of(Feather.CLOUD, 15));
        openStore.setOnAction(event -> doors.store().run());
        column("table", 320, (cell, entry) -> {
            cell.setText(entry.path().isEmpty() ? "/" : entry.path());
            Tip.on(cell, cell.getText());
            cell.setGraphic(Icons.of(Feather.DATABASE, 14));
        });
        column("state", 190, this::showState);
        column("version", 108, (cell, entry) -> number(cell, entry.version() < 0 ? "" : Format.whole(entry.version())));
        column("rows", 124, (cell, entry) -> number(cell, entry.rows() < 0 ? "\u2013" : Format.whole(entry.rows())));
        column("bytes", 116, (cell, entry) -> number(cell, entry.version() < 0 ? "" : Format.bytes(entry.bytes())));
        column("commit", 150, (cell, entry) -> cell.setText(entry.committedAt() == null ? ""
                : Messages.text("sources.column.ago", Format.age(age(entry)))));
        column("show", 128, this::showLink);
        tables.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        tables.setItems(model.tables());
        Label none = new Label();
        none.textProperty().bind(model.stateProperty().map(state -> Messages.text(switch (state) {
            case NONE -> "sources.tables.none";
            case OPENING -> "sources.tables.opening";
            case FAILED -> "sources.tables.failed";
            default -> "sources.none";
        })));
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
        model.stateProperty().addListener((property, before, now) -> showRecent());
        model.promptProperty().addListener((property, before, now) -> showRecent());
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
        // One that cannot be opened is no recent one yet: it stands here too, with what is the matter.
        List<String> roots = new ArrayList<>(model.recent());
        String wanted = model.lakeProperty().get() == null ? model.root() : model.lakeProperty().get().root();
        if (model.stateProperty().get() != SourcesModel.State.NONE && !wanted.isEmpty() && !roots.contains(wanted)) {
            roots.add(0, wanted);
        }
        roots.forEach(lake -> recent.getChildren().add(row(lake, lake.equals(wanted))));
        if (roots.isEmpty()) {
            Label none = new Label(Messages.text("sources.recent.none"));
            none.getStyleClass().addAll("small", "faint");
            none.setStyle("-fx-padding: 8 10 8 10;");
            recent.getChildren().add(none);
        }
    }

    private HBox row(String lake, boolean here) {
        Label name = new Label(lake.substring(lake.lastIndexOf('/') + 1));
        name.getStyleClass().add("strong");
        Label path = new Label(lake);
        path.getStyleClass().addAll("mono", "faint");
        path.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        Label state = new Label(state(lake, here));
        state.getStyleClass().addAll("small", here && model.stateProperty().get() == SourcesModel.State.FAILED ? "alarm-text" : "quiet");
        VBox words = new VBox(1, name, path, state);
        words.setMinWidth(0);
        Button open = new Button();
        open.setGraphic(new HBox(10, icon(lake, here), words));
        ((HBox) open.getGraphic()).setAlignment(Pos.CENTER_LEFT);
        open.getStyleClass().setAll("lake-row");
        open.setMaxWidth(Double.MAX_VALUE);
        open.setAlignment(Pos.CENTER_LEFT);
        open.setAccessibleText(Messages.text("sources.lake.accessible", lake, state.getText()));
        Tip.on(open, here && !model.problemProperty().get().isEmpty() ? lake + "\n" + model.problemProperty().get() : lake);
        open.setOnAction(event -> model.open(lake));
        HBox.setHgrow(open, Priority.ALWAYS);
        HBox row = new HBox(open);
        row.setAlignment(Pos.CENTER_LEFT);
        if (Stores.isStore(lake)) {
            Button key = new Button();
            key.setGraphic(Icons.of(Feather.KEY, 14));
            key.getStyleClass().setAll("icon-button");
            Tip.on(key, Messages.text("state.lake.signin"));
            key.setAccessibleText(Messages.text("sources.lake.signin", lake));
            key.setOnAction(event -> doors.signIn().accept(lake));
            row.getChildren().add(key);
        }
        return row;
    }

    /** How the connection to a lake stands. */
    private String state(String lake, boolean here) {
        if (!here || model.stateProperty().get() == SourcesModel.State.NONE) {
            return Messages.text(Stores.isStore(lake) ? "sources.lake.way" : "sources.lake.closed", Messages.text("store.way." + model.signIn(lake).way()));
        }
        return Messages.text(switch (model.stateProperty().get()) {
            case OPENING -> model.promptProperty().get() == null ? "sources.lake.opening" : "sources.lake.signing";
            case FAILED -> model.reason().map(reason -> "sources.lake." + reason).filter(key -> Messages.bundle().containsKey(key)).orElse("sources.lake.failed");
            case WAITING -> "sources.lake.waiting";
            default -> "sources.lake.open";
        });
    }

    private FontIcon icon(String lake, boolean here) {
        SourcesModel.State state = model.stateProperty().get();
        boolean open = here && (state == SourcesModel.State.OPEN || state == SourcesModel.State.WAITING || state == SourcesModel.State.UNDRAWABLE);
        boolean failed = here && state == SourcesModel.State.FAILED;
        return Icons.of(open ? Feather.CHECK_CIRCLE : failed ? Feather.ALERT_TRIANGLE : Stores.isStore(lake) ? Feather.CLOUD : Feather.FOLDER, 16);
    }

    private void column(String name, double width, BiConsumer<TableCell<TableEntry, TableEntry>, TableEntry> filler) {
        TableColumn<TableEntry, TableEntry> column = new TableColumn<>(Messages.text("sources.column." + name));
        column.setId("column-" + name);
        column.setPrefWidth(width);
        // A path may be cut short, and its tip tells the rest; a figure and a button may not.
        boolean figure = List.of("version", "rows", "bytes").contains(name);
        column.setMinWidth(name.equals("table") ? LEAST_OF_PATH : width * (figure ? 0.85 : 0.7));
        if (figure) {
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
                Tip.on(this, null);
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
            cell.setGraphic(link("show", entry, show));
        } else if (entry.status() == TableEntry.Status.NO_SERIES) {
            cell.setGraphic(link("details", entry, details));
        }
    }

    private static Button link(String name, TableEntry entry, Consumer<String> action) {
        Button button = new Button(Messages.text("sources." + name));
        button.getStyleClass().setAll("button", "plain-button");
        button.setMinWidth(72);
        button.setId(name + "-" + entry.path().replace('/', '-'));
        button.setOnAction(event -> action.accept(entry.path()));
        return button;
    }

    private void showState(TableCell<TableEntry, TableEntry> cell, TableEntry entry) {
        boolean shown = model.selectionProperty().get() != null && model.selectionProperty().get().table().path().equals(entry.path());
        switch (entry.status()) {
            case DRAWABLE -> cell.setText(Messages.text(shown ? "sources.status.shown" : "sources.status.live"));
            case CANNOT_READ -> {
                cell.getStyleClass().add("alarm-text");
                cell.setText(Messages.text("sources.status.CANNOT_READ"));
                Tip.on(cell, entry.problem());
            }
            case NO_SERIES -> {
                cell.setText(Messages.text("sources.status.NO_SERIES"));
                Tip.on(cell, entry.problem());
            }
            case UNKNOWN -> cell.setText(Messages.text("sources.status.UNKNOWN"));
        }
        if (entry.status() == TableEntry.Status.DRAWABLE && age(entry).compareTo(QUIET) > 0) {
            cell.setText(Messages.text(shown ? "sources.status.shown.quiet" : "sources.status.quiet", Format.age(age(entry))));
        }
    }

    /** Why the chosen table cannot be read; if none is chosen, why the first cannot that cannot. */
    private void showProblem() {
        TableEntry chosen = tables.getSelectionModel().getSelectedItem();
        String told = chosen != null ? chosen.problem() : model.tables().stream().filter(entry -> entry.status() == TableEntry.Status.CANNOT_READ).map(TableEntry::problem).findFirst().orElse("");
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
