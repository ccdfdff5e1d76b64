package dev.tidemark.ui.live;

import dev.tidemark.ui.theme.Drawing;
import dev.tidemark.ui.theme.Theme;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;

/** A small line without axes: the course of a figure, not its values. */
final class Sparkline extends Drawing {

    private final boolean fromZero;
    private double[] values = {};

    /** @param fromZero whether the line stands on zero, or on its smallest value */
    Sparkline(boolean fromZero) {
        this.fromZero = fromZero;
        setMinSize(40, 24);
        setMouseTransparent(true);
    }

    /** Values from the oldest to the newest. */
    void show(double[] course) {
        values = course.clone();
        paint();
    }

    @Override
    protected void paint(GraphicsContext g, Theme now) {
        double width = getWidth();
        double height = getHeight();
        g.clearRect(0, 0, width, height);
        if (values.length < 2 || width < 8 || height < 8) {
            return;
        }
        double low = fromZero ? 0 : Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double span = high > low ? high - low : 1;
        double[] x = new double[values.length + 2];
        double[] y = new double[values.length + 2];
        for (int i = 0; i < values.length; i++) {
            x[i] = 1 + (width - 6) * i / (values.length - 1);
            y[i] = height - 3 - (height - 7) * (values[i] - low) / span;
        }
        x[values.length] = x[values.length - 1];
        y[values.length] = height;
        x[values.length + 1] = x[0];
        y[values.length + 1] = height;
        Color colour = now.accent();
        g.setFill(new LinearGradient(0, 0, 0, 1, true, CycleMethod.NO_CYCLE,
                new Stop(0, colour.deriveColor(0, 1, 1, 0.22)), new Stop(1, colour.deriveColor(0, 1, 1, 0.02))));
        g.fillPolygon(x, y, values.length + 2);
        g.setStroke(colour);
        g.setLineWidth(1.6);
        g.setLineCap(StrokeLineCap.ROUND);
        g.setLineJoin(StrokeLineJoin.ROUND);
        g.strokePolyline(x, y, values.length);
        g.setFill(colour);
        g.fillOval(x[values.length - 1] - 2.5, y[values.length - 1] - 2.5, 5, 5);
    }
}
