package dev.tidemark.stream.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts more rows than fit into memory by a number each; rows of one number keep their order. Rows gather in memory, and when that is full they go, sorted, into a file
 * of their own; at the end the files are merged. Takes the memory it is given, and a buffer for each file. Not thread-safe.
 */
final class RowSort implements AutoCloseable {

    private static final int FILE_BUFFER = 1 << 16;
    private static final int FIRST_ROWS = 1 << 12;

    private final Path folder;
    private final byte[] bytes;
    private final List<Path> files = new ArrayList<>();
    private final List<DataInputStream> open = new ArrayList<>();
    private long[] keys = new long[FIRST_ROWS];
    /** Where each row begins; that of {@link #rows} is the end. */
    private int[] starts = new int[FIRST_ROWS + 1];
    private int rows;

    /** Takes sorted rows. */
    interface Consumer {
        /** A row, which begins there; valid until the next one. */
        void accept(byte[] bytes, int from) throws IOException;
    }

    /**
     * @param folder for files; made if one is needed
     * @param memory bytes of rows that are held
     */
    RowSort(Path folder, int memory) {
        this.folder = folder;
        this.bytes = new byte[memory];
    }

    /** Adds a row, which is copied. */
    void add(long key, byte[] row, int length) throws IOException {
        if (bytes.length - starts[rows] < length || rows == keys.length && rows >= bytes.length / 16) {
            putAside();
        }
        if (length > bytes.length) {
            throw new IOException("a row of " + length + " bytes is too large to be sorted (expected at most " + bytes.length + ")");
        }
        if (rows == keys.length) {
            keys = Arrays.copyOf(keys, 2 * rows);
            starts = Arrays.copyOf(starts, 2 * rows + 1);
        }
        System.arraycopy(row, 0, bytes, starts[rows], length);
        keys[rows] = key;
        starts[rows + 1] = starts[rows] + length;
        rows++;
    }

    private Integer[] order() {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> keys[i]));
        return order;
    }

    private void putAside() throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "run-", ".rows");
        files.add(file);
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), FILE_BUFFER))) {
            for (int row : order()) {
                out.writeLong(keys[row]);
                out.writeInt(starts[row + 1] - starts[row]);
                out.write(bytes, starts[row], starts[row + 1] - starts[row]);
            }
        }
        rows = 0;
    }

    /** One file that is being merged, with its next row. */
    private static final class Run {
        private final DataInputStream in;
        private final int number;
        private long key;
        private byte[] row = new byte[256];

        Run(DataInputStream in, int number) {
            this.in = in;
            this.number = number;
        }

        boolean next() throws IOException {
            if (in.available() == 0) {
                return false;
            }
            key = in.readLong();
            int length = in.readInt();
            if (row.length < length) {
                row = new byte[Math.max(length, 2 * row.length)];
            }
            in.readFully(row, 0, length);
            return true;
        }
    }

    /** Gives all rows, sorted. Once. */
    void sorted(Consumer consumer) throws IOException {
        if (files.isEmpty()) {
            for (int row : order()) {
                consumer.accept(bytes, starts[row]);
            }
            return;
        }
        putAside();
        PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.<Run>comparingLong(run -> run.key).thenComparingInt(run -> run.number));
        for (Path file : files) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), FILE_BUFFER));
            open.add(in);
            Run run = new Run(in, open.size());
            if (run.next()) {
                runs.add(run);
            }
        }
        while (!runs.isEmpty()) {
            Run run = runs.poll();
            consumer.accept(run.row, 0);
            if (run.next()) {
                runs.add(run);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (DataInputStream in : open) {
            in.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
