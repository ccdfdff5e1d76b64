package dev.tidemark.ui;

import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.form.Sheet;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import java.util.function.Consumer;

/** Asks for a name. Enter keeps it, Esc does not. */
final class NameDialog extends Sheet {

    /**
     * @param title   what gets the name
     * @param name    that it has
     * @param text    what an empty name means; "" if it must have one
     * @param onName  hears the name
     * @param close   takes the dialog off the screen
     */
    NameDialog(String title, String name, String text, Consumer<String> onName, Runnable close) {
        super("name-dialog", title, 440, close);
        TextField field = Form.words("name-field");
        field.setText(name);
        field.setAccessibleText(title);
        field.selectAll();
        Label about = remark(text);
        about.setManaged(!text.isEmpty());
        Button keep = Form.button("name-keep", "dialog.keep", "action-button");
        keep.setDefaultButton(true);
        keep.disableProperty().bind(field.textProperty().map(typed -> typed.isBlank() && text.isEmpty()));
        keep.setOnAction(event -> {
            close();
            onName.accept(field.getText());
        });
        getChildren().addAll(field, about, foot(new Label(), cancel("name-cancel"), keep));
        beginAt(field);
    }
}
