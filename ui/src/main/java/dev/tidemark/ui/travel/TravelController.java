package dev.tidemark.ui.travel;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.theme.Theme;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds the time-travel bar to its model. */
public final class TravelController {

    private static final Duration BEAT = Duration.millis(350);

    private final TravelModel model;
    private final NamedVersions named;
    private final ObservableValue<Theme> theme;
    private final Runnable nameVersion;
    private final Timeline player = new Timeline(new KeyFrame(BEAT, event -> model().tick()));

    @FXML private HBox root;
    @FXML private Label name;
    @FXML private Label version;
    @FXML private Button back;
    @FXML private Button play;
    @FXML private Button forward;
    @FXML private CommitTrack track;
    @FXML private MenuButton names;
    @FXML private Label time;
    @FXML private Label what;
    @FXML private Button live;

    /** @param nameVersion asks for a name for the version that is shown */
    public TravelController(TravelModel model, NamedVersions named, ObservableValue<Theme> theme, Runnable nameVersion) {
        this.model = model;
        this.named = named;
        this.nameVersion = nameVersion;
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
        names.setGraphic(Icons.of(Feather.BOOKMARK, 16));
        Tip.on(names, Messages.text("names.tip"));
        names.setAccessibleText(Messages.text("names.tip"));
        names.getItems().add(new MenuItem());
        names.setOnShowing(event -> fillNames());
        named.all().addListener((InvalidationListener) change -> show());
        track.themeProperty().bind(theme);
        track.setOnScrub(model::goTo);
        model.marks().addListener((ListChangeListener<Mark>) change -> show());
        track.readable(model::offers);
        Format.zoneProperty().addListener((property, before, now) -> show());
        model.readableProperty().addListener((property, before, now) -> show());
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

    private void fillNames() {
        List<MenuItem> items = new ArrayList<>();
        MenuItem head = new MenuItem(Messages.text("names.head"));
        head.setDisable(true);
        items.add(head);
        for (NamedVersions.Named each : named.all()) {
            MenuItem item = new MenuItem(each.name() + "   v\u2009" + Format.whole(each.version()));
            item.setMnemonicParsing(false);
            item.setId("named-" + each.version());
            // A version that cannot be read any more keeps its name and is not offered.
            item.setDisable(model.mark(each.version()).isEmpty());
            item.setOnAction(event -> model.goTo(each.version()));
            items.add(item);
        }
        MenuItem add = new MenuItem(Messages.text("names.add"));
        add.setId("names-add");
        add.setOnAction(event -> nameVersion.run());
        items.add(add);
        names.getItems().setAll(items);
    }

    private TravelModel model() {
        return model;
    }

    private void show() {
        boolean follows = model.position().follows();
        Optional<Mark> shown = model.shown();
        version.setText(shown.map(mark -> "v\u2009" + Format.whole(mark.version())).orElse("\u2013"));
        name.setText(shown.flatMap(mark -> named.of(mark.version())).orElse(Messages.text("travel.title")));
        names.setDisable(shown.isEmpty());
        time.setText(shown.map(mark -> Format.zoned(mark.time())).orElse(""));
        what.setText(shown.map(TravelController::what).orElse(Messages.text("travel.none")));
        track.name(named.all());
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
        Tip.on(live, Messages.text(follows ? "travel.pause.tip" : "travel.live.tip"));
        live.getStyleClass().removeAll("plain-button", "action-button");
        live.getStyleClass().add(follows ? "plain-button" : "action-button");
    }

    private static String what(Mark mark) {
        return mark.operation() + "  " + mark.told();
    }

    private static void name(Button button, String key) {
        button.setAccessibleText(Messages.text(key));
        Tip.on(button, Messages.text(key));
    }
}
