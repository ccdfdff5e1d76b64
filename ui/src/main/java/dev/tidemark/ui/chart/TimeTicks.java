package dev.tidemark.ui.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ticks of the time axis, at round instants from microseconds to centuries.
 *
 * @param ticks   ascending
 * @param context what the labels leave unsaid, at the axis' beginning: the day, or the year; may be empty
 */
record TimeTicks(List<Tick> ticks, String context) {

    /**
     * One tick.
     *
     * @param micros  µs UTC
     * @param label   its text
     * @param dateLine whether a day (on an axis of hours) or a year (on an axis of days) begins here
     */
    record Tick(long micros, String label, boolean dateLine) { }

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] STEPS = {
        SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
        MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
        HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY};
    private static final int[] MONTHS = {1, 3, 6};
    /** 1970-01-05 was a Monday; weeks begin there. */
    private static final long MONDAY = 4 * DAY;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

    /** At most {@code most} ticks (at least one is allowed for) within the range, in UTC. */
    static TimeTicks of(TimeRange range, int most) {
        return of(range, most, ZoneOffset.UTC);
    }

    /**
     * The same by the clock of a zone. Ticks stand where that clock shows round times at the beginning of the range; beyond a change of summer time
     * in it they are still told rightly, but may not be round.
     */
    static TimeTicks of(TimeRange range, int most, ZoneId zone) {
        double wanted = (double) range.span() / Math.max(1, most);
        if (wanted <= STEPS[STEPS.length - 1]) {
            return ofStep(range, stepAbove(wanted), zone);
        }
        double months = wanted / (30.4 * DAY);
        for (int step : MONTHS) {
            if (months <= step) {
                return ofMonths(range, step, zone);
            }
        }
        return ofMonths(range, 12 * (int) Math.max(1, ValueAxis.stepAbove(months / 12)), zone);
    }

    private static long stepAbove(double wanted) {
        if (wanted <= SECOND / 2.0) {
            return (long) Math.max(1, ValueAxis.stepAbove(Math.max(1, wanted)));
        }
        for (long step : STEPS) {
            if (wanted <= step) {
                return step;
            }
        }
        throw new AssertionError(wanted);
    }

    private static TimeTicks ofStep(TimeRange range, long step, ZoneId zone) {
        long ahead = at(range.from(), zone).atZone(zone).getOffset().getTotalSeconds() * SECOND;
        long offset = (step >= 7 * DAY ? MONDAY : 0) - (step < SECOND ? 0 : ahead);
        List<Tick> ticks = new ArrayList<>();
        boolean intraday = step < DAY;
        for (long t = Math.floorDiv(range.from() - offset + step - 1, step) * step + offset; t < range.to(); t += step) {
            LocalDateTime at = at(t, zone);
            boolean midnight = at.toLocalTime().equals(LocalTime.MIDNIGHT);
            boolean dateLine = intraday ? midnight : at.getDayOfYear() == 1;
            String label = !intraday ? dateLine ? Integer.toString(at.getYear()) : DATE.format(at)
                    : midnight ? DATE.format(at)
                    : step >= MINUTE ? CLOCK.format(at)
                    : step >= SECOND ? SECONDS.format(at)
                    : SECONDS.format(at) + fraction(t, step);
            ticks.add(new Tick(t, label, dateLine));
        }
        LocalDateTime first = at(range.from(), zone);
        return new TimeTicks(List.copyOf(ticks), intraday ? DATE.format(first) : Integer.toString(first.getYear()));
    }

    private static String fraction(long micros, long step) {
        int digits = 6;
        for (long s = step; s % 10 == 0; s /= 10) {
            digits--;
        }
        return String.format(Locale.ROOT, ".%06d", Math.floorMod(micros, SECOND)).substring(0, digits + 1);
    }

    private static TimeTicks ofMonths(TimeRange range, int step, ZoneId zone) {
        LocalDate first = at(range.from(), zone).toLocalDate().withDayOfMonth(1);
        long month = Math.floorDiv(first.getYear() * 12L + first.getMonthValue() - 1, (long) step) * step;
        List<Tick> ticks = new ArrayList<>();
        for (long m = month; ; m += step) {
            LocalDate day = LocalDate.of((int) Math.floorDiv(m, 12L), (int) Math.floorMod(m, 12L) + 1, 1);
            long t = day.atStartOfDay(zone).toEpochSecond() * SECOND;
            if (t >= range.to()) {
                break;
            }
            if (t >= range.from()) {
                boolean year = day.getMonthValue() == 1;
                ticks.add(new Tick(t, year ? Integer.toString(day.getYear()) : MONTH.format(day), year && step < 12));
            }
        }
        return new TimeTicks(List.copyOf(ticks), step < 12 ? Integer.toString(first.getYear()) : "");
    }

    private static LocalDateTime at(long micros, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone);
    }
}
