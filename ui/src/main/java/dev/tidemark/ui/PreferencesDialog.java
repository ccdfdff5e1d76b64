package dev.tidemark.ui;

import dev.tidemark.ui.alerts.Bell;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.form.Form;
import dev.tidemark.ui.form.Segments;
import dev.tidemark.ui.form.Sheet;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.table.Prices;
import dev.tidemark.ui.table.TableModel;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.theme.Appearance;
import dev.tidemark.ui.theme.Magnification;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the operator prefers. Every choice holds at once and is remembered. */
final class PreferencesDialog extends Sheet {

    private static final List<Question.Range> RANGES = new ArrayList<>();

    static {
        RANGES.add(null);
        for (Duration length : List.of(Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24), Duration.ofDays(7))) {
            RANGES.add(new Question.Last(length));
        }
        RANGES.add(new Question.All());
    }

    PreferencesDialog(Settings settings, Appearance appearance, TableModel facts, BooleanProperty muted, Bell bell, Consumer<Question.Range> firstRange, Runnable close) {
        super("preferences", Messages.text("preferences.title"), 600, close);
        Form rows = new Form(110);
        rows.row("preferences.theme", segments("theme", List.of(Appearance.Choice.values()), appearance.choiceProperty().get(),
                choice -> Messages.text("settings.theme." + choice.name().toLowerCase(Locale.ROOT)), appearance.choiceProperty()::set));
        Segments<Integer> sizes = segments("size", Magnification.STEPS, appearance.magnification().chosenProperty().get(), size -> Messages.text("preferences.size.percent", size),
                appearance.magnification().chosenProperty()::set);
        rows.row("preferences.size", "preferences.size.note", sizes);
        ZoneId here = ZoneId.systemDefault();
        rows.row("preferences.zone", "preferences.zone.note", segments("zone", zones(here), Format.zone(),
                zone -> zone == ZoneOffset.UTC ? "UTC" : Messages.text("preferences.zone.here", here.getId()), zone -> {
                    Format.zoneProperty().set(zone);
                    settings.text("zone", zone == ZoneOffset.UTC ? "UTC" : "local");
                }));
        rows.row("preferences.range", "preferences.range.note", segments("range", RANGES, settings.firstRange(),
                range -> range == null ? Messages.text("live.window.auto") : range instanceof Question.Last last ? Format.age(last.length()) : Messages.text("live.range.all"),
                range -> {
                    settings.text("range", Workspace.text(range));
                    firstRange.accept(range);
                }));
        rows.row("preferences.alerts", "preferences.alerts.note", alerts(settings, muted, bell));
        TextField currency = new TextField(facts.pricesProperty().get().currency());
        currency.setId("currency");
        currency.getStyleClass().addAll("price", "mono");
        currency.setAccessibleText(Messages.text("preferences.currency"));
        currency.textProperty().addListener((property, before, now) -> {
            Prices old = facts.pricesProperty().get();
            facts.pricesProperty().set(new Prices(now.strip(), old.storage(), old.writes(), old.reads(), old.readsDay()));
        });
        Button usual = Form.button("prices-usual", "preferences.prices.usual", "plain-button");
        usual.setOnAction(event -> {
            facts.pricesProperty().set(Prices.USUAL);
            currency.setText(Prices.USUAL.currency());
        });
        HBox prices = new HBox(10, currency, usual);
        prices.setAlignment(Pos.CENTER_LEFT);
        rows.row("preferences.currency", "preferences.currency.note", prices);
        Button done = Form.button("preferences-done", "preferences.done", "action-button");
        done.setDefaultButton(true);
        done.setOnAction(event -> close());
        getChildren().addAll(rows, foot(new Label(), done));
    }

    /** That of this computer is no choice where it is UTC anyway. */
    private static List<ZoneId> zones(ZoneId here) {
        return here.normalized().equals(ZoneOffset.UTC) ? List.of(ZoneOffset.UTC) : List.of(ZoneOffset.UTC, here);
    }

    private static VBox alerts(Settings settings, BooleanProperty muted, Bell bell) {
        CheckBox sound = Form.check("prefer-sound", "preferences.sound");
        CheckBox notice = Form.check("prefer-notice", "preferences.notice");
        CheckBox mute = Form.check("prefer-mute", "preferences.mute");
        sound.setSelected(settings.loudness().sound());
        notice.setSelected(settings.loudness().notice());
        sound.setOnAction(event -> settings.loudness(settings.loudness().sound(sound.isSelected())));
        notice.setOnAction(event -> settings.loudness(settings.loudness().notice(notice.isSelected())));
        mute.selectedProperty().bindBidirectional(muted);
        Segments<Severity> from = segments("severity", List.of(Severity.values()), settings.loudness().from(), severity -> Messages.text("alerts.severity." + severity),
                least -> settings.loudness(settings.loudness().from(least)));
        Button test = Form.button("prefer-try", "preferences.try", "plain-button");
        test.setOnAction(event -> bell.tryOut(settings.loudness()));
        Label cannot = new Label();
        cannot.setId("prefer-cannot");
        cannot.getStyleClass().addAll("small", "warning-text");
        cannot.setWrapText(true);
        // Whoever tries it hears of it in a moment: a device is asked beside the screen.
        Timeline look = new Timeline(new KeyFrame(javafx.util.Duration.millis(250), event -> tell(cannot, bell.voice())));
        look.setCycleCount(Animation.INDEFINITE);
        cannot.sceneProperty().addListener((property, before, scene) -> {
            if (scene == null) {
                look.stop();
            } else {
                look.play();
            }
        });
        bell.voice().look();
        tell(cannot, bell.voice());
        HBox ways = new HBox(16, sound, notice, test);
        ways.setAlignment(Pos.CENTER_LEFT);
        HBox least = new HBox(10, new Label(Messages.text("preferences.from")), from);
        least.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, ways, cannot, least, mute);
    }

    private static void tell(Label cannot, Bell.Voice voice) {
        List<String> why = new ArrayList<>();
        voice.silent().ifPresent(reason -> why.add(Messages.text("preferences.silent", reason)));
        voice.unseen().ifPresent(reason -> why.add(Messages.text("preferences.unseen", reason)));
        cannot.setText(String.join("\n", why));
        cannot.setVisible(!why.isEmpty());
        cannot.setManaged(!why.isEmpty());
    }

    private static <T> Segments<T> segments(String id, List<T> choices, T chosen, Function<T, String> name, Consumer<T> onChoice) {
        Segments<T> segments = new Segments<>("prefer-" + id, choices, chosen, name);
        segments.chosenProperty().addListener((property, before, now) -> onChoice.accept(now));
        return segments;
    }
}
