package dev.tidemark.ui.chart;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/**
 * What stands above a plot: the title, what it is of, and at the right the names of the series. Where there is no room for all of it, the
 * second gives way to the names, down to its unit. For the FX thread.
 */
final class ChartHead extends Region {

    private static final double GAP = 10;
    /** Between what is said and the names. */
    private static final double APART = 16;
    /** As much as a unit and a little more. */
    private static final double LEAST_SAID = 52;
    /** The first names and how many there are more. */
    private static final double LEAST_NAMES = 80;

    private final Label title = label("trend-title");
    private final Label subtitle = label("trend-subtitle");
    private final ChartLegend legend;

    /** @param onPick told of a series that was clicked, and whether it shall be shown alone */
    ChartHead(BiConsumer<Series, Boolean> onPick) {
        legend = new ChartLegend(onPick);
        setManaged(false);
        setPickOnBounds(false);
        getChildren().addAll(title, subtitle, legend);
        title.textProperty().addListener(o -> requestLayout());
        subtitle.textProperty().addListener(o -> requestLayout());
    }

    StringProperty titleProperty() {
        return title.textProperty();
    }

    StringProperty subtitleProperty() {
        return subtitle.textProperty();
    }

    /** Names these series; {@code visible} says which of them are drawn. */
    void show(List<Series> series, List<Boolean> visible, ChartPalette palette) {
        title.setTextFill(palette.text());
        subtitle.setTextFill(palette.muted());
        legend.show(series, visible, palette);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double titleEnd = Math.min(title.prefWidth(-1), getWidth());
        double said = subtitle.getText().isEmpty() ? 0 : subtitle.prefWidth(-1);
        double saidFrom = titleEnd == 0 || said == 0 ? titleEnd : titleEnd + GAP;
        double least = Math.min(said, LEAST_SAID);
        double names = Math.min(legend.prefWidth(-1), Math.max(getWidth() - saidFrom - least - APART, LEAST_NAMES));
        double namesFrom = snapPositionX(getWidth() - names);
        place(title, 0, Math.min(titleEnd, Math.max(0, namesFrom - APART)));
        place(subtitle, Math.round(saidFrom), Math.max(0, Math.min(said, namesFrom - saidFrom - (names == 0 ? 0 : APART))));
        place(legend, namesFrom, snapSizeX(names));
    }

    private void place(Region node, double x, double width) {
        double height = node.prefHeight(-1);
        node.resizeRelocate(x, Math.round((getHeight() - height) / 2), width, height);
    }

    private static Label label(String style) {
        Label label = new Label();
        // Not "label": a theme may colour those, and the palette colours these.
        label.getStyleClass().setAll(style);
        label.setManaged(false);
        return label;
    }
}
