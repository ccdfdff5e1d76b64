package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A commit: what it did and when; a click travels there. */
final class CommitCell extends ListCell<Mark> {

    private final TravelModel travel;
    private final Label operation = new Label();
    private final Label version = new Label();
    private final Label change = new Label();
    private final Label time = new Label();
    private final VBox box;

    CommitCell(TravelModel travel) {
        this.travel = travel;
        version.getStyleClass().addAll("mono", "faint");
        change.getStyleClass().addAll("small", "faint");
        time.getStyleClass().addAll("mono", "faint");
        box = new VBox(1, line(operation, version), line(change, time));
        box.setAlignment(Pos.CENTER_LEFT);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefHeight(48);
        setPrefWidth(0);
        Tip.on(this, Messages.text("activity.tip"));
        setOnMouseClicked(event -> {
            if (getItem() != null) {
                travel.goTo(getItem().version());
            }
        });
    }

    private static HBox line(Label left, Label right) {
        left.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(left, Priority.ALWAYS);
        right.setMinWidth(Label.USE_PREF_SIZE);
        HBox line = new HBox(8, left, right);
        line.setAlignment(Pos.BASELINE_LEFT);
        return line;
    }

    @Override
    protected void updateItem(Mark item, boolean empty) {
        super.updateItem(item, empty);
        setGraphic(empty ? null : box);
        getStyleClass().remove("current");
        if (empty) {
            return;
        }
        operation.setText(item.operation());
        version.setText("v\u2009" + Format.whole(item.version()));
        change.setText(item.told());
        time.setText(Format.clock(item.time()));
        if (!travel.position().follows() && travel.shown().map(Mark::version).filter(shown -> shown == item.version()).isPresent()) {
            getStyleClass().add("current");
        }
    }
}
