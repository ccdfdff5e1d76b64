package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import dev.tidemark.ui.theme.Icons;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the alarm system does, as a row of cards: each with its figure, what EEMUA 191 recommends, and a word for how it is. */
final class FigureStrip {

    /** A verdict in words, with its sign. */
    private static final double ROOM_FOR_WORD = 88;

    private final HBox place;
    private final AlertsModel model;
    private AlarmFigures shown;

    FigureStrip(HBox place, AlertsModel model) {
        this.place = place;
        this.model = model;
        model.boardProperty().addListener((property, before, now) -> show());
        show();
    }

    private void show() {
        AlarmFigures figures = model.boardProperty().get() == null ? null : model.boardProperty().get().figures();
        place.setVisible(figures != null);
        place.setManaged(figures != null);
        if (figures == null || figures.equals(shown)) {
            return;
        }
        shown = figures;
        place.getChildren().setAll(
                card("rate", number(figures.perTenMinutes()), Messages.text("alerts.figure.rate.unit"), Messages.text("alerts.figure.rate.note",
                        number(figures.perHour())), figures.rate()),
                card("peak", Format.whole(figures.peak()), Messages.text("alerts.figure.peak.unit"), Messages.text("alerts.figure.peak.note"), figures.peaks()),
                card("flood", number(100 * figures.floodShare()), "%", Messages.text("alerts.figure.flood.note"), figures.flood()),
                card("standing", Format.whole(figures.standing()), "", Messages.text("alerts.figure.standing.note"), figures.stale()),
                mix(figures), frequent(figures));
    }

    private static VBox card(String name, String value, String unit, String note, AlarmFigures.Verdict verdict) {
        Label number = new Label(value);
        number.getStyleClass().add("kpi-value");
        // Cut off, a figure would be another figure.
        number.setMinWidth(Region.USE_PREF_SIZE);
        Label of = new Label(unit);
        of.getStyleClass().add("kpi-unit");
        HBox line = new HBox(5, number, of);
        line.setAlignment(Pos.BOTTOM_LEFT);
        Label below = new Label(note);
        below.getStyleClass().add("kpi-note");
        below.setWrapText(true);
        below.setMinHeight(Region.USE_PREF_SIZE);
        VBox card = frame(name, verdict, line, below);
        card.setAccessibleText(Messages.text("alerts.figure." + name) + ": " + value + " " + unit + ". " + Messages.text("alerts.verdict." + verdict));
        return card;
    }

    private static VBox frame(String name, AlarmFigures.Verdict verdict, Node... content) {
        Label title = new Label(Messages.text("alerts.figure." + name));
        title.getStyleClass().add("kpi-title");
        title.setMaxWidth(Double.MAX_VALUE);
        title.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox head = new HBox(8, title);
        head.setAlignment(Pos.CENTER_LEFT);
        if (verdict != null && verdict != AlarmFigures.Verdict.GOOD) {
            Label word = new Label(Messages.text("alerts.verdict." + verdict), Icons.of(Feather.ALERT_TRIANGLE, 14));
            word.getStyleClass().addAll("verdict", verdict.name().toLowerCase(Locale.ROOT));
            // Where there is little room the sign alone is left, and tells the word.
            word.setMinWidth(Region.USE_PREF_SIZE);
            head.widthProperty().addListener(changed -> word.setContentDisplay(
                    head.getWidth() < title.prefWidth(-1) + ROOM_FOR_WORD ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
            Tip.on(word, word.getText());
            head.getChildren().add(word);
        }
        VBox card = new VBox(6, head);
        card.getChildren().addAll(content);
        card.getStyleClass().addAll("card", "kpi");
        card.setId("figure-" + name);
        card.setMinWidth(0);
        card.setPrefWidth(100);
        HBox.setHgrow(card, Priority.ALWAYS);
        return card;
    }

    /** One bar, its parts as long as the severities are many; below it the figures, beside what is recommended. */
    private static VBox mix(AlarmFigures figures) {
        HBox bar = new HBox(2);
        bar.getStyleClass().add("mix");
        List<String> parts = new ArrayList<>();
        for (Severity severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)) {
            double share = figures.share(severity);
            if (share > 0) {
                Region part = new Region();
                part.getStyleClass().addAll("mix-part", severity.name().toLowerCase(Locale.ROOT));
                part.prefWidthProperty().bind(bar.widthProperty().multiply(share));
                part.setMinWidth(3);
                bar.getChildren().add(part);
            }
            parts.add(Messages.text("alerts.figure.mix.part", SeverityMark.name(severity), Math.round(100 * share)));
        }
        Label words = new Label(String.join("  ", parts));
        words.getStyleClass().add("small");
        Tip.on(words, words.getText());
        Label note = new Label(Messages.text("alerts.figure.mix.note"));
        note.getStyleClass().add("kpi-note");
        Tip.on(note, note.getText());
        VBox card = frame("mix", figures.priorities(), bar, words, note);
        card.setMinWidth(318);
        HBox.setHgrow(card, Priority.NEVER);
        card.setAccessibleText(Messages.text("alerts.figure.mix") + ": " + words.getText());
        return card;
    }

    private static VBox frequent(AlarmFigures figures) {
        VBox rows = new VBox(3);
        for (AlarmFigures.Often often : figures.frequent().subList(0, Math.min(3, figures.frequent().size()))) {
            Label name = new Label(often.alarm().rule() + (often.alarm().device().isEmpty() ? "" : " \u00b7 " + often.alarm().device()));
            name.setMaxWidth(Double.MAX_VALUE);
            name.getStyleClass().add("small");
            name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            Tip.on(name, Wording.alarm(often.alarm()) + (often.alarm().device().isEmpty() ? "" : " \u00b7 " + often.alarm().device()));
            HBox.setHgrow(name, Priority.ALWAYS);
            Label count = new Label(Format.whole(often.raised()));
            count.getStyleClass().add("mono");
            count.setMinWidth(Region.USE_PREF_SIZE);
            rows.getChildren().add(new HBox(8, name, count));
        }
        if (figures.frequent().isEmpty()) {
            Label none = new Label(Messages.text("alerts.figure.frequent.none"));
            none.getStyleClass().add("kpi-note");
            rows.getChildren().add(none);
        }
        VBox card = frame("frequent", null, rows);
        card.setPrefWidth(156);
        HBox.setHgrow(card, Priority.NEVER);
        return card;
    }

    private static String number(double value) {
        return value >= 100 ? Format.whole(Math.round(value)) : String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.1f", value);
    }
}
