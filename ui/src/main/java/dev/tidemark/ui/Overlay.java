package dev.tidemark.ui;

import dev.tidemark.ui.theme.Shadow;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** What lies above the page for a while, one thing at a time: the sheet of keys, the palette, a dialog. Belongs to the FX thread. */
final class Overlay {

    private final StackPane scrim;
    private Node focusedBefore;
    private boolean glance;

    /** @param scrim covers the window; a click on it beside what it shows closes it */
    Overlay(StackPane scrim) {
        this.scrim = scrim;
        scrim.setVisible(false);
        // Tab stays within what lies above.
        scrim.sceneProperty().flatMap(Scene::focusOwnerProperty).addListener((property, before, now) -> {
            if (isOpen() && !glance && now != null && !isInside(now)) {
                focusFirst();
            }
        });
        scrim.setOnMousePressed(event -> {
            if (event.getTarget() == scrim) {
                hide();
            }
        });
    }

    /** Shows something that takes keys itself; Esc closes it. */
    void show(Region content) {
        open(content, false);
    }

    /** Shows something only to be looked at: any key and any click closes it. */
    void glance(Region content) {
        open(content, true);
        content.setOnMousePressed(event -> hide());
    }

    private void open(Region content, boolean onlyLookedAt) {
        Scene scene = scrim.getScene();
        if (!isOpen()) {
            focusedBefore = scene.getFocusOwner();
        }
        glance = onlyLookedAt;
        scrim.getChildren().setAll(new Shadow(content), content);
        scrim.setVisible(true);
    }

    /** Gives the keys to the first that can take them. */
    void focusFirst() {
        scrim.lookupAll("*").stream().filter(node -> node.isFocusTraversable() && !node.isDisabled() && isSeen(node)).findFirst().ifPresent(Node::requestFocus);
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == scrim) {
                return true;
            }
        }
        return false;
    }

    void hide() {
        if (isOpen()) {
            scrim.setVisible(false);
            scrim.getChildren().clear();
            if (focusedBefore != null && focusedBefore.getScene() != null) {
                focusedBefore.requestFocus();
            }
            focusedBefore = null;
        }
    }

    boolean isOpen() {
        return scrim.isVisible();
    }

    /** Whether any key closes it. */
    boolean isGlance() {
        return glance;
    }
}
