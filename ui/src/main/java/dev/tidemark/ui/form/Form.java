package dev.tidemark.ui.form;

import dev.tidemark.ui.text.Messages;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Rows of a name and what belongs to it, as dialogs ask for things. Belongs to the FX thread. */
public final class Form extends GridPane {

    /** @param names width of the names */
    public Form(double names) {
        setHgap(20);
        setVgap(12);
        ColumnConstraints left = new ColumnConstraints(names);
        ColumnConstraints right = new ColumnConstraints();
        right.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(left, right);
    }

    /** A row: its name stands in the texts under {@code key}; a control is called by it for those who cannot see. @return its name */
    public Label row(String key, Node control) {
        return row(key, "", control);
    }

    /** The same with a remark below it, the text of a key; "" for none. */
    public Label row(String key, String note, Node control) {
        Label name = new Label(Messages.text(key));
        name.setMinHeight(30);
        name.setLabelFor(control);
        if (control instanceof TextField field) {
            field.setAccessibleText(name.getText());
        }
        GridPane.setValignment(name, VPos.TOP);
        VBox right = new VBox(4, control);
        if (!note.isEmpty()) {
            Label about = new Label(Messages.text(note));
            about.setWrapText(true);
            about.setMinHeight(Region.USE_PREF_SIZE);
            about.getStyleClass().addAll("small", "faint");
            right.getChildren().add(about);
        }
        addRow(getRowCount(), name, right);
        return name;
    }

    /** A field for words. */
    public static TextField words(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("words");
        return field;
    }

    /** A choice of yes or no, with its text. */
    public static CheckBox check(String id, String key) {
        CheckBox box = new CheckBox(Messages.text(key));
        box.setId(id);
        return box;
    }

    /** A button with the text of a key. */
    public static Button button(String id, String key, String style) {
        Button button = new Button(Messages.text(key));
        button.setId(id);
        button.getStyleClass().setAll("button", style);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }
}
