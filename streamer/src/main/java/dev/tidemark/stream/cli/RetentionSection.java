package dev.tidemark.stream.cli;

import dev.tidemark.stream.config.Section;
import dev.tidemark.stream.log.Retention;
import dev.tidemark.stream.table.LakeTables;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far back each table can be read as it was: {@code time-travel:} for all, and the list {@code retention:} for single ones. */
final class RetentionSection {

    private static final Duration SHORTEST = Duration.ofHours(1);
    /** All but {@code gold/live}: of what is replaced many times a second an hour is enough, and a week more than a disk. */
    private static final List<String> TABLES = Arrays.stream(LakeTables.values()).filter(table -> table != LakeTables.GOLD_LIVE).map(LakeTables::path).toList();

    private RetentionSection() {
    }

    private record Of(String table, Duration timeTravel) {
    }

    /** Path of a table → what it is to keep; a table that is not among them keeps what it keeps. */
    static Map<String, Retention> read(Section file) {
        Map<String, Retention> retentions = new LinkedHashMap<>();
        Duration all = file.value("time-travel", null, RetentionSection::span);
        if (all != null) {
            TABLES.forEach(table -> retentions.put(table, Retention.of(all)));
        }
        for (Of one : file.sections("retention", section -> new Of(section.required("table", RetentionSection::table), section.required("time-travel", RetentionSection::span)))) {
            retentions.put(one.table, Retention.of(one.timeTravel));
        }
        return Map.copyOf(retentions);
    }

    private static String table(String text) {
        if (!TABLES.contains(text)) {
            throw new IllegalArgumentException((text.equals(LakeTables.GOLD_LIVE.path()) ? "it keeps an hour, because it is replaced many times a second" : "no table of the streamer")
                    + " (expected one of " + String.join(", ", TABLES) + ", actual \"" + text + "\")");
        }
        return text;
    }

    private static Duration span(String text) {
        Duration span = Retention.parse(text);
        if (span.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("too short: readers that are at it would fail (expected at least 1 hour, actual \"" + text + "\")");
        }
        return span;
    }
}
