package dev.tidemark.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;

/** The picture of a chart and what lies over it: crosshair, readout, rubber band, message, focus. For the FX thread. */
final class PlotPane extends Pane {

    /** A sample farther from the crosshair, in device pixels, is not read off. */
    private static final double REACH = 14;
    /** A line farther from a click, in pixels, was not meant. */
    private static final double NEAR = 24;

    private final CrosshairLink crosshair;
    private final ChartGestures gestures;
    private final ImageView picture = new ImageView();
    private final Line line = new Line();
    private final List<Circle> dots = new ArrayList<>();
    private final Pane dotLayer = new Pane();
    private final Rectangle band = new Rectangle();
    private final Rectangle focus = new Rectangle();
    private final Label notice = new Label();
    private final ChartReadout readout = new ChartReadout();
    private final InvalidationListener pointed = o -> showCrosshair();
    private Consumer<PickedReading> onPoint = picked -> { };
    private final KeyPoint keyPoint;
    private Frame frame;
    private boolean allHidden;
    private double pointer = Double.NaN;
    private double pointerY;

    PlotPane(TimeView view, CrosshairLink crosshair) {
        this.crosshair = crosshair;
        this.keyPoint = new KeyPoint(crosshair);
        getStyleClass().add("trend-plot");
        setManaged(false);
        setPickOnBounds(true);
        // Not "label": a theme may colour those, and the palette colours this one.
        notice.getStyleClass().setAll("trend-message");
        dotLayer.setManaged(false);
        line.setVisible(false);
        line.getStrokeDashArray().setAll(3.0, 3.0);
        focus.setVisible(false);
        focus.setFill(Color.TRANSPARENT);
        focus.setArcWidth(6);
        focus.setArcHeight(6);
        for (Node node : List.of(picture, line, dotLayer, band, focus, notice)) {
            node.setManaged(false);
            node.setMouseTransparent(true);
        }
        getChildren().addAll(picture, notice, line, dotLayer, band, focus, readout);
        gestures = new ChartGestures(this, view, band);
        crosshair.timeProperty().addListener(new WeakInvalidationListener(pointed));
        addEventHandler(MouseEvent.MOUSE_CLICKED, this::pick);
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(e.getX(), e.getY()));
        addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> point(e.getX(), e.getY()));
        addEventHandler(MouseEvent.MOUSE_EXITED, e -> {
            if (!gestures.isDragging()) {
                pointer = Double.NaN;
                crosshair.setTime(null);
            }
        });
    }

    /** The reading of a line that lies nearest to a click, if one lies near. */
    private void pick(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY || e.getClickCount() != 1 || !e.isStillSincePress() || frame == null) {
            return;
        }
        PaintOrder order = frame.order();
        long time = order.columns().time((Math.floor(e.getX()) + 0.5) * order.scale());
        PickedReading nearest = null;
        double distance = NEAR;
        for (PaintOrder.Line line : order.lines()) {
            Reading reading = Reading.at(line.data(), order.columns(), time, REACH * order.scale());
            if (reading != null) {
                double away = Math.abs(frame.y(reading.value()) / order.scale() - e.getY());
                if (away < distance) {
                    distance = away;
                    nearest = new PickedReading(line.series(), reading.time(), reading.value(), reading.samples(), reading.provisional());
                }
            }
        }
        if (nearest != null) {
            onPoint.accept(nearest);
        }
    }

    /** A key pressed while the chart has the focus; consumed if it means something here. */
    void key(KeyEvent e) {
        double reach = frame == null ? 0 : REACH * frame.order().scale();
        if (keyPoint.key(e, frame, reach)) {
            pointer = Double.NaN;
            showCrosshair();
            e.consume();
        } else if (e.getCode() == KeyCode.ENTER && keyPoint.isSet() && frame != null && keyPoint.line(frame, reach) != null) {
            PaintOrder.Line line = keyPoint.line(frame, reach);
            Reading reading = Reading.at(line.data(), frame.order().columns(), crosshair.getTime(), reach);
            onPoint.accept(new PickedReading(line.series(), reading.time(), reading.value(), reading.samples(), reading.provisional()));
            e.consume();
        } else {
            gestures.key(e);
        }
    }

    /** What keys have walked to, in words; "" for nothing. */
    String told() {
        PaintOrder.Line line = frame == null ? null : keyPoint.line(frame, REACH * frame.order().scale());
        if (line == null) {
            return "";
        }
        Reading reading = Reading.at(line.data(), frame.order().columns(), crosshair.getTime(), REACH * frame.order().scale());
        return Messages.text("chart.point", line.series().label(), Format.value(reading.value(), line.series().whole()), line.series().unit(), Format.zoned(Micros.instant(reading.time())));
    }

    boolean isWalked() {
        return keyPoint.isSet();
    }

    void setOnPoint(Consumer<PickedReading> listener) {
        onPoint = listener;
    }

    ChartGestures gestures() {
        return gestures;
    }

    Frame frame() {
        return frame;
    }

    void restyle(ChartPalette palette) {
        line.setStroke(palette.crosshair().deriveColor(0, 1, 1, 0.6));
        band.setFill(palette.crosshair().deriveColor(0, 1, 1, 0.12));
        band.setStroke(palette.crosshair().deriveColor(0, 1, 1, 0.5));
        focus.setStroke(palette.series(0));
        notice.setTextFill(palette.muted());
        notice.setBackground(new Background(new BackgroundFill(palette.surface().deriveColor(0, 1, 1, 0.85), new CornerRadii(6), null)));
    }

    /** Puts a painted picture on the screen. */
    void show(Surface surface) {
        frame = surface.frame;
        picture.setImage(surface.image);
        picture.setFitWidth(surface.width / frame.order().scale());
        picture.setFitHeight(surface.height / frame.order().scale());
        picture.setSmooth(false);
        layoutMessage();
        if (!Double.isNaN(pointer)) {
            point(pointer, pointerY);
        }
        showCrosshair();
    }

    /** Whether there are series, and the operator hides all of them. */
    void hides(boolean all) {
        allHidden = all;
        layoutMessage();
    }

    void showFocus(boolean focused) {
        focus.setVisible(focused);
    }

    void layoutMessage() {
        String text = frame == null || !frame.empty() ? "" : Messages.text(allHidden && frame.order().lines().isEmpty() ? "chart.allhidden" : "chart.nodata");
        notice.setVisible(!text.isEmpty());
        notice.setText(text);
        if (!text.isEmpty()) {
            notice.applyCss();
            double width = notice.prefWidth(-1);
            double height = notice.prefHeight(-1);
            notice.resizeRelocate(Math.round((getWidth() - width) / 2), Math.round((getHeight() - height) / 2), width, height);
        }
        focus.setWidth(getWidth());
        focus.setHeight(getHeight());
    }

    private void point(double x, double y) {
        keyPoint.forget();
        pointer = x;
        pointerY = y;
        if (frame != null) {
            double inside = Math.max(0, Math.min(getWidth() - 1, x));
            crosshair.setTime(frame.order().columns().time((Math.floor(inside) + 0.5) * frame.order().scale()));
        }
    }

    private void showCrosshair() {
        Long time = crosshair.getTime();
        boolean shown = time != null && frame != null && frame.order().columns().range().contains(time);
        line.setVisible(shown);
        readout.setVisible(shown && !frame.order().lines().isEmpty());
        if (!shown) {
            dots(0);
            return;
        }
        PaintOrder order = frame.order();
        double x = Math.floor(order.columns().x(time) / order.scale()) + 0.5;
        line.setStartX(x);
        line.setEndX(x);
        line.setStartY(0);
        line.setEndY(getHeight());
        List<Reading> readings = new ArrayList<>();
        for (PaintOrder.Line drawn : order.lines()) {
            readings.add(Reading.at(drawn.data(), order.columns(), time, REACH * order.scale()));
        }
        dots(readings.size());
        PaintOrder.Line walked = keyPoint.line(frame, REACH * order.scale());
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            Circle dot = dots.get(i);
            dot.setVisible(reading != null);
            dot.setRadius(order.lines().get(i) == walked ? 6.5 : 4);
            if (reading != null) {
                Color colour = order.palette().series(order.lines().get(i).series().colour());
                dot.setCenterX(reading.samples() > 1 ? x : order.columns().x(reading.time()) / order.scale());
                dot.setCenterY(frame.y(reading.value()) / order.scale());
                dot.setFill(reading.provisional() ? order.palette().surface() : colour);
                dot.setStroke(reading.provisional() ? colour : order.palette().surface());
            }
        }
        double reach = 3 * order.columns().micros() * order.scale();
        readout.show(frame, time, readings, order.marks().stream()
                .filter(m -> time >= m.from() - reach && time <= m.to() + reach).limit(2).toList(),
                getHeight(), Double.isNaN(pointer) ? Double.NaN : frame.value(pointerY * order.scale()));
        readout.place(x, 0, 6, getWidth());
    }

    private void dots(int wanted) {
        while (dots.size() > wanted) {
            dotLayer.getChildren().remove(dots.remove(dots.size() - 1));
        }
        while (dots.size() < wanted) {
            Circle dot = new Circle(4);
            dot.setStrokeWidth(1.5);
            dots.add(dot);
            dotLayer.getChildren().add(dot);
        }
    }
}
