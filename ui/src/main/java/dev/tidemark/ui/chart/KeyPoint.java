package dev.tidemark.ui.chart;

import java.util.List;
import javafx.scene.input.KeyEvent;

/**
 * The point of a chart that keys walk to: left and right from reading to reading, up and down from line to line, Home to the first in view.
 * It is where the crosshair is. For the FX thread.
 */
final class KeyPoint {

    private final CrosshairLink crosshair;
    /** Of the lines that have a reading there, counted from the top; -1 while no key has been pressed. */
    private int chosen = -1;

    KeyPoint(CrosshairLink crosshair) {
        this.crosshair = crosshair;
    }

    /** Whether keys have walked to a point. */
    boolean isSet() {
        return chosen >= 0 && crosshair.getTime() != null;
    }

    /** The pointer has taken over. */
    void forget() {
        chosen = -1;
    }

    /** Walks. @return whether the key means that */
    boolean key(KeyEvent e, Frame frame, double reach) {
        if (frame == null || frame.order().lines().isEmpty() || e.isShiftDown() || e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return false;
        }
        switch (e.getCode()) {
            case LEFT, KP_LEFT -> walk(frame, -1);
            case RIGHT, KP_RIGHT -> walk(frame, 1);
            case HOME -> go(frame, Long.MIN_VALUE, 1);
            case UP, KP_UP -> chosen = Math.max(0, chosen - 1);
            case DOWN, KP_DOWN -> chosen = Math.max(0, Math.min(chosen + 1, readings(frame, reach).size() - 1));
            case ESCAPE -> {
                if (!isSet()) {
                    return false;
                }
                chosen = -1;
                crosshair.setTime(null);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void walk(Frame frame, int direction) {
        Columns columns = frame.order().columns();
        Long now = crosshair.getTime();
        boolean inView = now != null && columns.range().contains(now);
        // Where many readings share a column of pixels, a step is at least that column.
        double step = isSet() && inView ? columns.micros() : 0;
        long from = !inView ? direction < 0 ? Long.MAX_VALUE : Long.MIN_VALUE : Math.round(now + direction * step);
        go(frame, from, direction);
    }

    /** To the next reading of any line from a time on. */
    private void go(Frame frame, long from, int direction) {
        TimeRange range = frame.order().columns().range();
        Long best = null;
        for (PaintOrder.Line line : frame.order().lines()) {
            SeriesData data = line.data();
            long limit = Math.max(range.from(), Math.min(range.to(), from));
            int at = direction > 0 ? data.firstAtOrAfter(limit) : data.firstAtOrAfter(limit == range.to() ? limit : limit + 1) - 1;
            if (at >= 0 && at < data.size() && range.contains(data.time(at)) && (best == null || direction * Long.compare(data.time(at), best) < 0)) {
                best = data.time(at);
            }
        }
        if (best != null) {
            crosshair.setTime(best);
            chosen = Math.max(0, chosen);
        }
    }

    /** The line whose reading is chosen, if there is one. */
    PaintOrder.Line line(Frame frame, double reach) {
        List<PaintOrder.Line> lines = readings(frame, reach);
        return !isSet() || lines.isEmpty() ? null : lines.get(Math.min(chosen, lines.size() - 1));
    }

    private List<PaintOrder.Line> readings(Frame frame, double reach) {
        Long time = crosshair.getTime();
        return time == null ? List.of() : frame.order().lines().stream().filter(line -> Reading.at(line.data(), frame.order().columns(), time, reach) != null)
                .sorted((one, other) -> Double.compare(Reading.at(other.data(), frame.order().columns(), time, reach).value(),
                        Reading.at(one.data(), frame.order().columns(), time, reach).value())).toList();
    }
}
