package dev.tidemark.ui;

import dev.tidemark.ui.text.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/** Asks for a name. Enter keeps it, Esc does not. */
final class NameDialog extends VBox {

    /**
     * @param title   what gets the name
     * @param name    that it has
     * @param text    what an empty name means; "" if it must have one
     * @param onName  hears the name
     * @param close   takes the dialog off the screen
     */
    NameDialog(String title, String name, String text, Consumer<String> onName, Runnable close) {
        super(14);
        Label head = new Label(title);
        head.getStyleClass().add("sheet-title");
        TextField field = new TextField(name);
        field.setId("name-field");
        field.setAccessibleText(title);
        field.selectAll();
        Label about = new Label(text);
        about.getStyleClass().addAll("small", "quiet");
        about.setWrapText(true);
        about.setManaged(!text.isEmpty());
        Button cancel = button("dialog.cancel", "plain-button");
        cancel.setCancelButton(true);
        cancel.setOnAction(event -> close.run());
        Button keep = button("dialog.keep", "action-button");
        keep.setId("name-keep");
        keep.disableProperty().bind(field.textProperty().map(typed -> typed.isBlank() && text.isEmpty()));
        Runnable take = () -> {
            if (!keep.isDisabled()) {
                close.run();
                onName.accept(field.getText());
            }
        };
        keep.setOnAction(event -> take.run());
        field.setOnAction(event -> take.run());
        HBox buttons = new HBox(8, cancel, keep);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(head, field, about, buttons);
        getStyleClass().addAll("key-sheet", "dialog-form");
        setMaxHeight(Region.USE_PREF_SIZE);
    }

    private static Button button(String key, String style) {
        Button button = new Button(Messages.text(key));
        button.getStyleClass().setAll("button", style);
        return button;
    }
}
