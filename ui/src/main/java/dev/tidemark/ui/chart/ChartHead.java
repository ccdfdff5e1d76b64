package dev.tidemark.ui.chart;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;

/**
 * What stands above a plot: the title, what it is of, and at the right the names of the series. Where there is no room for all of it, the
 * second gives way to the names, down to its unit. For the FX thread.
 */
final class ChartHead extends Region {

    private static final double GAP = 10;
    /** What comes before it in a subtitle is the unit. */
    private static final String PART = " \u00b7 ";
    private static final int LONGEST_UNIT = 12;
    /** Between what is said and the names. */
    private static final double APART = 10;
    /** Less than this of a sentence is not worth reading. */
    private static final double LEAST_SAID = 110;
    /** The first names and how many there are more. */
    private static final double LEAST_NAMES = 80;

    private final Label title = label("trend-title");
    private final StringProperty said = new SimpleStringProperty("");
    private final Label unit = label("trend-subtitle");
    private final Label rest = label("trend-subtitle");
    private final ChartLegend legend;

    /** @param onPick told of a series that was clicked, and whether it shall be shown alone */
    ChartHead(BiConsumer<Series, Boolean> onPick) {
        legend = new ChartLegend(onPick);
        rest.setTextOverrun(OverrunStyle.WORD_ELLIPSIS);
        setManaged(false);
        setPickOnBounds(false);
        getChildren().addAll(title, unit, rest, legend);
        title.textProperty().addListener(o -> requestLayout());
        said.addListener((property, before, now) -> {
            int end = now.indexOf(PART);
            boolean measured = end >= 0 && end <= LONGEST_UNIT;
            unit.setText(measured ? now.substring(0, end) : "");
            rest.setText(measured ? now.substring(end) : now);
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
        unit.setTextFill(palette.muted());
        rest.setTextFill(palette.muted());
        legend.show(series, visible, palette);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double titleEnd = Math.min(title.prefWidth(-1), getWidth());
        double unitFrom = titleEnd == 0 || said.get().isEmpty() ? titleEnd : titleEnd + GAP;
        double restFrom = unitFrom + unit.prefWidth(-1);
        double names = Math.min(legend.prefWidth(-1), Math.max(getWidth() - restFrom - APART, LEAST_NAMES));
        double namesFrom = snapPositionX(getWidth() - names);
        double room = namesFrom - restFrom - (names == 0 ? 0 : APART);
        double wanted = rest.prefWidth(-1);
        place(title, 0, Math.min(titleEnd, Math.max(0, namesFrom - APART)));
        place(unit, Math.round(unitFrom), unit.prefWidth(-1));
        place(rest, Math.round(restFrom), Math.min(wanted, Math.max(0, room)));
        unit.setVisible(restFrom <= namesFrom);
        rest.setVisible(room >= Math.min(wanted, LEAST_SAID));
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
