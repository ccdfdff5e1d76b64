package dev.tidemark.ui.travel;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.theme.Theme;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

import java.util.Optional;

/** Binds the time-travel bar to its model. */
public final class TravelController {

    private static final Duration BEAT = Duration.millis(350);

    private final TravelModel model;
    private final ObservableValue<Theme> theme;
    private final Timeline player = new Timeline(new KeyFrame(BEAT, event -> model().tick()));

    @FXML private HBox root;
    @FXML private Label version;
    @FXML private Button back;
    @FXML private Button play;
    @FXML private Button forward;
    @FXML private CommitTrack track;
    @FXML private Label time;
    @FXML private Label what;
    @FXML private Button live;

    public TravelController(TravelModel model, ObservableValue<Theme> theme) {
        this.model = model;
        this.theme = theme;
        player.setCycleCount(Animation.INDEFINITE);
    }

    @FXML
    private void initialize() {
        back.setGraphic(Icons.of(Feather.SKIP_BACK, 16));
        forward.setGraphic(Icons.of(Feather.SKIP_FORWARD, 16));
        name(back, "travel.back");
        name(forward, "travel.forward");
        back.setOnAction(event -> model.step(-1));
        forward.setOnAction(event -> model.step(1));
        play.setOnAction(event -> model.toggle());
        live.setOnAction(event -> {
            if (model.position().follows()) {
                model.hold();
            } else {
                model.goLive();
            }
        });
        track.themeProperty().bind(theme);
        track.setOnScrub(model::goTo);
        model.marks().addListener((ListChangeListener<Mark>) change -> show());
        model.positionProperty().addListener((property, before, now) -> show());
        model.playingProperty().addListener((property, before, playing) -> {
            if (playing) {
                player.play();
            } else {
                player.stop();
            }
            show();
        });
        show();
    }

    private TravelModel model() {
        return model;
    }

    private void show() {
        boolean follows = model.position().follows();
        Optional<Mark> shown = model.shown();
        version.setText(shown.map(mark -> "v\u2009" + Format.whole(mark.version())).orElse("\u2013"));
        time.setText(shown.map(mark -> Format.stamp(mark.time()) + " UTC").orElse(""));
        what.setText(shown.map(TravelController::what).orElse(Messages.text("travel.none")));
        track.show(model.marks(), shown.map(Mark::version).orElse(-1L), follows);
        back.setDisable(shown.isEmpty() || shown.get().version() == model.marks().get(0).version());
        forward.setDisable(shown.isEmpty() || follows);
        play.setDisable(shown.isEmpty());
        boolean running = follows || model.playingProperty().get();
        play.setGraphic(Icons.of(running ? Feather.PAUSE : Feather.PLAY, 15));
        name(play, follows ? "travel.pause.tip" : model.position() instanceof Position.Held ? "travel.live.tip"
                : running ? "travel.stop" : "travel.play");
        live.setDisable(shown.isEmpty());
        live.setText(Messages.text(follows ? "travel.pause" : "travel.live"));
        live.setTooltip(new Tooltip(Messages.text(follows ? "travel.pause.tip" : "travel.live.tip")));
        live.getStyleClass().removeAll("plain-button", "action-button");
        live.getStyleClass().add(follows ? "plain-button" : "action-button");
    }

    private static String what(Mark mark) {
        String change = mark.kind() == Commit.Kind.REWRITE
                ? Messages.text("travel.files", mark.filesRemoved(), mark.filesAdded())
                : mark.rows() > 0 ? Messages.text("travel.rows", Format.whole(mark.rows())) : Messages.text("kind." + mark.kind());
        return mark.operation() + "  " + change;
    }

    private static void name(Button button, String key) {
        button.setAccessibleText(Messages.text(key));
        if (button.getTooltip() == null) {
            button.setTooltip(new Tooltip());
        }
        button.getTooltip().setText(Messages.text(key));
    }
}
