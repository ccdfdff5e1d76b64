package dev.tidemark.ui.text;

import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

import java.util.Optional;

/**
 * The words that come up beside the pointer where it rests, and that a screen reader reads as help. A tooltip is a window with a scene of its own and
 * takes milliseconds to dress, and tables have hundreds of cells: so a node has one only from when the pointer first comes to it. Belongs to the FX
 * thread.
 */
public final class Tip {

    private static final Object WORDS = new Object();
    private static final Object TOOLTIP = new Object();
    private static final EventHandler<MouseEvent> ENTERED = event -> install((Node) event.getSource());

    private Tip() {
    }

    /** Gives a node its words in place of those it had; null or nothing takes them away. */
    public static void on(Node node, String words) {
        node.setAccessibleHelp(words);
        if (words == null || words.isBlank()) {
            if (node.hasProperties() && node.getProperties().remove(WORDS) != null && node.getProperties().remove(TOOLTIP) instanceof Tooltip shown) {
                Tooltip.uninstall(node, shown);
            }
            return;
        }
        node.getProperties().put(WORDS, words);
        node.addEventHandler(MouseEvent.MOUSE_ENTERED, ENTERED);
        if (node.getProperties().get(TOOLTIP) instanceof Tooltip shown) {
            shown.setText(words);
        } else if (node.isHover()) {
            install(node);
        }
    }

    /** The words of a node. */
    public static Optional<String> of(Node node) {
        return node.hasProperties() ? Optional.ofNullable((String) node.getProperties().get(WORDS)) : Optional.empty();
    }

    private static void install(Node node) {
        of(node).filter(words -> !node.getProperties().containsKey(TOOLTIP)).ifPresent(words -> {
            Tooltip tooltip = new Tooltip(words);
            node.getProperties().put(TOOLTIP, tooltip);
            Tooltip.install(node, tooltip);
        });
    }
}
