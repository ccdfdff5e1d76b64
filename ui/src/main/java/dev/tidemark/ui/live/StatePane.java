package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.state.StateBox;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Icons;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.util.Optional;
import java.util.stream.Stream;

/** What stands where the charts would be: what is the matter, and what to do about it. */
final class StatePane {

    private final StackPane place;
    private final LiveModel model;
    private final Standing standing;
    private final Entrances entrances;
    private final ProgressBar progress = new ProgressBar();
    private final Label percent = new Label();

    StatePane(StackPane place, LiveModel model, Entrances entrances) {
        this.place = place;
        this.model = model;
        this.standing = model.standing();
        this.entrances = entrances;
        progress.setMaxWidth(260);
        percent.getStyleClass().add("state-text");
        standing.stateProperty().addListener((property, before, now) -> show());
        standing.absenceProperty().addListener((property, before, now) -> show());
        standing.absentProperty().addListener((property, before, now) -> show());
        standing.problemProperty().addListener((property, before, now) -> show());
        model.frameProperty().addListener((property, before, now) -> {
            if (standing.is(Standing.State.NO_DATA_IN_RANGE)) {
                show();
            }
        });
        standing.progressProperty().addListener((property, before, now) -> showProgress());
        show();
    }

    /** Whether the charts are hidden behind it. */
    private void show() {
        Standing.State state = standing.stateProperty().get();
        place.setVisible(state != Standing.State.SHOWN && !(state == Standing.State.LOADING && model.frameProperty().get() != null));
        place.getChildren().clear();
        if (!place.isVisible()) {
            return;
        }
        StateBox box = switch (state) {
            case NOTHING -> absence();
            case LOADING -> loading();
            case NO_ROWS -> new StateBox(Feather.INBOX, "state.norows.title", Messages.text("state.norows.text"), false);
            case NO_DATA_IN_RANGE -> noData();
            case CANNOT_READ -> retryable(new StateBox(icon(standing.reason()), cannotTitle(), standing.problemProperty().get(), true));
            case VANISHED -> retryable(new StateBox(Feather.ALERT_TRIANGLE, "state.vanished.title",
                    Messages.text("state.vanished.text", model.table().map(table -> table.location()).orElse("")), true));
            case SHOWN -> null;
        };
        box.setId("state-" + state);
        place.getChildren().add(box);
    }

    /** No permission, no answer and a broken table are three different things to do. */
    private String cannotTitle() {
        return standing.reason().map(reason -> "state.cannot.title." + reason).filter(key -> Messages.bundle().containsKey(key)).orElse("state.cannot.title");
    }

    private static Feather icon(Optional<LakeException.Reason> known) {
        return known.map(reason -> switch (reason) {
            case DENIED -> Feather.LOCK;
            case UNREACHABLE -> Feather.WIFI_OFF;
            default -> Feather.ALERT_TRIANGLE;
        }).orElse(Feather.ALERT_TRIANGLE);
    }

    private StateBox absence() {
        String what = standing.absentProperty().get();
        return switch (standing.absenceProperty().get()) {
            case NO_LAKE -> new StateBox(Feather.DATABASE, "state.nothing.title", Messages.text("state.nothing.text"), false)
                    .button("state.nothing.open", "action-button", entrances.folder()).button("state.nothing.store", "plain-button", entrances.store()).with(ways());
            case OPENING -> new StateBox(Feather.DATABASE, "state.opening.title", Messages.text(standing.isAbsentInStore() ? "state.opening.store" : "state.opening.text", what), false)
                    .button("state.cancel", "plain-button", entrances.cancel());
            case WAITING -> new StateBox(Feather.CLOCK, "state.waiting.title", Messages.text("state.waiting.text", what), false);
            case UNDRAWABLE -> new StateBox(Feather.ALERT_TRIANGLE, "state.undrawable.title", what, true)
                    .button("state.cannot.retry", "plain-button", standing::reopen).button("state.nothing.open", "plain-button", entrances.folder());
            case CANNOT_OPEN -> closedLake(what);
        };
    }

    private StateBox closedLake(String why) {
        // A store has its own words for some of it.
        String title = standing.absenceReason().flatMap(reason -> Stream.of(reason + ".store", reason.name()).skip(standing.isAbsentInStore() ? 0 : 1)
                .map(each -> "state.lake.title." + each).filter(Messages.bundle()::containsKey).findFirst()).orElse("state.lake.title");
        StateBox box = new StateBox(icon(standing.absenceReason()), title, why, true).button("state.cannot.retry", "plain-button", standing::reopen);
        return standing.isAbsentInStore() ? box.button("state.lake.signin", "plain-button", entrances.signIn())
                : box.button("state.nothing.open", "plain-button", entrances.folder());
    }

    private StateBox loading() {
        StateBox box = new StateBox(Feather.ACTIVITY, "state.loading.title", "", false);
        showProgress();
        return box.with(percent, progress).button("state.cancel", "plain-button", model::cancel);
    }

    private void showProgress() {
        double reached = standing.progressProperty().get();
        progress.setProgress(reached);
        percent.setText(reached < 0 ? Messages.text("state.loading.unknown") : Messages.text("state.loading.text", Math.round(reached * 100)));
    }

    private StateBox noData() {
        Frame frame = model.frameProperty().get();
        TimeRange all = frame == null || frame.choices().extent().isEmpty() ? null : frame.choices().extent().all();
        if (frame != null && frame.asked().series() != null && model.question().series() != null) {
            return new StateBox(Feather.SEARCH, "state.noseries.title", Messages.text("state.noseries.text", frame.asked().series().size(), Format.whole(frame.choices().series().size())), false)
                    .button("state.noseries.suit", "plain-button", () -> model.ask(model.question().withSeries(null)));
        }
        String text = all == null ? "" : Messages.text("state.nodata.text", Format.stamp(Micros.instant(all.from())), Format.zoned(Micros.instant(all.to())));
        return new StateBox(Feather.SEARCH, "state.nodata.title", text, false)
                .button("state.nodata.all", "plain-button", () -> model.choose(new Question.All()));
    }

    private StateBox retryable(StateBox box) {
        return box.button("state.cannot.retry", "plain-button", model::retry);
    }

    private static VBox ways() {
        VBox ways = new VBox(way(Feather.COMMAND, "state.nothing.key", "Ctrl+O"), way(Feather.MOVE, "state.nothing.drag", null),
                way(Feather.PLAY, "state.nothing.demo", "tidemark --demo"));
        ways.getStyleClass().add("ways");
        ways.setMaxWidth(Region.USE_PREF_SIZE);
        return ways;
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
}
