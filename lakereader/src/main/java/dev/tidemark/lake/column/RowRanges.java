package dev.tidemark.lake.column;

import java.util.Arrays;

/** Some rows of a row group: runs of them, in ascending order, none empty, none touching the next. Immutable. */
public final class RowRanges {

    private static final RowRanges NONE = new RowRanges(new int[0]);

    /** First row and the row after the last, run by run. */
    private final int[] bounds;
    private final int count;

    private RowRanges(int[] bounds) {
        this.bounds = bounds;
        int rows = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            rows += bounds[i + 1] - bounds[i];
        }
        this.count = rows;
    }

    /** The rows from one to before another. */
    public static RowRanges of(int from, int to) {
        return from < to ? new RowRanges(new int[] {from, to}) : NONE;
    }

    /**
     * These rows, and those between them where fewer than {@code gap} lie between two.
     *
     * @param rows row numbers, ascending
     */
    public static RowRanges around(int[] rows, int gap) {
        Builder ranges = new Builder();
        int from = 0;
        for (int i = 1; i <= rows.length; i++) {
            if (i == rows.length || rows[i] - rows[i - 1] > gap) {
                ranges.add(rows[from], rows[i - 1] + 1);
                from = i;
            }
        }
        return ranges.build();
    }

    /** Puts ranges together that are told in ascending order. */
    static final class Builder {
        private int[] bounds = new int[4];
        private int size;

        void add(int from, int to) {
            if (from >= to) {
                return;
            }
            if (size > 0 && bounds[size - 1] >= from) {
                bounds[size - 1] = Math.max(bounds[size - 1], to);
                return;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, size * 2);
            }
            bounds[size++] = from;
            bounds[size++] = to;
        }

        RowRanges build() {
            return size == 0 ? NONE : new RowRanges(Arrays.copyOf(bounds, size));
        }
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Number of runs. */
    int runs() {
        return bounds.length / 2;
    }

    int from(int run) {
        return bounds[2 * run];
    }

    int to(int run) {
        return bounds[2 * run + 1];
    }

    /** Whether some of the rows from one to before another are among these. */
    boolean touches(int from, int to) {
        int at = Arrays.binarySearch(bounds, from);
        // An even place is the beginning of a run, an odd one the end; between them lies the place where it would stand.
        int next = at >= 0 ? at + (at & 1) : -at - 1;
        return from < to && (next % 2 == 1 || next < bounds.length && bounds[next] < to);
    }

    /** The rows that both have. */
    public RowRanges and(RowRanges other) {
        Builder both = new Builder();
        for (int i = 0, j = 0; i < runs() && j < other.runs(); ) {
            both.add(Math.max(from(i), other.from(j)), Math.min(to(i), other.to(j)));
            if (to(i) < other.to(j)) {
                i++;
            } else {
                j++;
            }
        }
        return both.build();
    }

    /** The rows that one of them has. */
    public RowRanges or(RowRanges other) {
        Builder either = new Builder();
        for (int i = 0, j = 0; i < runs() || j < other.runs(); ) {
            boolean mine = j == other.runs() || i < runs() && from(i) <= other.from(j);
            either.add(mine ? from(i) : other.from(j), mine ? to(i) : other.to(j));
            i += mine ? 1 : 0;
            j += mine ? 0 : 1;
        }
        return either.build();
    }

    /** The numbers of the rows, ascending. */
    public int[] rows() {
        int[] rows = new int[count];
        int at = 0;
        for (int run = 0; run < runs(); run++) {
            for (int row = from(run); row < to(run); row++) {
                rows[at++] = row;
            }
        }
        return rows;
    }

    /** Where among these rows the given ones stand, which are some of them, ascending. */
    public int[] positions(int[] rows) {
        int[] positions = new int[rows.length];
        int run = 0;
        int before = 0;
        for (int i = 0; i < rows.length; i++) {
            while (rows[i] >= to(run)) {
                before += to(run) - from(run);
                run++;
            }
            positions[i] = before + rows[i] - from(run);
        }
        return positions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowRanges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "rows " + Arrays.toString(bounds);
    }
}
