package dev.tidemark.ui.rules;

import dev.tidemark.ui.chart.Severity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param details    what most rules leave as it is
 */
public record Rule(String name, Kind kind, Severity severity, String pattern, double above, double below, double percent, Duration within,
                   Duration after, String words, double deadBand, String delay, String clearDelay, Details details) {

    /** What a rule is about. */
    public enum Kind { THRESHOLD, SPIKE, SILENCE, STATUS }

    /**
     * What most rules leave as it is.
     *
     * @param unit         of limits and dead band of a threshold; "" for that of the readings
     * @param temperatures unit of temperatures whose own is not known, of all rules of a configuration
     * @param except       of a spike: measures that are left out, patterns separated by commas
     * @param least        of a spike: a rise by no more than that, in the unit of the readings, is none
     * @param pauses       of silence: so many times a device's own longest pause must be over too
     * @param forget       of silence: the time after which a device is not known any more
     */
    public record Details(String unit, String temperatures, String except, double least, double pauses, Duration forget) {

        /** As the streamer has them if a rule does not say. */
        public static final Details USUAL = new Details("", "\u00b0F", "", 0, 2, Duration.ofDays(7));
    }

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]+( +[\\p{L}\\p{N}_.-]+)*");
    /** What stands for itself in YAML, whatever its words for yes, no and nothing are. */
    private static final Pattern PLAIN = Pattern.compile("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][A-Za-z0-9_-]*");
    /** As the streamer has it. */
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|h|d)");

    /** A rule to begin with. */
    public static final Rule FIRST = new Rule("too-hot", Kind.THRESHOLD, Severity.HIGH, "*temp*", 80, Double.NaN, 20, Duration.ofMinutes(1),
            Duration.ofMinutes(5), "error: high, critical: critical", 2, "1", "3");

    /** A rule with the usual details. */
    public Rule(String name, Kind kind, Severity severity, String pattern, double above, double below, double percent, Duration within, Duration after, String words,
                double deadBand, String delay, String clearDelay) {
        this(name, kind, severity, pattern, above, below, percent, within, after, words, deadBand, delay, clearDelay, Details.USUAL);
    }

    /** Whether a name is meant. */
    public boolean watches(String measureOrDevice) {
        return matches(pattern, measureOrDevice) && (kind != Kind.SPIKE || exceptions().stream().noneMatch(except -> matches(except, measureOrDevice)));
    }

    /** The same for readings in a unit: a limit in another unit of temperature is put into theirs. */
    Rule in(String readings) {
        Optional<Temperature> own = Temperature.of(details.unit());
        Optional<Temperature> theirs = Temperature.of(readings.isBlank() ? details.temperatures() : readings);
        if (kind != Kind.THRESHOLD || own.isEmpty() || theirs.isEmpty() || own.equals(theirs)) {
            return this;
        }
        return new Rule(name, kind, severity, pattern, own.get().to(theirs.get(), above), own.get().to(theirs.get(), below), percent, within, after, words,
                own.get().difference(theirs.get(), deadBand), delay, clearDelay, details);
    }

    private List<String> exceptions() {
        return Stream.of(details.except().split(",")).map(String::strip).filter(except -> !except.isEmpty()).toList();
    }

    private static boolean matches(String pattern, String measureOrDevice) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.strip().toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), measureOrDevice.toLowerCase(Locale.ROOT));
    }

    /** What the streamer would refuse, as keys of texts; empty if it is well written. */
    public List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
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
                if (!(percent > 0) || Double.isInfinite(percent) || within == null) {
                    mistakes.add("rules.wrong.spike");
                }
                if (!(details.least() >= 0)) {
                    mistakes.add("rules.wrong.least");
                }
            }
            case SILENCE -> {
                if (after == null) {
                    mistakes.add("rules.wrong.after");
                } else if (details.forget() == null || details.forget().compareTo(after) <= 0) {
                    mistakes.add("rules.wrong.forget");
                }
                if (!(details.pauses() >= 0 && details.pauses() <= 100 && details.pauses() == Math.rint(details.pauses()))) {
                    mistakes.add("rules.wrong.pauses");
                }
            }
            case STATUS -> {
                if (!words.matches("(?i)\\s*[^,:]+:\\s*(critical|high|medium|low)\\s*(,\\s*[^,:]+:\\s*(critical|high|medium|low)\\s*)*") || repeats(words)) {
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

    /** Whether a word of a status stands there twice. */
    private static boolean repeats(String words) {
        List<String> all = Stream.of(words.split(",")).map(word -> word.split(":")[0].strip().toLowerCase(Locale.ROOT)).toList();
        return all.stream().distinct().count() < all.size();
    }

    private static boolean isDelay(String text) {
        return text.strip().matches("[1-9]\\d{0,5}") || span(text).isPresent();
    }

    /** A limit as it is written: NaN for none. What is no number is infinite, which is a mistake: it must not be taken for none. */
    static double limit(String text) {
        try {
            double limit = text.isBlank() ? 0 : Double.parseDouble(text.strip().replace(',', '.'));
            return text.isBlank() ? Double.NaN : Double.isNaN(limit) ? Double.POSITIVE_INFINITY : limit;
        } catch (NumberFormatException notOne) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** A time span such as {@code 30s}, {@code 5m}, {@code 2h}; empty for any other text, and for more than ten years. */
    public static Optional<Duration> span(String text) {
        Matcher matcher = SPAN.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            return Optional.empty();
        }
        long many = Long.parseLong(matcher.group(1));
        Duration span = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(many);
            case "s" -> Duration.ofSeconds(many);
            case "m" -> Duration.ofMinutes(many);
            case "h" -> Duration.ofHours(many);
            default -> Duration.ofDays(many);
        };
        return span.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(span);
    }

    /** A time span as the configuration writes it. */
    public static String written(Duration span) {
        long seconds = span.toSeconds();
        return seconds == 0 || span.toMillis() % 1000 != 0 ? span.toMillis() + "ms" : seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds % 3600 == 0 ? seconds / 3600 + "h"
                : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** An entry of the list {@code alerts: rules:} of the streamer's configuration. */
    public String yaml() {
        StringBuilder text = new StringBuilder("alerts:\n");
        if (!details.temperatures().equals(Details.USUAL.temperatures())) {
            text.append("  temperature-unit: ").append(quoted(details.temperatures())).append('\n');
        }
        text.append("  rules:\n    # Copy this entry into your list: a list replaces the usual rules as a whole.\n");
        text.append("    - name: ").append(plain(name)).append('\n');
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
                if (!details.unit().isBlank()) {
                    line(text, "unit", quoted(details.unit()));
                }
                number(text, "dead-band", deadBand);
                line(text, "delay", bare(delay));
            }
            case SPIKE -> {
                line(text, "measure", quoted(pattern));
                if (!exceptions().isEmpty()) {
                    line(text, "except", exceptions().stream().map(Rule::quoted).collect(Collectors.joining(", ", "[", "]")));
                }
                number(text, "percent", percent);
                line(text, "within", written(within));
                number(text, "least", details.least() == 0 ? Double.NaN : details.least());
                number(text, "dead-band", deadBand);
                line(text, "delay", bare(delay));
            }
            case SILENCE -> {
                line(text, "device", quoted(pattern));
                line(text, "after", written(after));
                number(text, "pauses", details.pauses() == Details.USUAL.pauses() ? Double.NaN : details.pauses());
                if (!details.forget().equals(Details.USUAL.forget())) {
                    line(text, "forget", written(details.forget()));
                }
            }
            case STATUS -> {
                text.append("      words:\n");
                for (String word : words.split(",")) {
                    String[] parts = word.strip().toLowerCase(Locale.ROOT).split("\\s*:\\s*");
                    text.append("        ").append(plain(parts[0])).append(": ").append(parts[1]).append('\n');
                }
                line(text, "delay", bare(delay));
            }
        }
        line(text, "clear-delay", bare(clearDelay));
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

    /** The streamer reads a number and its unit without a space between them. */
    private static String bare(String delay) {
        return delay.replaceAll("\\s+", "");
    }

    private static String plain(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        return '"' + text.strip().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
