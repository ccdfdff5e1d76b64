package dev.tidemark.stream.window;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as people write it: a whole number and a unit, {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}.
 * Immutable.
 *
 * @param micros the length in microseconds, never negative
 */
public record TimeSpan(long micros) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final long LONGEST = 3660L * 86_400_000_000L;

    public TimeSpan {
        if (micros < 0 || micros > LONGEST) {
            throw new IllegalArgumentException("Cannot use time span: out of range (expected 0 to 3660d, actual " + micros + " µs)");
        }
    }

    /**
     * Reads a time span.
     *
     * @throws IllegalArgumentException with a message for the user if the text is none
     */
    public static TimeSpan parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("not a time span (expected a number and one of ms, s, m, h, d, such as 10s; actual \"" + text + "\")");
        }
        long unit = switch (form.group(2)) {
            case "ms" -> 1_000L;
            case "s" -> 1_000_000L;
            case "m" -> 60_000_000L;
            case "h" -> 3_600_000_000L;
            default -> 86_400_000_000L;
        };
        long number = Long.parseLong(form.group(1));
        if (number > LONGEST / unit) {
            throw new IllegalArgumentException("time span too long (expected at most 3660d, actual " + text.strip() + ")");
        }
        return new TimeSpan(number * unit);
    }

    /** The length in whole milliseconds. */
    public long millis() {
        return micros / 1_000;
    }

    /** The largest unit that gives a whole number; {@link #parse} reads it again. */
    @Override
    public String toString() {
        if (micros % 1_000 != 0) {
            return micros + "us";
        }
        long[] units = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L};
        String[] names = {"d", "h", "m", "s"};
        for (int i = 0; i < units.length; i++) {
            if (micros != 0 && micros % units[i] == 0) {
                return micros / units[i] + names[i];
            }
        }
        return micros / 1_000 + "ms";
    }
}
