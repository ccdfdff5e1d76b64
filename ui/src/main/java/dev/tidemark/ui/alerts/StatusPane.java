package dev.tidemark.ui.alerts;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands where alerts would be: what is so, and what to do about it. */
final class StatusPane extends VBox {

    private final AlertsModel model;
    private final AlertList list;

    /** @param panel whether it is in the panel; else on the page */
    StatusPane(AlertsModel model, boolean panel) {
        this.model = model;
        this.list = panel ? model.panel() : model.list();
        getStyleClass().addAll("state", panel ? "small-state" : "page-state");
        setId(panel ? "alerts-panel-state" : "alerts-state");
        model.stateProperty().addListener((property, before, now) -> show());
        model.problemProperty().addListener((property, before, now) -> show());
        model.streamedProperty().addListener((property, before, now) -> show());
        model.boardProperty().addListener((property, before, now) -> show());
        list.lines().addListener((ListChangeListener<AlertLine>) change -> show());
        show();
    }

    private void show() {
        AlertsModel.State state = model.stateProperty().get();
        AlertBoard board = model.boardProperty().get();
        boolean lines = !list.lines().isEmpty() && state == AlertsModel.State.SHOWN;
        setVisible(!lines);
        if (lines) {
            return;
        }
        getStyleClass().remove("grave");
        switch (state) {
            case NOTHING -> fill(Feather.BELL, "alerts.nothing", "");
            case LOADING -> fill(Feather.BELL, "alerts.loading", "");
            case NO_TABLE -> fill(Feather.BELL_OFF, "alerts.notable", Messages.text(model.streamedProperty().get() ? "alerts.notable.text" : "alerts.notable.others"));
            case CANNOT_READ -> {
                getStyleClass().add("grave");
                fill(Feather.ALERT_TRIANGLE, "alerts.cannot", model.problemProperty().get());
                Button again = new Button(Messages.text("state.cannot.retry"));
                again.getStyleClass().setAll("button", "plain-button");
                again.setOnAction(event -> model.retry());
                getChildren().add(again);
            }
            case SHOWN -> {
                boolean none = board == null || board.open() == 0;
                if (none) {
                    boolean past = model.pastProperty().get();
                    fill(Feather.CHECK_CIRCLE, past ? "alerts.none.past" : "alerts.none", board == null || board.alerts().isEmpty()
                            ? Messages.text(past ? "alerts.none.ever.past" : "alerts.none.ever")
                            : Messages.text(past ? "alerts.none.text.past" : "alerts.none.text", board.alerts().size(), suppressed(board)));
                } else {
                    fill(Feather.FILTER, "alerts.filtered", Messages.text("alerts.filtered.text"));
                }
            }
        }
    }

    private static long suppressed(AlertBoard board) {
        return board.alerts().stream().filter(alert -> alert.state().isSuppressed()).count();
    }

    private void fill(Feather icon, String title, String text) {
        FontIcon picture = Icons.of(icon, 34);
        picture.getStyleClass().add("state-icon");
        Label head = new Label(Messages.text(title));
        head.getStyleClass().add("status-title");
        head.setWrapText(true);
        getChildren().setAll(picture, head);
        if (!text.isEmpty()) {
            Label body = new Label(text);
            body.getStyleClass().add("status-text");
            body.setWrapText(true);
            getChildren().add(body);
        }
    }
}
