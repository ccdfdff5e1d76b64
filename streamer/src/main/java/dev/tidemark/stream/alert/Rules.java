package dev.tidemark.stream.alert;

import dev.tidemark.stream.config.InvalidSetting;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules, in the order in which they are judged. Immutable.
 *
 * @param all             each with a name of its own; missing data, status and schema drift at most once each
 * @param temperatureUnit of temperatures whose unit neither the reading, nor the name of the measure, nor reference data tells
 */
public record Rules(List<Rule> all, String temperatureUnit) {

    /** What temperatures are in where nothing is said. */
    public static final String FAHRENHEIT = "°F";

    private static final long MINUTE = 60_000_000L;

    /** Numbers that only tell one message from another, or count: that they rise is no news. */
    private static final List<MeasurePattern> COUNTERS = Stream.of("id", "*_id", "*messageid", "seq*", "*_seq*", "*sequence*", "*count*")
            .map(MeasurePattern::new).toList();

    /** What holds where nothing is configured. */
    public static final Rules DEFAULT = new Rules(List.of(
            new Rule.Threshold("too-hot", Severity.HIGH, new MeasurePattern("*temp*"), 100, Double.NaN, "°F", 2, Delay.NONE, new Delay(0, 3)),
            new Rule.Threshold("too-cold", Severity.HIGH, new MeasurePattern("*temp*"), Double.NaN, 32, "°F", 2, Delay.NONE, new Delay(0, 3)),
            new Rule.Threshold("limits", Severity.HIGH, MeasurePattern.ANY, Double.NaN, Double.NaN, null, 0, Delay.NONE, new Delay(0, 3)),
            new Rule.Spike("spike", Severity.MEDIUM, MeasurePattern.ANY, COUNTERS, 20, MINUTE, 0, 5, Delay.NONE, new Delay(MINUTE, 1)),
            new Rule.MissingData("silent", Severity.HIGH, MeasurePattern.ANY, 5 * MINUTE, 2, 7 * 24 * 60 * MINUTE, Delay.NONE),
            new Rule.Status("status", Map.of("error", Severity.HIGH, "critical", Severity.CRITICAL), Delay.NONE, new Delay(0, 2)),
            new Rule.SchemaDrift("schema", Severity.LOW, 60 * MINUTE)));

    /** No alerts at all. */
    public static final Rules NONE = new Rules(List.of());

    /** Rules for temperatures in degrees Fahrenheit, if nothing else is said of them. */
    public Rules(List<Rule> all) {
        this(all, FAHRENHEIT);
    }

    /** @throws IllegalArgumentException with a message for the user if the rules do not go together */
    public Rules {
        all = List.copyOf(all);
        InvalidSetting.require(Temperature.of(temperatureUnit) != null, "temperature-unit",
                "no unit of temperature (expected °F, °C or K, actual \"" + temperatureUnit + "\")");
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
