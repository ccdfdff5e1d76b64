package dev.tidemark.stream.log;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a table keeps what it had. A version can be read as long as both its log and its data files are kept. Immutable.
 *
 * @param log   how long commits are kept, by the property {@code delta.logRetentionDuration}
 * @param files how long data files are kept after they were removed, by {@code delta.deletedFileRetentionDuration}
 */
public record Retention(Duration log, Duration files) {

    /** What Delta says where a table says nothing. */
    public static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(7));

    private static final String LOG = "delta.logRetentionDuration";
    private static final String FILES = "delta.deletedFileRetentionDuration";
    /** By whole words, or by the short forms of the configuration; Delta's own texts begin with "interval". */
    private static final Pattern PART = Pattern.compile("(\\d{1,9})\\s*(weeks?|w|days?|d|hours?|h|minutes?|m|seconds?|s|milliseconds?|ms)\\b\\s*");

    /** Both the same: the table can be read as it was at any time within. */
    public static Retention of(Duration both) {
        return new Retention(both, both);
    }

    /** What a table's properties ask for. What they say in words that are no span of time counts as not said. */
    public static Retention of(Map<String, String> properties) {
        return new Retention(asked(properties, LOG).orElse(DEFAULT.log), asked(properties, FILES).orElse(DEFAULT.files));
    }

    private static Optional<Duration> asked(Map<String, String> properties, String property) {
        try {
            String text = properties.get(property);
            return text == null ? Optional.empty() : Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a span of time as people and Delta write it: {@code 30 days}, {@code 12 hours}, {@code interval 1 week 2 days}, {@code 30d}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Duration parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^interval\\s+", "");
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(words);
        int end = 0;
        while (end < words.length() && part.find(end) && part.start() == end) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        if (words.isEmpty() || end < words.length()) {
            throw new IllegalArgumentException("not a span of time (expected words such as 30 days, 12 hours, 1 week; actual \"" + text + "\")");
        }
        return sum;
    }

    private static Duration unit(String word) {
        return word.startsWith("ms") || word.startsWith("milli") ? Duration.ofMillis(1) : switch (word.charAt(0)) {
            case 'w' -> Duration.ofDays(7);
            case 'd' -> Duration.ofDays(1);
            case 'h' -> Duration.ofHours(1);
            case 'm' -> Duration.ofMinutes(1);
            default -> Duration.ofSeconds(1);
        };
    }

    /** The properties by which a table asks for this. */
    public Map<String, String> properties() {
        return Map.of(LOG, "interval " + words(log), FILES, "interval " + words(files));
    }

    /** A span in its largest whole unit. */
    public static String words(Duration span) {
        long millis = span.toMillis();
        long[] units = {86_400_000, 3_600_000, 60_000, 1_000, 1};
        String[] names = {"day", "hour", "minute", "second", "millisecond"};
        for (int i = 0; i < units.length; i++) {
            if (millis % units[i] == 0 && (millis > 0 || i == 0)) {
                long number = millis / units[i];
                return number + " " + names[i] + (number == 1 ? "" : "s");
            }
        }
        return millis + " milliseconds";
    }
}
