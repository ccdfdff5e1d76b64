package dev.tidemark.stream.alert;

import dev.tidemark.stream.decode.Shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Which rules watch which measure: worked out once for a measure and unit, and by itself for a device that has limits of its own. */
final class Watches {

    private static final int MOST = 10_000;

    private final List<Rule> rules;
    private final Limits limits;
    private final Temperature temperature;
    private final int[] scoresLeft;
    private final Map<List<String>, Watch[]> shared = new HashMap<>();
    /** For devices without limits of their own. */
    private final Map<Shape, Watch[][]> shapes = new IdentityHashMap<>();
    private long version;

    Watches(Rules rules, Limits limits) {
        this.rules = rules.all();
        this.limits = limits;
        this.temperature = Temperature.of(rules.temperatureUnit());
        this.scoresLeft = rules.all().stream().filter(Rule.Statistical.class::isInstance).mapToInt(rule -> ((Rule.Statistical) rule).most()).limit(1).toArray();
        this.version = limits.version();
    }

    /** Looks whether the limits have changed. Between batches only. */
    void refresh() {
        version = limits.version();
    }

    /** Of the limits. */
    long version() {
        return version;
    }

    /** One of the series that may be scored is taken already: it came back from a state. */
    void scored() {
        scoresLeft[0]--;
    }

    /** Whether another series may be scored. */
    boolean mayScore() {
        return scoresLeft.length > 0 && scoresLeft[0] > 0;
    }

    /** For each measure of a shape, what watches it. */
    Watch[][] of(String device, Shape shape) {
        Watch[][] usual = shapes.get(shape);
        if (usual == null) {
            usual = new Watch[shape.measures().size()][];
            for (int i = 0; i < usual.length; i++) {
                usual[i] = usual(shape.measures().get(i), shape.units().get(i));
            }
            if (shapes.size() >= MOST) {
                shapes.clear();
            }
            shapes.put(shape, usual);
        }
        Watch[][] own = usual;
        for (int i = 0; i < usual.length; i++) {
            Limits.Range range = limits.of(device, shape.measures().get(i));
            if (range != null) {
                own = own == usual ? usual.clone() : own;
                own[i] = make(shape.measures().get(i), shape.units().get(i), range);
            }
        }
        return own;
    }

    private Watch[] usual(String measure, String unit) {
        if (shared.size() >= MOST) {
            shared.clear();
        }
        return shared.computeIfAbsent(List.of(measure, unit == null ? "" : unit), key -> make(measure, unit, null));
    }

    private Watch[] make(String measure, String unit, Limits.Range range) {
        List<Watch> watches = new ArrayList<>();
        boolean rises = false;
        boolean scores = false;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            int slot = 2 * i;
            if (rule instanceof Rule.Threshold threshold && threshold.measure().matches(measure)) {
                levels(threshold, slot, measure, unit, range, watches);
            } else if (rule instanceof Rule.Spike spike && !rises && spike.watches(measure)) {
                rises = true;
                watches.add(new Watch.Rise(spike, slot));
            } else if (rule instanceof Rule.Statistical statistical && !scores && statistical.measure().matches(measure)) {
                scores = true;
                watches.add(new Watch.Anomaly(statistical, slot, scoresLeft));
            }
        }
        return watches.toArray(Watch[]::new);
    }

    /** The device's own limits replace those of the first rule that has a say in this measure; the others are left with nothing. */
    private void levels(Rule.Threshold rule, int slot, String measure, String unit, Limits.Range range, List<Watch> watches) {
        boolean any = rule.above() != rule.above() && rule.below() != rule.below();
        Temperature readings = unit(measure, unit, range);
        readings = readings == null && unit == null ? temperature : readings;
        double above = rule.above();
        double below = rule.below();
        String of = rule.unit();
        double band = rule.deadBand();
        if (range != null) {
            above = any || above == above ? range.high() : Double.NaN;
            below = any || below == below ? range.low() : Double.NaN;
            of = range.unit();
        }
        if (above == above && !isThere(watches, true, range)) {
            watches.add(new Watch.Level(rule, slot, true, value(above, of, readings), band(band, rule.unit(), readings)));
        }
        if (below == below && !isThere(watches, false, range)) {
            watches.add(new Watch.Level(rule, slot + 1, false, value(below, of, readings), band(band, rule.unit(), readings)));
        }
    }

    private static boolean isThere(List<Watch> watches, boolean above, Limits.Range range) {
        return range != null && watches.stream().anyMatch(watch -> watch instanceof Watch.Level level && level.isAbove() == above);
    }

    private static Temperature unit(String measure, String unit, Limits.Range range) {
        Temperature told = unit != null ? Temperature.of(unit) : Temperature.ofName(measure);
        return told != null || unit != null || range == null ? told : Temperature.of(range.unit());
    }

    private static double value(double limit, String unit, Temperature readings) {
        Temperature own = Temperature.of(unit);
        return own == null || readings == null ? limit : own.to(readings, limit);
    }

    private static double band(double band, String unit, Temperature readings) {
        Temperature own = Temperature.of(unit);
        return own == null || readings == null ? band : own.difference(readings, band);
    }
}
