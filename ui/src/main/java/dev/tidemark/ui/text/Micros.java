package dev.tidemark.ui.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as Delta stores them: microseconds since 1970-01-01T00:00Z. */
public final class Micros {

    private Micros() {
    }

    /** Microseconds since 1970-01-01T00:00Z; what is finer is cut. */
    public static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** A length of time in microseconds. */
    public static long of(Duration length) {
        return length.toNanos() / 1000;
    }

    /** The instant of a time in microseconds. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The length of a time in microseconds. */
    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
