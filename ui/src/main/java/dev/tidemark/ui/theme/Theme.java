package dev.tidemark.ui.theme;

import dev.tidemark.ui.chart.ChartPalette;
import javafx.scene.paint.Color;

import java.util.List;

/**
 * A look, with the colours that code needs where a style sheet does not reach: charts, tiles, marks. The style sheet of the theme has the
 * same colours under the names {@code -tm-…}.
 */
public enum Theme {
    DARK("#070b10", "#0d1219", "#e6ebf2", "#98a3b3", "#8590a1", "#212934", "#1b222c", "#5aa2f2", "#e2b04c", "#f0665e",
            ChartPalette.dark().series()),
    LIGHT("#f3f5f8", "#ffffff", "#1c232d", "#4e5968", "#626c7b", "#dfe3e9", "#e9ecf0", "#1b68c6", "#9a6400", "#cb2f2f",
            ChartPalette.light().series());

    private final Color page;
    private final Color card;
    private final Color text;
    private final Color quiet;
    private final Color faint;
    private final Color line;
    private final Color trough;
    private final Color accent;
    private final Color warning;
    private final Color alarm;
    private final ChartPalette chart;

    Theme(String page, String card, String text, String quiet, String faint, String line, String trough, String accent,
          String warning, String alarm, List<Color> series) {
        this.page = Color.web(page);
        this.card = Color.web(card);
        this.text = Color.web(text);
        this.quiet = Color.web(quiet);
        this.faint = Color.web(faint);
        this.line = Color.web(line);
        this.trough = Color.web(trough);
        this.accent = Color.web(accent);
        this.warning = Color.web(warning);
        this.alarm = Color.web(alarm);
        boolean dark = this.page.getBrightness() < 0.5;
        this.chart = new ChartPalette(Color.web(quiet, dark ? 0.14 : 0.18), Color.web(quiet, 0.4), this.text, this.quiet,
                dark ? Color.web("#161d27") : this.card, dark ? Color.web("#c3ccd8") : Color.web("#3d4754"), dark ? 0.08 : 0.07,
                dark ? 0.16 : 0.1, series, this.accent, this.warning,
                dark ? Color.web("#ee8d4a") : Color.web("#a9480b"), this.alarm);
    }

    /** Ground of the window. */
    public Color page() {
        return page;
    }

    /** Ground of a card. */
    public Color card() {
        return card;
    }

    /** What is read first. */
    public Color text() {
        return text;
    }

    /** Labels. */
    public Color quiet() {
        return quiet;
    }

    /** What is seen only when looked for: marks of ordinary commits, units. */
    public Color faint() {
        return faint;
    }

    /** Borders. */
    public Color line() {
        return line;
    }

    /** The empty part of a gauge. */
    public Color trough() {
        return trough;
    }

    /** Normal, and in focus. */
    public Color accent() {
        return accent;
    }

    /** Normal, where much of it would draw the eye: a full gauge. */
    public Color calm() {
        return accent.deriveColor(0, 0.72, card.getBrightness() < 0.5 ? 0.74 : 1.12, 1);
    }

    /** What was only written anew, beside what came: a compaction. */
    public Color moved() {
        return Color.web(card.getBrightness() < 0.5 ? "#b795ea" : "#7c54bd");
    }

    /** Abnormal: look at it soon. */
    public Color warning() {
        return warning;
    }

    /** Abnormal: look at it now. */
    public Color alarm() {
        return alarm;
    }

    /** The colours of the trend charts, those of the series among them. */
    public ChartPalette chart() {
        return chart;
    }

    StyleSheet userAgentStylesheet() {
        return this == DARK ? StyleSheet.PRIMER_DARK : StyleSheet.PRIMER_LIGHT;
    }

    /** The style sheet with its colours. */
    public StyleSheet stylesheet() {
        return this == DARK ? StyleSheet.DARK : StyleSheet.LIGHT;
    }
}
