package dev.tidemark.lake.scan;

import java.util.List;

/**
 * Conditions joined by and, or and not, as SQL does it: what is asked of a value that is not there is neither true nor false, and its
 * negation neither. Immutable.
 */
public sealed interface Predicate {

    /** The row satisfies one condition. */
    record Is(Condition condition) implements Predicate { }

    /** All of them hold. */
    record And(List<Predicate> parts) implements Predicate {
        public And { parts = List.copyOf(parts); }
    }

    /** At least one of them holds. */
    record Or(List<Predicate> parts) implements Predicate {
        public Or { parts = List.copyOf(parts); }
    }

    /** It is false; of a row without the value it is neither. */
    record Not(Predicate part) implements Predicate { }
}
