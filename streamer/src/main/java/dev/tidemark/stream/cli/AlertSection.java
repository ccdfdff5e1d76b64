package dev.tidemark.stream.cli;

import dev.tidemark.stream.alert.AlertKind;
import dev.tidemark.stream.alert.Delay;
import dev.tidemark.stream.alert.MeasurePattern;
import dev.tidemark.stream.alert.Rule;
import dev.tidemark.stream.alert.Rules;
import dev.tidemark.stream.alert.Severity;
import dev.tidemark.stream.config.Section;
import dev.tidemark.stream.window.TimeSpan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The section {@code alerts} of a configuration file. */
final class AlertSection {

    private static final double ANY = Double.MAX_VALUE;

    private AlertSection() {
    }

    /** Rules that stand there replace the usual ones, all of them. */
    static Rules rules(Section alerts) {
        String temperatures = alerts.text("temperature-unit", Rules.FAHRENHEIT);
        return new Rules(alerts.has("rules") ? alerts.sections("rules", AlertSection::rule) : Rules.DEFAULT.all(), temperatures);
    }

    private static Rule rule(Section rule) {
        String name = rule.requiredText("name");
        AlertKind kind = rule.required("kind", AlertSection::kind);
        return switch (kind) {
            case THRESHOLD -> new Rule.Threshold(name, severity(rule), pattern(rule, "measure"), rule.number("above", Double.NaN, -ANY, ANY),
                    rule.number("below", Double.NaN, -ANY, ANY), rule.text("unit", null), rule.number("dead-band", 0.0, 0, ANY), delay(rule, "delay"),
                    delay(rule, "clear-delay"));
            case SPIKE -> new Rule.Spike(name, severity(rule), pattern(rule, "measure"), rule.list("except", List.of(), MeasurePattern::new), rule.number("percent", 20.0, 0, ANY), span(rule, "within", "1m"),
                    rule.number("least", 0.0, 0, ANY), rule.number("dead-band", 0.0, 0, ANY), delay(rule, "delay"), delay(rule, "clear-delay"));
            case MISSING_DATA -> new Rule.MissingData(name, severity(rule), pattern(rule, "device"), span(rule, "after", "5m"), (int) rule.whole("pauses", 2, 0, 100),
                    span(rule, "forget", "7d"), delay(rule, "clear-delay"));
            case STATUS -> new Rule.Status(name, words(rule), delay(rule, "delay"), delay(rule, "clear-delay"));
            case STATISTICAL -> new Rule.Statistical(name, severity(rule), pattern(rule, "measure"), rule.number("score", 3.0, 0, ANY),
                    (int) rule.whole("most", 100, 1, 10_000), rule.number("dead-band", 0.0, 0, ANY), delay(rule, "delay"), delay(rule, "clear-delay"));
            case SCHEMA_DRIFT -> new Rule.SchemaDrift(name, severity(rule), span(rule, "clear-after", "1h"));
        };
    }

    private static AlertKind kind(String text) {
        for (AlertKind kind : AlertKind.values()) {
            if (kind.toString().equals(text.replace('-', '_'))) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind (expected threshold, spike, missing_data, status, statistical or schema_drift, actual \"" + text + "\")");
    }

    private static Severity severity(Section rule) {
        return rule.value("severity", Severity.MEDIUM, Severity::parse);
    }

    private static MeasurePattern pattern(Section rule, String key) {
        return rule.value(key, MeasurePattern.ANY, MeasurePattern::new);
    }

    private static Delay delay(Section rule, String key) {
        return rule.value(key, Delay.NONE, Delay::parse);
    }

    private static long span(Section rule, String key, String otherwise) {
        return rule.value(key, TimeSpan.parse(otherwise), TimeSpan::parse).micros();
    }

    private static Map<String, Severity> words(Section rule) {
        Map<String, Severity> words = new LinkedHashMap<>();
        rule.texts("words").forEach((word, severity) -> {
            try {
                words.put(word.toLowerCase(Locale.ROOT), Severity.parse(severity));
            } catch (IllegalArgumentException e) {
                rule.refuse("words", word + ": " + e.getMessage());
            }
        });
        return words;
    }
}
