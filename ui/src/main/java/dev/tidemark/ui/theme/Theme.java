package dev.tidemark.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.scene.paint.Color;

import java.util.List;
import java.util.stream.Stream;

/** A look, with the colours that code needs where a style sheet does not reach (charts, tiles). The rest stands in tidemark.css. */
public enum Theme {
    DARK("#0d1219", "#e6ebf2", "#98a3b3", "#5f6b7b", "#222a35", "#1a212b", "#58a0f0", "#e0b04a", "#f0665e",
            List.of("#6aabf2", "#5fc3a8", "#b795ea", "#dcb56a", "#e58a9c", "#8fc26b", "#e3935c", "#8ab4c4")),
    LIGHT("#ffffff", "#1c232d", "#566171", "#8a94a3", "#e1e5ea", "#eef0f3", "#1f6fd0", "#a86a00", "#cf3030",
            List.of("#2f75c4", "#1f8a70", "#7c54bd", "#a3741a", "#bd4a63", "#52852c", "#b8602a", "#447a8f"));

    private final Color card;
    private final Color text;
    private final Color quiet;
    private final Color faint;
    private final Color line;
    private final Color trough;
    private final Color accent;
    private final Color warning;
    private final Color alarm;
    private final List<Color> series;

    Theme(String card, String text, String quiet, String faint, String line, String trough, String accent, String warning,
          String alarm, List<String> series) {
        this.card = Color.web(card);
        this.text = Color.web(text);
        this.quiet = Color.web(quiet);
        this.faint = Color.web(faint);
        this.line = Color.web(line);
        this.trough = Color.web(trough);
        this.accent = Color.web(accent);
        this.warning = Color.web(warning);
        this.alarm = Color.web(alarm);
        this.series = series.stream().map(Color::web).toList();
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

    /** What is seen only when looked for: ticks, units. */
    public Color faint() {
        return faint;
    }

    /** Borders and grid. */
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

    /** Abnormal: look at it soon. */
    public Color warning() {
        return warning;
    }

    /** Abnormal: look at it now. */
    public Color alarm() {
        return alarm;
    }

    /** The colour of the n-th series; beyond the last one they begin again. */
    public Color series(int index) {
        return series.get(Math.floorMod(index, series.size()));
    }

    /** How many series can be told apart by colour. */
    public int seriesColours() {
        return series.size();
    }

    String userAgentStylesheet() {
        return this == DARK ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
    }

    String styleClass() {
        return this == DARK ? "tm-dark" : "tm-light";
    }

    static Stream<String> styleClasses() {
        return Stream.of(values()).map(Theme::styleClass);
    }
}
