package dev.tidemark.ui;

import dev.tidemark.ui.text.Messages;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The sheet that tells the keys. */
final class KeySheet {

    private static final String[][] KEYS = {
            {"keys.live", "L", "Esc"}, {"keys.pause", "Space"}, {"keys.step", "\u2190", "\u2192"}, {"keys.undo", "Ctrl+Z"},
            {"keys.export", "Ctrl+E"}, {"keys.open", "Ctrl+O"}, {"keys.pages", "Ctrl+1", "Ctrl+2"}, {"keys.theme", "Ctrl+D"},
            {"keys.full", "F11"}, {"keys.sheet", "?"}};

    private KeySheet() {
    }

    static Node node() {
        Label title = new Label(Messages.text("keys.title"));
        title.getStyleClass().add("sheet-title");
        GridPane grid = new GridPane();
        grid.setHgap(28);
        grid.setVgap(9);
        for (int row = 0; row < KEYS.length; row++) {
            HBox keys = new HBox(6);
            for (int i = 1; i < KEYS[row].length; i++) {
                Label key = new Label(KEYS[row][i]);
                key.getStyleClass().add("key");
                keys.getChildren().add(key);
            }
            grid.addRow(row, keys, new Label(Messages.text(KEYS[row][0])));
        }
        Label mouse = new Label(Messages.text("keys.zoom"));
        mouse.getStyleClass().addAll("small", "quiet");
        mouse.setWrapText(true);
        VBox box = new VBox(title, grid, mouse);
        box.getStyleClass().add("key-sheet");
        box.setMaxHeight(Region.USE_PREF_SIZE);
        return box;
    }
}
