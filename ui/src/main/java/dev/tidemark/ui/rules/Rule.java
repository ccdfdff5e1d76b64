package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to raise an alert, as an operator writes it and the streamer's configuration understands it. Immutable.
 *
 * @param pattern    which measures, or of {@link Kind#SILENCE} which devices; {@code *} stands for anything, letter case does not count
 * @param above      raised above; NaN for never
 * @param below      raised below; NaN for never
 * @param percent    of a spike: raised at a rise by more than that
 * @param within     of a spike: the time in which it rose
 * @param after      of silence: the time without a reading
 * @param words      of a status: word and severity, such as {@code error: high}, separated by commas
 * @param deadBand   how far the value must be back; of a spike in percent
 * @param delay      for how long it must hold: a time span such as {@code 30s}, or a number of readings
 * @param clearDelay for how long it must be over
 */
public record Rule(String name, Kind kind, Severity severity, String pattern, double above, double below, double percent, Duration within,
                   Duration after, String words, double deadBand, String delay, String clearDelay) {

    /** What a rule is about. */
    public enum Kind { THRESHOLD, SPIKE, SILENCE, STATUS }

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|h|d)");

    /** A rule to begin with. */
    public static final Rule FIRST = new Rule("too-hot", Kind.THRESHOLD, Severity.HIGH, "*temp*", 80, Double.NaN, 20, Duration.ofMinutes(1),
            Duration.ofMinutes(5), "error: high, critical: critical", 2, "1", "3");

    /** Whether a name is meant. */
    public boolean watches(String measureOrDevice) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.strip().toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), measureOrDevice.toLowerCase(Locale.ROOT));
    }

    /** What the streamer would refuse, as keys of texts; empty if it is well written. */
    public List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            mistakes.add("rules.wrong.name");
        }
        if (pattern.isBlank() && kind != Kind.STATUS) {
            mistakes.add("rules.wrong.pattern");
        }
        switch (kind) {
            case THRESHOLD -> {
                if (Double.isNaN(above) && Double.isNaN(below) || above <= below || Double.isInfinite(above) || Double.isInfinite(below)) {
                    mistakes.add("rules.wrong.limits");
                }
            }
            case SPIKE -> {
                if (!(percent > 0) || within == null) {
                    mistakes.add("rules.wrong.spike");
                }
            }
            case SILENCE -> {
                if (after == null) {
                    mistakes.add("rules.wrong.after");
                }
            }
            case STATUS -> {
                if (!words.matches("(?i)\\s*[^,:]+:\\s*(critical|high|medium|low)\\s*(,\\s*[^,:]+:\\s*(critical|high|medium|low)\\s*)*")) {
                    mistakes.add("rules.wrong.words");
                }
            }
        }
        if (!(deadBand >= 0)) {
            mistakes.add("rules.wrong.deadband");
        }
        if (!isDelay(delay) || !isDelay(clearDelay)) {
            mistakes.add("rules.wrong.delay");
        }
        return mistakes;
    }

    private static boolean isDelay(String text) {
        return text.strip().matches("[1-9]\\d{0,5}") || span(text).isPresent();
    }

    /** A limit as it is written: NaN for none. What is no number is infinite, which is a mistake: it must not be taken for none. */
    static double limit(String text) {
        try {
            return text.isBlank() ? Double.NaN : Double.parseDouble(text.strip().replace(',', '.'));
        } catch (NumberFormatException notOne) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** A time span such as {@code 30s}, {@code 5m}, {@code 2h}; empty for any other text. */
    public static Optional<Duration> span(String text) {
        Matcher matcher = SPAN.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            return Optional.empty();
        }
        long many = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(many);
            case "s" -> Duration.ofSeconds(many);
            case "m" -> Duration.ofMinutes(many);
            case "h" -> Duration.ofHours(many);
            default -> Duration.ofDays(many);
        });
    }

    /** A time span as the configuration writes it. */
    public static String written(Duration span) {
        long seconds = span.toSeconds();
        return seconds == 0 || span.toMillis() % 1000 != 0 ? span.toMillis() + "ms" : seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds % 3600 == 0 ? seconds / 3600 + "h"
                : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** An entry of the list {@code alerts: rules:} of the streamer's configuration. */
    public String yaml() {
        StringBuilder text = new StringBuilder("alerts:\n  rules:\n    # Copy this entry into your list: a list replaces the usual rules as a whole.\n");
        text.append("    - name: ").append(name).append('\n');
        text.append("      kind: ").append(switch (kind) {
            case THRESHOLD -> "threshold";
            case SPIKE -> "spike";
            case SILENCE -> "missing_data";
            case STATUS -> "status";
        }).append('\n');
        if (kind != Kind.STATUS) {
            text.append("      severity: ").append(severity.name().toLowerCase(Locale.ROOT)).append('\n');
        }
        switch (kind) {
            case THRESHOLD -> {
                line(text, "measure", quoted(pattern));
                number(text, "above", above);
                number(text, "below", below);
                number(text, "dead-band", deadBand);
                line(text, "delay", delay.strip());
            }
            case SPIKE -> {
                line(text, "measure", quoted(pattern));
                number(text, "percent", percent);
                line(text, "within", written(within));
                number(text, "dead-band", deadBand);
                line(text, "delay", delay.strip());
            }
            case SILENCE -> {
                line(text, "device", quoted(pattern));
                line(text, "after", written(after));
            }
            case STATUS -> {
                text.append("      words:\n");
                for (String word : words.split(",")) {
                    text.append("        ").append(word.strip().replaceAll("\\s*:\\s*", ": ").toLowerCase(Locale.ROOT)).append('\n');
                }
                line(text, "delay", delay.strip());
            }
        }
        line(text, "clear-delay", clearDelay.strip());
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("      ").append(key).append(": ").append(value).append('\n');
    }

    private static void number(StringBuilder text, String key, double value) {
        if (!Double.isNaN(value)) {
            line(text, key, value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value));
        }
    }

    private static String quoted(String text) {
        return '"' + text.strip().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
