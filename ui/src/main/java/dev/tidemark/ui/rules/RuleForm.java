package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Tip;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;

import java.time.Duration;
import java.util.List;

/** The fields in which a rule is written: those that its kind has. What is typed for one kind is still there after a look at another. */
final class RuleForm {

    private final TextField name = field("rule-name");
    private final ComboBox<Severity> severity = new ComboBox<>();
    private final TextField pattern = field("rule-pattern");
    private final TextField except = field("rule-except");
    private final TextField above = field("rule-above");
    private final TextField below = field("rule-below");
    private final TextField unit = field("rule-unit");
    private final TextField percent = field("rule-percent");
    private final TextField within = field("rule-within");
    private final TextField least = field("rule-least");
    private final TextField after = field("rule-after");
    private final TextField pauses = field("rule-pauses");
    private final TextField forget = field("rule-forget");
    private final TextField words = field("rule-words");
    private final TextField deadBand = field("rule-dead-band");
    private final TextField delay = field("rule-delay");
    private final TextField clearDelay = field("rule-clear-delay");
    private String temperatures = Rule.Details.USUAL.temperatures();
    private GridPane grid;

    /**
     * @param grid    where they stand
     * @param written is told of every change
     */
    void bind(GridPane grid, Runnable written) {
        this.grid = grid;
        severity.getItems().setAll(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW);
        severity.setId("rule-severity");
        severity.setConverter(new StringConverter<>() {
            @Override
            public String toString(Severity value) {
                return value == null ? "" : Messages.text("alerts.severity." + value);
            }

            @Override
            public Severity fromString(String text) {
                return null;
            }
        });
        for (TextField field : List.of(name, pattern, except, above, below, unit, percent, within, least, after, pauses, forget, words, deadBand, delay, clearDelay)) {
            field.textProperty().addListener((property, before, now) -> written.run());
        }
        severity.valueProperty().addListener((property, before, now) -> written.run());
    }

    /** Shows a rule. */
    void fill(Rule rule) {
        name.setText(rule.name());
        severity.setValue(rule.severity());
        pattern.setText(rule.pattern());
        except.setText(rule.details().except());
        above.setText(text(rule.above()));
        below.setText(text(rule.below()));
        unit.setText(rule.details().unit());
        percent.setText(text(rule.percent()));
        within.setText(text(rule.within()));
        least.setText(text(rule.details().least()));
        after.setText(text(rule.after()));
        pauses.setText(text(rule.details().pauses()));
        forget.setText(text(rule.details().forget()));
        words.setText(rule.words());
        deadBand.setText(text(rule.deadBand()));
        delay.setText(rule.delay());
        clearDelay.setText(rule.clearDelay());
        temperatures = rule.details().temperatures();
        show(rule.kind());
    }

    /** The rule as it is written; what is no number or no time span is none, which is a mistake. */
    Rule rule(Rule.Kind kind) {
        return new Rule(name.getText().strip(), kind, severity.getValue(), pattern.getText(), Rule.limit(above.getText()), Rule.limit(below.getText()), number(percent, Double.NaN),
                span(within), span(after), words.getText(), number(deadBand, 0), delay.getText(), clearDelay.getText(),
                new Rule.Details(unit.getText().strip(), temperatures, except.getText(), number(least, 0), number(pauses, Rule.Details.USUAL.pauses()),
                        forget.getText().isBlank() ? Rule.Details.USUAL.forget() : span(forget)));
    }

    /** Only what belongs to a kind of rule. */
    void show(Rule.Kind kind) {
        grid.getChildren().clear();
        row("name", name);
        switch (kind) {
            case THRESHOLD -> {
                row("severity", severity);
                row("measure", pattern);
                row("above", above);
                row("below", below);
                row("unit", unit);
                row("deadband", deadBand);
                row("delay", delay);
            }
            case SPIKE -> {
                row("severity", severity);
                row("measure", pattern);
                row("except", except);
                row("percent", percent);
                row("within", within);
                row("least", least);
                row("deadband", deadBand);
                row("delay", delay);
            }
            case SILENCE -> {
                row("severity", severity);
                row("device", pattern);
                row("after", after);
                row("pauses", pauses);
                row("forget", forget);
            }
            case STATUS -> {
                row("words", words);
                row("delay", delay);
            }
        }
        row("cleardelay", clearDelay);
    }

    private void row(String key, Node input) {
        Label label = new Label(Messages.text("rules.field." + key));
        label.getStyleClass().addAll("small", "quiet");
        label.setLabelFor(input);
        label.setMinWidth(Region.USE_PREF_SIZE);
        Tip.on(label, Messages.text("rules.field." + key + ".tip"));
        input.setAccessibleText(label.getText());
        if (input instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        GridPane.setHgrow(input, Priority.ALWAYS);
        grid.addRow(grid.getRowCount(), label, input == delay || input == clearDelay ? counted((TextField) input) : input);
    }

    /** A field whose bare number is told to be one of readings. */
    private static Node counted(TextField field) {
        Label unit = new Label();
        unit.getStyleClass().addAll("small", "faint");
        unit.setMouseTransparent(true);
        unit.textProperty().bind(field.textProperty().map(text -> text.strip().matches("\\d{1,9}") ? Messages.text("rules.readings", Long.parseLong(text.strip())) : ""));
        StackPane place = new StackPane(field, unit);
        StackPane.setAlignment(unit, Pos.CENTER_RIGHT);
        StackPane.setMargin(unit, new Insets(0, 12, 0, 0));
        return place;
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("words");
        return field;
    }

    private static Duration span(TextField field) {
        return Rule.span(field.getText()).orElse(null);
    }

    private static double number(TextField field, double blank) {
        if (field.getText().isBlank()) {
            return blank;
        }
        double value = Rule.limit(field.getText());
        return Double.isInfinite(value) ? Double.NaN : value;
    }

    private static String text(Duration span) {
        return span == null ? "" : Rule.written(span);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
    }
}
