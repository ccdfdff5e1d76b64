package dev.tidemark.ui.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.ui.chart.Severity;
import dev.tidemark.ui.text.Messages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One entry of the list of rules, as it is read: what it does not say is as the streamer has it. Used once. */
final class RuleEntry {

    /** Why it cannot be edited, for the operator. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String key, Object... values) {
            super(Messages.text("rules.offer." + key, values));
        }
    }

    private final JsonNode node;
    private final String temperatures;
    private final Set<String> asked = new HashSet<>(Set.of("name", "kind"));

    RuleEntry(JsonNode node, String temperatures) {
        this.node = node;
        this.temperatures = temperatures;
    }

    Rule rule() throws Refused {
        Rule.Kind kind = switch (text("kind", "").replace('-', '_')) {
            case "threshold" -> Rule.Kind.THRESHOLD;
            case "spike" -> Rule.Kind.SPIKE;
            case "missing_data" -> Rule.Kind.SILENCE;
            case "status" -> Rule.Kind.STATUS;
            case "statistical" -> throw new Refused("statistical");
            case "schema_drift" -> throw new Refused("schema");
            default -> throw new Refused("kind", text("kind", ""));
        };
        boolean threshold = kind == Rule.Kind.THRESHOLD;
        boolean spike = kind == Rule.Kind.SPIKE;
        boolean silence = kind == Rule.Kind.SILENCE;
        Rule.Details usual = Rule.Details.USUAL;
        Rule.Details details = new Rule.Details(threshold ? text("unit", "") : "", temperatures, spike ? except() : "", spike ? number("least", 0) : 0,
                silence ? number("pauses", usual.pauses()) : usual.pauses(), silence ? span("forget", usual.forget()) : usual.forget());
        Rule rule = new Rule(text("name", ""), kind, kind == Rule.Kind.STATUS ? Severity.HIGH : severity(text("severity", "medium")),
                kind == Rule.Kind.STATUS ? "*" : text(silence ? "device" : "measure", "*"),
                threshold ? number("above", Double.NaN) : Double.NaN, threshold ? number("below", Double.NaN) : Double.NaN,
                spike ? number("percent", Rule.FIRST.percent()) : Rule.FIRST.percent(), spike ? span("within", Rule.FIRST.within()) : Rule.FIRST.within(),
                silence ? span("after", Rule.FIRST.after()) : Rule.FIRST.after(), kind == Rule.Kind.STATUS ? words() : Rule.FIRST.words(),
                threshold || spike ? number("dead-band", 0) : 0, silence ? "1" : text("delay", "1"), text("clear-delay", "1"), details);
        for (String key : (Iterable<String>) node::fieldNames) {
            if (!asked.contains(key)) {
                throw new Refused("unknown", key);
            }
        }
        if (threshold && Double.isNaN(rule.above()) && Double.isNaN(rule.below())) {
            throw new Refused("limits");
        }
        return rule;
    }

    private String text(String key, String otherwise) throws Refused {
        asked.add(key);
        JsonNode value = node.path(key);
        if (value.isContainerNode()) {
            throw new Refused("wrong", key);
        }
        return value.isMissingNode() || value.isNull() ? otherwise : value.asText().strip();
    }

    private double number(String key, double otherwise) throws Refused {
        String text = text(key, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        double value = Rule.limit(text);
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw new Refused("wrong", key);
        }
        return value;
    }

    private Duration span(String key, Duration otherwise) throws Refused {
        String text = text(key, "");
        return text.isEmpty() ? otherwise : Rule.span(text).orElseThrow(() -> new Refused("wrong", key));
    }

    private Severity severity(String text) throws Refused {
        Severity severity = switch (text.toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            default -> null;
        };
        if (severity == null) {
            throw new Refused("wrong", "severity");
        }
        return severity;
    }

    private String except() throws Refused {
        asked.add("except");
        JsonNode list = node.path("except");
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw new Refused("wrong", "except");
        }
        List<String> patterns = new ArrayList<>();
        list.forEach(pattern -> patterns.add(pattern.asText()));
        return String.join(", ", patterns);
    }

    private String words() throws Refused {
        asked.add("words");
        JsonNode words = node.path("words");
        if (!words.isObject() || words.isEmpty()) {
            throw new Refused("wrong", "words");
        }
        return words.properties().stream().map(word -> word.getKey().toLowerCase(Locale.ROOT) + ": " + word.getValue().asText().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }
}
