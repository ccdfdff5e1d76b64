package dev.tidemark.ui.alerts;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;

/** Binds the panel of alerts beside the charts to its model. */
public final class AlertPanelController {

    private final AlertsModel model;
    private final AlertActions actions;
    private final BooleanProperty muted;
    private final Runnable showPage;
    private boolean selecting;

    @FXML private VBox root;
    @FXML private Label count;
    @FXML private Button mute;
    @FXML private Button all;
    @FXML private HBox visiting;
    @FXML private Label visited;
    @FXML private Button back;
    @FXML private Label kept;
    @FXML private StackPane place;
    @FXML private ListView<AlertLine> list;

    /** @param showPage shows the page of alerts */
    public AlertPanelController(AlertsModel model, AlertActions actions, BooleanProperty muted, Runnable showPage) {
        this.model = model;
        this.actions = actions;
        this.muted = muted;
        this.showPage = showPage;
    }

    @FXML
    private void initialize() {
        list.setItems(model.panel().lines());
        list.setCellFactory(view -> new AlertCell(model));
        list.setAccessibleText(Messages.text("alerts.title"));
        list.getSelectionModel().selectedItemProperty().addListener((property, before, line) -> {
            if (!selecting && line != null && !model.panel().changingProperty().get()) {
                // What is chosen is selected already: a list must not be changed while it tells of a change.
                selecting = true;
                model.choose(List.of(line));
                selecting = false;
            }
        });
        list.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 1) {
                go();
            } else if (event.getClickCount() == 2) {
                showPage.run();
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go();
                event.consume();
            }
        });
        all.setOnAction(event -> actions.acknowledgeAll(model.panel()));
        back.setOnAction(event -> model.comeBack());
        mute.setOnAction(event -> muted.set(!muted.get()));
        muted.addListener((property, before, now) -> showMute());
        kept.textProperty().bind(model.logbook().keptProperty());
        kept.visibleProperty().bind(model.logbook().keptProperty().isNotEmpty());
        kept.managedProperty().bind(kept.visibleProperty());
        model.logbook().keptProperty().subscribe(words -> Tip.on(kept, words));
        StatusPane states = new StatusPane(model, true);
        place.getChildren().add(states);
        model.panel().lines().addListener((ListChangeListener<AlertLine>) change -> show());
        model.boardProperty().addListener((property, before, now) -> show());
        model.pastProperty().addListener((property, before, now) -> show());
        model.tripProperty().addListener((property, before, now) -> show());
        model.selectedProperty().addListener((property, before, now) -> select());
        model.panel().changingProperty().addListener((property, before, changing) -> {
            if (!changing) {
                select();
            }
        });
        showMute();
        show();
    }

    /** A click on an alert takes the charts to it, one on a flood opens it. */
    private void go() {
        AlertLine line = list.getSelectionModel().getSelectedItem();
        if (line instanceof AlertLine.One one) {
            model.visit(one.alert());
        } else if (line instanceof AlertLine.Many many) {
            model.panel().toggle(many);
        }
    }

    private void showMute() {
        mute.setGraphic(Icons.of(muted.get() ? Feather.VOLUME_X : Feather.VOLUME_2, 15));
        String said = Messages.text(muted.get() ? "alerts.unmute" : "alerts.mute");
        Tip.on(mute, said);
        mute.setAccessibleText(said);
    }

    private void show() {
        AlertBoard board = model.boardProperty().get();
        int open = board == null ? 0 : board.open();
        int waiting = board == null ? 0 : board.unacknowledged();
        count.setText(Messages.text("alerts.open", open));
        count.setVisible(board != null);
        count.getStyleClass().remove("hot");
        if (waiting > 0) {
            count.getStyleClass().add("hot");
        }
        all.setVisible(waiting > 0 && !model.pastProperty().get());
        all.setManaged(all.isVisible());
        Visit.Trip trip = model.tripProperty().get();
        visiting.setVisible(trip != null || model.pastProperty().get());
        visiting.setManaged(visiting.isVisible());
        back.setVisible(trip != null);
        back.setManaged(trip != null);
        visited.setText(trip == null ? Messages.text("alerts.past") : Messages.text(trip.gone() ? "alerts.visit.gone" : "alerts.visit"));
        select();
    }

    private void select() {
        if (selecting) {
            return;
        }
        selecting = true;
        if (list.getSelectionModel().getSelectedItem() instanceof AlertLine.One && list.getItems().stream().noneMatch(line -> line.key().equals(model.selectedProperty().get()))) {
            list.getSelectionModel().clearSelection();
        }
        for (int i = 0; i < list.getItems().size(); i++) {
            if (list.getItems().get(i).key().equals(model.selectedProperty().get()) && list.getSelectionModel().getSelectedIndex() != i) {
                list.getSelectionModel().select(i);
            }
        }
        selecting = false;
    }
}
