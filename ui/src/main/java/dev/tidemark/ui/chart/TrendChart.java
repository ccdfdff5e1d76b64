package dev.tidemark.ui.chart;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/**
 * A trend chart: lines over time with their envelopes, limits and marks. What it shows is set here, on the FX thread; it is
 * decimated and painted on a thread that all charts share, and only ever the newest request. The range of time belongs to the
 * {@link TimeView} that the charts of a page share. The background is transparent.
 */
public final class TrendChart extends Region {

    private static final double HEADER = 26;
    private static final double TIME_AXIS = 26;
    private static final double RIGHT = 10;
    private static final double NARROWEST_VALUES = 44;
    /** Below more lines a tinted area only makes noise. */
    private static final int MOST_WITH_FILL = 4;

    private final TimeView view;
    private final CrosshairLink crosshair;
    private final ChartHead head = new ChartHead((picked, alone) -> this.onPick.accept(picked, alone));
    private final ChartAxes axes = new ChartAxes();
    private final PlotPane plot;
    private final Repainter repainter = new Repainter(this::order, this::show);
    private final Map<String, SeriesData> data = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final InvalidationListener moved = o -> invalidate();
    private final InvalidationListener glides = o -> glide();
    private final InvalidationListener widened = o -> requestLayout();
    private final InvalidationListener rezoned = o -> repainter.afresh();
    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            TrendChart.this.view.glide(now);
        }
    };

    private List<Series> series = List.of();
    private List<Limit> limits = List.of();
    private List<Mark> marks = List.of();
    private ChartPalette palette = ChartPalette.dark();
    private BiConsumer<Series, Boolean> onPick = this::pick;
    private double renderScale;

    /** A chart of the page whose range and crosshair these are. */
    public TrendChart(TimeView view, CrosshairLink crosshair) {
        this.view = view;
        this.crosshair = crosshair;
        plot = new PlotPane(view, crosshair);
        getStyleClass().add("trend-chart");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().addAll(head, axes, plot);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getTarget() == this) {
                plot.key(e);
                notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
            }
        });
        addEventHandler(KeyEvent.KEY_RELEASED, e -> plot.gestures().keyUp());
        plot.addEventHandler(MouseEvent.MOUSE_PRESSED, e -> requestFocus());
        focusVisibleProperty().addListener((o, was, is) -> plot.showFocus(is));
        crosshair.valueRoomProperty().addListener(new WeakInvalidationListener(widened));
        sceneProperty().addListener((o, was, is) -> {
            if (was != null) {
                view.rangeProperty().removeListener(moved);
                view.glidingProperty().removeListener(glides);
                repainter.rest();
            }
            if (is != null) {
                view.rangeProperty().addListener(moved);
                view.glidingProperty().addListener(glides);
            }
            glide();
            invalidate();
        });
        Format.zoneProperty().addListener(new WeakInvalidationListener(rezoned));
        sceneProperty().flatMap(Scene::windowProperty).flatMap(Window::renderScaleXProperty).addListener(o -> invalidate());
        restyle();
    }

    /** Names the series, in the order of the legend. Data and visibility of keys that stay are kept. */
    public void setSeries(List<Series> wanted) {
        if (!series.equals(wanted)) {
            if (series.stream().noneMatch(wanted::contains)) {
                crosshair.forgetWidths();
            }
            series = List.copyOf(wanted);
            Set<String> keys = new HashSet<>();
            series.forEach(s -> keys.add(s.key()));
            data.keySet().retainAll(keys);
            hidden.retainAll(keys);
            showLegend();
            requestLayout();
            invalidate();
        }
    }

    /** What is named at present. */
    public List<Series> getSeries() {
        return series;
    }

    /** Replaces the samples of one series; unknown keys are ignored. */
    public void setData(String key, SeriesData samples) {
        if (series.stream().anyMatch(s -> s.key().equals(key))) {
            data.put(key, samples);
            invalidate();
        }
    }

    /** Limits drawn across the chart. */
    public void setLimits(List<Limit> wanted) {
        limits = List.copyOf(wanted);
        invalidate();
    }

    /** Marks drawn from top to bottom. */
    public void setMarks(List<Mark> wanted) {
        marks = List.copyOf(wanted);
        invalidate();
    }

    /** Shows or hides a series, as a click into the legend does. */
    public void setVisible(String key, boolean visible) {
        if (visible ? hidden.remove(key) : hidden.add(key)) {
            showLegend();
            invalidate();
        }
    }

    /** Whether a series is drawn. */
    public boolean isVisible(String key) {
        return !hidden.contains(key);
    }

    /** Colours; may change at any time. */
    public void setPalette(ChartPalette wanted) {
        if (!palette.equals(wanted)) {
            palette = wanted;
            restyle();
            invalidate();
        }
    }

    /** Heading, left. */
    public StringProperty titleProperty() {
        return head.titleProperty();
    }

    /** Heading, left. */
    public void setTitle(String text) {
        if (!text.equals(head.titleProperty().get())) {
            head.titleProperty().set(text);
            requestLayout();
        }
    }

    /** Beside the heading: unit, range, what is averaged. */
    public StringProperty subtitleProperty() {
        return head.subtitleProperty();
    }

    /** Beside the heading: unit, range, what is averaged. */
    public void setSubtitle(String text) {
        if (!text.equals(head.subtitleProperty().get())) {
            head.subtitleProperty().set(text);
            requestLayout();
        }
    }

    /**
     * Takes over what a click into the legend does, for charts that show and hide series together.
     *
     * @param listener told of the series, and whether it is to be shown alone
     */
    public void setOnPick(BiConsumer<Series, Boolean> listener) {
        onPick = listener;
    }

    /** Told of the sample nearest to a click on the plot, if there is one near. */
    public void setOnPoint(Consumer<PickedReading> listener) {
        plot.setOnPoint(listener);
    }

    /** Told of every frame, on the FX thread. */
    public void setOnFrame(Consumer<FrameTiming> listener) {
        repainter.setOnFrame(listener);
    }

    /** Device pixels a logical pixel to paint with, for pictures larger than the screen; 0 takes the window's. */
    public void setRenderScale(double scale) {
        renderScale = scale;
        invalidate();
    }

    private void pick(Series picked, boolean alone) {
        if (!alone) {
            setVisible(picked.key(), hidden.contains(picked.key()));
            return;
        }
        boolean othersHidden = series.stream().allMatch(s -> s.equals(picked) || hidden.contains(s.key()));
        hidden.clear();
        if (!othersHidden) {
            series.stream().filter(s -> !s.equals(picked)).forEach(s -> hidden.add(s.key()));
        }
        showLegend();
        invalidate();
    }

    private void showLegend() {
        head.show(series, series.stream().map(s -> !hidden.contains(s.key())).toList(), palette);
        plot.hides(!series.isEmpty() && series.stream().allMatch(s -> hidden.contains(s.key())));
    }

    private void restyle() {
        plot.restyle(palette);
        showLegend();
    }

    private void glide() {
        if (getScene() != null && view.glidingProperty().get()) {
            pulse.start();
        } else {
            pulse.stop();
        }
    }

    private void invalidate() {
        if (getScene() != null) {
            repainter.wanted();
        }
    }

    /** What the picture is to show now; null while there is no place for one. */
    private PaintOrder order() {
        double scale = scale();
        int width = (int) Math.round(plot.getWidth() * scale);
        int height = (int) Math.round(plot.getHeight() * scale);
        if (getScene() == null || width < 2 || height < 2) {
            return null;
        }
        List<PaintOrder.Line> lines = new ArrayList<>();
        for (Series s : series) {
            if (!hidden.contains(s.key())) {
                lines.add(new PaintOrder.Line(s, data.getOrDefault(s.key(), SeriesData.EMPTY), s == series.get(0) && series.size() <= MOST_WITH_FILL));
            }
        }
        return new PaintOrder(Columns.of(view.getRange(), width), height, scale, List.copyOf(lines), limits, marks, palette);
    }

    private void show(Surface surface) {
        plot.show(surface);
        axes.show(surface.frame, plot.getLayoutX(), plot.getLayoutY(), plot.getWidth(), plot.getHeight());
        widen();
    }

    private void widen() {
        crosshair.widen(Math.ceil((axes.valueWidth() + 14) / 8) * 8);
    }

    private double scale() {
        return renderScale > 0 ? renderScale
                : getScene() == null || getScene().getWindow() == null ? 1 : getScene().getWindow().getRenderScaleX() * getLocalToSceneTransform().getMxx();
    }

    @Override
    protected void layoutChildren() {
        double left = snappedLeftInset();
        double top = snappedTopInset();
        double right = getWidth() - snappedRightInset();
        double bottom = getHeight() - snappedBottomInset();
        boolean headed = !head.titleProperty().get().isEmpty() || !head.subtitleProperty().get().isEmpty() || !series.isEmpty();
        double header = headed ? HEADER : 0;
        head.setVisible(headed);
        head.resizeRelocate(left, top, Math.max(0, right - left), Math.max(0, header - 8));
        double x = snapPositionX(left + Math.max(NARROWEST_VALUES, crosshair.valueRoomProperty().get()));
        double y = snapPositionY(top + header + 6);
        double width = snapSpaceX(right - RIGHT - x);
        plot.resizeRelocate(x, y, Math.max(0, width), Math.max(0, snapSpaceY(bottom - TIME_AXIS - y)));
        axes.resizeRelocate(0, 0, getWidth(), getHeight());
        plot.layoutMessage();
        if (plot.frame() != null) {
            axes.show(plot.frame(), x, y, plot.getWidth(), plot.getHeight());
        }
        invalidate();
    }

    @Override
    protected double computePrefWidth(double height) {
        return 640;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 220;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 160;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 96;
    }

    @Override
    public String getUserAgentStylesheet() {
        return TrendChart.class.getResource("trend.css").toExternalForm();
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT ? summary() : super.queryAccessibleAttribute(attribute, parameters);
    }

    /** Whether the focused chart needs a key for itself: to walk from reading to reading, and to leave that again. */
    public boolean needs(KeyCode key) {
        return switch (key) {
            case LEFT, RIGHT, KP_LEFT, KP_RIGHT -> isFocusVisible();
            case ESCAPE -> plot.isWalked();
            default -> false;
        };
    }

    private String summary() {
        if (!plot.told().isEmpty()) {
            return plot.told();
        }
        List<String> shown = series.stream().filter(s -> !hidden.contains(s.key())).map(Series::label).toList();
        return Messages.text(view.isFollowing() ? "chart.summary.live" : "chart.summary.paused", head.titleProperty().get(), head.subtitleProperty().get(),
                shown.isEmpty() ? Messages.text("chart.summary.none") : String.join(", ", shown), ChartReadout.range(view.getRange()));
    }
}
