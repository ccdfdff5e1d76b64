package dev.tidemark.ui.chart;

import java.util.List;
import javafx.scene.paint.Color;

/**
 * The colours of a chart. Its background is transparent: it shows the card below. Immutable.
 *
 * @param grid      grid lines
 * @param dateLine  the grid line where the day changes, and the frame of the readout
 * @param text      title, legend, readout
 * @param muted     subtitle, tick labels
 * @param surface   background of the readout
 * @param crosshair crosshair and rubber band
 * @param band      opacity of the envelope between lowest and highest, 0 to 1
 * @param fill      opacity of the area below the first line, at its top, 0 to 1
 * @param series    colours of the lines, told apart with every kind of colour blindness and not taken for those of severities; not empty.
 *                  Lines after those have a {@link Bead} too
 * @param low       {@link Severity#LOW}
 * @param medium    {@link Severity#MEDIUM}
 * @param high      {@link Severity#HIGH}
 * @param critical  {@link Severity#CRITICAL}
 */
public record ChartPalette(Color grid, Color dateLine, Color text, Color muted, Color surface, Color crosshair,
                           double band, double fill, List<Color> series,
                           Color low, Color medium, Color high, Color critical) {

    private static final ChartPalette DARK = new ChartPalette(
            Color.web("#8b949e", 0.16), Color.web("#8b949e", 0.42), Color.web("#e6edf3"), Color.web("#8b949e"),
            Color.web("#161b22"), Color.web("#c9d1d9"), 0.30, 0.26,
            colours("#3585dc", "#6bd5bb", "#c1b9ff", "#dcd768", "#ac657a", "#6d7e18"),
            Color.web("#58a6ff"), Color.web("#d29922"), Color.web("#f0883e"), Color.web("#f85149"));

    private static final ChartPalette LIGHT = new ChartPalette(
            Color.web("#57606a", 0.16), Color.web("#57606a", 0.45), Color.web("#1f2328"), Color.web("#59636e"),
            Color.web("#ffffff"), Color.web("#424a53"), 0.22, 0.16,
            colours("#3981f3", "#006f5a", "#800c85", "#7e8f12", "#d0608c", "#4a4300"),
            Color.web("#0969da"), Color.web("#9a6700"), Color.web("#bc4c00"), Color.web("#cf222e"));

    /** @throws IllegalArgumentException without a colour for the lines */
    public ChartPalette {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("Cannot draw lines without a colour (expected at least one)");
        }
    }

    /** For dark themes. */
    public static ChartPalette dark() {
        return DARK;
    }

    /** For light themes. */
    public static ChartPalette light() {
        return LIGHT;
    }

    /** The colour of the series with this index; wraps around. */
    public Color series(int index) {
        return series.get(Math.floorMod(index, series.size()));
    }

    /** The colour of a severity. */
    public Color of(Severity severity) {
        return switch (severity) {
            case LOW -> low;
            case MEDIUM -> medium;
            case HIGH -> high;
            case CRITICAL -> critical;
        };
    }

    private static List<Color> colours(String... hex) {
        return List.of(hex).stream().map(Color::web).toList();
    }
}
