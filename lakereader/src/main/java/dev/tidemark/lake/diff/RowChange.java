package dev.tidemark.lake.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One row that differs between two versions. Values stand in the order of {@link Diff#columns()} and are of the classes that
 * {@link dev.tidemark.lake.column.Column#value} gives. Immutable.
 *
 * @param kind   what happened to it
 * @param before its values in the older version; null if it was not there
 * @param after  its values in the newer version; null if it is not there
 * @param cells  indices of the columns whose values differ, ascending; of a row that came or went empty
 */
public record RowChange(Kind kind, List<Object> before, List<Object> after, List<Integer> cells) {

    /** What happened to a row. */
    public enum Kind { ADDED, REMOVED, CHANGED }

    public RowChange {
        before = before == null ? null : Collections.unmodifiableList(new ArrayList<>(before));
        after = after == null ? null : Collections.unmodifiableList(new ArrayList<>(after));
        cells = List.copyOf(cells);
    }
}
