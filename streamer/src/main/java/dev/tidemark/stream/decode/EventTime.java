package dev.tidemark.stream.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Reads the times that devices send: ISO-8601 with or without zone (without: UTC), {@code yyyy-MM-dd HH:mm:ss}, fractions after a point
 * or a comma, a date alone (its midnight), and epoch seconds, milliseconds, microseconds or nanoseconds, told apart by their size. What
 * is finer than a microsecond is cut off.
 */
final class EventTime {

    /** What is no time. */
    static final long UNREADABLE = Long.MIN_VALUE;

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** Below it seconds (until the year 5138), below a thousand times that milliseconds (since March 1973), and so on. */
    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    /** Bounds of the years 1 to 9999. */
    private static final long FIRST = epochDay(1, 1, 1) * DAY;
    private static final long LAST = epochDay(9999, 12, 31) * DAY + DAY - 1;

    private EventTime() {
    }

    /** The time in {@code [from, to)} in microseconds since 1970-01-01T00:00Z; {@link #UNREADABLE} if it is none. */
    static long read(byte[] b, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && b[start] == ' ') {
            start++;
        }
        while (end > start && b[end - 1] == ' ') {
            end--;
        }
        boolean date = end - start >= 10 && b[start + 4] == '-' && b[start + 7] == '-';
        long time = date ? iso(b, start, end) : epoch(b, start, end);
        return time >= FIRST && time <= LAST ? time : UNREADABLE;
    }

    private static long iso(byte[] b, int from, int to) {
        int year = two(b, from) * 100 + two(b, from + 2);
        int month = two(b, from + 5);
        int day = two(b, from + 8);
        if (two(b, from) < 0 || two(b, from + 2) < 0 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return UNREADABLE;
        }
        long time = epochDay(year, month, day) * DAY;
        int i = from + 10;
        if (i == to) {
            return time;
        }
        if (b[i] != 'T' && b[i] != 't' && b[i] != ' ' || to - i < 6 || b[i + 3] != ':') {
            return UNREADABLE;
        }
        int hour = two(b, i + 1);
        int minute = two(b, i + 4);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return UNREADABLE;
        }
        time += hour * HOUR + minute * MINUTE;
        i += 6;
        if (i < to && b[i] == ':') {
            int second = to - i >= 3 ? two(b, i + 1) : -1;
            if (second < 0 || second > 59) {
                return UNREADABLE;
            }
            time += second * SECOND;
            i += 3;
            if (i < to && (b[i] == '.' || b[i] == ',')) {
                int digits = ++i;
                for (long unit = SECOND / 10; i < to && b[i] >= '0' && b[i] <= '9'; i++, unit /= 10) {
                    time += (b[i] - '0') * unit;
                }
                if (i == digits) {
                    return UNREADABLE;
                }
            }
        }
        return zone(b, i, to, time);
    }

    private static long zone(byte[] b, int from, int to, long local) {
        int i = from < to && b[from] == ' ' ? from + 1 : from;
        if (i == to) {
            return local;
        }
        int left = to - i;
        if (left == 1) {
            return b[i] == 'Z' || b[i] == 'z' ? local : UNREADABLE;
        }
        if (left == 3 && (b[i] == 'U' && b[i + 1] == 'T' && b[i + 2] == 'C' || b[i] == 'G' && b[i + 1] == 'M' && b[i + 2] == 'T')) {
            return local;
        }
        boolean colon = left == 6 && b[i + 3] == ':';
        if (b[i] != '+' && b[i] != '-' || left != 3 && left != 5 && !colon) {
            return UNREADABLE;
        }
        int hours = two(b, i + 1);
        int minutes = left == 3 ? 0 : two(b, to - 2);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return UNREADABLE;
        }
        long offset = hours * HOUR + minutes * MINUTE;
        return b[i] == '-' ? local + offset : local - offset;
    }

    private static long epoch(byte[] b, int from, int to) {
        int i = from;
        boolean negative = i < to && b[i] == '-';
        if (negative || i < to && b[i] == '+') {
            i++;
        }
        int digits = i;
        long whole = 0;
        while (i < to && b[i] >= '0' && b[i] <= '9') {
            whole = whole * 10 + b[i++] - '0';
        }
        if (i == digits || i - digits > 19 || whole < 0) {
            return UNREADABLE;
        }
        if (i < to && (b[i] | 0x20) == 'e') {
            return scientific(b, from, to);
        }
        long unit = SECOND;
        long divisor = 1;
        for (long bound = SECONDS_BELOW; whole >= bound && divisor < 1_000; bound *= 1_000) {
            if (unit > 1) {
                unit /= 1_000;
            } else {
                divisor = 1_000;
            }
        }
        // If anything finer than a microsecond is left, a time before 1970 lies in the microsecond before.
        boolean finer = whole % divisor != 0;
        long time = whole / divisor * unit;
        if (i < to && b[i] == '.') {
            int point = ++i;
            for (long part = unit / 10; i < to && b[i] >= '0' && b[i] <= '9'; i++, part /= 10) {
                time += (b[i] - '0') * part;
                finer |= part == 0 && b[i] != '0';
            }
            if (i == point) {
                return UNREADABLE;
            }
            if (i < to && (b[i] | 0x20) == 'e') {
                return scientific(b, from, to);
            }
        }
        if (i != to) {
            return UNREADABLE;
        }
        return negative ? finer ? -time - 1 : -time : time;
    }

    private static long scientific(byte[] b, int from, int to) {
        if (to - from > 40 || new NumberReader().read(b, from, to, false) != to) {
            return UNREADABLE;
        }
        BigDecimal number = new BigDecimal(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
        if (number.precision() - number.scale() > 18 || number.scale() > 100) {
            return UNREADABLE;
        }
        byte[] plain = number.setScale(9, RoundingMode.FLOOR).toPlainString().getBytes(StandardCharsets.ISO_8859_1);
        return epoch(plain, 0, plain.length);
    }

    /** Two digits; below zero if they are none. */
    private static int two(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100 : tens * 10 + ones;
    }

    private static int days(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : MONTH_DAYS[month - 1];
    }

    /** Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is their last. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
