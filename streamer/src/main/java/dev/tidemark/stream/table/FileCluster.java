package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes data files with the rows of others, along a {@link ZOrder} of some columns. The inputs are read twice, first only those columns; what does not fit into
 * memory is put aside beside the table. Not thread-safe; used for many partitions.
 */
final class FileCluster implements AutoCloseable {

    /** Small row groups: each has its bounds, and a reader who wants one device skips those of the others. */
    private static final GroupedFile.Limits LIMITS = new GroupedFile.Limits(1 << 14, 20L << 20);
    private static final int LEVEL = 3;

    private final Path aside;
    private final int memory;
    private final PageCompressor compressor = PageCompressor.zstd(LEVEL);
    private final GroupedFile.Pages pages = new GroupedFile.Pages(compressor, new DataFileWriter());

    /** Opens the files that are written, one after the other. */
    interface Output {
        /** A new file; it hears of its row groups. */
        GroupedFile begin(GroupedFile.Pages pages, GroupedFile.Limits limits) throws IOException;

        /** The last one is written. */
        void end(GroupedFile.Result result) throws IOException;
    }

    /**
     * @param aside  folder for what does not fit into memory
     * @param memory bytes of rows that do
     */
    FileCluster(Path aside, int memory) {
        this.aside = aside;
        this.memory = memory;
    }

    /**
     * Writes the files.
     *
     * @param by         the columns of the curve, by their places in the schema
     * @param targetSize bytes after which a file ends
     * @throws dev.tidemark.lake.LakeException if an input cannot be read
     */
    void write(Columns columns, int[] by, List<DataFile> inputs, long targetSize, Output output) throws IOException {
        FieldPath[] paths = FileMerge.paths(columns);
        int[] places = Arrays.stream(by).map(column -> index(columns.data(), column)).toArray();
        ZOrder curve = new ZOrder(by.length);
        slices(inputs, (reader, group, from, to) -> {
            for (int i = 0; i < places.length; i++) {
                curve.sample(i, reader.read(group, paths[places[i]], from, to));
            }
        });
        RowBytes rows = new RowBytes(columns);
        try (RowSort sort = new RowSort(aside, memory)) {
            slices(inputs, (reader, group, from, to) -> {
                Column[] data = new Column[paths.length];
                int[][] numbers = new int[paths.length][];
                for (int i = 0; i < paths.length; i++) {
                    data[i] = reader.read(group, paths[i], from, to);
                    numbers[i] = rows.numbers(data[i]);
                }
                long[] keys = curve.places(Arrays.stream(places).mapToObj(place -> data[place]).toArray(Column[]::new));
                for (int row = 0; row < to - from; row++) {
                    int length = rows.take(data, numbers, row);
                    sort.add(keys[row], rows.row(), length);
                }
            });
            write(sort, rows, targetSize, output);
        }
    }

    private void write(RowSort sort, RowBytes rows, long targetSize, Output output) throws IOException {
        List<GroupedFile> current = new ArrayList<>(1);
        try {
            sort.sorted((bytes, from) -> {
                if (current.isEmpty()) {
                    current.add(output.begin(pages, LIMITS));
                }
                if (current.get(0).makeRoom(1) && current.get(0).size() >= targetSize) {
                    end(current, output);
                    current.add(output.begin(pages, LIMITS));
                }
                rows.addTo(current.get(0).rows(), bytes, from);
            });
            if (!current.isEmpty()) {
                end(current, output);
            }
        } finally {
            for (GroupedFile file : current) {
                file.close();
            }
        }
    }

    private static void end(List<GroupedFile> current, Output output) throws IOException {
        try (GroupedFile file = current.remove(0)) {
            output.end(file.finish());
        }
    }

    private static int index(int[] among, int column) {
        for (int i = 0; i < among.length; i++) {
            if (among[i] == column) {
                return i;
            }
        }
        throw new IllegalArgumentException("no data column");
    }

    private interface Slices {
        void read(DataFileReader reader, int group, int from, int to) throws IOException;
    }

    private static void slices(List<DataFile> inputs, Slices consumer) throws IOException {
        for (DataFile input : inputs) {
            try (DataFileReader reader = DataFileReader.open(input)) {
                for (int group = 0; group < reader.footer().groups(); group++) {
                    int size = reader.footer().rows(group);
                    int slice = FileMerge.slice(reader.footer().bytes(group), size);
                    for (int from = 0; from < size; from += slice) {
                        consumer.read(reader, group, from, Math.min(from + slice, size));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        compressor.release();
    }
}
