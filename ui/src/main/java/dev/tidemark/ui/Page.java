package dev.tidemark.ui;

import javafx.beans.binding.StringExpression;
import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;

import java.util.function.Supplier;

/**
 * A page of the window: an entry in the rail, and a command {@code page.} and its id with the next key of Ctrl+1, Ctrl+2 … Its name stands in
 * the texts under {@code rail.} and its id.
 *
 * @param id     never changes: it is remembered
 * @param icon   in the rail
 * @param view   makes what it shows, when it is shown for the first time
 * @param onShow runs each time it comes on screen
 * @param mark   a short text on its entry in the rail, such as the number of alerts; null if it never has one
 */
record Page(String id, Feather icon, Supplier<Node> view, Runnable onShow, StringExpression mark) {

    Page(String id, Feather icon, Supplier<Node> view, Runnable onShow) {
        this(id, icon, view, onShow, null);
    }
}
