package dev.tidemark.ui.live;

import dev.tidemark.ui.table.Grid;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Binds the live page to its model. */
public final class LiveController {

    private static final int COMMITS = 50;
    private static final double ROOM_FOR_LATEST = 270;
    private static final double ROOM_FOR_SEARCHED = 350;
    private static final Duration PATIENCE = Duration.millis(400);
    private static final double ROOM_FOR_SIDE = 1000;
    private static final double ROOM_FOR_WIDE_SIDE = 1350;
    private static final double ROOM_FOR_WIDEST_SIDE = 2200;

    private final LiveModel model;
    private final TravelModel travel;
    private final ObservableValue<Theme> theme;
    private final Entrances entrances;
    private final ObservableList<Mark> newest = FXCollections.observableArrayList();
    private TileStrip strip;
    private List<Head> heads = List.of();
    private RangeBar rangeBar;
    private Pickers pickers;
    private SeriesSearch search;

    @FXML private VBox root;
    @FXML private HBox toolbar;
    @FXML private HBox ranges;
    @FXML private MenuButton window;
    @FXML private MenuButton split;
    @FXML private MenuButton measures;
    @FXML private MenuButton roles;
    @FXML private Button undo;
    @FXML private HBox reading;
    @FXML private Label reached;
    @FXML private Button stop;
    @FXML private ProgressBar progress;
    @FXML private VBox notices;
    @FXML private HBox tiles;
    @FXML private ChartGrid charts;
    @FXML private StackPane states;
    @FXML private VBox side;
    @FXML private ToggleButton latestTab;
    @FXML private ToggleButton commitsTab;
    @FXML private Label seriesCount;
    @FXML private TextField seriesSearch;
    @FXML private Label seriesRule;
    @FXML private VBox latest;
    @FXML private HBox seriesHead;
    @FXML private ListView<SeriesRow> series;
    @FXML private Label activityCount;
    @FXML private ListView<Mark> activity;

    public LiveController(LiveModel model, TravelModel travel, ObservableValue<Theme> theme, Entrances entrances) {
        this.model = model;
        this.travel = travel;
        this.theme = theme;
        this.entrances = entrances;
    }

    @FXML
    private void initialize() {
        strip = new TileStrip(tiles, model, travel, theme);
        rangeBar = new RangeBar(ranges, model);
        search = new SeriesSearch(model);
        pickers = new Pickers(window, split, measures, roles, model, search);
        search.setOnAsk(() -> {
            latestTab.setSelected(true);
            seriesSearch.requestFocus();
        });
        search.typedProperty().bindBidirectional(seriesSearch.textProperty());
        charts.bind(model, search, theme);
        new StatePane(states, model, entrances);
        bindReading();
        bindSeries();
        bindTabs();
        bindActivity();
        listen();
        show();
        showState();
        showNotices();
        showCommits();
    }

    /** Zooming back, and how far what is being read is. */
    private void bindReading() {
        undo.setGraphic(Icons.of(Feather.CORNER_UP_LEFT, 14));
        Tip.on(undo, Messages.text("live.zoom.undo.tip"));
        undo.setOnAction(event -> model.undoZoom());
        undo.visibleProperty().bind(model.zoomedProperty());
        undo.managedProperty().bind(undo.visibleProperty());
        progress.progressProperty().bind(model.standing().progressProperty());
        reached.textProperty().bind(Bindings.createStringBinding(() -> progress.getProgress() < 0 ? "" : Messages.text("live.reached", Math.round(progress.getProgress() * 100)), progress.progressProperty()));
        reading.managedProperty().bind(reading.visibleProperty());
        stop.setGraphic(Icons.of(Feather.X, 14));
        Tip.on(stop, Messages.text("state.cancel"));
        stop.setAccessibleText(Messages.text("state.cancel"));
        stop.setOnAction(event -> model.cancel());
        // What is read at once needs no cancelling, and nothing that flickers.
        PauseTransition patience = new PauseTransition(PATIENCE);
        patience.setOnFinished(event -> reading.setVisible(model.standing().readingProperty().get() && model.frameProperty().get() != null));
        model.standing().readingProperty().addListener((property, before, now) -> {
            if (now) {
                patience.playFromStart();
            } else {
                patience.stop();
                reading.setVisible(false);
                // Of what was cancelled nothing is chosen any more.
                rangeBar.show();
                pickers.show();
            }
        });
    }

    private void bindSeries() {
        series.setItems(search.found());
        series.setCellFactory(list -> new SeriesCell(model.series(), search, theme, this::isCounted));
        series.setFocusTraversable(true);
        Label none = new Label(Messages.text("series.none"));
        none.getStyleClass().addAll("small", "faint");
        none.setWrapText(true);
        series.setPlaceholder(none);
        series.widthProperty().map(width -> SeriesCell.values(width.doubleValue())).addListener((property, before, now) -> {
            showHead();
            series.refresh();
        });
        seriesSearch.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN && !series.getItems().isEmpty()) {
                series.requestFocus();
                series.getSelectionModel().select(0);
                event.consume();
            } else if (event.getCode() == KeyCode.ENTER && !seriesSearch.getText().isBlank() && !series.getItems().isEmpty()) {
                search.toggle(series.getItems().get(0));
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE && !seriesSearch.getText().isEmpty()) {
                seriesSearch.clear();
                event.consume();
            }
        });
        series.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && series.getSelectionModel().getSelectedItem() != null) {
                search.toggle(series.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
    }

    /** The latest values, or the commits. */
    private void bindTabs() {
        ToggleGroup tabs = new ToggleGroup();
        latestTab.setToggleGroup(tabs);
        commitsTab.setToggleGroup(tabs);
        latestTab.setOnAction(event -> latestTab.setSelected(true));
        commitsTab.setOnAction(event -> commitsTab.setSelected(true));
        for (Node node : List.of(series, seriesHead, seriesCount)) {
            node.visibleProperty().bind(latestTab.selectedProperty());
            node.managedProperty().bind(latestTab.selectedProperty());
        }
        for (Node node : List.of(activity, activityCount)) {
            node.visibleProperty().bind(commitsTab.selectedProperty());
            node.managedProperty().bind(commitsTab.selectedProperty());
        }
        latestTab.setSelected(true);
        latestTab.selectedProperty().addListener((property, before, now) -> showCounts());
    }

    private void bindActivity() {
        activity.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && activity.getSelectionModel().getSelectedItem() != null) {
                travel.goTo(activity.getSelectionModel().getSelectedItem().version());
                event.consume();
            }
        });
        activity.setItems(newest);
        activity.setCellFactory(list -> new CommitCell(travel));
    }

    private void listen() {
        model.frameProperty().addListener((property, before, now) -> show());
        model.standing().stateProperty().addListener((property, before, now) -> showState());
        model.nowProperty().addListener((property, before, now) -> strip.tick());
        model.notices().addListener((ListChangeListener<Notice>) change -> {
            showNotices();
            strip.tick();
        });
        model.series().hidden().addListener((InvalidationListener) change -> {
            series.refresh();
            showCounts();
        });
        travel.marks().addListener((ListChangeListener<Mark>) change -> showCommits());
        travel.positionProperty().addListener((property, before, now) -> {
            activity.refresh();
            strip.tick();
        });
        theme.addListener((property, before, now) -> series.refresh());
        root.widthProperty().addListener((property, before, now) -> showState());
        Format.zoneProperty().addListener((property, before, now) -> {
            activity.refresh();
            strip.show();
        });
    }

    private void show() {
        strip.show();
        rangeBar.show();
        pickers.show();
        showHead();
        showCounts();
    }

    private void showState() {
        boolean something = model.standing().stateProperty().get() != Standing.State.NOTHING;
        for (Node node : List.of(toolbar, tiles)) {
            node.setVisible(something);
            node.setManaged(something);
        }
        double width = root.getWidth() < ROOM_FOR_WIDE_SIDE ? 290 : root.getWidth() < ROOM_FOR_WIDEST_SIDE ? 324 : 480;
        side.setMinWidth(width);
        side.setMaxWidth(width);
        side.setVisible(something && root.getWidth() >= ROOM_FOR_SIDE);
        side.setManaged(side.isVisible());
        // What was true before the table went is not true now.
        boolean lost = model.standing().is(Standing.State.VANISHED) || model.standing().is(Standing.State.CANNOT_READ);
        strip.fade(lost && model.frameProperty().get() != null);
        series.setOpacity(lost ? 0.5 : 1);
        charts.setVisible(model.standing().stateProperty().get() == Standing.State.SHOWN
                || model.standing().stateProperty().get() == Standing.State.LOADING && model.frameProperty().get() != null);
    }

    /** Made anew only for other columns: most answers bring the same columns. */
    private void showHead() {
        Frame frame = model.frameProperty().get();
        List<Head> wanted = frame == null ? List.of() : frame.asked().measures().stream().limit(SeriesCell.values(series.getWidth()))
                .map(measure -> Head.of(measure, frame.units().getOrDefault(measure, MeasureName.of(measure).unit()))).toList();
        if (!wanted.equals(heads)) {
            heads = wanted;
            seriesHead.getChildren().setAll(wanted.stream().map(Head::label).toList());
        }
    }

    /** What stands above a column of the series' list. */
    private record Head(String measure, String text) {

        static Head of(String measure, String unit) {
            String name = MeasureName.of(measure).brief();
            return new Head(measure, unit.isEmpty() ? name : name + "\n" + unit);
        }

        Label label() {
            Label label = new Label(text);
            label.setTextAlignment(TextAlignment.RIGHT);
            label.setMinHeight(Label.USE_PREF_SIZE);
            Tip.on(label, measure);
            label.getStyleClass().add("overline");
            label.setMinWidth(SeriesCell.VALUE_WIDTH);
            label.setMaxWidth(SeriesCell.VALUE_WIDTH);
            label.setAlignment(Pos.TOP_RIGHT);
            return label;
        }
    }

    /** Whether the measure in a column of the series' list is counted. */
    private boolean isCounted(int column) {
        Frame frame = model.frameProperty().get();
        return frame != null && column < frame.asked().measures().size() && frame.asked().shape().isWhole(frame.asked().measures().get(column));
    }

    private void showCounts() {
        seriesCount.setText(search.count());
        seriesSearch.setVisible(latestTab.isSelected() && search.isUseful());
        seriesSearch.setManaged(seriesSearch.isVisible());
        seriesRule.setText(search.rule());
        seriesRule.setVisible(latestTab.isSelected() && search.isPartial());
        seriesRule.setManaged(seriesRule.isVisible());
        // What is above the list takes room of its own: some rows must be seen below.
        latest.setPrefHeight(seriesRule.isVisible() ? ROOM_FOR_SEARCHED : ROOM_FOR_LATEST);
        latest.setMaxHeight(latest.getPrefHeight() + 30);
        seriesSearch.setPromptText(Messages.text("series.search", Format.whole(Math.max(model.series().rows().size(), model.frameProperty().get() == null ? 0 : model.frameProperty().get().choices().series().size()))));
    }

    private void showCommits() {
        List<Mark> marks = travel.marks();
        List<Mark> last = new ArrayList<>(marks.subList(Math.max(0, marks.size() - COMMITS), marks.size()));
        Collections.reverse(last);
        Mark chosen = activity.getSelectionModel().getSelectedItem();
        int first = Grid.firstShown(activity);
        Mark top = first > 0 ? newest.get(first) : null;
        newest.setAll(last);
        if (chosen != null) {
            activity.getSelectionModel().select(chosen);
        }
        // Who has scrolled down to a commit keeps it where it is.
        if (top != null && newest.contains(top)) {
            activity.scrollTo(top);
        }
        activityCount.setText(Format.whole(marks.size()));
        strip.showCommits();
    }

    private void showNotices() {
        notices.getChildren().setAll(model.notices().stream().map(LiveController::notice).toList());
        notices.setManaged(!notices.getChildren().isEmpty());
    }

    private static HBox notice(Notice notice) {
        Label kind = new Label(Messages.text("notice.kind." + notice.kind()));
        kind.getStyleClass().add("kind");
        kind.setMinWidth(Label.USE_PREF_SIZE);
        Label text = new Label(notice.text());
        Tip.on(text, notice.text());
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox box = new HBox(Icons.of(notice.kind() == Notice.Kind.SENSOR_SILENT ? Feather.WIFI_OFF : Feather.ALERT_TRIANGLE, 15), kind, text);
        box.getStyleClass().add("notice");
        box.setId("notice-" + notice.kind());
        if (notice.kind() == Notice.Kind.CANNOT_READ) {
            box.getStyleClass().add("grave");
        }
        return box;
    }
}
