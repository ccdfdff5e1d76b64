package dev.tidemark.ui.state;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A picture, a title, a sentence, and buttons that lead out of it. */
public final class StateBox extends VBox {

    /**
     * @param title key of its title
     * @param text  the sentence itself
     * @param grave whether something is wrong
     */
    public StateBox(Feather icon, String title, String text, boolean grave) {
        FontIcon picture = Icons.of(icon, 34);
        picture.getStyleClass().add("state-icon");
        Label head = new Label(Messages.text(title));
        head.getStyleClass().add("state-title");
        getChildren().addAll(picture, head);
        if (!text.isEmpty()) {
            Label body = new Label(text);
            body.getStyleClass().add("state-text");
            getChildren().add(body);
        }
        getStyleClass().addAll("card", "state");
        if (grave) {
            getStyleClass().add("grave");
        }
    }

    /** The same with more below. */
    public StateBox with(Node... more) {
        getChildren().addAll(more);
        return this;
    }

    /** The same with a button; {@code key} is that of its text. */
    public StateBox button(String key, String style, Runnable action) {
        Button button = new Button(Messages.text(key));
        button.getStyleClass().setAll("button", style);
        button.setOnAction(event -> action.run());
        // Buttons that follow each other stand side by side.
        if (getChildren().get(getChildren().size() - 1) instanceof HBox row && row.getStyleClass().contains("buttons")) {
            row.getChildren().add(button);
            return this;
        }
        HBox row = new HBox(button);
        row.getStyleClass().add("buttons");
        return with(row);
    }
}
