package dev.tidemark.ui.command;

import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.text.Messages;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.List;

/** Tells the keys, in two columns, made from the commands that have one. */
public final class KeySheet extends Sheet {

    /** Keys of all sections stand below each other. */
    private static final double TEXT = 284;

    /** @param close takes the sheet off the screen */
    public KeySheet(Commands commands, Runnable close) {
        super("keys-sheet", Messages.text("keys.title"), 880, close);
        VBox left = new VBox(18);
        VBox right = new VBox(18);
        int rows = 0;
        long all = commands.all().stream().filter(command -> !command.keys().isEmpty()).count();
        for (Command.Section section : Command.Section.values()) {
            List<Command> listed = commands.all().stream().filter(command -> command.section() == section && !command.keys().isEmpty()).toList();
            if (!listed.isEmpty()) {
                // A section stands where more than half of it fits into the half of the whole.
                (rows * 2 + listed.size() <= all ? left : right).getChildren().add(section(section, listed));
                rows += listed.size();
            }
        }
        getChildren().addAll(new HBox(44, left, right), new VBox(6, remark(Messages.text("keys.zoom")), remark(Messages.text("keys.walk"))));
    }

    private static Node section(Command.Section section, List<Command> listed) {
        Label head = new Label(Messages.text("keys.section." + section));
        head.getStyleClass().add("overline");
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(5);
        for (int row = 0; row < listed.size(); row++) {
            HBox keys = keys(listed.get(row).keys());
            keys.setMinWidth(76);
            Label text = new Label(listed.get(row).text());
            text.setMinWidth(TEXT);
            grid.addRow(row, text, keys);
        }
        return new VBox(9, head, grid);
    }

    private static HBox keys(List<Shortcut> shortcuts) {
        HBox keys = new HBox(6);
        for (Shortcut shortcut : shortcuts) {
            Label key = new Label(shortcut.text());
            key.getStyleClass().add("key");
            key.setMinWidth(Region.USE_PREF_SIZE);
            keys.getChildren().add(key);
        }
        return keys;
    }
}
