package dev.tidemark.stream.alert;

import java.util.Locale;

/** How soon somebody must act, from least to most. */
public enum Severity {

    LOW, MEDIUM, HIGH, CRITICAL;

    /**
     * Reads what {@code gold/alerts.severity} holds.
     *
     * @throws IllegalArgumentException with a message for the user if the text is none
     */
    public static Severity parse(String text) {
        for (Severity severity : values()) {
            if (severity.name().equalsIgnoreCase(text.strip())) {
                return severity;
            }
        }
        throw new IllegalArgumentException("no severity (expected critical, high, medium or low, actual \"" + text + "\")");
    }

    /** As in the table and in the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
