package dev.tidemark.stream.alert;

import java.util.Locale;

/** What an alert is about. */
public enum AlertKind {

    /** A measure is above or below a limit. */
    THRESHOLD,
    /** A measure rose by too much within a short time. */
    SPIKE,
    /** A known device sends nothing. */
    MISSING_DATA,
    /** A device says itself that something is wrong. */
    STATUS,
    /** A measure behaves as it did not before. */
    STATISTICAL,
    /** A column is new, or a field no longer fits its column. */
    SCHEMA_DRIFT;

    /** As in the table and in the configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
