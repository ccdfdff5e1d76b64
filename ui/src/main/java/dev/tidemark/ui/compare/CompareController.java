package dev.tidemark.ui.compare;

import dev.tidemark.ui.chart.CrosshairLink;
import dev.tidemark.ui.chart.Mark;
import dev.tidemark.ui.chart.Series;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.MeasureName;
import dev.tidemark.ui.live.SeriesRow;
import dev.tidemark.ui.state.StateBox;
import dev.tidemark.ui.table.Grid;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Icons;
import dev.tidemark.ui.theme.Theme;
import dev.tidemark.ui.travel.NamedVersions;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Binds the page of two versions to its model: one chart with both, and the points on which they do not agree. */
public final class CompareController {

    private static final int MOST_ROWS = 50_000;
    private static final int MOST_MARKS = 400;

    private final CompareModel model;
    private final LiveModel live;
    private final TravelModel travel;
    private final NamedVersions names;
    private final ObservableValue<Theme> theme;
    private final InstantSource clock;
    private final TimeView view;
    private TrendChart chart;
    private VersionField older;
    private VersionField newer;
    private String measure;

    @FXML private VBox root;
    @FXML private HBox versions;
    @FXML private MenuButton measures;
    @FXML private Label counts;
    @FXML private HBox segments;
    @FXML private StackPane content;
    @FXML private HBox pointPart;
    @FXML private StackPane plot;
    @FXML private TableView<Difference> differences;
    @FXML private Label differenceCount;
    @FXML private StackPane states;

    public CompareController(CompareModel model, LiveModel live, TravelModel travel, NamedVersions names, ObservableValue<Theme> theme, InstantSource clock) {
        this.model = model;
        this.live = live;
        this.travel = travel;
        this.names = names;
        this.theme = theme;
        this.clock = clock;
        this.view = new TimeView(Micros.of(clock.instant()), Micros.of(Duration.ofHours(1)));
    }

    @FXML
    private void initialize() {
        older = new VersionField("compare.older", travel, names, clock, mark -> model.compare(mark, model.newerProperty().get()));
        newer = new VersionField("compare.newer", travel, names, clock, mark -> model.compare(model.olderProperty().get(), mark));
        older.field().setId("compare-older");
        newer.field().setId("compare-newer");
        versions.getChildren().addAll(older, Icons.of(Feather.ARROW_RIGHT, 15), newer);
        chart = new TrendChart(view, new CrosshairLink());
        chart.setId("compare-chart");
        chart.getStyleClass().add("card");
        plot.getChildren().add(chart);
        theme.addListener((property, before, now) -> chart.setPalette(now.chart()));
        chart.setPalette(theme.getValue().chart());
        RowTable rowTable = new RowTable(model);
        ToggleGroup parts = new ToggleGroup();
        ToggleButton points = part("points", parts);
        ToggleButton rows = part("rows", parts);
        points.setSelected(true);
        pointPart.visibleProperty().bind(points.selectedProperty());
        rowTable.visibleProperty().bind(rows.selectedProperty());
        rows.selectedProperty().addListener((property, before, now) -> model.wantRows(now));
        content.getChildren().add(rowTable);
        segments.getChildren().addAll(points, rows);
        measures.visibleProperty().bind(points.selectedProperty().and(model.stateProperty().isEqualTo(CompareModel.State.SHOWN)));
        counts.visibleProperty().bind(measures.visibleProperty());
        Grid.prepare(differences, "compare.none");
        Grid.text(differences, "compare.column.kind", 78, difference -> Messages.text("compare.kind." + difference.kind()));
        Grid.time(differences, "compare.column.time", difference -> Micros.instant(difference.time()));
        Grid.text(differences, "compare.column.series", 112, Difference::series);
        Grid.number(differences, "compare.column.before", 78, difference -> value(difference, difference.before()));
        Grid.number(differences, "compare.column.after", 78, difference -> value(difference, difference.after()));
        differences.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> lookAt(now));
        measures.getItems().add(new MenuItem());
        measures.setMnemonicParsing(false);
        measures.setOnShowing(event -> fillMeasures());
        model.olderProperty().addListener((property, before, now) -> older.show(now));
        model.newerProperty().addListener((property, before, now) -> newer.show(now));
        names.all().addListener((InvalidationListener) change -> showVersions());
        model.comparisonProperty().addListener((property, before, now) -> show(before, now));
        Format.zoneProperty().addListener((property, before, now) -> {
            differences.refresh();
            rowTable.refresh();
            showVersions();
        });
        model.stateProperty().addListener((property, before, now) -> showState());
        showVersions();
        show(null, model.comparisonProperty().get());
        showState();
    }

    private void showVersions() {
        older.show(model.olderProperty().get());
        newer.show(model.newerProperty().get());
    }

    private static ToggleButton part(String name, ToggleGroup group) {
        ToggleButton button = new ToggleButton(Messages.text("compare.part." + name));
        button.setId("compare-" + name + "-part");
        button.getStyleClass().setAll("segment");
        button.setToggleGroup(group);
        button.setOnAction(event -> button.setSelected(true));
        return button;
    }

    private void fillMeasures() {
        List<MenuItem> items = new ArrayList<>();
        for (String each : model.comparisonProperty().get().newer().asked().measures()) {
            RadioMenuItem item = new RadioMenuItem(MeasureName.of(each).title());
            item.setMnemonicParsing(false);
            item.setSelected(each.equals(measure));
            item.setOnAction(event -> {
                measure = each;
                fill(model.comparisonProperty().get());
            });
            items.add(item);
        }
        measures.getItems().setAll(items);
    }

    private void show(CompareModel.Comparison before, CompareModel.Comparison now) {
        if (now == null) {
            return;
        }
        List<String> asked = now.newer().asked().measures();
        if (measure == null || !asked.contains(measure)) {
            // The first in which the versions differ is what was looked for.
            measure = asked.stream().filter(each -> now.differences().stream().anyMatch(difference -> difference.measure().equals(each)))
                    .findFirst().orElse(asked.isEmpty() ? null : asked.get(0));
        }
        if (before == null || !before.range().equals(now.range())) {
            view.show(now.range());
        }
        fill(now);
    }

    private void fill(CompareModel.Comparison now) {
        if (measure == null) {
            return;
        }
        MeasureName name = MeasureName.of(measure);
        String unit = now.newer().units().getOrDefault(measure, name.unit());
        measures.setText(Messages.text("compare.measure", name.title()));
        chart.setTitle(name.title());
        chart.setSubtitle(unit);
        Map<String, SeriesData> before = now.older().lines().getOrDefault(measure, Map.of());
        Map<String, SeriesData> after = now.newer().lines().getOrDefault(measure, Map.of());
        Set<String> hidden = Set.copyOf(live.series().hidden());
        List<Series> series = new ArrayList<>();
        for (SeriesRow row : live.series().rows()) {
            // Not every device measures everything.
            if (!hidden.contains(row.key()) && (before.containsKey(row.key()) || after.containsKey(row.key()))) {
                series.add(new Series("b " + row.key(), row.label() + " v\u2009" + now.newer().version(), unit, row.colour(), false, counts(now, measure)));
                series.add(new Series("a " + row.key(), row.label() + " v\u2009" + now.older().version(), unit, row.colour(), true, counts(now, measure)));
            }
        }
        chart.setSeries(series);
        for (SeriesRow row : live.series().rows()) {
            chart.setData("a " + row.key(), before.getOrDefault(row.key(), SeriesData.EMPTY));
            chart.setData("b " + row.key(), after.getOrDefault(row.key(), SeriesData.EMPTY));
        }
        List<Difference> here = now.differences().stream().filter(difference -> difference.measure().equals(measure) && !hidden.contains(difference.series())).toList();
        chart.setMarks(marks(here, Math.max(Micros.of(Duration.ofSeconds(1)), Micros.of(now.newer().asked().windowLength()))));
        Grid.show(differences, here.subList(0, Math.min(MOST_ROWS, here.size())));
        differenceCount.setText(Format.whole(here.size()));
        counts.setText(count(here));
    }

    private static String count(List<Difference> differences) {
        Map<Difference.Kind, Integer> counts = new EnumMap<>(Difference.Kind.class);
        differences.forEach(difference -> counts.merge(difference.kind(), 1, Integer::sum));
        return counts.isEmpty() ? Messages.text("compare.same") : String.join(" \u00b7 ", counts.entrySet().stream()
                .map(count -> Messages.text("compare.count." + count.getKey(), Format.whole(count.getValue()))).toList());
    }

    /** What is late, corrected or gone; new points are what every commit brings, and need no mark. Neighbours share one. */
    private static List<Mark> marks(List<Difference> differences, long step) {
        List<Mark> marks = new ArrayList<>();
        Map<Difference.Kind, Integer> last = new EnumMap<>(Difference.Kind.class);
        for (Difference difference : differences) {
            if (difference.kind() == Difference.Kind.NEW) {
                continue;
            }
            Integer at = last.get(difference.kind());
            if (at != null && difference.time() - marks.get(at).to() <= step) {
                Mark open = marks.get(at);
                marks.set(at, new Mark(open.from(), difference.time() + step, open.label(), open.severity()));
            } else if (marks.size() < MOST_MARKS) {
                last.put(difference.kind(), marks.size());
                marks.add(new Mark(difference.time(), difference.time() + step, Messages.text("compare.kind." + difference.kind()), severity(difference.kind())));
            }
        }
        return marks;
    }

    private static Severity severity(Difference.Kind kind) {
        return switch (kind) {
            case NEW, LATE -> Severity.LOW;
            case CORRECTED -> Severity.MEDIUM;
            case GONE -> Severity.HIGH;
        };
    }

    private String value(Difference difference, double value) {
        return Format.value(value, counts(model.comparisonProperty().get(), difference.measure()));
    }

    private static boolean counts(CompareModel.Comparison comparison, String measure) {
        return comparison != null && comparison.newer().asked().shape().isWhole(measure);
    }

    private void lookAt(Difference difference) {
        TimeRange range = view.getRange();
        if (difference != null && !range.contains(difference.time())) {
            long half = range.span() / 2;
            view.show(TimeRange.near(difference.time() - half, difference.time() + half));
        }
    }

    private void showState() {
        CompareModel.State state = model.stateProperty().get();
        boolean shown = state == CompareModel.State.SHOWN;
        for (Node node : List.of(content, versions, segments)) {
            node.setVisible(shown);
        }
        states.setVisible(!shown);
        states.getChildren().clear();
        switch (state) {
            case NOTHING -> states.getChildren().add(new StateBox(Feather.COLUMNS, "compare.state.nothing.title", Messages.text("compare.state.nothing.text"), false));
            case LOADING -> {
                ProgressBar bar = new ProgressBar();
                bar.setMaxWidth(260);
                bar.progressProperty().bind(model.progressProperty());
                states.getChildren().add(new StateBox(Feather.COLUMNS, "compare.state.loading.title", "", false).with(bar));
            }
            case CANNOT_READ -> {
                versions.setVisible(true);
                states.getChildren().add(new StateBox(Feather.ALERT_TRIANGLE, "compare.state.cannot.title", model.problemProperty().get(), true)
                        .button("state.cannot.retry", "plain-button", model::retry));
            }
            case SHOWN -> { }
        }
    }
}
