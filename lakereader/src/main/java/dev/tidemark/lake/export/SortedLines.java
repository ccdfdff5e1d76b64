package dev.tidemark.lake.export;

import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts lines by the columns behind them. Up to {@code limit} bytes are sorted in memory; more go to sorted runs in a folder
 * and are merged. Stable. Not thread-safe; close deletes the runs.
 */
final class SortedLines implements AutoCloseable {

    /** Takes the lines in order. */
    interface Sink {
        void line(byte[] bytes, int from, int length) throws IOException;
    }

    private final int width;
    private final int sortColumns;
    private final Path folder;
    private final long limit;
    private final CsvText text;
    private final CsvRows rows;
    private final List<List<Column>> keys = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private int[] starts = new int[1024];
    private int count;
    private long keyWeight;

    /**
     * @param width       columns of a line
     * @param sortColumns columns after them in each batch, to sort by
     * @param folder      where runs may be written
     */
    SortedLines(int width, int sortColumns, CsvFormat format, Path folder, long limit) {
        this.text = new CsvText(format);
        this.width = width;
        this.sortColumns = sortColumns;
        this.folder = folder;
        this.limit = limit;
        this.rows = new CsvRows(text, width);
    }

    void add(Batch batch) throws IOException {
        rows.bind(batch);
        List<Column> columns = batch.columns().subList(width, batch.columns().size());
        int first = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (count + 1 >= starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            starts[count++] = text.size();
            rows.line(row);
            if (text.size() + keyWeight >= limit) {
                keys.add(part(columns, first, row + 1));
                first = row + 1;
                spill();
            }
        }
        if (first < batch.rows()) {
            List<Column> part = part(columns, first, batch.rows());
            keys.add(part);
            keyWeight += part.stream().mapToLong(Column::weight).sum();
        }
    }

    private static List<Column> part(List<Column> columns, int from, int to) {
        if (from == 0 && !columns.isEmpty() && to == columns.get(0).size()) {
            return columns;
        }
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return columns.stream().map(column -> column.select(rows)).toList();
    }

    private SortKeys keys() {
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < keys.get(0).size(); i++) {
            int column = i;
            all.add(Column.concat(keys.get(0).get(i).type(), keys.stream().map(part -> part.get(column)).toList()));
        }
        return new SortKeys(all);
    }

    private void spill() throws IOException {
        Path run = Files.createTempFile(folder, ".tidemark-sort-", ".run");
        runs.add(run);
        SortKeys sortKeys = keys();
        starts[count] = text.size();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
            for (int row : sortKeys.sorted(count)) {
                sortKeys.write(row, out);
                out.writeInt(starts[row + 1] - starts[row]);
                out.write(text.bytes(), starts[row], starts[row + 1] - starts[row]);
            }
        }
        text.clear();
        keys.clear();
        count = 0;
        keyWeight = 0;
    }

    /** Gives all lines in order. */
    void drain(Sink sink) throws IOException {
        if (runs.isEmpty()) {
            if (count > 0) {
                starts[count] = text.size();
                for (int row : keys().sorted(count)) {
                    sink.line(text.bytes(), starts[row], starts[row + 1] - starts[row]);
                }
            }
            return;
        }
        if (count > 0) {
            spill();
        }
        merge(sink);
    }

    private void merge(Sink sink) throws IOException {
        // Of equal lines the one from the earlier run comes first: that is what makes the sort stable.
        PriorityQueue<Run> heads = new PriorityQueue<>((a, b) -> {
            int difference = SortKeys.compare(a.keys, b.keys);
            return difference != 0 ? difference : Integer.compare(a.number, b.number);
        });
        List<Run> open = new ArrayList<>();
        try {
            for (Path path : runs) {
                Run run = new Run(path, open.size());
                open.add(run);
                if (run.next()) {
                    heads.add(run);
                }
            }
            while (!heads.isEmpty()) {
                Run run = heads.poll();
                sink.line(run.line, 0, run.line.length);
                if (run.next()) {
                    heads.add(run);
                }
            }
        } finally {
            for (Run run : open) {
                run.in.close();
            }
        }
    }

    /** A run being read: its current line. */
    private final class Run {
        private final DataInputStream in;
        private final int number;
        private Object[] keys;
        private byte[] line;

        private Run(Path path, int number) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16));
            this.number = number;
        }

        private boolean next() throws IOException {
            try {
                keys = SortKeys.read(in, sortColumns);
            } catch (EOFException e) {
                return false;
            }
            line = new byte[in.readInt()];
            in.readFully(line);
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }
}
