package dev.tidemark.ui.text;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How numbers, times and ages are written. Thread-safe.
 *
 * <p>Dates name their zone, once where they are read together: a sentence at its end, a table in the head of a column, a panel or a dialog at its first time.
 * A time of day alone, such as on the axis of a chart, has the zone of the clock at the top of the window.
 */
public final class Format {

    /** When zones are as they are now. */
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
    /** Groups digits without being taken for a decimal sign in any country. */
    private static final char THIN_SPACE = '\u2009';
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private static final ObjectProperty<ZoneId> ZONE = new SimpleObjectProperty<>(ZoneOffset.UTC);
    /** The same for other threads. */
    private static volatile ZoneId zone = ZoneOffset.UTC;

    static {
        ZONE.addListener((property, before, now) -> zone = now);
    }

    private Format() {
    }

    /** The zone in which times are written and read; UTC until the operator says otherwise. Set on the thread that owns the screen. */
    public static ObjectProperty<ZoneId> zoneProperty() {
        return ZONE;
    }

    /** The zone in which times are written and read. */
    public static ZoneId zone() {
        return zone;
    }

    /** A time with the name of its zone: {@code 2026-11-21 04:51:07 UTC}. */
    public static String zoned(Instant time) {
        return stamp(time) + " " + zoneName(time);
    }

    /** The same to the minute: {@code 2026-11-21 04:51 UTC}. */
    public static String zonedMinute(Instant time) {
        return minute(time) + " " + zoneName(time);
    }

    /** {@code 2026-11-21 04:51}. */
    public static String minute(Instant time) {
        return stamp(time).substring(0, 16);
    }

    /** What the zone is called at a time: {@code UTC}, {@code CET}. */
    public static String zoneName(Instant time) {
        return zone == ZoneOffset.UTC ? "UTC" : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time.atZone(zone));
    }

    /** The head of a column of times, with the zone they are in, whatever the season: {@code Time (CET)}. */
    public static ObservableValue<String> zonedHead(String head) {
        return ZONE.map(now -> head + " (" + yearRound(now) + ")");
    }

    private static String yearRound(ZoneId zone) {
        String seasons = zone.getRules().getTransitionRules().isEmpty() ? "zzz" : "v";
        return zone == ZoneOffset.UTC ? "UTC" : DateTimeFormatter.ofPattern(seasons, Locale.ENGLISH).format(LATER.atZone(zone));
    }

    /** {@code 2026-11-21 04:51:07}. */
    public static String stamp(Instant time) {
        return STAMP.format(time.atZone(zone));
    }

    /** {@code 04:51:07}. */
    public static String clock(Instant time) {
        return CLOCK.format(time.atZone(zone));
    }

    /** {@code 21 Nov 2026}. */
    public static String day(Instant time) {
        return DAY.format(time.atZone(zone));
    }

    /** A stretch of time: {@code 11 Jan 2016 – 27 May 2016}, {@code 21 Nov 2026, 09:32 – 09:47}. */
    public static String stretch(Instant from, Instant to) {
        String first = day(from);
        return first.equals(day(to)) ? first + ", " + clock(from).substring(0, 5) + " \u2013 " + clock(to).substring(0, 5)
                : first + " \u2013 " + day(to);
    }

    /** The name of a column or a folder for people: {@code motor_temp_c} is "Motor temp c". */
    public static String name(String column) {
        String words = column.replaceAll("[-_]+", " ").strip();
        return words.isEmpty() ? column : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code 48 210 977}, grouped by thin spaces. */
    public static String whole(long number) {
        String digits = Long.toString(Math.abs(number));
        StringBuilder text = new StringBuilder(number < 0 ? "\u2212" : "");
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0) {
                text.append(THIN_SPACE);
            }
            text.append(digits.charAt(i));
        }
        return text.toString();
    }

    /** A count in at most four figures: {@code 948}, {@code 61.0 k}, {@code 4.21 M}. */
    public static String brief(double number) {
        double size = Math.abs(number);
        if (size < 10_000) {
            return whole(Math.round(number));
        }
        String[] units = {"k", "M", "G", "T"};
        int unit = -1;
        do {
            size /= 1000;
            unit++;
        } while (size >= 999.95 && unit < units.length - 1);
        String figures = String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", size);
        return (number < 0 ? "\u2212" : "") + figures + THIN_SPACE + units[unit];
    }

    /** A measured value in about four figures: {@code 0.0312}, {@code 23.45}, {@code 1 204}; "–" for none. */
    public static String value(double number) {
        if (Double.isNaN(number)) {
            return "\u2013";
        }
        double size = Math.abs(number);
        if (size >= 10_000) {
            return brief(number);
        }
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size == 0 ? 1 : 4;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", size);
        return number < 0 && !text.matches("[0.]*") ? "\u2212" + text : text;
    }

    /** A value of a measure that counts: in full and without decimals, unless it is the mean of several. */
    public static String counted(double number) {
        return number == Math.rint(number) && Math.abs(number) < 10_000_000 ? whole((long) number) : value(number);
    }

    /** A measured value, or if {@code counts} one that is counted. */
    public static String value(double number, boolean counts) {
        return counts ? counted(number) : value(number);
    }

    /** An age or a length of time by its largest unit or two: {@code 4 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 9 d}. */
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 60) {
            return seconds + "\u2009s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + "\u2009min";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            long rest = minutes % 60;
            return hours + "\u2009h" + (rest == 0 || hours >= 10 ? "" : " " + rest + "\u2009min");
        }
        long days = hours / 24;
        return days < 730 ? days + "\u2009d" : days / 365 + "\u2009years";
    }

    /** Bytes in binary units: {@code 812 B}, {@code 4.2 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + "\u2009B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = -1;
        do {
            size /= 1024;
            unit++;
        } while (size >= 1024 && unit < units.length - 1);
        return String.format(Locale.ROOT, size < 10 ? "%.1f" : "%.0f", size) + "\u2009" + units[unit];
    }
}
