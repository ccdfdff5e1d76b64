package dev.tidemark.ui.command;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.kordamp.ikonli.feather.Feather;

/** Binds the palette to its model: type, go up and down, take one. */
public final class PaletteController {

    private static final double ROW = 36;
    private static final int ROWS = 11;

    private final PaletteModel model;
    private final Runnable close;
    /** The model lives as long as the window, this palette until it is closed. */
    private final ListChangeListener<PaletteModel.Found> changed = change -> show();

    @FXML private TextField query;
    @FXML private ListView<PaletteModel.Found> found;
    @FXML private Label none;

    /** @param close takes the palette off the screen */
    public PaletteController(PaletteModel model, Runnable close) {
        this.model = model;
        this.close = close;
    }

    @FXML
    private void initialize() {
        query.textProperty().bindBidirectional(model.queryProperty());
        query.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        found.setItems(model.found());
        found.setFixedCellSize(ROW);
        found.setFocusTraversable(false);
        found.setCellFactory(list -> new Cell());
        model.found().addListener(new WeakListChangeListener<>(changed));
        show();
    }

    private void show() {
        boolean empty = model.found().isEmpty();
        none.setVisible(empty);
        none.setManaged(empty);
        found.setVisible(!empty);
        found.setManaged(!empty);
        found.setPrefHeight(Math.min(ROWS, model.found().size()) * ROW + 10);
        found.getSelectionModel().selectFirst();
        found.scrollTo(0);
    }

    private void key(KeyEvent event) {
        int step = switch (event.getCode()) {
            case DOWN -> 1;
            case UP -> -1;
            case PAGE_DOWN -> ROWS - 1;
            case PAGE_UP -> 1 - ROWS;
            default -> 0;
        };
        if (step != 0) {
            int next = Math.max(0, Math.min(model.found().size() - 1, found.getSelectionModel().getSelectedIndex() + step));
            found.getSelectionModel().select(next);
            found.scrollTo(Math.max(0, next - ROWS / 2));
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER) {
            take(found.getSelectionModel().getSelectedItem());
            event.consume();
        }
    }

    private void take(PaletteModel.Found chosen) {
        if (chosen != null && chosen.offer().action() != null) {
            close.run();
            model.choose(chosen.offer());
        }
    }

    private static Feather icon(Offer.Kind kind) {
        return switch (kind) {
            case PAGE -> Feather.LAYOUT;
            case COMMAND -> Feather.COMMAND;
            case TABLE -> Feather.DATABASE;
            case SERIES -> Feather.ACTIVITY;
            case VERSION -> Feather.GIT_COMMIT;
            case TIME -> Feather.CLOCK;
            case WORKSPACE -> Feather.BOOKMARK;
        };
    }

    /** One answer, the letters that made it one told apart. */
    private final class Cell extends ListCell<PaletteModel.Found> {

        Cell() {
            setOnMouseClicked(event -> take(getItem()));
        }

        @Override
        protected void updateItem(PaletteModel.Found item, boolean empty) {
            super.updateItem(item, empty);
            setGraphic(null);
            setAccessibleText(null);
            if (empty || item == null) {
                return;
            }
            TextFlow title = new TextFlow();
            String text = item.offer().title();
            for (int from = 0; from < text.length();) {
                boolean hit = item.letters().contains(from);
                int to = from + 1;
                while (to < text.length() && item.letters().contains(to) == hit) {
                    to++;
                }
                Text part = new Text(text.substring(from, to));
                part.getStyleClass().add(hit ? "palette-hit" : item.offer().action() == null ? "palette-dead" : "palette-text");
                title.getChildren().add(part);
                from = to;
            }
            title.setMinWidth(Region.USE_PREF_SIZE);
            title.setMaxHeight(Region.USE_PREF_SIZE);
            Label detail = new Label(item.offer().detail());
            detail.getStyleClass().addAll("small", "faint");
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            HBox row = new HBox(10, Icons.of(icon(item.offer().kind()), 15), title, detail, space);
            row.getStyleClass().add("palette-row");
            if (!item.offer().keys().isEmpty()) {
                Label key = new Label(item.offer().keys());
                key.getStyleClass().add("key");
                key.setMinWidth(Region.USE_PREF_SIZE);
                row.getChildren().add(key);
            }
            setGraphic(row);
            setAccessibleText(Messages.text("palette.kind." + item.offer().kind()) + ": " + text + " " + item.offer().detail());
        }
    }
}
