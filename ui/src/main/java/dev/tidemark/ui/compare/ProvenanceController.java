package dev.tidemark.ui.compare;

import dev.tidemark.lake.Commit;
import dev.tidemark.ui.live.MeasureName;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.fxml.FXML;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Binds the card that tells where a point came from. */
public final class ProvenanceController {

    private final ProvenanceModel model;
    private final LongConsumer goTo;
    private final LongConsumer compare;

    @FXML private VBox root;
    @FXML private Label title;
    @FXML private Label about;
    @FXML private GridPane facts;
    @FXML private Label told;
    @FXML private ProgressBar progress;
    @FXML private HBox buttons;
    @FXML private Button travel;
    @FXML private Button beside;
    @FXML private Button zoom;
    @FXML private Button close;

    /**
     * @param goTo    shows a version
     * @param compare shows a version over the one before it
     */
    public ProvenanceController(ProvenanceModel model, LongConsumer goTo, LongConsumer compare) {
        this.model = model;
        this.goTo = goTo;
        this.compare = compare;
    }

    @FXML
    private void initialize() {
        StackPane.setAlignment(root, Pos.TOP_RIGHT);
        StackPane.setMargin(root, new Insets(76, 20, 0, 0));
        close.setGraphic(Icons.of(Feather.X, 15));
        close.setAccessibleText(Messages.text("export.close"));
        Tip.on(close, Messages.text("export.close"));
        close.setOnAction(event -> model.close());
        zoom.setOnAction(event -> model.zoom());
        travel.setOnAction(event -> goTo.accept(commit().version()));
        beside.setOnAction(event -> compare.accept(commit().version()));
        model.stateProperty().addListener((property, before, now) -> show());
        model.pointProperty().addListener((property, before, now) -> show());
        model.textProperty().addListener((property, before, now) -> show());
        show();
    }

    private Commit commit() {
        return model.foundProperty().get().arrived().orElseThrow();
    }

    private void show() {
        ProvenanceModel.State state = model.stateProperty().get();
        root.setVisible(state != ProvenanceModel.State.NONE);
        present(progress, state == ProvenanceModel.State.LOOKING);
        present(told, state == ProvenanceModel.State.TOLD);
        present(facts, state == ProvenanceModel.State.FOUND);
        boolean arrived = state == ProvenanceModel.State.FOUND && model.foundProperty().get().arrived().isPresent();
        boolean many = state == ProvenanceModel.State.TOLD && model.manyProperty().get();
        present(buttons, arrived || many);
        present(beside, arrived);
        present(travel, arrived);
        present(zoom, many);
        PickedPoint point = model.pointProperty().get();
        if (point == null) {
            return;
        }
        MeasureName name = MeasureName.of(point.measure());
        title.setText((point.label().isEmpty() ? "" : point.label() + "  ") + name.title() + "  " + value(point, point.value()));
        about.setText(Messages.text(point.asked().windowLength().isZero() ? "provenance.at" : "provenance.window", Format.stamp(Micros.instant(point.time())),
                Format.clock(Micros.instant(point.time()).plus(point.asked().windowLength())), Format.zoneName(Micros.instant(point.time()))));
        told.setText(model.textProperty().get());
        facts.getChildren().clear();
        Provenance found = model.foundProperty().get();
        if (found != null) {
            fill(found);
        }
    }

    private static String value(PickedPoint point, double value) {
        return Format.value(value, point.asked().shape().isWhole(point.measure()));
    }

    private void fill(Provenance found) {
        if (found.arrived().isPresent()) {
            Commit commit = found.arrived().get();
            row("provenance.arrived", Format.zoned(commit.writtenAt()));
            Duration late = found.late().orElseThrow();
            row("provenance.late", late.isNegative() ? Messages.text("provenance.early") : Format.age(late));
            row("provenance.commit", "v\u2009" + Format.whole(commit.version()) + "  " + commit.operation());
            if (!Double.isNaN(found.before())) {
                row("provenance.before", value(found.point(), found.before()));
            }
        } else {
            row("provenance.arrived", Messages.text("provenance.unknown"));
        }
        if (found.moved() > 0) {
            row("provenance.moved", Messages.text("provenance.moved.times", found.moved()));
        }
        String location = found.file().location();
        Tip.on(row("provenance.file", location.substring(location.lastIndexOf('/') + 1)), location);
        row("provenance.size", Format.bytes(found.file().size()) + found.file().statistics().map(known -> ", " + Messages.text("palette.rows", Format.whole(known.rows()))).orElse(""));
    }

    private Label row(String key, String value) {
        Label name = new Label(Messages.text(key));
        name.getStyleClass().addAll("small", "quiet");
        name.setMinWidth(Label.USE_PREF_SIZE);
        Label text = new Label(value);
        text.setMaxWidth(206);
        facts.addRow(facts.getRowCount(), name, text);
        return text;
    }

    private static void present(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }
}
