package dev.tidemark.ui.live;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One figure that is read from across the room: its name, the figure, its unit, a word about it, and a picture of it. */
final class KpiCard extends StackPane {

    private static final double HEIGHT = 132;

    private final Label title = label("kpi-title");
    private final Label value = label("kpi-value");
    private final Label unit = label("kpi-unit");
    private final Label note = label("kpi-note");

    /** A picture at the right, over the whole height. */
    static KpiCard beside(Region picture, double width) {
        KpiCard card = new KpiCard();
        // On a narrow window the picture makes room for the words.
        DoubleBinding side = Bindings.createDoubleBinding(() -> Math.max(56, Math.min(width, card.getWidth() * 0.36)), card.widthProperty());
        picture.minWidthProperty().bind(side);
        picture.maxWidthProperty().bind(side);
        picture.setMinHeight(HEIGHT - 24);
        picture.setMaxHeight(HEIGHT - 24);
        StackPane.setAlignment(picture, Pos.CENTER_RIGHT);
        VBox words = card.words();
        // The words end where the picture begins.
        words.maxWidthProperty().bind(card.widthProperty().subtract(side).subtract(36));
        card.note.setWrapText(true);
        // Above the round of the picture there is room for it.
        card.title.setMinWidth(Region.USE_PREF_SIZE);
        card.getChildren().addAll(words, picture);
        return card;
    }

    /** A picture below the figure, over the whole width. */
    static KpiCard above(Region picture) {
        KpiCard card = new KpiCard();
        VBox.setVgrow(picture, Priority.ALWAYS);
        VBox column = card.words();
        column.getChildren().add(picture);
        VBox.setMargin(picture, new Insets(6, 0, 0, 0));
        card.getChildren().add(column);
        return card;
    }

    private KpiCard() {
        getStyleClass().addAll("card", "kpi");
        setAlignment(Pos.TOP_LEFT);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        HBox.setHgrow(this, Priority.ALWAYS);
        setPrefWidth(100);
        setMinWidth(0);
    }

    private VBox words() {
        HBox figure = new HBox(5, value, unit);
        figure.setAlignment(Pos.BOTTOM_LEFT);
        value.setMinWidth(Region.USE_PREF_SIZE);
        VBox column = new VBox(1, title, figure, note);
        column.setAlignment(Pos.TOP_LEFT);
        column.setMinWidth(0);
        return column;
    }

    void name(String text) {
        title.setText(text);
    }

    /** {@code abnormal} gives it the colour that asks for a look. */
    void show(String figure, String of, String word, boolean abnormal) {
        value.setText(figure);
        unit.setText(of);
        note.setText(word);
        getStyleClass().remove("abnormal");
        if (abnormal) {
            getStyleClass().add("abnormal");
        }
        setAccessibleText(title.getText() + ": " + figure + " " + of + ", " + word);
    }

    private static Label label(String style) {
        Label label = new Label();
        label.getStyleClass().add(style);
        return label;
    }
}
