package dev.tidemark.lake.diff;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run of a {@link Diff}: lets equal rows of the two versions take each other away and pairs what is left. Not thread-safe. */
final class Comparison {

    private final int columns;
    private final int keys;
    private final Consumer<RowChange> consumer;
    private long added;
    private long removed;
    private long changed;

    Comparison(int columns, int keys, Consumer<RowChange> consumer) {
        this.columns = columns;
        this.keys = keys;
        this.consumer = consumer;
    }

    long added() {
        return added;
    }

    long removed() {
        return removed;
    }

    long changed() {
        return changed;
    }

    /**
     * Compares all rows. The version of which less was read goes on, so that rows which stand in the same order meet soon.
     *
     * @param memory bytes for rows; the rest goes to parts in {@code folder}
     */
    void of(Rows older, Rows newer, Diff.Progress progress, long memory, Path folder) throws IOException {
        long total = older.total() < 0 || newer.total() < 0 ? -1 : older.total() + newer.total();
        try (Heap heap = new Heap(memory, folder, 0)) {
            boolean more = true;
            while (more) {
                Rows first = older.read() <= newer.read() ? older : newer;
                more = first.next(heap) || (first == older ? newer : older).next(heap);
                progress.advanced(older.read() + newer.read(), total);
            }
            heap.drain();
        }
    }

    /** Rows in memory, and in parts on disk once they are too many. */
    private final class Heap implements RowSet.Rows, AutoCloseable {
        private final long memory;
        private final Path folder;
        private final int depth;
        private RowSet rows = new RowSet();
        private Spill spill;

        private Heap(long memory, Path folder, int depth) {
            this.memory = memory;
            this.folder = folder;
            this.depth = depth;
        }

        @Override
        public void row(byte side, byte[] bytes, int from, int length, int keyLength, int count) throws IOException {
            rows.add(side, bytes, from, length, keyLength, count);
            if (rows.weight() > memory && depth <= Spill.DEEPEST) {
                checkInterrupt();
                rows.compact();
                if (rows.weight() > memory / 2) {
                    spill = spill == null ? new Spill(folder, depth) : spill;
                    rows.empty(spill::add);
                }
            }
        }

        private void drain() throws IOException {
            if (spill == null) {
                rows.drain((before, after) -> pair(rows, before, after));
                return;
            }
            rows.empty(spill::add);
            rows = null;
            for (int part = 0; part < Spill.PARTS; part++) {
                try (Heap below = new Heap(memory, folder, depth + 1)) {
                    spill.read(part, below);
                    below.drain();
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (spill != null) {
                spill.close();
            }
        }
    }

    /** What is left of one key. */
    private void pair(RowSet rows, int[] before, int[] after) {
        checkInterrupt();
        int both = keys == 0 ? 0 : Math.min(before.length, after.length);
        for (int i = 0; i < both; i++) {
            List<Object> old = values(rows, before[i]);
            List<Object> now = values(rows, after[i]);
            List<Integer> cells = new ArrayList<>();
            for (int column = keys; column < columns; column++) {
                if (!same(old.get(column), now.get(column))) {
                    cells.add(column);
                }
            }
            changed++;
            consumer.accept(new RowChange(RowChange.Kind.CHANGED, old, now, cells));
        }
        for (int i = both; i < before.length; i++) {
            removed++;
            consumer.accept(new RowChange(RowChange.Kind.REMOVED, values(rows, before[i]), null, List.of()));
        }
        for (int i = both; i < after.length; i++) {
            added++;
            consumer.accept(new RowChange(RowChange.Kind.ADDED, null, values(rows, after[i]), List.of()));
        }
    }

    /** Lists and maps do not look into arrays of bytes. */
    private static boolean same(Object a, Object b) {
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return left.size() == right.size() && IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet()) && left.keySet().stream().allMatch(key -> same(left.get(key), right.get(key)));
        }
        return Objects.deepEquals(a, b);
    }

    private List<Object> values(RowSet rows, int start) {
        return RowCode.decode(rows.bytes(), start, rows.length(start), columns);
    }

    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Comparing was interrupted");
        }
    }
}
