package dev.tidemark.stream.reference;

import dev.tidemark.stream.config.InvalidSetting;
import dev.tidemark.stream.config.Section;

import java.time.Duration;

/**
 * Where reference data is. Immutable.
 *
 * @param file          a CSV file; null if it is a table
 * @param table         place of a Delta table; null if it is a file
 * @param checkInterval how often it is looked at for a change
 */
public record ReferenceSettings(String file, String table, Duration checkInterval) {

    private static final long CHECK_SECONDS = 5;

    public ReferenceSettings {
        if (file == null == (table == null)) {
            throw new InvalidSetting(file == null ? "file" : "table", "not one place (expected either file or table, actual " + (file == null ? "none" : "both") + ")");
        }
    }

    /** Reads the section {@code reference:}. */
    public static ReferenceSettings of(Section section) {
        return new ReferenceSettings(section.text("file", null), section.text("table", null), Duration.ofSeconds(section.whole("check-seconds", CHECK_SECONDS, 1, 86_400)));
    }
}
