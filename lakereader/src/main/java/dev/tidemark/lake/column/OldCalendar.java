package dev.tidemark.lake.column;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.LongUnaryOperator;

/**
 * The calendar in which Spark 2, and later versions where asked to, wrote dates and times: Julian before 1582-10-15. Tables mean the
 * Gregorian calendar throughout, so what is that old is moved to the same date there. By the notes that Spark leaves in a footer.
 */
final class OldCalendar {

    private static final String SPARK = "org.apache.spark.version";
    private static final long FIRST_GREGORIAN_DAY = -141_427;
    /** 1900-01-02, from which on both calendars, and what they know of the zones' clocks, agree everywhere. */
    private static final long ALIKE_FROM = -2_208_902_400_000_000L;

    private final boolean times;
    private final boolean int96;
    private final ZoneId zone;

    private OldCalendar(boolean times, boolean int96, ZoneId zone) {
        this.times = times;
        this.int96 = int96;
        this.zone = zone;
    }

    static OldCalendar of(FileMetaData footer) {
        Map<String, String> notes = new HashMap<>();
        for (KeyValue note : footer.isSetKey_value_metadata() ? footer.getKey_value_metadata() : List.<KeyValue>of()) {
            notes.put(note.getKey(), note.getValue());
        }
        String spark = notes.get(SPARK);
        if (spark == null) {
            return new OldCalendar(false, false, ZoneOffset.UTC);
        }
        String zone = notes.get("org.apache.spark.timeZone");
        return new OldCalendar(spark.compareTo("3.0.0") < 0 || notes.containsKey("org.apache.spark.legacyDateTime"),
                spark.compareTo("3.1.0") < 0 || notes.containsKey("org.apache.spark.legacyINT96"), zone(zone));
    }

    /** Of older versions nothing is noted but the machine's zone was used: nobody can know it. */
    private static ZoneId zone(String noted) {
        return noted == null ? ZoneOffset.UTC : TimeZone.getTimeZone(noted).toZoneId();
    }

    /** What a leaf's values, scaled, need; null for nothing. */
    LongUnaryOperator of(Leaf leaf) {
        if (!(leaf.type() instanceof dev.tidemark.lake.Type.Primitive type)) {
            return null;
        }
        return switch (type) {
            case DATE -> times ? OldCalendar::day : null;
            case TIMESTAMP -> switch (leaf.physical()) {
                case INT96 -> int96 ? this::micros : null;
                case INT64 -> times ? this::micros : null;
                default -> null;
            };
            default -> null;
        };
    }

    private static long day(long day) {
        if (day >= FIRST_GREGORIAN_DAY) {
            return day;
        }
        GregorianCalendar old = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
        old.setTimeInMillis(Math.multiplyExact(day, 86_400_000L));
        return date(old).toEpochDay();
    }

    /** The 29th of February of a year that has none here becomes the 1st of March. */
    private static LocalDate date(GregorianCalendar old) {
        int year = old.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - old.get(Calendar.YEAR) : old.get(Calendar.YEAR);
        return LocalDate.of(year, old.get(Calendar.MONTH) + 1, 1).plusDays(old.get(Calendar.DAY_OF_MONTH) - 1L);
    }

    private long micros(long micros) {
        if (micros >= ALIKE_FROM) {
            return micros;
        }
        GregorianCalendar old = new GregorianCalendar(TimeZone.getTimeZone(zone));
        old.setTimeInMillis(Math.floorDiv(micros, 1000L));
        LocalDateTime local = date(old).atTime(old.get(Calendar.HOUR_OF_DAY), old.get(Calendar.MINUTE), old.get(Calendar.SECOND),
                old.get(Calendar.MILLISECOND) * 1_000_000 + (int) Math.floorMod(micros, 1000L) * 1000);
        var time = local.atZone(zone).toInstant();
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }
}
