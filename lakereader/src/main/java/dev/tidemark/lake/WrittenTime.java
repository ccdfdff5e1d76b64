package dev.tidemark.lake;

/**
 * Times as programs write them into columns of text: {@code 2026-11-29T03:00:00.5Z}, {@code 2026-11-29 03:00:00}, {@code 2026-11-29T03:00+01:00}, {@code 2026-11-29}. A date is its
 * midnight, and what names no zone is of UTC. Read without an object made, for millions of them.
 */
public final class WrittenTime {

    /** Stands for a text that is no time. */
    public static final long NONE = Long.MIN_VALUE;
    /** Length of a date, with which every form begins. */
    private static final int DATE = 10;
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    private static final long SECOND = 1_000_000;
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    /** No zone is further from UTC, in hours. */
    private static final int FURTHEST = 18;

    private WrittenTime() {
    }

    /** In microseconds since 1970-01-01T00:00Z, what is finer cut off; {@link #NONE} if it is no time. */
    public static long micros(CharSequence text) {
        long day = day(text);
        int length = text.length();
        if (day == NONE || length == DATE) {
            return day == NONE ? NONE : day * 24 * HOUR * SECOND;
        }
        char mark = text.charAt(DATE);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        if (mark != 'T' && mark != ' ' && mark != 't' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || text.charAt(13) != ':') {
            return NONE;
        }
        int at = 16;
        int second = 0;
        long fraction = 0;
        if (at < length && text.charAt(at) == ':') {
            second = number(text, 17, 19);
            at = 19;
            if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int from = ++at;
                for (long worth = SECOND / 10; at < length && isDigit(text.charAt(at)); at++, worth /= 10) {
                    fraction += worth * (text.charAt(at) - '0');
                }
                second = at == from ? -1 : second;
            }
        }
        int east = east(text, at);
        if (second < 0 || second > 59 || east == Integer.MAX_VALUE) {
            return NONE;
        }
        return (day * 24 * HOUR + hour * HOUR + minute * MINUTE + second - east) * SECOND + fraction;
    }

    /** The day that a time lies in where it was written, in days since 1970-01-01, whatever follows it; {@link #NONE} if it begins with none. */
    public static long day(CharSequence text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, DATE);
        if (year < 0 || month < 1 || month > 12 || day < 1 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return NONE;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (leap && month == 2 ? 1 : 0)) {
            return NONE;
        }
        long leaps = Math.floorDiv(year - 1, 4) - Math.floorDiv(year - 1, 100) + Math.floorDiv(year - 1, 400);
        long fromYearOne = 365L * (year - 1) + leaps + DAYS_BEFORE[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1;
        return fromYearOne - 719_162;
    }

    /** Seconds east of UTC by the zone that a text ends with; MAX_VALUE if what it ends with is none. */
    private static int east(CharSequence text, int from) {
        int at = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
        int left = text.length() - at;
        if (left <= 0) {
            return at == from ? 0 : Integer.MAX_VALUE;
        }
        char sign = text.charAt(at);
        if (left == 1 && (sign == 'Z' || sign == 'z') || left == 3 && sign == 'U' && text.charAt(at + 1) == 'T' && text.charAt(at + 2) == 'C') {
            return 0;
        }
        boolean colon = left == 6 && text.charAt(at + 3) == ':';
        int hours = number(text, at + 1, at + 3);
        int minutes = left == 3 ? 0 : number(text, at + (colon ? 4 : 3), at + (colon ? 6 : 5));
        if (sign != '+' && sign != '-' || left != 3 && left != 5 && !colon || hours < 0 || hours > FURTHEST || minutes < 0 || minutes > 59) {
            return Integer.MAX_VALUE;
        }
        return (sign == '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
    }

    /** The number that these digits write; -1 if they are not there or one of them is none. */
    private static int number(CharSequence text, int from, int to) {
        if (to > text.length()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (!isDigit(digit)) {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
