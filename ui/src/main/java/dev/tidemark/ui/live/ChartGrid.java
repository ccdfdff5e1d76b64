package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.CrosshairLink;
import dev.tidemark.ui.chart.Series;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TrendChart;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.theme.Theme;
import javafx.beans.value.ObservableValue;
import javafx.collections.SetChangeListener;
import javafx.scene.layout.Region;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One trend chart a measure: below each other while they are high enough to be read, else in two columns. */
public final class ChartGrid extends Region {

    private static final double GAP = 14;
    private static final double COMFORTABLE = 210;
    private static final double LOWEST = 150;
    private static final double NARROWEST = 360;

    private final Map<String, TrendChart> charts = new LinkedHashMap<>();
    private final CrosshairLink crosshair = new CrosshairLink();
    private LiveModel model;
    private SeriesSearch series;
    private ObservableValue<Theme> theme;

    void bind(LiveModel shown, SeriesSearch search, ObservableValue<Theme> colours) {
        model = shown;
        series = search;
        theme = colours;
        model.frameProperty().addListener((property, before, now) -> show(now));
        model.series().hidden().addListener((SetChangeListener<String>) change -> charts.values().forEach(chart ->
                chart.setVisible(change.wasAdded() ? change.getElementAdded() : change.getElementRemoved(), !change.wasAdded())));
        model.annotationsProperty().addListener((property, before, now) -> charts.keySet().forEach(this::annotate));
        theme.addListener((property, before, now) -> charts.values().forEach(chart -> chart.setPalette(now.chart())));
        show(model.frameProperty().get());
    }

    private void show(Frame frame) {
        List<String> measures = frame == null ? List.of() : frame.asked().measures();
        if (!List.copyOf(charts.keySet()).equals(measures)) {
            Map<String, TrendChart> kept = new LinkedHashMap<>();
            measures.forEach(measure -> kept.put(measure, charts.containsKey(measure) ? charts.get(measure) : chart(measure)));
            charts.clear();
            charts.putAll(kept);
            getChildren().setAll(charts.values());
        }
        if (frame != null) {
            measures.forEach(measure -> fill(charts.get(measure), measure, frame));
        }
    }

    private TrendChart chart(String measure) {
        TrendChart chart = new TrendChart(model.view(), crosshair);
        chart.setId("chart-" + measure);
        chart.getStyleClass().add("card");
        chart.setPalette(theme.getValue().chart());
        chart.setOnPoint(picked -> {
            Frame frame = model.frameProperty().get();
            model.pickedProperty().set(new PickedPoint(frame.asked(), frame.version(), measure, picked.series().key(), picked.series().label(),
                    picked.time(), picked.value(), picked.samples(), picked.provisional(), frame.step()));
        });
        chart.setOnPick((series, alone) -> {
            if (alone) {
                model.series().isolate(series.key());
            } else {
                model.series().toggle(series.key());
            }
        });
        return chart;
    }

    private void fill(TrendChart chart, String measure, Frame frame) {
        Map<String, SeriesData> lines = frame.lines().getOrDefault(measure, Map.of());
        MeasureName name = MeasureName.of(measure);
        String unit = frame.units().getOrDefault(measure, name.unit());
        chart.setTitle(name.title());
        String subtitle = subtitle(frame, unit);
        if (series.isPartial()) {
            subtitle = Messages.text("chart.some", subtitle, series.rule());
        }
        chart.setSubtitle(frame.step() == 0 ? subtitle : Messages.text("chart.step", subtitle, Format.age(Micros.duration(frame.step()))));
        chart.setSeries(model.series().rows().stream().filter(row -> lines.containsKey(row.key()))
                .map(row -> new Series(row.key(), row.label(), unit, row.colour(), false, frame.asked().shape().isWhole(measure))).toList());
        lines.forEach((key, data) -> {
            chart.setData(key, data);
            chart.setVisible(key, !model.series().hidden().contains(key));
        });
        annotate(measure);
    }

    private void annotate(String measure) {
        Annotations annotations = model.annotationsProperty().get().getOrDefault(measure, Annotations.NONE);
        charts.get(measure).setLimits(annotations.limits());
        charts.get(measure).setMarks(annotations.marks());
    }

    private static String subtitle(Frame frame, String unit) {
        String said = unit.isEmpty() ? "" : Messages.text("chart.unit", unit);
        Asked asked = frame.asked();
        String by = asked.split() == null ? null
                : asked.shape().kind() == TableShape.Kind.WINDOWS ? Messages.text("live.split." + asked.split()) : asked.split();
        if (asked.window() != null) {
            String window = Windows.spelled(asked.window());
            return by == null ? Messages.text("chart.windows.alone", said, window) : Messages.text("chart.windows", said, window, by);
        }
        if (asked.shape().named() != null) {
            String value = asked.shape().named().value();
            return by == null ? Messages.text("chart.named.alone", said, value) : Messages.text("chart.named", said, value, by);
        }
        return by == null ? Messages.text("chart.points.alone", said) : Messages.text("chart.points", said, by);
    }

    private int columns(double width, double height) {
        int count = charts.size();
        boolean high = (height - GAP * (count - 1)) / Math.max(1, count) >= COMFORTABLE;
        return count <= 1 || high || width < 2 * NARROWEST + GAP ? 1 : 2;
    }

    @Override
    protected double computeMinHeight(double width) {
        int rows = getWidth() < 2 * NARROWEST + GAP ? charts.size() : (charts.size() + 1) / 2;
        return rows == 0 ? 0 : rows * LOWEST + (rows - 1) * GAP;
    }

    @Override
    protected double computePrefHeight(double width) {
        return computeMinHeight(width);
    }

    @Override
    protected void layoutChildren() {
        if (charts.isEmpty()) {
            return;
        }
        int columns = columns(getWidth(), getHeight());
        int rows = (charts.size() + columns - 1) / columns;
        double height = snapSizeY(Math.floor((getHeight() - GAP * (rows - 1)) / rows));
        int at = 0;
        for (TrendChart chart : charts.values()) {
            int row = at / columns;
            boolean alone = row == rows - 1 && charts.size() % columns == 1;
            double width = Math.floor(alone ? getWidth() : (getWidth() - GAP * (columns - 1)) / columns);
            chart.resizeRelocate((at % columns) * (width + GAP), row * (height + GAP), width, height);
            at++;
        }
    }
}
