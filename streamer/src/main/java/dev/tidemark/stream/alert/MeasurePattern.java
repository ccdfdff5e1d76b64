package dev.tidemark.stream.alert;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of measures or devices: {@code *} stands for anything, letter case does not count. Immutable.
 *
 * @param text the pattern
 */
public record MeasurePattern(String text) {

    /** Every name. */
    public static final MeasurePattern ANY = new MeasurePattern("*");

    /** @throws IllegalArgumentException with a message for the user if the text is blank */
    public MeasurePattern {
        if (text.isBlank()) {
            throw new IllegalArgumentException("no pattern (expected a name, or a part of one such as *temp*)");
        }
    }

    /** Whether a name is meant. */
    public boolean matches(String name) {
        StringBuilder regex = new StringBuilder();
        for (String part : text.strip().toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(regex.toString(), name.toLowerCase(Locale.ROOT));
    }
}
