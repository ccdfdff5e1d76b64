package dev.tidemark.ui.live;

import dev.tidemark.lake.WrittenTime;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.WrittenTimes;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The column that places a row in time. Immutable.
 *
 * @param column   name of the column
 * @param part     if it is a struct (Spark's {@code window}), the field of it that begins the window; else null
 * @param end      path of what ends the window; null where a row stands for a moment, or for a time that no column tells
 * @param spelling how it holds times
 */
public record RowTime(String column, String part, String end, Spelling spelling) {

    /** How a column holds times. */
    public enum Spelling {
        /** As Delta's timestamps, in microseconds. */
        STAMP,
        /** As dates: whole days. */
        DAYS,
        /** As text, in a form of {@link WrittenTime}. */
        TEXT,
        /** As a number of seconds since 1970-01-01T00:00Z. */
        SECONDS,
        /** The same in milliseconds. */
        MILLIS,
        /** The same in microseconds. */
        MICROS,
        /** The same in nanoseconds. */
        NANOS,
        /** Its name says that it holds times, and there is no row yet that would say how. */
        UNSEEN;

        /** Whether it holds a number since 1970. */
        public boolean isNumber() {
            return this == SECONDS || this == MILLIS || this == MICROS || this == NANOS;
        }

        /** Of a number since 1970, how many of its units are a second. */
        public long perSecond() {
            return switch (this) {
                case SECONDS -> 1;
                case MILLIS -> 1_000;
                case NANOS -> 1_000_000_000;
                default -> 1_000_000;
            };
        }
    }

    private static final long DAY = Micros.of(Duration.ofDays(1));
    private static final long SECOND = 1_000_000;
    private static final long NONE = Long.MIN_VALUE;

    /** The path of the column, through its struct if it lies in one. */
    public String path() {
        return part == null ? column : column + "." + part;
    }

    /** A whole number as the table stores it, to microseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE} if that is further away than can be told. */
    long micros(long stored) {
        return switch (spelling) {
            case DAYS -> stored * DAY;
            case SECONDS -> times(stored, SECOND);
            case MILLIS -> times(stored, SECOND / 1_000);
            case NANOS -> Math.floorDiv(stored, 1_000L);
            case UNSEEN -> NONE;
            default -> stored;
        };
    }

    private static long times(long stored, long unit) {
        return stored > Long.MAX_VALUE / unit || stored < -Long.MAX_VALUE / unit ? NONE : stored * unit;
    }

    /** The same of a number with a fraction. */
    private long micros(double stored) {
        double micros = stored * SECOND / spelling.perSecond();
        return Math.abs(micros) < Long.MAX_VALUE ? Math.round(micros) : NONE;
    }

    /** A column of such times in microseconds since 1970-01-01T00:00Z, {@link Long#MIN_VALUE} where there is none. */
    public long[] micros(Column column) {
        if (column instanceof Column.Longs longs && longs.nulls() == null && spelling == Spelling.STAMP) {
            return longs.values();
        }
        long[] times = new long[column.size()];
        if (column instanceof Column.Longs longs) {
            for (int i = 0; i < times.length; i++) {
                times[i] = longs.isNull(i) ? NONE : micros(longs.values()[i]);
            }
        } else if (column instanceof Column.Doubles doubles) {
            for (int i = 0; i < times.length; i++) {
                times[i] = doubles.isNull(i) ? NONE : micros(doubles.values()[i]);
            }
        } else {
            return WrittenTimes.micros(column);
        }
        return times;
    }

    /** A bound that statistics tell, in microseconds; empty if they tell none. */
    OptionalLong told(Object bound) {
        long micros = bound instanceof Long whole ? micros(whole) : bound instanceof Double number && spelling.isNumber() ? micros(number)
                : bound instanceof String text && spelling == Spelling.TEXT && isOfUtc(text) ? WrittenTime.micros(text) : NONE;
        return micros == NONE ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    /** Of several zones the smallest text need not be the earliest time. */
    private static boolean isOfUtc(String text) {
        return text.indexOf('+') < 0 && text.lastIndexOf('-') < "2026-11-29".length();
    }

    /**
     * Rows from one time to another, in microseconds; of whole days those that the stretch touches, and of numbers in a unit of their own those of the units that it touches.
     *
     * @param to null for no end; it is not in the range
     */
    public Condition within(long from, Long to) {
        return switch (spelling) {
            case UNSEEN -> new Condition.NotNull(path());
            case TEXT -> new Condition.Written(path(), from, to);
            case DAYS -> new Condition.Range(path(), Math.floorDiv(from, DAY), to == null ? null : (Long) (Math.floorDiv(to - 1, DAY) + 1));
            // One microsecond more: what has a fraction may be rounded into the range.
            case SECONDS, MILLIS -> new Condition.Range(path(), Math.floorDiv(from - 1, unit()), to == null ? null : (Long) (Math.floorDiv(to - 1, unit()) + 1));
            case NANOS -> new Condition.Range(path(), nanos(from - 1), to == null ? null : (Long) nanos(to));
            case MICROS -> new Condition.Range(path(), from - 1, to);
            case STAMP -> new Condition.Range(path(), from, to);
        };
    }

    private long unit() {
        return SECOND / spelling.perSecond();
    }

    private static long nanos(long micros) {
        return Math.max(Long.MIN_VALUE / 1_000, Math.min(Long.MAX_VALUE / 1_000, micros)) * 1_000;
    }
}
