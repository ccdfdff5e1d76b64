package dev.tidemark.stream.decode;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What of a message is shown to the user. */
final class Excerpt {

    private static final int LONGEST = 60;

    private Excerpt() {
    }

    /** The beginning of a text. */
    static String of(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** A time in microseconds since 1970-01-01T00:00Z, as ISO-8601. */
    static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
