package dev.tidemark.ui.form;

import dev.tidemark.ui.text.Messages;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What lies above the page and asks for something: a title, what is asked, and at its foot the buttons. Belongs to the FX thread. */
public class Sheet extends VBox {

    private static final double SPACING = 18;

    private final VBox head = new VBox(3);
    private final Runnable close;
    private Node first;

    /**
     * @param id    of the sheet
     * @param title what is asked; also told to those who cannot see
     * @param width of the whole; the height is what its contents need
     * @param close takes it off the screen
     */
    public Sheet(String id, String title, double width, Runnable close) {
        super(SPACING);
        this.close = close;
        setId(id);
        // Not "sheet": so the lists of JavaFX call what their rows lie on.
        getStyleClass().add("dialog-sheet");
        setMinWidth(width);
        setMaxSize(width, Region.USE_PREF_SIZE);
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(title);
        Label name = new Label(title);
        name.getStyleClass().add("sheet-title");
        head.getChildren().add(name);
        getChildren().add(head);
    }

    /** The keys go to where the operator begins. */
    public final void begin() {
        if (first != null) {
            first.requestFocus();
        }
    }

    /** Says where the operator begins. */
    protected final void beginAt(Node node) {
        first = node;
    }

    /** A line below the title. */
    protected final void subtitle(Label line) {
        head.getChildren().add(line);
    }

    /** Takes it off the screen. */
    protected final void close() {
        close.run();
    }

    /** The row at the foot: what is to be said about the whole, a way out, and the way on. */
    protected final HBox foot(Label note, Button... ways) {
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.setMaxWidth(Double.MAX_VALUE);
        note.getStyleClass().add("small");
        HBox.setHgrow(note, Priority.ALWAYS);
        HBox foot = new HBox(10, note);
        foot.getChildren().addAll(ways);
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }

    /** The button that leaves everything as it is. */
    protected final Button cancel(String id) {
        Button cancel = Form.button(id, "dialog.cancel", "plain-button");
        cancel.setOnAction(event -> close());
        return cancel;
    }

    /** A sentence under what it is about. */
    protected static Label remark(String text) {
        Label remark = new Label(text);
        remark.setWrapText(true);
        remark.setMinHeight(Region.USE_PREF_SIZE);
        remark.getStyleClass().addAll("small", "quiet");
        return remark;
    }
}
