package dev.tidemark.stream.alert;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules, in the order in which they are judged. Immutable.
 *
 * @param all each with a name of its own; missing data, status and schema drift at most once each
 */
public record Rules(List<Rule> all) {

    private static final long MINUTE = 60_000_000L;

    /** What holds where nothing is configured. */
    public static final Rules DEFAULT = new Rules(List.of(
            new Rule.Threshold("too-hot", Severity.HIGH, new MeasurePattern("*temp*"), 100, Double.NaN, "°F", 2, Delay.NONE, new Delay(0, 3)),
            new Rule.Threshold("too-cold", Severity.HIGH, new MeasurePattern("*temp*"), Double.NaN, 32, "°F", 2, Delay.NONE, new Delay(0, 3)),
            new Rule.Threshold("limits", Severity.HIGH, MeasurePattern.ANY, Double.NaN, Double.NaN, null, 0, Delay.NONE, new Delay(0, 3)),
            new Rule.Spike("spike", Severity.MEDIUM, MeasurePattern.ANY, 20, MINUTE, 0, 5, Delay.NONE, new Delay(MINUTE, 1)),
            new Rule.MissingData("silent", Severity.HIGH, MeasurePattern.ANY, 5 * MINUTE, 2, 7 * 24 * 60 * MINUTE, Delay.NONE),
            new Rule.Status("status", Map.of("error", Severity.HIGH, "critical", Severity.CRITICAL), Delay.NONE, new Delay(0, 2)),
            new Rule.SchemaDrift("schema", Severity.LOW, 60 * MINUTE)));

    /** No alerts at all. */
    public static final Rules NONE = new Rules(List.of());

    /** @throws IllegalArgumentException with a message for the user if the rules do not go together */
    public Rules {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        Set<AlertKind> once = new HashSet<>();
        for (Rule rule : all) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("two rules of one name (expected names of their own, actual " + rule.name() + " twice)");
            }
            boolean many = switch (rule.kind()) {
                case THRESHOLD, SPIKE, STATISTICAL -> true;
                case MISSING_DATA, STATUS, SCHEMA_DRIFT -> false;
            };
            if (!many && !once.add(rule.kind())) {
                throw new IllegalArgumentException("two rules of kind " + rule.kind() + " (expected at most one, actual another one named " + rule.name() + ")");
            }
        }
    }

    /** The only rule of a type; null if there is none. */
    <R extends Rule> R only(Class<R> type) {
        return all.stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
    }
}
