package dev.tidemark.ui.sources;

import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;

import java.util.function.Predicate;

/** Asks for a storage account and how to sign in to it. Enter opens it, Esc does not. */
public final class StoreDialog extends Sheet {

    private final StoreModel model;
    private final Form form = new Form(120);
    private final TextField account = Form.words("store-account");

    /**
     * @param onOpen opens what is written down
     * @param close  takes the dialog off the screen
     */
    public StoreDialog(StoreModel model, Runnable onOpen, Runnable close) {
        super("store-dialog", Messages.text("store.title"), 600, close);
        this.model = model;
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
        getChildren().addAll(form, buttons(onOpen));
        beginAt(account);
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

    private HBox buttons(Runnable onOpen) {
        Label note = new Label();
        note.setId("store-note");
        note.getStyleClass().add("quiet");
        note.textProperty().bind(model.problemProperty());
        Button open = Form.button("store-open", "store.open", "action-button");
        open.setGraphic(Icons.of(Feather.LOG_IN, 15));
        open.setDefaultButton(true);
        open.disableProperty().bind(model.problemProperty().isNotEmpty());
        open.setOnAction(event -> {
            close();
            onOpen.run();
        });
        return foot(note, cancel("store-cancel"), open);
    }
}
