package dev.tidemark.ui.export;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Binds the notice of an export to its model. */
public final class ExportController {

    private final ExportModel model;
    private final Consumer<Path> showFolder;

    @FXML private VBox root;
    @FXML private Label text;
    @FXML private Label place;
    @FXML private ProgressBar progress;
    @FXML private Button folder;
    @FXML private Button elsewhere;
    @FXML private Button cancel;
    @FXML private Button close;

    /** @param showFolder opens a folder in the system's file browser */
    public ExportController(ExportModel model, Consumer<Path> showFolder) {
        this.model = model;
        this.showFolder = showFolder;
    }

    @FXML
    private void initialize() {
        // Above the time-travel bar, which has to stay in reach.
        StackPane.setAlignment(root, Pos.BOTTOM_RIGHT);
        StackPane.setMargin(root, new Insets(0, 34, 112, 0));
        text.textProperty().bind(Bindings.createStringBinding(() -> model.stateProperty().get() == ExportModel.State.RUNNING && model.progressProperty().get() >= 0
                ? Messages.text("export.percent", model.textProperty().get(), (int) (100 * model.progressProperty().get())) : model.textProperty().get(),
                model.textProperty(), model.stateProperty(), model.progressProperty()));
        progress.progressProperty().bind(model.progressProperty());
        folder.setOnAction(event -> showFolder.accept(model.fileProperty().get().toAbsolutePath().getParent()));
        elsewhere.setOnAction(event -> model.elsewhere());
        cancel.setOnAction(event -> model.cancel());
        close.setOnAction(event -> model.dismiss());
        model.stateProperty().addListener((property, before, now) -> show());
        show();
    }

    private void show() {
        ExportModel.State state = model.stateProperty().get();
        root.setVisible(state != ExportModel.State.NONE);
        boolean running = state == ExportModel.State.RUNNING;
        present(progress, running);
        present(cancel, running);
        present(close, !running);
        present(folder, state == ExportModel.State.DONE);
        present(elsewhere, state == ExportModel.State.FAILED);
        present(place, state == ExportModel.State.DONE);
        if (state == ExportModel.State.DONE) {
            String path = model.fileProperty().get().toAbsolutePath().toString();
            place.setText(path);
            Tip.on(place, path);
        }
        text.getStyleClass().remove("alarm-text");
        if (state == ExportModel.State.FAILED) {
            text.getStyleClass().add("alarm-text");
        }
        FontIcon icon = Icons.of(running ? Feather.DOWNLOAD : state == ExportModel.State.FAILED ? Feather.ALERT_TRIANGLE : Feather.CHECK, 16);
        icon.getStyleClass().add(state == ExportModel.State.FAILED ? "grave-icon" : "quiet-icon");
        ((HBox) text.getParent()).getChildren().set(0, icon);
    }

    private static void present(Region node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }
}
