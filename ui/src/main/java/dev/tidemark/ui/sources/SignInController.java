package dev.tidemark.ui.sources;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.util.function.Consumer;

/** Binds the card that says what to do to sign in. */
public final class SignInController {

    private final SourcesModel model;
    private final Consumer<String> openPage;

    @FXML private VBox root;
    @FXML private Label title;
    @FXML private Label text;
    @FXML private HBox codeRow;
    @FXML private TextField code;
    @FXML private Button copy;
    @FXML private Button page;
    @FXML private Button cancel;

    /** @param openPage opens an address in the system's browser */
    public SignInController(SourcesModel model, Consumer<String> openPage) {
        this.model = model;
        this.openPage = openPage;
    }

    @FXML
    private void initialize() {
        StackPane.setAlignment(root, Pos.TOP_CENTER);
        StackPane.setMargin(root, new Insets(90, 0, 0, 0));
        title.setGraphic(Icons.of(Feather.KEY, 16));
        copy.setGraphic(Icons.of(Feather.COPY, 14));
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(code.getText());
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText(Messages.text("signin.copied"));
        });
        page.setOnAction(event -> openPage.accept(model.promptProperty().get().page()));
        cancel.setOnAction(event -> model.cancel());
        model.promptProperty().addListener((property, before, now) -> show(now));
        show(null);
    }

    private void show(Prompt prompt) {
        root.setVisible(prompt != null);
        if (prompt == null) {
            return;
        }
        text.setText(prompt.text());
        code.setText(prompt.code());
        copy.setText(Messages.text("signin.copy"));
        present(codeRow, !prompt.code().isEmpty());
        present(page, !prompt.page().isEmpty());
    }

    private static void present(Region node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }
}
