package dev.tidemark.ui.chart;

import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * Mouse and keys of a plot, turned into steps of the {@link TimeView}: drag zooms into a range, shift or the middle button pans, the
 * wheel zooms around the pointer, a double click or Backspace takes a step back. For the FX thread.
 */
final class ChartGestures {

    private static final double SMALLEST_DRAG = 4;
    /** Turns of the wheel that are no farther apart are one step of undo. */
    private static final long ONE_TURN_NANOS = 600_000_000L;

    private final Region plot;
    private final TimeView view;
    private final Rectangle band;
    private double pressedAt = Double.NaN;
    private boolean panning;
    private TimeRange pressedRange;
    private Object gesture;
    private long turnedAt;
    private KeyCode repeated;

    /**
     * @param plot the node that gets the mouse
     * @param band drawn over the range that is being dragged
     */
    ChartGestures(Region plot, TimeView view, Rectangle band) {
        this.plot = plot;
        this.view = view;
        this.band = band;
        band.setVisible(false);
        plot.setCursor(Cursor.CROSSHAIR);
        plot.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        plot.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        plot.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        plot.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        plot.addEventHandler(ScrollEvent.SCROLL, this::turn);
    }

    /** Whether the operator is dragging. */
    boolean isDragging() {
        return !Double.isNaN(pressedAt);
    }

    private void press(MouseEvent e) {
        if (e.getButton() != MouseButton.PRIMARY && e.getButton() != MouseButton.MIDDLE) {
            return;
        }
        pressedAt = e.getX();
        pressedRange = view.getRange();
        panning = e.isShiftDown() || e.getButton() == MouseButton.MIDDLE;
        gesture = new Object();
        plot.setCursor(panning ? Cursor.CLOSED_HAND : Cursor.CROSSHAIR);
        e.consume();
    }

    private void drag(MouseEvent e) {
        if (!isDragging()) {
            return;
        }
        if (panning) {
            double micros = (pressedAt - e.getX()) / plot.getWidth() * pressedRange.span();
            view.pan(pressedRange.from() + micros - view.getRange().from(), gesture);
        } else {
            double from = inside(Math.min(pressedAt, e.getX()));
            double to = inside(Math.max(pressedAt, e.getX()));
            band.setX(from);
            band.setWidth(to - from);
            band.setHeight(plot.getHeight());
            band.setVisible(to - from >= SMALLEST_DRAG);
        }
        e.consume();
    }

    private void release(MouseEvent e) {
        if (isDragging() && !panning && band.isVisible()) {
            long from = timeAt(inside(Math.min(pressedAt, e.getX())));
            long to = timeAt(inside(Math.max(pressedAt, e.getX())));
            view.show(TimeRange.near(from, to));
        }
        cancel();
    }

    private void cancel() {
        pressedAt = Double.NaN;
        band.setVisible(false);
        plot.setCursor(Cursor.CROSSHAIR);
    }

    private void click(MouseEvent e) {
        if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() % 2 == 0 && e.isStillSincePress()) {
            view.undo();
            e.consume();
        }
    }

    private void turn(ScrollEvent e) {
        if (isDragging() || e.isInertia()) {
            return;
        }
        long now = System.nanoTime();
        if (now - turnedAt > ONE_TURN_NANOS || gesture == null) {
            gesture = new Object();
        }
        turnedAt = now;
        if (e.getDeltaY() != 0) {
            view.zoom(Math.exp(-e.getDeltaY() * 0.005), timeAt(e.getX()), gesture);
        } else if (e.getDeltaX() != 0) {
            view.pan(-e.getDeltaX() / plot.getWidth() * view.getRange().span(), gesture);
        }
        e.consume();
    }

    /** A key pressed while the chart has the focus; consumed if it means something here. */
    void key(KeyEvent e) {
        if (e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        if (e.getCode() != repeated || gesture == null) {
            gesture = new Object();
        }
        repeated = e.getCode();
        TimeRange range = view.getRange();
        double part = range.span() * 0.1;
        long middle = range.from() + range.span() / 2;
        switch (e.getCode()) {
            case LEFT, KP_LEFT -> view.pan(-part, gesture);
            case RIGHT, KP_RIGHT -> view.pan(part, gesture);
            case PLUS, ADD, EQUALS -> view.zoom(0.8, middle, gesture);
            case MINUS, SUBTRACT -> view.zoom(1.25, middle, gesture);
            case PAGE_UP -> view.pan(-5 * part, gesture);
            case PAGE_DOWN -> view.pan(5 * part, gesture);
            case BACK_SPACE -> view.undo();
            case END -> view.follow();
            case ESCAPE -> {
                if (!isDragging()) {
                    return;
                }
                cancel();
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    /** The next press of the same key begins a new step of undo. */
    void keyUp() {
        repeated = null;
    }

    /** By the range that is wanted: the picture may be a frame behind it. */
    private long timeAt(double x) {
        TimeRange range = view.getRange();
        return range.from() + Math.round(x / plot.getWidth() * range.span());
    }

    private double inside(double x) {
        return Math.max(0, Math.min(plot.getWidth(), x));
    }
}
