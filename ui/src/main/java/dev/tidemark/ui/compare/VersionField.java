package dev.tidemark.ui.compare;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.NamedVersions;
import dev.tidemark.ui.travel.TravelModel;
import dev.tidemark.ui.travel.VersionText;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** A field that a version is written into, in any way that names one, and what was understood. */
final class VersionField extends HBox {

    private final TextField field = new TextField();
    private final Label told = new Label();
    private final TravelModel travel;
    private final NamedVersions names;
    private final InstantSource clock;
    private final Consumer<Mark> onChosen;
    private Mark shown;

    VersionField(String key, TravelModel travel, NamedVersions names, InstantSource clock, Consumer<Mark> onChosen) {
        super(8);
        this.travel = travel;
        this.names = names;
        this.clock = clock;
        this.onChosen = onChosen;
        Label name = new Label(Messages.text(key));
        name.getStyleClass().addAll("small", "quiet");
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(field);
        field.getStyleClass().addAll("mono", "version-field");
        field.setAccessibleText(Messages.text(key));
        Tip.on(field, Messages.text("compare.field.tip"));
        field.setOnAction(event -> take());
        field.focusedProperty().addListener((property, before, now) -> {
            if (!now && shown != null && !field.getText().equals(written(shown))) {
                take();
            }
        });
        told.getStyleClass().addAll("small", "faint");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(name, field, told);
    }

    /** The field itself, for its id. */
    TextField field() {
        return field;
    }

    void show(Mark mark) {
        shown = mark;
        field.setText(mark == null ? "" : written(mark));
        told.getStyleClass().removeAll("alarm-text");
        told.setText(mark == null ? "" : names.of(mark.version()).map(name -> name + ", ").orElse("") + Format.zoned(mark.time()));
    }

    private static String written(Mark mark) {
        return "v " + mark.version();
    }

    private void take() {
        Optional<Mark> found = VersionText.find(field.getText(), travel, names, clock.instant());
        if (found.isPresent()) {
            show(found.get());
            onChosen.accept(found.get());
        } else {
            told.getStyleClass().add("alarm-text");
            told.setText(Messages.text(VersionText.number(field.getText()).isPresent() ? "compare.field.gone" : "compare.field.unknown"));
        }
    }
}
