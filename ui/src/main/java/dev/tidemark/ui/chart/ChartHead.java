package dev.tidemark.ui.chart;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/**
 * What stands above a plot: the title, what it is of, and at the right the names of the series. Where there is no room for all of it, the
 * second gives way to the names, part by part down to its unit. For the FX thread.
 */
final class ChartHead extends Region {

    private static final double GAP = 10;
    /** Between what is said and the names. */
    private static final double APART = 10;
    /** Where what is said can end: after the unit, and after what is averaged. */
    private static final Pattern ENDS = Pattern.compile("(?= \u00b7 |, )");
    private static final int PARTS = 3;
    /** The first names and how many there are more. */
    private static final double LEAST_NAMES = 80;

    private final Label title = label("trend-title");
    private final StringProperty said = new SimpleStringProperty("");
    private final List<Label> parts = Stream.generate(() -> label("trend-subtitle")).limit(PARTS).toList();
    private final ChartLegend legend;

    /** @param onPick told of a series that was clicked, and whether it shall be shown alone */
    ChartHead(BiConsumer<Series, Boolean> onPick) {
        legend = new ChartLegend(onPick);
        setManaged(false);
        setPickOnBounds(false);
        getChildren().add(title);
        getChildren().addAll(parts);
        getChildren().add(legend);
        title.textProperty().addListener(o -> requestLayout());
        said.addListener((property, before, now) -> {
            String[] told = ENDS.split(now, PARTS);
            for (int i = 0; i < PARTS; i++) {
                parts.get(i).setText(i < told.length ? told[i] : "");
            }
            requestLayout();
        });
    }

    StringProperty titleProperty() {
        return title.textProperty();
    }

    StringProperty subtitleProperty() {
        return said;
    }

    /** Names these series; {@code visible} says which of them are drawn. */
    void show(List<Series> series, List<Boolean> visible, ChartPalette palette) {
        title.setTextFill(palette.text());
        parts.forEach(part -> part.setTextFill(palette.muted()));
        legend.show(series, visible, palette);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double titleEnd = Math.min(title.prefWidth(-1), getWidth());
        double at = titleEnd == 0 || said.get().isEmpty() ? titleEnd : titleEnd + GAP;
        double names = Math.min(legend.prefWidth(-1), Math.max(getWidth() - at - parts.get(0).prefWidth(-1) - APART, LEAST_NAMES));
        double namesFrom = snapPositionX(getWidth() - names);
        double end = names == 0 ? getWidth() : namesFrom - APART;
        place(title, 0, Math.min(titleEnd, Math.max(0, end)));
        place(legend, namesFrom, snapSizeX(names));
        for (Label part : parts) {
            double width = part.prefWidth(-1);
            place(part, Math.round(Math.min(at, getWidth())), width);
            // What does not fit is left out, and what follows it too.
            at = at + width > end + 0.5 ? Double.MAX_VALUE : at + width;
            part.setVisible(at < Double.MAX_VALUE);
        }
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
