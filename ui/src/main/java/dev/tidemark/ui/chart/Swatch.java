package dev.tidemark.ui.chart;

import javafx.scene.Group;
import javafx.scene.paint.Color;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeLineCap;

/** A piece of a line as the charts draw it: its colour, and its bead. For the FX thread. */
public final class Swatch extends Group {

    private static final double LENGTH = 12;
    private static final double SIZE = 3.6;

    private final Rectangle line = new Rectangle(LENGTH, 3);
    private final Path bead = new Path();
    private Bead shape = Bead.NONE;

    public Swatch() {
        line.setY(-1.5);
        line.setArcWidth(3);
        line.setArcHeight(3);
        bead.setStrokeWidth(1.4);
        bead.setStrokeLineCap(StrokeLineCap.ROUND);
        getChildren().add(line);
    }

    /** The line with this index among those of a palette. */
    public void show(ChartPalette palette, int index) {
        show(palette.series(index), Bead.of(index, palette.series().size()));
    }

    /** A line that is not drawn. */
    public void show(Color colour) {
        show(colour, Bead.NONE);
    }

    private void show(Color colour, Bead now) {
        line.setFill(colour);
        bead.setStroke(colour);
        if (now != shape) {
            shape = now;
            bead.getElements().clear();
            for (double[] stroke : now.strokes()) {
                bead.getElements().addAll(new MoveTo(LENGTH / 2 + stroke[0] * SIZE, stroke[1] * SIZE), new LineTo(LENGTH / 2 + stroke[2] * SIZE, stroke[3] * SIZE));
            }
            getChildren().setAll(line);
            if (now != Bead.NONE) {
                getChildren().add(bead);
            }
        }
    }
}
