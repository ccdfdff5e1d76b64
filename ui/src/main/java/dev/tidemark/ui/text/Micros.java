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
        // Not ChronoUnit.MICROS: that counts nanoseconds on the way, which end in the year 2262.
        return micros(time.getEpochSecond(), time.getNano());
    }

    /** A length of time in microseconds. */
    public static long of(Duration length) {
        return micros(length.getSeconds(), length.getNano());
    }

    private static long micros(long seconds, int nanos) {
        return Math.addExact(Math.multiplyExact(seconds, 1_000_000L), nanos / 1000);
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
