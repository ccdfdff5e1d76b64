package dev.tidemark.lake.scan;

import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.column.PageIndex;
import dev.tidemark.lake.column.RowRanges;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A predicate on known columns: which rows satisfy it, and whether rows within some bounds can. Negations stand at its leaves. */
sealed interface Sieve {

    /** The predicate with its conditions bound to columns by {@code binding}. */
    static Sieve of(Predicate predicate, Function<Condition, Filter> binding) {
        return of(predicate, binding, false);
    }

    private static Sieve of(Predicate predicate, Function<Condition, Filter> binding, boolean negated) {
        if (predicate instanceof Predicate.Not not) {
            return of(not.part(), binding, !negated);
        }
        if (predicate instanceof Predicate.Is is && is.condition() instanceof Condition.NotNull there) {
            return of(new Predicate.Is(new Condition.IsNull(there.column())), binding, !negated);
        }
        if (predicate instanceof Predicate.Is is) {
            return new Leaf(binding.apply(is.condition()), is.condition() instanceof Condition.IsNull, negated);
        }
        boolean all = predicate instanceof Predicate.And != negated;
        List<Predicate> parts = predicate instanceof Predicate.And and ? and.parts() : ((Predicate.Or) predicate).parts();
        List<Sieve> sieves = parts.stream().map(part -> of(part, binding, negated)).toList();
        return all ? new All(sieves) : new Any(sieves);
    }

    /** The rows among {@code rows} that pass, in their order. */
    int[] select(Function<FieldPath, Column> columns, int[] rows);

    /** Whether a row can pass, given the bounds of its columns; empty bounds say nothing. */
    boolean canHold(Function<FieldPath, Optional<Bounds>> bounds, long rows);

    /** The rows of the pages that can hold a row that passes, given what is noted of each column's; {@code all} where nothing is. */
    RowRanges rows(Function<FieldPath, Optional<PageIndex>> pages, RowRanges all);

    /** Names the columns that are asked of. */
    void paths(Consumer<FieldPath> sink);

    /** All rows of a group. */
    static int[] every(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    /** One condition, or that it is false. */
    record Leaf(Filter filter, boolean asksForNull, boolean negated) implements Sieve {
        @Override
        public int[] select(Function<FieldPath, Column> columns, int[] rows) {
            Column column = columns.apply(filter.path());
            int[] passed = filter.select(column, rows);
            if (!negated) {
                return passed;
            }
            int[] rest = without(rows, passed);
            return asksForNull ? rest : Arrays.stream(rest).filter(row -> !column.isNull(row)).toArray();
        }

        private static int[] without(int[] rows, int[] passed) {
            int[] rest = new int[rows.length - passed.length];
            int count = 0;
            int next = 0;
            for (int row : rows) {
                if (next < passed.length && passed[next] == row) {
                    next++;
                } else {
                    rest[count++] = row;
                }
            }
            return rest;
        }

        @Override
        public boolean canHold(Function<FieldPath, Optional<Bounds>> bounds, long rows) {
            return bounds.apply(filter.path()).map(known -> canHold(known, rows)).orElse(true);
        }

        private boolean canHold(Bounds bounds, long rows) {
            return negated ? (rows < 0 || bounds.nulls() != rows) && !filter.holdsForAll(bounds) : filter.canHold(bounds, rows);
        }

        @Override
        public RowRanges rows(Function<FieldPath, Optional<PageIndex>> pages, RowRanges all) {
            return pages.apply(filter.path()).map(known -> known.rows(this::canHold)).orElse(all);
        }

        @Override
        public void paths(Consumer<FieldPath> sink) {
            sink.accept(filter.path());
        }
    }

    /** All of them pass the row. */
    record All(List<Sieve> parts) implements Sieve {
        @Override
        public int[] select(Function<FieldPath, Column> columns, int[] rows) {
            int[] left = rows;
            for (Sieve part : parts) {
                if (left.length > 0) {
                    left = part.select(columns, left);
                }
            }
            return left;
        }

        @Override
        public boolean canHold(Function<FieldPath, Optional<Bounds>> bounds, long rows) {
            return parts.stream().allMatch(part -> part.canHold(bounds, rows));
        }

        @Override
        public RowRanges rows(Function<FieldPath, Optional<PageIndex>> pages, RowRanges all) {
            return parts.stream().map(part -> part.rows(pages, all)).reduce(all, RowRanges::and);
        }

        @Override
        public void paths(Consumer<FieldPath> sink) {
            parts.forEach(part -> part.paths(sink));
        }
    }

    /** One of them passes the row. */
    record Any(List<Sieve> parts) implements Sieve {
        @Override
        public int[] select(Function<FieldPath, Column> columns, int[] rows) {
            int[] passed = new int[0];
            for (Sieve part : parts) {
                if (passed.length < rows.length) {
                    passed = union(passed, part.select(columns, rows));
                }
            }
            return passed;
        }

        private static int[] union(int[] a, int[] b) {
            if (a.length == 0 || b.length == 0) {
                return a.length == 0 ? b : a;
            }
            int[] both = new int[a.length + b.length];
            int count = 0;
            for (int i = 0, j = 0; i < a.length || j < b.length; ) {
                int next = j == b.length || i < a.length && a[i] <= b[j] ? a[i] : b[j];
                i += i < a.length && a[i] == next ? 1 : 0;
                j += j < b.length && b[j] == next ? 1 : 0;
                both[count++] = next;
            }
            return Arrays.copyOf(both, count);
        }

        @Override
        public boolean canHold(Function<FieldPath, Optional<Bounds>> bounds, long rows) {
            return parts.stream().anyMatch(part -> part.canHold(bounds, rows));
        }

        @Override
        public RowRanges rows(Function<FieldPath, Optional<PageIndex>> pages, RowRanges all) {
            return parts.stream().map(part -> part.rows(pages, all)).reduce(RowRanges.of(0, 0), RowRanges::or);
        }

        @Override
        public void paths(Consumer<FieldPath> sink) {
            parts.forEach(part -> part.paths(sink));
        }
    }
}
