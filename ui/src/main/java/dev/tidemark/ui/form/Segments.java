package dev.tidemark.ui.form;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A few choices side by side, one of which is chosen. Belongs to the FX thread. */
public final class Segments<T> extends HBox {

    private final ObjectProperty<T> chosen;

    /**
     * @param id     of the whole; its choices have {@code id-0}, {@code id-1} …
     * @param chosen what is chosen at first; null may be a choice
     * @param name   what a choice is called
     */
    public Segments(String id, List<T> choices, T chosen, Function<T, String> name) {
        this.chosen = new SimpleObjectProperty<>(chosen);
        setId(id);
        getStyleClass().add("segments");
        setMaxWidth(Region.USE_PREF_SIZE);
        ToggleGroup group = new ToggleGroup();
        for (T choice : choices) {
            ToggleButton button = new ToggleButton(name.apply(choice));
            button.setId(id + "-" + choices.indexOf(choice));
            button.getStyleClass().setAll("segment");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setMnemonicParsing(false);
            button.setToggleGroup(group);
            button.setSelected(Objects.equals(choice, chosen));
            button.setOnAction(event -> {
                // What is chosen is not switched off.
                button.setSelected(true);
                this.chosen.set(choice);
            });
            this.chosen.addListener((property, before, now) -> button.setSelected(Objects.equals(choice, now)));
            getChildren().add(button);
        }
    }

    /** What is chosen. */
    public ObjectProperty<T> chosenProperty() {
        return chosen;
    }
}
