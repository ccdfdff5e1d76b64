package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Chooses the time to look at: the usual lengths, all, or from a time to another. */
final class RangeBar {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final LiveModel model;
    private final Map<Question.Range, ToggleButton> usual = new LinkedHashMap<>();
    private final ToggleButton custom = segment(Messages.text("live.range.custom"));
    private Popup popup;

    RangeBar(HBox place, LiveModel model) {
        this.model = model;
        for (Duration length : new Duration[] {Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1),
                Duration.ofHours(6), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30)}) {
            add(new Question.Last(length), Format.age(length));
        }
        add(new Question.All(), Messages.text("live.range.all"));
        custom.setId("range-custom");
        custom.setOnAction(event -> {
            show();
            openCustom();
        });
        usual.values().forEach(place.getChildren()::add);
        place.getChildren().add(custom);
    }

    /** Which range is shown. */
    void show() {
        Frame frame = model.frameProperty().get();
        Question.Range wanted = model.question().range() != null ? model.question().range()
                : frame == null ? null : frame.asked().wanted();
        usual.forEach((range, button) -> button.setSelected(range.equals(wanted)));
        custom.setSelected(wanted instanceof Question.Between);
    }

    private void add(Question.Range range, String text) {
        ToggleButton button = segment(text);
        button.setId("range-" + text.replace("\u2009", ""));
        button.setOnAction(event -> choose(range));
        usual.put(range, button);
    }

    private void choose(Question.Range range) {
        model.choose(range);
        show();
    }

    private static ToggleButton segment(String text) {
        ToggleButton button = new ToggleButton(text);
        button.getStyleClass().setAll("segment");
        button.setMinWidth(ToggleButton.USE_PREF_SIZE);
        return button;
    }

    private void openCustom() {
        TimeRange shown = model.view().getRange();
        TextField from = field(shown.from());
        TextField to = field(shown.to());
        Label wrong = new Label(Messages.text("live.range.custom.wrong"));
        wrong.getStyleClass().addAll("small", "alarm-text");
        wrong.setWrapText(true);
        wrong.setVisible(false);
        wrong.setManaged(false);
        Button go = new Button(Messages.text("live.range.custom.show"));
        go.getStyleClass().setAll("button", "action-button");
        go.setId("range-show");
        go.setDefaultButton(true);
        go.setOnAction(event -> {
            Optional<Long> first = micros(from.getText());
            Optional<Long> last = micros(to.getText());
            boolean right = first.isPresent() && last.isPresent() && first.get() < last.get();
            wrong.setVisible(!right);
            wrong.setManaged(!right);
            if (right) {
                popup.hide();
                choose(new Question.Between(first.get(), last.get()));
            }
        });
        GridPane times = new GridPane();
        times.setHgap(10);
        times.setVgap(8);
        times.addRow(0, quiet(Messages.text("live.range.custom.from", Format.zoneName(Micros.instant(shown.to())))), from);
        times.addRow(1, quiet(Messages.text("live.range.custom.to", Format.zoneName(Micros.instant(shown.to())))), to);
        Label head = new Label(Messages.text("live.range.custom.title"));
        head.getStyleClass().add("overline");
        VBox box = new VBox(10, head, times, wrong, go);
        Frame frame = model.frameProperty().get();
        if (frame != null && frame.choices().extent().stretches().size() > 1) {
            Label where = new Label(Messages.text("live.range.stretches"));
            where.getStyleClass().add("overline");
            VBox.setMargin(where, new Insets(6, 0, 0, 0));
            box.getChildren().add(where);
            for (TimeRange stretch : frame.choices().extent().stretches()) {
                Button button = new Button(Format.stretch(Micros.instant(stretch.from()), Micros.instant(stretch.to())));
                button.getStyleClass().setAll("button", "plain-button");
                button.setMaxWidth(Double.MAX_VALUE);
                button.setOnAction(event -> {
                    popup.hide();
                    choose(new Question.Between(stretch.from(), stretch.to() + Micros.of(Duration.ofHours(1))));
                });
                box.getChildren().add(button);
            }
        }
        box.getStyleClass().add("range-popup");
        popup = new Popup();
        popup.setAutoHide(true);
        popup.getContent().add(box);
        Bounds below = custom.localToScreen(custom.getBoundsInLocal());
        popup.show(custom, below.getMinX() - 8, below.getMaxY() - 2);
        from.requestFocus();
    }

    private static Label quiet(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("small", "quiet");
        return label;
    }

    private static TextField field(long micros) {
        TextField field = new TextField(MINUTES.format(Micros.instant(micros).atZone(Format.zone())));
        field.getStyleClass().addAll("calendar-field", "mono");
        return field;
    }

    private static Optional<Long> micros(String text) {
        String written = text.strip().replace('T', ' ');
        try {
            LocalDateTime time = written.length() <= 10 ? LocalDate.parse(written).atStartOfDay() : LocalDateTime.parse(written, MINUTES);
            return Optional.of(Micros.of(time.atZone(Format.zone()).toInstant()));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
