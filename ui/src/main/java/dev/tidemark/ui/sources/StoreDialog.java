package dev.tidemark.ui.sources;

import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;

import java.util.function.Predicate;

/** Asks for a storage account and how to sign in to it. Enter opens it, Esc does not. */
public final class StoreDialog extends VBox {

    private final StoreModel model;
    private final Form form = new Form(120);
    private final TextField account = Form.words("store-account");

    /**
     * @param onOpen opens what is written down
     * @param close  takes the dialog off the screen
     */
    public StoreDialog(StoreModel model, Runnable onOpen, Runnable close) {
        this.model = model;
        setId("store-dialog");
        getStyleClass().addAll("key-sheet", "store-dialog");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(Messages.text("store.title"));
        Label head = new Label(Messages.text("store.title"));
        head.getStyleClass().add("sheet-title");
        account.textProperty().bindBidirectional(model.accountProperty());
        account.setTextFormatter(new TextFormatter<>(change -> {
            if (change.isContentChange() && model.take(change.getControlNewText())) {
                change.setRange(0, change.getControlText().length());
                change.setText(model.accountProperty().get());
                change.selectRange(change.getText().length(), change.getText().length());
            }
            return change;
        }));
        account.setPromptText(Messages.text("store.account.prompt"));
        form.row("store.account", account);
        TextField container = field("store-container", "", model.containerProperty());
        form.row("store.container", container);
        form.row("store.folder", field("store-folder", "store.folder.prompt", model.folderProperty()));
        ComboBox<SignIn.Way> ways = ways();
        form.row("store.way", about(ways));
        row("store.variable", field("store-variable", "store.variable.prompt", model.variableProperty()), SignIn.Way::hasSecret);
        PasswordField secret = new PasswordField();
        secret.setId("store-secret");
        secret.getStyleClass().add("words");
        secret.textProperty().bindBidirectional(model.secretProperty());
        row("store.secret", secret, SignIn.Way::hasSecret);
        row("store.tenant", field("store-tenant", "store.tenant.prompt", model.tenantProperty()), SignIn.Way::hasTenant);
        row("store.client", field("store-client", "store.client.prompt", model.clientProperty()), SignIn.Way::hasClient);
        getChildren().addAll(head, form, buttons(onOpen, close));
    }

    /** Where the operator begins to write. */
    public void focus() {
        account.requestFocus();
    }

    private static TextField field(String id, String prompt, StringProperty text) {
        TextField field = Form.words(id);
        field.setPromptText(prompt.isEmpty() ? "" : Messages.text(prompt));
        field.textProperty().bindBidirectional(text);
        return field;
    }

    /** A row that is there while the way in needs it. */
    private void row(String key, Node control, Predicate<SignIn.Way> needed) {
        Label name = form.row(key, control);
        for (Node node : new Node[] {name, control.getParent()}) {
            node.managedProperty().bind(node.visibleProperty());
            node.visibleProperty().bind(model.wayProperty().map(needed::test));
        }
    }

    private ComboBox<SignIn.Way> ways() {
        ComboBox<SignIn.Way> ways = new ComboBox<>();
        ways.setId("store-way");
        ways.getItems().setAll(SignIn.Way.values());
        ways.setConverter(new StringConverter<>() {
            @Override
            public String toString(SignIn.Way way) {
                return way == null ? "" : Messages.text("store.way." + way);
            }

            @Override
            public SignIn.Way fromString(String text) {
                return null;
            }
        });
        ways.setMaxWidth(Double.MAX_VALUE);
        ways.setAccessibleText(Messages.text("store.way"));
        ways.valueProperty().bindBidirectional(model.wayProperty());
        return ways;
    }

    private VBox about(ComboBox<SignIn.Way> ways) {
        Label about = new Label();
        about.setId("store-about");
        about.setWrapText(true);
        about.setMinHeight(Region.USE_PREF_SIZE);
        about.getStyleClass().addAll("small", "faint");
        about.textProperty().bind(model.wayProperty().map(way -> Messages.text("store.about." + way)));
        return new VBox(4, ways, about);
    }

    private HBox buttons(Runnable onOpen, Runnable close) {
        Label note = new Label();
        note.setId("store-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.setMaxWidth(Double.MAX_VALUE);
        note.getStyleClass().addAll("small", "quiet");
        note.textProperty().bind(model.problemProperty());
        HBox.setHgrow(note, Priority.ALWAYS);
        Button cancel = Form.button("store-cancel", "dialog.cancel", "plain-button");
        cancel.setOnAction(event -> close.run());
        Button open = Form.button("store-open", "store.open", "action-button");
        open.setGraphic(Icons.of(Feather.LOG_IN, 15));
        open.setDefaultButton(true);
        open.disableProperty().bind(model.problemProperty().isNotEmpty());
        open.setOnAction(event -> {
            close.run();
            onOpen.run();
        });
        HBox buttons = new HBox(10, note, cancel, open);
        buttons.setAlignment(Pos.CENTER_LEFT);
        return buttons;
    }
}
