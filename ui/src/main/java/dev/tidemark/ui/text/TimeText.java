package dev.tidemark.ui.text;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time as people write it: {@code 14:00}, {@code yesterday 14:00}, {@code tuesday 22:30}, {@code 2 h ago}, {@code 2026-11-21 04:30},
 * {@code 21 nov 4:30}. A time of day alone is the last one that has passed. Pure.
 */
public final class TimeText {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\\s*(ago)?");
    private static final Pattern CLOCK = Pattern.compile("(?:(.*?)[\\sT]+)?(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
    private static final List<DateTimeFormatter> DATES = List.of(date("uuuu-M-d"), date("d MMM uuuu"), date("d MMMM uuuu"), date("d.M.uuuu"));
    private static final List<DateTimeFormatter> DAYS_OF_THE_YEAR = List.of(date("d MMM uuuu"), date("d MMMM uuuu"), date("MMM d uuuu"));

    private TimeText() {
    }

    /**
     * The time that is meant; empty if none is.
     *
     * @param zone of what is written, unless that ends with {@code UTC} or {@code Z}
     */
    public static Optional<Instant> read(String text, Instant now, ZoneId zone) {
        String whole = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String written = whole.replaceAll("(?<=[\\s\\d])\\s*(utc|z)$", "").strip();
        return local(written, now, written.equals(whole) ? zone : ZoneOffset.UTC);
    }

    private static Optional<Instant> local(String written, Instant now, ZoneId zone) {
        Matcher ago = AGO.matcher(written);
        if (ago.matches()) {
            return Optional.of(now.minus(length(Long.parseLong(ago.group(1)), ago.group(2).charAt(0))));
        }
        if (written.equals("now")) {
            return Optional.of(now);
        }
        try {
            Matcher clock = CLOCK.matcher(written.replaceFirst("(\\d)t(\\d)", "$1 $2"));
            LocalDate today = LocalDate.ofInstant(now, zone);
            if (clock.matches()) {
                LocalTime time = LocalTime.of(Integer.parseInt(clock.group(2)), Integer.parseInt(clock.group(3)),
                        clock.group(4) == null ? 0 : Integer.parseInt(clock.group(4)));
                if (clock.group(1) == null) {
                    Instant at = today.atTime(time).atZone(zone).toInstant();
                    return Optional.of(at.isAfter(now) ? today.minusDays(1).atTime(time).atZone(zone).toInstant() : at);
                }
                return day(clock.group(1).strip(), today).map(day -> day.atTime(time).atZone(zone).toInstant());
            }
            return day(written, today).map(day -> day.atStartOfDay(zone).toInstant());
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    private static Duration length(long number, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Optional<LocalDate> day(String text, LocalDate today) {
        if (text.equals("today")) {
            return Optional.of(today);
        }
        if (text.equals("yesterday")) {
            return Optional.of(today.minusDays(1));
        }
        String name = text.replaceFirst("^(last|on) ", "");
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name().toLowerCase(Locale.ROOT);
            if (name.equals(full) || name.equals(full.substring(0, 3))) {
                return Optional.of(today.with(TemporalAdjusters.previous(day)));
            }
        }
        for (DateTimeFormatter format : DATES) {
            Optional<LocalDate> parsed = parse(text, format);
            if (parsed.isPresent()) {
                return parsed;
            }
        }
        for (DateTimeFormatter format : DAYS_OF_THE_YEAR) {
            Optional<LocalDate> parsed = parse(text + " " + today.getYear(), format);
            if (parsed.isPresent()) {
                return parsed.map(day -> day.isAfter(today) ? day.minusYears(1) : day);
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> parse(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDate.parse(text, format));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter date(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern).toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }
}
