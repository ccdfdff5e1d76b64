package dev.tidemark.lake.scan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * What a row must satisfy. Values are Long (integers, dates in days, times in microseconds), Double, String or Boolean.
 * A row without a value satisfies only {@link IsNull}.
 */
public sealed interface Condition {

    /** The column it speaks of. */
    String column();

    /** {@code from <= value < to}; either bound may be null for none. */
    record Range(String column, Comparable<?> from, Comparable<?> to) implements Condition { }

    /**
     * {@code from <= time < to} of the time that a text says ({@link dev.tidemark.lake.WrittenTime}), in microseconds; either may be null for none. A text that says none does not satisfy it.
     */
    record Written(String column, Long from, Long to) implements Condition { }

    /** The value is one of these. */
    record In(String column, Set<?> values) implements Condition {
        public In { values = Set.copyOf(values); }
    }

    /** There is no value. */
    record IsNull(String column) implements Condition { }

    /** There is a value. */
    record NotNull(String column) implements Condition { }

    /** The value is this one. */
    static Condition equal(String column, Object value) {
        return new In(column, Set.of(value));
    }

    /** {@code from <= time < to}, of a column of times; either may be null for none. */
    static Condition between(String column, Instant from, Instant to) {
        return new Range(column, micros(from), micros(to));
    }

    private static Long micros(Instant time) {
        return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
