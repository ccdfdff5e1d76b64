package dev.tidemark.ui.rules;

import dev.tidemark.ui.text.Micros;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * When a rule would have raised, by the aggregates of closed windows. Pure. Times are microseconds since 1970-01-01T00:00Z.
 *
 * <p>A window tells its lowest and highest value, not when they were: an alert is placed at the start of its window, a value that was back within
 * one window is not seen to have been back, and a delay of so many readings is over in a window that has as many. The streamer judges every reading; for limits
 * the two agree on which windows held an alert.
 */
public final class BackTest {

    /**
     * One window of one measure of one device.
     *
     * @param count readings in it
     * @param last  time of the last of them
     */
    public record Sample(long start, long end, long count, double min, double max, double avg, long last) {
    }

    /** Whose windows they are. */
    public record Source(String device, String measure) {
    }

    /**
     * One alert that would have been.
     *
     * @param from when it would have been raised
     * @param to   when it would have been cleared; {@link Long#MAX_VALUE} if not by the end
     * @param worst the value farthest beyond; NaN if there is no number to it
     */
    public record Episode(Source source, long from, long to, double worst) {
    }

    private BackTest() {
    }

    /**
     * Tries a rule. A status rule finds nothing: windows hold no words.
     *
     * @param windows whose → its windows in the order of time
     * @param units   whose → the unit of its readings, where that is known: a limit in another unit of temperature is put into theirs
     * @param end     of the time that is looked at
     * @return what it would have raised, the first first
     */
    public static List<Episode> run(Rule rule, Map<Source, List<Sample>> windows, Map<Source, String> units, long end) {
        List<Episode> found = new ArrayList<>();
        windows.forEach((source, samples) -> {
            if (rule.kind() == Rule.Kind.SILENCE ? rule.watches(source.device()) : rule.kind() != Rule.Kind.STATUS && rule.watches(source.measure())) {
                switch (rule.kind()) {
                    case THRESHOLD, SPIKE -> found.addAll(beyond(rule.in(units.getOrDefault(source, "")), source, samples));
                    case SILENCE -> found.addAll(silent(rule, source, samples, end));
                    case STATUS -> { }
                }
            }
        });
        found.sort(Comparator.comparingLong(Episode::from).thenComparing(episode -> episode.source().toString()));
        return found;
    }

    private static List<Episode> beyond(Rule rule, Source source, List<Sample> samples) {
        List<Episode> found = new ArrayList<>();
        long since = Long.MIN_VALUE;
        long readings = 0;
        long backSince = Long.MIN_VALUE;
        long backReadings = 0;
        boolean open = false;
        double worst = Double.NaN;
        double farthest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            double excess = rule.kind() == Rule.Kind.SPIKE ? rise(rule, samples, i) - rule.percent() : excess(rule, sample);
            double value = rule.kind() == Rule.Kind.SPIKE || excess == sample.max() - rule.above() ? sample.max() : sample.min();
            if (excess > 0) {
                since = since == Long.MIN_VALUE ? sample.start() : since;
                readings += sample.count();
                backSince = Long.MIN_VALUE;
                backReadings = 0;
                if (excess > farthest) {
                    farthest = excess;
                    worst = value;
                }
                if (!open && isOver(rule.delay(), since, sample.end(), readings)) {
                    open = true;
                    found.add(new Episode(source, since, Long.MAX_VALUE, worst));
                }
            } else if (!open) {
                since = Long.MIN_VALUE;
                readings = 0;
                farthest = Double.NEGATIVE_INFINITY;
            } else if (excess <= -rule.deadBand()) {
                backSince = backSince == Long.MIN_VALUE ? sample.start() : backSince;
                backReadings += sample.count();
                if (isOver(rule.clearDelay(), backSince, sample.end(), backReadings)) {
                    open = false;
                    found.set(found.size() - 1, new Episode(source, found.get(found.size() - 1).from(), backSince, worst));
                    since = Long.MIN_VALUE;
                    readings = 0;
                    backSince = Long.MIN_VALUE;
                    backReadings = 0;
                    farthest = Double.NEGATIVE_INFINITY;
                }
            } else {
                backSince = Long.MIN_VALUE;
                backReadings = 0;
            }
            if (open) {
                found.set(found.size() - 1, new Episode(source, found.get(found.size() - 1).from(), Long.MAX_VALUE, worst));
            }
        }
        return found;
    }

    /** How far a window is beyond the limits; negative: within. */
    private static double excess(Rule rule, Sample sample) {
        double above = Double.isNaN(rule.above()) ? Double.NEGATIVE_INFINITY : sample.max() - rule.above();
        double below = Double.isNaN(rule.below()) ? Double.NEGATIVE_INFINITY : rule.below() - sample.min();
        return Math.max(above, below);
    }

    /** By how many percent the highest value of a window lies above the lowest of the time before, that window's own start among it. */
    private static double rise(Rule rule, List<Sample> samples, int at) {
        Sample sample = samples.get(at);
        double lowest = Double.POSITIVE_INFINITY;
        long from = sample.start() - Micros.of(rule.within());
        for (int i = at - 1; i >= 0 && samples.get(i).end() > from; i--) {
            lowest = Math.min(lowest, samples.get(i).min());
        }
        return lowest == Double.POSITIVE_INFINITY || lowest == 0 || sample.max() - lowest <= rule.details().least() ? 0 : 100 * (sample.max() - lowest) / Math.abs(lowest);
    }

    private static boolean isOver(String delay, long since, long now, long readings) {
        return Rule.span(delay).map(span -> now - since >= Micros.of(span)).orElseGet(() -> readings >= Long.parseLong(delay.strip()));
    }

    private static List<Episode> silent(Rule rule, Source source, List<Sample> samples, long end) {
        List<Episode> found = new ArrayList<>();
        long after = Micros.of(rule.after());
        for (int i = 0; i < samples.size(); i++) {
            long last = samples.get(i).last();
            long next = i + 1 < samples.size() ? samples.get(i + 1).start() : end;
            if (next - last > after) {
                found.add(new Episode(source, last + after, i + 1 < samples.size() ? next : Long.MAX_VALUE, Double.NaN));
            }
        }
        return found;
    }
}
