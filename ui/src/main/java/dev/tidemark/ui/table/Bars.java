package dev.tidemark.ui.table;

import dev.tidemark.ui.theme.Drawing;
import dev.tidemark.ui.theme.Fonts;
import dev.tidemark.ui.theme.Theme;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.TextAlignment;
import javafx.util.Duration;

import java.util.List;
import java.util.function.DoubleFunction;

/** Bars from zero, with a scale at the left and names below. A second value of a bar is drawn as a frame behind it, or stacked on it. */
final class Bars extends Drawing {

    /**
     * One bar.
     *
     * @param name   below it, where there is room
     * @param value  from zero
     * @param second drawn as the chart says; 0 for none
     * @param told   when the mouse is on it
     */
    record Bar(String name, double value, double second, String told) {
    }

    /** What the second value is. */
    enum Second { FRAME, STACKED }

    private static final double LEFT = 62;
    private static final double BOTTOM = 18;
    private static final double TOP = 7;

    private final Tooltip tip = new Tooltip();
    private final Second second;
    private final boolean binary;
    private final DoubleFunction<String> scale;
    private List<Bar> bars = List.of();
    private int pointed = -1;

    /**
     * @param binary whether the scale goes by powers of two
     * @param scale  writes a value of the scale
     */
    Bars(Second second, boolean binary, DoubleFunction<String> scale) {
        this.second = second;
        this.binary = binary;
        this.scale = scale;
        setMinSize(120, 70);
        setPrefSize(300, 110);
        setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        tip.setShowDelay(Duration.millis(120));
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(at(event.getX())));
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(-1));
    }

    /** @param words what it shows, for who cannot see it */
    void show(List<Bar> shown, String words) {
        bars = List.copyOf(shown);
        setAccessibleText(words);
        pointed = Math.min(pointed, bars.size() - 1);
        paint();
    }

    private int at(double x) {
        double room = (getWidth() - LEFT - 4) / Math.max(1, bars.size());
        int bar = (int) Math.floor((x - LEFT) / room);
        return bar >= 0 && bar < bars.size() && x >= LEFT ? bar : -1;
    }

    private void point(int bar) {
        if (bar != pointed) {
            pointed = bar;
            if (bar >= 0) {
                tip.setText(bars.get(bar).told());
                Tooltip.install(this, tip);
            } else {
                Tooltip.uninstall(this, tip);
            }
            paint();
        }
    }

    /** The end of a scale of two steps that holds this value; of a count both steps are whole. */
    static double top(double value, boolean binary) {
        if (!(value > 0)) {
            return binary ? 1024 : 2;
        }
        double base = binary ? 2 : 10;
        double unit = Math.pow(base, Math.floor(Math.log(value) / Math.log(base)));
        for (double step : binary ? new double[] {1, 1.25, 1.5, 2} : new double[] {1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10}) {
            if (unit * step >= value) {
                return binary ? unit * step : 2 * Math.ceil(unit * step / 2 - 1e-9);
            }
        }
        return unit * base;
    }

    @Override
    protected void paint(GraphicsContext g, Theme now) {
        double width = getWidth();
        double height = getHeight();
        g.clearRect(0, 0, width, height);
        if (width < LEFT + 20 || height < 40) {
            return;
        }
        double most = bars.stream().mapToDouble(bar -> second == Second.STACKED ? bar.value() + bar.second() : Math.max(bar.value(), bar.second())).max().orElse(0);
        double top = top(most, binary);
        double floor = height - BOTTOM;
        g.setFont(Fonts.TEXT.at(11));
        g.setTextBaseline(VPos.CENTER);
        for (int i = 0; i <= 2; i++) {
            double y = Math.round(floor - (floor - TOP) * i / 2) + 0.5;
            g.setStroke(now.chart().grid());
            g.strokeLine(LEFT, y, width - 4, y);
            g.setTextAlign(TextAlignment.RIGHT);
            g.setFill(now.quiet());
            g.fillText(scale.apply(top * i / 2), LEFT - 8, y);
        }
        double room = (width - LEFT - 4) / Math.max(1, bars.size());
        double gap = room > 8 ? Math.min(room * 0.28, 14) : room > 3 ? 1 : 0;
        double named = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double x = LEFT + i * room + gap / 2;
            double wide = Math.min(room - gap, 46);
            x += (room - gap - wide) / 2;
            double high = (floor - TOP) * bar.value() / top;
            double more = (floor - TOP) * bar.second() / top;
            if (second == Second.FRAME && more > 0) {
                g.setStroke(now.faint());
                g.setLineDashes(3, 2);
                g.strokeRect(Math.round(x - 2) + 0.5, Math.round(floor - more) + 0.5, wide + 4, more);
                g.setLineDashes();
            }
            g.setFill(i == pointed ? now.accent() : now.calm());
            g.fillRect(x, floor - Math.max(bar.value() > 0 ? 1.5 : 0, high), wide, Math.max(bar.value() > 0 ? 1.5 : 0, high));
            if (second == Second.STACKED && more > 0) {
                g.setFill(now.moved());
                g.fillRect(x, floor - high - Math.max(1.5, more), wide, Math.max(1.5, more));
            }
            double centre = x + wide / 2;
            double half = bar.name().length() * 3;
            double shown = Math.max(LEFT + half - 4, Math.min(width - 4 - half, centre));
            if (!bar.name().isEmpty() && shown - named > 12 + bar.name().length() * 6.2) {
                g.setTextAlign(TextAlignment.CENTER);
                g.setFill(now.quiet());
                g.fillText(bar.name(), shown, height - 7);
                named = shown;
            }
        }
    }
}
