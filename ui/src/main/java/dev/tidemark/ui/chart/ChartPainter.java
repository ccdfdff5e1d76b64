package dev.tidemark.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import dev.tidemark.ui.text.Format;
import javafx.scene.paint.Color;

/**
 * Turns an order into pixels. Keeps the value axis and its working memory from picture to picture; used by the painting thread
 * only, and by tests: it needs no toolkit.
 */
final class ChartPainter {

    /** Logical pixels between two ticks, at least. */
    private static final double VALUE_TICK = 30;
    /** More of them only make a large chart restless. */
    private static final int MOST_VALUE_TICKS = 12;
    private static final double TIME_TICK = 88;
    private static final double LINE = 1.6;
    private static final double DOT = 2.4;
    /** Half the width of a bead, and the distance of two, in logical pixels. */
    private static final double BEAD = 4.5;
    private static final double BEAD_APART = 64;
    /** True points get a dot when they are at least so far apart, in logical pixels. */
    private static final double DOTTED_FROM = 9;
    private static final double DASH = 5;
    private static final double DASH_GAP = 4;
    /** Height of the flag of a mark that does not stand out. */
    private static final int FLAG = 9;

    private final ValueAxis axis = new ValueAxis();
    private final Raster raster = new Raster();
    private final List<Trace> traces = new ArrayList<>();
    private final LongSupplier nanos;
    private PaintOrder before;

    /** @param nanos a clock that never goes back, for the value axis' patience */
    ChartPainter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Frame paint(PaintOrder order, int[] pixels) {
        long began = nanos.getAsLong();
        int width = order.columns().count();
        int height = order.height();
        while (traces.size() < order.lines().size()) {
            traces.add(new Trace());
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < order.lines().size(); i++) {
            Trace trace = traces.get(i);
            trace.reduce(order.lines().get(i).data(), order.columns());
            low = Math.min(low, trace.lowest(width));
            high = Math.max(high, trace.highest(width));
        }
        boolean empty = low > high;
        int intervals = (int) Math.max(1, Math.min(MOST_VALUE_TICKS, height / order.scale() / VALUE_TICK));
        ValueAxis.Range values = withLimits(low, high, intervals, order, began);
        TimeTicks ticks = TimeTicks.of(order.columns().range(), (int) Math.max(1, width / order.scale() / TIME_TICK), Format.zone());

        raster.begin(pixels, width, height);
        spans(order);
        grid(order, values, ticks);
        for (int i = order.lines().size() - 1; i >= 0; i--) {
            area(order, order.lines().get(i), traces.get(i), values);
        }
        limits(order, values);
        for (int i = order.lines().size() - 1; i >= 0; i--) {
            stroke(order, order.lines().get(i), traces.get(i), values);
        }
        before = order;
        return new Frame(order, values, axis.isFitted(), axis.isLoose(), ticks, empty, nanos.getAsLong() - began);
    }

    static double y(double value, ValueAxis.Range values, double height) {
        return height - (value - values.low()) / (values.high() - values.low()) * height;
    }

    /** Limits near the data are worth the room; one far away would flatten the lines. */
    private ValueAxis.Range withLimits(double low, double high, int intervals, PaintOrder order, long now) {
        double bottom = low;
        double top = high;
        double near = (high - low) * 0.75;
        for (Limit limit : order.limits()) {
            if (limit.value() > high && limit.value() - high <= near) {
                top = Math.max(top, limit.value());
            } else if (limit.value() < low && low - limit.value() <= near) {
                bottom = Math.min(bottom, limit.value());
            }
        }
        boolean whole = !order.lines().isEmpty() && order.lines().stream().allMatch(line -> line.series().whole());
        return axis.fit(bottom, top, intervals, whole ? 1 : 0, order.refits(before), now);
    }

    private void grid(PaintOrder order, ValueAxis.Range values, TimeTicks ticks) {
        int width = order.columns().count();
        int height = order.height();
        int thin = (int) Math.max(1, Math.floor(order.scale()));
        int grid = argb(order.palette().grid(), 1);
        int dateLine = argb(order.palette().dateLine(), 1);
        for (int i = 0; i < values.ticks(); i++) {
            int y = (int) Math.min(height - thin, Math.max(0, Math.round(y(values.tick(i), values, height) - thin / 2.0)));
            raster.rectangle(0, y, width, y + thin, grid);
        }
        for (TimeTicks.Tick tick : ticks.ticks()) {
            int x = (int) Math.floor(order.columns().x(tick.micros()));
            raster.rectangle(x, 0, x + thin, height, tick.dateLine() ? dateLine : grid);
        }
    }

    private void spans(PaintOrder order) {
        for (Mark mark : order.marks()) {
            int from = (int) Math.max(-8, Math.min(Math.floor(order.columns().x(mark.from())), 1e6));
            int to = (int) Math.max(-8, Math.min(Math.ceil(order.columns().x(mark.to())), 1e6));
            int line = (int) Math.max(1, Math.floor(order.scale()));
            Color colour = order.palette().of(mark.severity());
            // Of many marks only one is looked at: the others are a flag at the top.
            if (mark.stressed()) {
                raster.rectangle(from, 0, Math.max(to, from + line), order.height(), argb(colour, 0.10));
                if (to > from + line && to < order.columns().count()) {
                    raster.rectangle(to - line, 0, to, order.height(), argb(colour, 0.3));
                }
            }
            raster.rectangle(from, 0, from + line, mark.stressed() ? order.height() : FLAG * line, argb(colour, mark.stressed() ? 0.65 : 0.8));
            raster.rectangle(from, 0, Math.max(to, from + 3 * line), (mark.stressed() ? 3 : 2) * line, argb(colour, mark.stressed() ? 0.9 : 0.4));
        }
    }

    private void limits(PaintOrder order, ValueAxis.Range values) {
        int thin = (int) Math.max(1, Math.floor(order.scale()));
        int width = order.columns().count();
        int dash = (int) Math.round(6 * order.scale());
        for (Limit limit : order.limits()) {
            int y = (int) Math.round(y(limit.value(), values, order.height()) - thin / 2.0);
            int colour = argb(order.palette().of(limit.severity()), 0.85);
            for (int x = 0; x < width; x += dash + dash / 2) {
                raster.rectangle(x, y, x + dash, y + thin, colour);
            }
        }
    }

    /** The tint below a line and the band between lowest and highest. */
    private void area(PaintOrder order, PaintOrder.Line line, Trace trace, ValueAxis.Range values) {
        if (line.series().past()) {
            return;
        }
        Color colour = order.palette().series(line.series().colour());
        if (line.filled() && !(trace.enveloped && trace.dense())) {
            int tint = argb(colour, order.palette().fill());
            between(order, trace, values, trace.value, null, tint, tint, true);
        }
        if (trace.enveloped) {
            // Many bands over each other would hide the lines.
            double band = order.palette().band() * Math.min(1, 2.0 / order.lines().size());
            between(order, trace, values, trace.high, trace.low, argb(colour, band), argb(colour, band / 2), false);
        }
    }

    /** Fills between two edges ({@code lower} null: the bottom), column by column. */
    private void between(PaintOrder order, Trace t, ValueAxis.Range values, double[] upper, double[] lower,
                         int settled, int provisional, boolean fade) {
        int height = order.height();
        int width = order.columns().count();
        for (int v = 0; v < t.size; v++) {
            boolean dense = t.samples[v] > 1;
            double top = y(upper[v], values, height);
            double bottom = lower == null ? height : y(lower[v], values, height);
            if (dense) {
                raster.area((int) Math.floor(t.x[v]), top, top, bottom, bottom, t.provisional[v] ? provisional : settled, fade);
            }
            if (v == 0 || !t.joined[v]) {
                continue;
            }
            double x0 = t.samples[v - 1] > 1 ? Math.floor(t.x[v - 1]) + 1 : t.x[v - 1];
            double x1 = dense ? Math.floor(t.x[v]) : t.x[v];
            double top0 = y(upper[v - 1], values, height);
            double bottom0 = lower == null ? height : y(lower[v - 1], values, height);
            int colour = t.provisional[v] ? provisional : settled;
            int firstX = (int) Math.max(0, Math.ceil(x0 - 0.5));
            int endX = (int) Math.min(width, Math.ceil(x1 - 0.5));
            double rise = x1 > x0 ? (top - top0) / (x1 - x0) : 0;
            double fall = x1 > x0 ? (bottom - bottom0) / (x1 - x0) : 0;
            for (int x = firstX; x < endX; x++) {
                double left = Math.max(x, x0) - x0;
                double right = Math.min(x + 1, x1) - x0;
                raster.area(x, top0 + rise * left, top0 + rise * right, bottom0 + fall * left, bottom0 + fall * right, colour, fade);
            }
        }
    }

    private void stroke(PaintOrder order, PaintOrder.Line line, Trace t, ValueAxis.Range values) {
        int height = order.height();
        double scale = order.scale();
        double half = LINE * scale / 2;
        boolean past = line.series().past();
        boolean dotted = dotted(t, order) && !past;
        double dashed = 0;
        for (int v = 0; v < t.size; v++) {
            double x = t.x[v];
            double y = y(t.value[v], values, height);
            boolean lone = !t.joined[v] && (v + 1 == t.size || !t.joined[v + 1]);
            if (v > 0 && t.joined[v]) {
                double x0 = t.x[v - 1];
                double y0 = y(t.value[v - 1], values, height);
                if (t.provisional[v] || past) {
                    dashed = dashes(x0, y0, x, y, half, dashed, scale, order.columns().count());
                } else {
                    clipped(x0, y0, x, y, half, order.columns().count());
                }
            }
            if ((lone || dotted) && !t.provisional[v]) {
                raster.disc(x, y, dotted ? DOT * scale : half * 1.25);
            }
        }
        for (int v = t.size - 1; v >= 0 && t.provisional[v]; v--) {
            if (dotted || v == t.size - 1) {
                raster.ring(t.x[v], y(t.value[v], values, height), (DOT + 0.8) * scale, 1.4 * scale);
            }
        }
        beads(order, line, t, values);
        raster.flush(argb(order.palette().series(line.series().colour()), past ? 0.75 : 1));
    }

    /** At places that stay where they are while the view slides, and differ from line to line. */
    private void beads(PaintOrder order, PaintOrder.Line line, Trace t, ValueAxis.Range values) {
        Bead bead = Bead.of(line.series().colour(), order.palette().series().size());
        if (bead == Bead.NONE) {
            return;
        }
        long apart = Math.max(1, Math.round(BEAD_APART * order.scale()));
        long shift = Math.floorMod(order.columns().first() + line.series().colour() * apart * 5 / 8, apart);
        double size = BEAD * order.scale();
        for (int v = 0; v < t.size; v++) {
            double y = y(t.value[v], values, order.height());
            if (v == 0 || !t.joined[v]) {
                if (v + 1 == t.size || !t.joined[v + 1]) {
                    bead(bead, t.x[v], y, size);
                }
                continue;
            }
            double y0 = y(t.value[v - 1], values, order.height());
            double from = Math.max(t.x[v - 1], -size);
            double to = Math.min(t.x[v], order.columns().count() + size);
            for (double x = Math.ceil((from + shift) / apart) * apart - shift; x < to; x += apart) {
                bead(bead, x, y0 + (y - y0) * (x - t.x[v - 1]) / (t.x[v] - t.x[v - 1]), size);
            }
        }
    }

    private void bead(Bead bead, double x, double y, double size) {
        for (double[] stroke : bead.strokes()) {
            raster.line(x + stroke[0] * size, y + stroke[1] * size, x + stroke[2] * size, y + stroke[3] * size, size * 0.18);
        }
    }

    private static boolean dotted(Trace t, PaintOrder order) {
        if (t.size < 2) {
            return true;
        }
        double extent = t.x[t.size - 1] - t.x[0];
        return extent / (t.size - 1) >= DOTTED_FROM * order.scale();
    }

    /** A line cut to the neighbourhood of the plot: the sample before the view may lie years to the left. */
    private void clipped(double x0, double y0, double x1, double y1, double half, int width) {
        double from = x0 < -8 ? (-8 - x0) / (x1 - x0) : 0;
        double to = x1 > width + 8 ? (width + 8 - x0) / (x1 - x0) : 1;
        if (from < to) {
            raster.line(x0 + (x1 - x0) * from, y0 + (y1 - y0) * from, x0 + (x1 - x0) * to, y0 + (y1 - y0) * to, half);
        }
    }

    private double dashes(double x0, double y0, double x1, double y1, double half, double begun, double scale, int width) {
        double length = Math.hypot(x1 - x0, y1 - y0);
        double period = (DASH + DASH_GAP) * scale;
        if (length > 100 * (width + period)) {
            clipped(x0, y0, x1, y1, half, width);
            return 0;
        }
        double at = -(begun % period);
        for (; at < length; at += period) {
            double from = Math.max(0, at);
            double to = Math.min(length, at + DASH * scale);
            if (to > from) {
                double a = from / length;
                double b = to / length;
                raster.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b, half);
            }
        }
        return begun + length;
    }

    static int argb(Color colour, double opacity) {
        return (int) Math.round(colour.getOpacity() * opacity * 255) << 24 | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8 | (int) Math.round(colour.getBlue() * 255);
    }
}
