package dev.tidemark.lake.export;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** The offset of a zone at a time; remembers between which times the last answer holds. Not thread-safe. */
final class WallClock {

    private final ZoneRules rules;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long offset;
    private String text = "Z";

    WallClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** What to add to microseconds since 1970-01-01T00:00Z to get those of the wall clock. */
    long offset(long micros) {
        if (micros < from || micros >= to) {
            find(micros);
        }
        return offset;
    }

    /** The offset last asked for as {@code Z} or {@code +01:00}. */
    String text() {
        return text;
    }

    private void find(long micros) {
        Instant time = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
        ZoneOffset found = rules.getOffset(time);
        ZoneOffsetTransition before = rules.isFixedOffset() ? null : rules.previousTransition(time.plusNanos(1));
        ZoneOffsetTransition after = rules.isFixedOffset() ? null : rules.nextTransition(time);
        from = before == null ? Long.MIN_VALUE : before.toEpochSecond() * 1_000_000L;
        to = after == null ? Long.MAX_VALUE : after.toEpochSecond() * 1_000_000L;
        offset = found.getTotalSeconds() * 1_000_000L;
        text = found.getId();
    }
}
