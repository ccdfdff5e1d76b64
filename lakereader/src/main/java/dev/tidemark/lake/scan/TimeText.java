package dev.tidemark.lake.scan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Times as people write them: {@code 2024-11-12T10:30:00Z}, {@code 2024-11-12 10:30:00.5}, {@code 2024-11-12T10:30+01:00} or {@code 2024-11-12}. */
public final class TimeText {

    private TimeText() {
    }

    /**
     * The instant, a date being its midnight.
     *
     * @param zone where times lie that name no zone
     * @throws IllegalArgumentException if it is no time; the message says what is expected
     */
    public static Instant instant(String text, ZoneId zone) {
        String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) +", "$1T").replaceFirst("T(\\d):", "T0$1:");
        try {
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            return iso.matches(".*T.*(Z|z|[+-]\\d{2}(:?\\d{2})?)") ? OffsetDateTime.parse(offset(iso)).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time (expected 2024-11-12T10:30:00Z, '2024-11-12 10:30:00' or 2024-11-12)", e);
        }
    }

    /** The same in microseconds since 1970-01-01T00:00Z; what is finer is cut off. */
    public static long micros(String text, ZoneId zone) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant(text, zone));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is too far from 1970 (expected a year up to 294246)", e);
        }
    }

    /** {@code +01} and {@code +0100} as {@code +01:00}. */
    private static String offset(String iso) {
        return iso.replaceFirst("([+-]\\d{2})$", "$1:00").replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
    }
}
