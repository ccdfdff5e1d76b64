package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Icons;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What stands where the charts would be: what is the matter, and what to do about it. */
final class StatePane {

    private final StackPane place;
    private final LiveModel model;
    private final Runnable openFolder;
    private final ProgressBar progress = new ProgressBar();
    private final Label percent = new Label();

    /** @param openFolder lets the operator choose a lake */
    StatePane(StackPane place, LiveModel model, Runnable openFolder) {
        this.place = place;
        this.model = model;
        this.openFolder = openFolder;
        progress.setMaxWidth(260);
        percent.getStyleClass().add("state-text");
        model.stateProperty().addListener((property, before, now) -> show());
        model.absenceProperty().addListener((property, before, now) -> show());
        model.absentProperty().addListener((property, before, now) -> show());
        model.problemProperty().addListener((property, before, now) -> show());
        model.frameProperty().addListener((property, before, now) -> {
            if (model.stateProperty().get() == LiveModel.State.NO_DATA_IN_RANGE) {
                show();
            }
        });
        model.progressProperty().addListener((property, before, now) -> showProgress());
        show();
    }

    /** Whether the charts are hidden behind it. */
    private void show() {
        LiveModel.State state = model.stateProperty().get();
        place.setVisible(state != LiveModel.State.SHOWN && !(state == LiveModel.State.LOADING && model.frameProperty().get() != null));
        place.getChildren().clear();
        if (!place.isVisible()) {
            return;
        }
        VBox box = switch (state) {
            case NOTHING -> absence();
            case LOADING -> loading();
            case NO_ROWS -> box(Feather.INBOX, "state.norows.title", Messages.text("state.norows.text"), false);
            case NO_DATA_IN_RANGE -> noData();
            case CANNOT_READ -> retryable(box(Feather.ALERT_TRIANGLE, "state.cannot.title", model.problemProperty().get(), true));
            case VANISHED -> retryable(box(Feather.ALERT_TRIANGLE, "state.vanished.title",
                    Messages.text("state.vanished.text", model.table().map(table -> table.location()).orElse("")), true));
            case SHOWN -> new VBox();
        };
        box.getStyleClass().addAll("card", "state");
        box.setId("state-" + state);
        place.getChildren().add(box);
    }

    private VBox absence() {
        String what = model.absentProperty().get();
        return switch (model.absenceProperty().get()) {
            case NO_LAKE -> with(box(Feather.DATABASE, "state.nothing.title", Messages.text("state.nothing.text"), false),
                    button("state.nothing.open", "action-button", openFolder),
                    way(Feather.COMMAND, "state.nothing.key", "Ctrl+O"), way(Feather.MOVE, "state.nothing.drag", null),
                    way(Feather.PLAY, "state.nothing.demo", "tidemark --demo"));
            case OPENING -> box(Feather.DATABASE, "state.opening.title", Messages.text("state.opening.text", what), false);
            case WAITING -> box(Feather.CLOCK, "state.waiting.title", Messages.text("state.waiting.text", what), false);
            case CANNOT_OPEN -> with(box(Feather.ALERT_TRIANGLE, "state.lake.title", what, true),
                    button("state.cannot.retry", "plain-button", model::reopen), button("state.nothing.open", "plain-button", openFolder));
        };
    }

    private VBox loading() {
        VBox box = box(Feather.ACTIVITY, "state.loading.title", "", false);
        box.getChildren().remove(box.getChildren().size() - 1);
        showProgress();
        return with(box, percent, progress, button("state.cancel", "plain-button", model::cancel));
    }

    private void showProgress() {
        double reached = model.progressProperty().get();
        progress.setProgress(reached);
        percent.setText(reached < 0 ? Messages.text("state.loading.unknown") : Messages.text("state.loading.text", Math.round(reached * 100)));
    }

    private VBox noData() {
        Frame frame = model.frameProperty().get();
        TimeRange all = frame == null || frame.choices().extent().isEmpty() ? null : frame.choices().extent().all();
        String text = all == null ? "" : Messages.text("state.nodata.text", Format.stamp(Micros.instant(all.from())), Format.stamp(Micros.instant(all.to())));
        return with(box(Feather.SEARCH, "state.nodata.title", text, false),
                button("state.nodata.all", "plain-button", () -> model.choose(new Question.All())));
    }

    private VBox retryable(VBox box) {
        return with(box, button("state.cannot.retry", "plain-button", model::retry));
    }

    private static VBox box(Feather icon, String title, String text, boolean grave) {
        FontIcon picture = Icons.of(icon, 34);
        picture.getStyleClass().add("state-icon");
        Label head = new Label(Messages.text(title));
        head.getStyleClass().add("state-title");
        Label body = new Label(text);
        body.getStyleClass().add("state-text");
        VBox box = new VBox(picture, head, body);
        if (grave) {
            box.getStyleClass().add("grave");
        }
        return box;
    }

    private static VBox with(VBox box, Node... more) {
        box.getChildren().addAll(more);
        return box;
    }

    /** One more way to begin, with what to press or to type. */
    private static HBox way(Feather icon, String key, String typed) {
        HBox way = new HBox(Icons.of(icon, 16), new Label(Messages.text(key)));
        if (typed != null) {
            Label label = new Label(typed);
            label.getStyleClass().add("key");
            way.getChildren().add(label);
        }
        way.getStyleClass().add("way");
        return way;
    }

    private static Button button(String key, String style, Runnable action) {
        Button button = new Button(Messages.text(key));
        button.getStyleClass().setAll("button", style);
        button.setOnAction(event -> action.run());
        VBox.setMargin(button, new Insets(8, 0, 0, 0));
        return button;
    }
}
