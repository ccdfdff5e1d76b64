package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an alarm system does, by the measures of EEMUA 191: by when alerts happened, not by when they were told, so that what is read in one go, such
 * as an hour that is replayed or a gateway that was cut off, is no flood of now. Pure; immutable.
 *
 * @param hours      length of the time they are about
 * @param raised     alerts in it
 * @param peak       most alerts of any ten minutes
 * @param floodShare part of the time that was a flood, 0 to 1
 * @param standing   alerts that are active since more than a day
 * @param mix        severity → part of the alerts, 0 to 1; all zero if there was none
 * @param frequent   the alarms that raised most, at most {@value #MOST_FREQUENT}
 */
public record AlarmFigures(double hours, int raised, int peak, double floodShare, int standing, Map<Severity, Double> mix, List<Often> frequent) {

    /** How a figure is to be taken. */
    public enum Verdict { GOOD, WATCH, BAD }

    /** An alarm and how many alerts it raised. */
    public record Often(AlarmKey alarm, int raised) {
    }

    private static final int MOST_FREQUENT = 10;
    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;

    /**
     * The figures of a stretch of time.
     *
     * @param alerts all that are known
     * @param from   microseconds; where the table begins later, it is taken from the first alert
     * @param to     microseconds, now
     */
    public static AlarmFigures of(List<Alert> alerts, long from, long to) {
        long first = alerts.stream().mapToLong(Alert::began).min().orElse(from);
        long begin = Math.min(Math.max(from, first), to - Floods.SPAN);
        List<Alert> within = alerts.stream().filter(alert -> alert.began() >= begin && alert.began() < to).toList();
        long[] times = within.stream().mapToLong(Alert::began).sorted().toArray();
        double flooded = 0;
        for (Floods.Flood flood : Floods.of(times)) {
            // The ten minutes that made it one belong to it.
            flooded += Math.min(to, Math.max(flood.to(), flood.from() + Floods.SPAN)) - flood.from();
        }
        Map<Severity, Double> mix = new EnumMap<>(Severity.class);
        Map<AlarmKey, Integer> counts = new HashMap<>();
        for (Severity severity : Severity.values()) {
            mix.put(severity, 0.0);
        }
        for (Alert alert : within) {
            mix.merge(alert.severity(), 1.0 / within.size(), Double::sum);
            counts.merge(alert.alarm(), 1, Integer::sum);
        }
        List<Often> frequent = counts.entrySet().stream().map(entry -> new Often(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Often::raised).reversed().thenComparing(often -> often.alarm().toString())).limit(MOST_FREQUENT).toList();
        int standing = (int) alerts.stream().filter(alert -> alert.active() && !alert.state().isSuppressed() && to - alert.began() > DAY).count();
        return new AlarmFigures((to - begin) / (double) HOUR, within.size(), peak(times), Math.min(1, flooded / (to - begin)), standing,
                Map.copyOf(mix), new ArrayList<>(frequent));
    }

    private static int peak(long[] times) {
        int most = 0;
        int first = 0;
        for (int i = 0; i < times.length; i++) {
            while (times[i] - times[first] >= Floods.SPAN) {
                first++;
            }
            most = Math.max(most, i - first + 1);
        }
        return most;
    }

    /** Alerts in ten minutes, on average. */
    public double perTenMinutes() {
        return raised / hours / 6;
    }

    /** Alerts in an hour, on average. */
    public double perHour() {
        return raised / hours;
    }

    /** One in ten minutes is very likely acceptable, two are manageable, more are too much (EEMUA 191, table of average rates). */
    public Verdict rate() {
        return verdict(perTenMinutes(), 1, 2);
    }

    /** A peak of up to ten in ten minutes is no flood. */
    public Verdict peaks() {
        return verdict(peak, Floods.MOST, 2 * Floods.MOST);
    }

    /** Less than one percent of the time is the aim. */
    public Verdict flood() {
        return verdict(floodShare, 0.01, 0.05);
    }

    /** Fewer than five, and a plan for those (ANSI/ISA-18.2); ten at most. */
    public Verdict stale() {
        return verdict(standing, 4, 10);
    }

    /** Recommended are about 5 % high and critical, 15 % medium and 80 % low: what is always urgent is never urgent. */
    public Verdict priorities() {
        return raised == 0 ? Verdict.GOOD : verdict(share(Severity.HIGH) + share(Severity.CRITICAL), 0.1, 0.25);
    }

    /** Part of the alerts, 0 to 1. */
    public double share(Severity severity) {
        return mix.get(severity);
    }

    private static Verdict verdict(double actual, double good, double tolerable) {
        return actual <= good ? Verdict.GOOD : actual <= tolerable ? Verdict.WATCH : Verdict.BAD;
    }
}
