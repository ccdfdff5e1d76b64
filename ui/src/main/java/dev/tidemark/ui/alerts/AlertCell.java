package dev.tidemark.ui.alerts;

import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.Locale;

/** An alert in the panel: what is wrong, where and since when, how severe, and whether somebody knows. */
final class AlertCell extends ListCell<AlertLine> {

    private static final double HEIGHT = 58;

    private final AlertsModel model;
    private final Region bar = new Region();
    private final Label message = new Label();
    private final StackPane stateIcon = new StackPane();
    private final Label about = new Label();
    private final Label age = new Label();
    private final SeverityMark mark = new SeverityMark();
    private final HBox row;
    private final InvalidationListener clock = now -> showAge();

    AlertCell(AlertsModel model) {
        this.model = model;
        bar.getStyleClass().add("alert-bar");
        message.getStyleClass().add("alert-message");
        message.setMaxWidth(Double.MAX_VALUE);
        // What a value rose to stands at the end, and is what one looks for.
        message.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        about.getStyleClass().addAll("small", "quiet");
        about.setMaxWidth(Double.MAX_VALUE);
        about.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        HBox.setHgrow(about, Priority.ALWAYS);
        age.getStyleClass().addAll("small", "faint");
        age.setMinWidth(Region.USE_PREF_SIZE);
        HBox second = new HBox(5, stateIcon, about, age);
        second.setAlignment(Pos.CENTER_LEFT);
        VBox words = new VBox(3, message, second);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        row = new HBox(11, bar, words, mark);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefHeight(HEIGHT - 10);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setPrefHeight(HEIGHT);
        setPrefWidth(0);
        model.nowProperty().addListener(new WeakInvalidationListener(clock));
        // Asks for the value, so that the next change is told too.
        model.nowProperty().get();
    }

    @Override
    protected void updateItem(AlertLine line, boolean empty) {
        super.updateItem(line, empty);
        getStyleClass().removeAll("known", "over", "critical", "high", "medium", "low");
        if (empty || line == null) {
            setGraphic(null);
            Tip.on(this, null);
            setAccessibleText(null);
            return;
        }
        setGraphic(row);
        getStyleClass().add(AlertLine.worst(line.alerts()).name().toLowerCase(Locale.ROOT));
        if (line instanceof AlertLine.One one) {
            AlertState state = one.alert().state();
            if (state == AlertState.ACKNOWLEDGED) {
                getStyleClass().add("known");
            } else if (state == AlertState.RETURNED) {
                getStyleClass().add("over");
            }
            mark.show(one.alert().severity(), state != AlertState.UNACKNOWLEDGED);
            message.setText(Wording.headline(one.alert()));
            stateIcon.getChildren().setAll(Icons.of(Wording.icon(state), 14));
            Tip.on(this, one.alert().message() + "\n" + SeverityMark.name(one.alert().severity()) + ", " + Wording.state(one.alert()));
        } else {
            mark.show(AlertLine.worst(line.alerts()), false);
            message.setText(line instanceof AlertLine.Many many ? Wording.flood(many) : Wording.group((AlertLine.Head) line));
            stateIcon.getChildren().setAll(Icons.of(line instanceof AlertLine.Many many && many.opened() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT, 14));
            Tip.on(this, null);
        }
        showAge();
    }

    private void showAge() {
        AlertLine line = getItem();
        Instant now = model.nowProperty().get();
        if (line instanceof AlertLine.One one) {
            Alert alert = one.alert();
            String value = alert.kind().equals("threshold") ? Wording.value(alert) : "";
            String said = alert.state() == AlertState.RETURNED ? Messages.text("alerts.panel.returned", alert.alarm().device())
                    : value.isEmpty() ? Wording.where(alert) : Messages.text("alerts.panel.value", value, Wording.where(alert));
            String old = Wording.roughAge(alert, now);
            if (!said.equals(about.getText()) || !old.equals(age.getText())) {
                about.setText(said);
                age.setText(old);
                setAccessibleText(SeverityMark.name(alert.severity()) + ", " + Wording.state(alert) + ": " + alert.message() + ", " + said + ", " + old);
            }
        } else if (line instanceof AlertLine.Many many) {
            age.setText("");
            about.setText(Messages.text(many.opened() ? "alerts.flood.close" : "alerts.flood.open"));
            setAccessibleText(message.getText() + ", " + about.getText());
        }
    }
}
