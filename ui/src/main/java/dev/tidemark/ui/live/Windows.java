package dev.tidemark.ui.live;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of windows as the streamer writes them: {@code 1m} (tumbling), {@code 5m/1m} (sliding), {@code session-10m}. */
final class Windows {

    private static final Pattern NAME = Pattern.compile("(session-)?(\\d{1,6})(s|m|h|d)(?:/(\\d{1,6})(s|m|h|d))?");
    /** A line of more points than a screen has pixels tells nothing more. */
    private static final int MOST_POINTS = 2500;

    private Windows() {
    }

    /** How far apart the starts of two windows lie; empty for sessions, which have no such distance. */
    static Optional<Duration> step(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || matcher.group(1) != null) {
            return Optional.empty();
        }
        return Optional.of(matcher.group(4) == null ? length(matcher, 2) : length(matcher, 4));
    }

    /** How long a window is; for a session its gap; empty if the name cannot be understood. */
    static Optional<Duration> length(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(length(matcher, 2)) : Optional.empty();
    }

    /** A name for people: {@code 1 min}, {@code 5 min every 1 min}, {@code sessions, 10 min apart}. */
    static String spelled(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return name;
        }
        String length = Format.age(length(matcher, 2));
        return matcher.group(1) != null ? Messages.text("window.session", length)
                : matcher.group(4) != null ? Messages.text("window.sliding", length, Format.age(length(matcher, 4))) : length;
    }

    /** Names from the shortest window to the longest; sessions and what cannot be understood last. */
    static List<String> ordered(Collection<String> names) {
        return names.stream().sorted(Comparator
                .comparing((String name) -> step(name).isEmpty())
                .thenComparing(name -> name.contains("/"))
                .thenComparing(name -> length(name).orElse(Duration.ZERO))
                .thenComparing(Comparator.naturalOrder())).toList();
    }

    /** The shortest tumbling window that draws a stretch with no more points than a screen can show. */
    static Optional<String> suiting(Collection<String> names, Duration stretch) {
        List<String> tumbling = ordered(names).stream().filter(name -> step(name).isPresent() && !name.contains("/")).toList();
        for (String name : tumbling) {
            if (stretch.toMillis() / Math.max(1, length(name).orElseThrow().toMillis()) <= MOST_POINTS) {
                return Optional.of(name);
            }
        }
        return tumbling.isEmpty() ? ordered(names).stream().findFirst() : Optional.of(tumbling.get(tumbling.size() - 1));
    }

    private static Duration length(Matcher matcher, int group) {
        long number = Long.parseLong(matcher.group(group));
        return switch (matcher.group(group + 1)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
