package dev.tidemark.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Some versions of a table, as runs without a gap. Immutable.
 *
 * @param runs ascending; no two of them touch
 */
public record Versions(List<Run> runs) {

    /** The versions {@code from} to {@code to}, both included. */
    public record Run(long from, long to) {
    }

    public Versions {
        runs = List.copyOf(runs);
    }

    /** Whether a version is one of them. */
    public boolean contains(long version) {
        return runs.stream().anyMatch(run -> run.from <= version && version <= run.to);
    }

    /** How many there are. */
    public long count() {
        return runs.stream().mapToLong(run -> run.to - run.from + 1).sum();
    }

    /** The oldest of them; empty if there is none. */
    public OptionalLong oldest() {
        return runs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(runs.get(0).from);
    }

    /** The one from which on none is missing up to the newest; empty if there is none. */
    public OptionalLong oldestWithoutGap() {
        return runs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(runs.get(runs.size() - 1).from);
    }

    /** The newest of them at or before a version; empty if there is none. */
    public OptionalLong atOrBefore(long version) {
        return runs.stream().filter(run -> run.from <= version).mapToLong(run -> Math.min(run.to, version)).max();
    }

    /** The oldest of them at or after a version; empty if there is none. */
    public OptionalLong atOrAfter(long version) {
        return runs.stream().filter(run -> run.to >= version).mapToLong(run -> Math.max(run.from, version)).min();
    }

    /** These without the ones of some runs, which may overlap and stand in any order. */
    Versions without(List<Run> others) {
        List<Run> left = runs;
        for (Run other : others) {
            List<Run> next = new ArrayList<>();
            for (Run run : left) {
                if (other.to < run.from || other.from > run.to) {
                    next.add(run);
                    continue;
                }
                if (run.from < other.from) {
                    next.add(new Run(run.from, other.from - 1));
                }
                if (other.to < run.to) {
                    next.add(new Run(other.to + 1, run.to));
                }
            }
            left = next;
        }
        return new Versions(left);
    }

    /** As {@code 0 to 3, 7, 9 to 12}; "none" if there is none. */
    @Override
    public String toString() {
        return runs.isEmpty() ? "none" : String.join(", ", runs.stream().map(run -> run.from == run.to ? "" + run.from : run.from + " to " + run.to).toList());
    }
}
