package dev.tidemark.ui.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

/**
 * The labels around a plot. They move with the frame that was painted for them; a label that stays the same text stays the same
 * node, so that a sliding axis neither flickers nor lays out text. For the FX thread.
 */
final class ChartAxes extends Pane {

    /** Space between labels of the time axis, at least. */
    private static final double APART = 10;

    private final List<Text> values = new ArrayList<>();
    private final Map<Long, Text> times = new HashMap<>();
    /** Labels of times that are out of view, kept for the next: a node that comes and goes is dressed each time. */
    private final Deque<Text> spare = new ArrayDeque<>();
    private final List<Text> limits = new ArrayList<>();
    private final Text context = label("trend-tick");
    private ValueAxis.Range shownValues;
    private double valueWidth;

    ChartAxes() {
        setManaged(false);
        setMouseTransparent(true);
        getChildren().add(context);
    }

    /** Width that the value labels need. */
    double valueWidth() {
        return valueWidth;
    }

    /**
     * Labels a frame whose plot begins at {@code left}, {@code top}, is {@code width} by {@code height} logical pixels large, on
     * axes of the palette's colours.
     */
    void show(Frame frame, double left, double top, double width, double height) {
        ChartPalette palette = frame.order().palette();
        double scale = frame.order().scale();
        values(frame, left, top, height, palette);
        times(frame, left, top + height + 8, width, scale, palette);
        limits(frame, left, top, height, scale, palette);
    }

    private void values(Frame frame, double left, double top, double height, ChartPalette palette) {
        ValueAxis.Range range = frame.values();
        if (!range.equals(shownValues)) {
            ValueFormat format = ValueFormat.ofTicks(range);
            fit(values, range.ticks(), "trend-tick");
            for (int i = 0; i < values.size(); i++) {
                set(values.get(i), format.format(range.tick(i)));
            }
            shownValues = range;
        }
        valueWidth = 0;
        for (int i = 0; i < values.size(); i++) {
            Text text = values.get(i);
            valueWidth = Math.max(valueWidth, text.getLayoutBounds().getWidth());
            text.setVisible(frame.scaled());
            text.setFill(palette.muted());
            text.setX(Math.round(left - 8 - text.getLayoutBounds().getWidth()));
            text.setY(Math.round(top + ChartPainter.y(range.tick(i), range, height)));
        }
    }

    private void times(Frame frame, double left, double y, double width, double scale, ChartPalette palette) {
        set(context, frame.ticks().context());
        context.setTextOrigin(VPos.TOP);
        context.setFill(palette.muted());
        context.setX(Math.round(Math.max(0, left - 8 - context.getLayoutBounds().getWidth())));
        context.setY(Math.round(y));
        double free = context.getText().isEmpty() ? left - 20 : context.getX() + context.getLayoutBounds().getWidth() + APART;
        release(frame.ticks().ticks());
        for (TimeTicks.Tick tick : frame.ticks().ticks()) {
            Text text = times.computeIfAbsent(tick.micros(), micros -> spare.isEmpty() ? timeLabel() : spare.pop());
            set(text, tick.label());
            double half = text.getLayoutBounds().getWidth() / 2;
            double x = Math.round(left + frame.order().columns().x(tick.micros()) / scale - half);
            boolean fits = x >= free && x + 2 * half <= left + width + 12;
            text.setVisible(fits);
            if (fits) {
                free = x + 2 * half + APART;
                text.setFill(tick.dateLine() ? palette.text() : palette.muted());
                text.setX(x);
                text.setY(Math.round(y));
            }
        }
    }

    private void release(List<TimeTicks.Tick> stay) {
        Map<Long, Text> gone = new HashMap<>(times);
        stay.forEach(tick -> gone.remove(tick.micros()));
        gone.forEach((micros, text) -> {
            times.remove(micros);
            text.setVisible(false);
            spare.push(text);
        });
    }

    private Text timeLabel() {
        Text text = label("trend-tick");
        text.setTextOrigin(VPos.TOP);
        getChildren().add(text);
        return text;
    }

    /** Names of the limits above their lines, at the left where the data are oldest; a limit out of view is told at the border it lies beyond. */
    private void limits(Frame frame, double left, double top, double height, double scale, ChartPalette palette) {
        List<Limit> wanted = frame.order().limits();
        fit(limits, wanted.size(), "trend-limit");
        ValueFormat format = ValueFormat.ofReadings(frame.values());
        double above = 0;
        double below = 0;
        for (int i = 0; i < wanted.size(); i++) {
            Limit limit = wanted.get(i);
            Text text = limits.get(i);
            boolean over = limit.value() > frame.values().high();
            boolean under = limit.value() < frame.values().low();
            String value = trimmed(format.format(limit.value()));
            set(text, (over ? "\u2191 " : under ? "\u2193 " : "") + limit.label() + " " + value);
            Color colour = palette.of(limit.severity());
            text.setFill(colour);
            double x = left + 6;
            if (over || under) {
                x += over ? above : below;
                above += over ? text.getLayoutBounds().getWidth() + APART : 0;
                below += under ? text.getLayoutBounds().getWidth() + APART : 0;
            }
            double line = top + frame.y(limit.value()) / scale;
            double y = over ? top + 10 : under ? top + height - 10 : line - 8 < top + 6 ? line + 9 : line - 8;
            text.setX(Math.round(x));
            text.setY(Math.round(y));
        }
    }

    private static String trimmed(String number) {
        return number.contains(".") ? number.replaceAll("\\.?0+$", "") : number;
    }

    private void fit(List<Text> texts, int size, String style) {
        while (texts.size() > size) {
            getChildren().remove(texts.remove(texts.size() - 1));
        }
        while (texts.size() < size) {
            Text text = label(style);
            texts.add(text);
            getChildren().add(text);
        }
    }

    private static Text label(String style) {
        Text text = new Text();
        text.getStyleClass().add(style);
        text.setTextOrigin(VPos.CENTER);
        text.setManaged(false);
        return text;
    }

    private static void set(Text text, String content) {
        if (!text.getText().equals(content)) {
            text.setText(content);
        }
        if (text.getProperties().putIfAbsent("styled", true) == null) {
            // Its width is asked for before the next pulse would give it its font.
            text.applyCss();
        }
    }
}
