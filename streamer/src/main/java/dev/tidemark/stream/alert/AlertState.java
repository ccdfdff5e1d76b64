package dev.tidemark.stream.alert;

import java.util.Locale;

/** What happened to an alert. */
public enum AlertState {

    RAISED, CHANGED, CLEARED;

    /** As in the table. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
