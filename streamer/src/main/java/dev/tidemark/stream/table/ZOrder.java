package dev.tidemark.stream.table;

import dev.tidemark.lake.column.Column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A place on a curve for every row, so that rows whose columns are all alike lie near each other: as Delta does it, each value's rank among at most 1,024 ranges that
 * hold about as many rows each, the bits of the ranks interleaved, those of the first column first. Ranks come from a sample. There are no more ranges than rows can
 * be told apart by in row groups: finer ones of a column with many values would stand before the coarse ones of a column with few. Not thread-safe.
 */
final class ZOrder {

    /** More columns would leave too few bits for each. */
    static final int MOST_COLUMNS = 6;

    private static final int MOST_BITS = 10;
    private static final int LEAST_BITS = 3;
    /** Two columns with many values part the rows into cells of about so many. */
    private static final int CELL_ROWS = 512;
    private static final int SAMPLE = 100_000;

    private final Sample[] samples;
    private int bits;

    ZOrder(int columns) {
        samples = new Sample[columns];
        for (int i = 0; i < columns; i++) {
            samples[i] = new Sample(i);
        }
    }

    /** Some of a column's values, each as likely to be among them as any other; then the upper ends of its ranges. */
    private static final class Sample {
        private final Random random;
        private final List<Comparable<Object>> values = new ArrayList<>();
        private Comparable<Object>[] ends;
        private long seen;
        private long rows;

        Sample(int seed) {
            random = new Random(seed);
        }

        @SuppressWarnings("unchecked")
        void add(Column column) {
            for (int i = 0; i < column.size(); i++) {
                if (column.isNull(i)) {
                    continue;
                }
                seen++;
                if (values.size() < SAMPLE) {
                    values.add((Comparable<Object>) column.value(i));
                } else {
                    long at = random.nextLong(seen);
                    if (at < SAMPLE) {
                        values.set((int) at, (Comparable<Object>) column.value(i));
                    }
                }
            }
        }

        @SuppressWarnings("unchecked")
        Comparable<Object>[] ends(int ranges) {
            if (ends == null) {
                Comparable<Object>[] sorted = values.toArray(Comparable[]::new);
                Arrays.sort(sorted);
                Comparable<Object>[] distinct = Arrays.stream(sorted).distinct().toArray(Comparable[]::new);
                if (distinct.length >= ranges) {
                    List<Comparable<Object>> few = new ArrayList<>();
                    for (int range = 1; range < ranges; range++) {
                        Comparable<Object> end = sorted[(int) ((long) range * sorted.length / ranges)];
                        if (few.isEmpty() || !few.get(few.size() - 1).equals(end)) {
                            few.add(end);
                        }
                    }
                    distinct = few.toArray(Comparable[]::new);
                }
                ends = distinct;
            }
            return ends;
        }

        int rank(Object value, int ranges) {
            if (value == null) {
                return 0;
            }
            int at = Arrays.binarySearch(ends(ranges), value);
            return at < 0 ? -at - 1 : at;
        }
    }

    /** Takes note of values of a column. */
    void sample(int column, Column values) {
        samples[column].add(values);
        samples[column].rows += values.size();
    }

    /** The places of rows, given their columns. */
    long[] places(Column[] columns) {
        int rows = columns[0].size();
        if (bits == 0) {
            int cells = Long.SIZE - Long.numberOfLeadingZeros(samples[0].rows / CELL_ROWS);
            bits = Math.max(LEAST_BITS, Math.min(MOST_BITS, (cells + 1) / 2));
        }
        int[][] ranks = new int[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            ranks[i] = ranks(samples[i], columns[i]);
        }
        long[] places = new long[rows];
        for (int row = 0; row < rows; row++) {
            long place = 0;
            for (int bit = bits - 1; bit >= 0; bit--) {
                for (int[] rank : ranks) {
                    place = place << 1 | rank[row] >>> bit & 1;
                }
            }
            places[row] = place;
        }
        return places;
    }

    private int[] ranks(Sample sample, Column column) {
        int[] ranks = new int[column.size()];
        if (column instanceof Column.Strings strings) {
            int[] ofEntries = Arrays.stream(strings.dictionary()).mapToInt(text -> sample.rank(text, 1 << bits)).toArray();
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = strings.codes()[i] < 0 ? 0 : ofEntries[strings.codes()[i]];
            }
            return ranks;
        }
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = sample.rank(column.value(i), 1 << bits);
        }
        return ranks;
    }
}
