package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one data file with the rows of others, in their order; columns that a file lacks are null. Each file is read once, a column of some rows at
 * a time, and no more than a row group of the new one is in memory, whatever the files' sizes. Not thread-safe; used for many files.
 */
final class FileMerge implements AutoCloseable {

    /** Rows of a row group at most, and bytes that they take in memory: what a reader of one minute of a day has to decode. */
    private static final int GROUP_ROWS = 1 << 17;
    private static final long GROUP_BYTES = 20L << 20;
    /** Of a larger row group only so many bytes, before compression, are decoded at once. */
    private static final long SLICE_BYTES = 4L << 20;
    /** A fifth smaller than the first level for twice its time, which nobody waits for here. */
    private static final int LEVEL = 3;
    private static final int SHARED_MAPS = 1 << 12;

    private final PageCompressor compressor = PageCompressor.zstd(LEVEL);
    private final DataFileWriter writer = new DataFileWriter();
    private final Map<Map<?, ?>, Map<?, ?>> maps = new HashMap<>();

    /** Hears of every row group that is written. */
    interface Progress {
        /** What it throws ends the writing. */
        void written() throws IOException;
    }

    /**
     * Writes the file and closes it. What was written of it before an exception is the caller's to delete.
     *
     * @throws dev.tidemark.lake.LakeException if a file cannot be read
     */
    Result write(Columns columns, List<DataFile> inputs, OutputFile file, Progress progress) throws IOException {
        FieldPath[] paths = Arrays.stream(columns.data()).mapToObj(column ->
                new FieldPath(List.of(columns.name(column)), columns.schema().fields().get(column).type())).toArray(FieldPath[]::new);
        FileStatistics statistics = new FileStatistics(columns, 0);
        PartitionRows rows = new PartitionRows(columns, new Object[0]);
        long written = 0;
        try (ParquetFileWriter out = new ParquetFileWriter(file, columns.message(), ParquetFileWriter.Mode.CREATE, GROUP_BYTES,
                DataFileWriter.MAX_PADDING, DataFileWriter.BOUND_LENGTH, DataFileWriter.BOUND_LENGTH, true)) {
            out.start();
            for (DataFile input : inputs) {
                try (DataFileReader reader = DataFileReader.open(input)) {
                    for (int group = 0; group < reader.footer().groups(); group++) {
                        int size = reader.footer().rows(group);
                        int slice = slice(reader.footer().bytes(group), size);
                        for (int from = 0; from < size; from += slice) {
                            int to = Math.min(from + slice, size);
                            if (rows.bytes() >= GROUP_BYTES || rows.size() + to - from > GROUP_ROWS) {
                                written += group(columns, rows, out, statistics);
                                progress.written();
                            }
                            take(columns, paths, reader, group, from, to, rows);
                        }
                    }
                }
            }
            written += group(columns, rows, out, statistics);
            out.end(Map.of());
            return new Result(out.getPos(), written, statistics);
        }
    }

    /**
     * A written file.
     *
     * @param size bytes
     */
    record Result(long size, long rows, FileStatistics statistics) {
    }

    private static int slice(long bytes, int rows) {
        long slices = bytes / SLICE_BYTES + 1;
        return Math.max(1, Math.min(GROUP_ROWS, (int) (rows / slices) + 1));
    }

    private void take(Columns columns, FieldPath[] paths, DataFileReader reader, int group, int from, int to, PartitionRows rows) {
        long taken = 0;
        for (int i = 0; i < paths.length; i++) {
            taken += append(reader.read(group, paths[i], from, to), rows, columns.data()[i]);
        }
        rows.endRows(to - from, taken);
    }

    private long append(Column column, PartitionRows rows, int to) {
        int first = rows.size();
        if (column instanceof Column.Longs longs) {
            ColumnBuffer.Longs buffer = (ColumnBuffer.Longs) rows.make(to);
            for (int i = 0; i < longs.values().length; i++) {
                if (!longs.isNull(i)) {
                    buffer.add(first + i, longs.values()[i]);
                }
            }
            return (long) Long.BYTES * column.size();
        } else if (column instanceof Column.Doubles doubles) {
            ColumnBuffer.Doubles buffer = (ColumnBuffer.Doubles) rows.make(to);
            for (int i = 0; i < doubles.values().length; i++) {
                if (!doubles.isNull(i)) {
                    buffer.add(first + i, doubles.values()[i]);
                }
            }
            return (long) Double.BYTES * column.size();
        } else if (column instanceof Column.Strings strings) {
            return ((ColumnBuffer.Texts) rows.make(to)).addAll(first, strings.codes(), strings.dictionary());
        } else if (column instanceof Column.Booleans booleans) {
            ColumnBuffer.Booleans buffer = (ColumnBuffer.Booleans) rows.make(to);
            for (int i = 0; i < booleans.values().length; i++) {
                if (!booleans.isNull(i)) {
                    buffer.add(first + i, booleans.values()[i]);
                }
            }
            return column.size();
        }
        return appendMaps((Column.Objects) column, first, (ColumnBuffer.Maps) rows.make(to));
    }

    /** Equal maps, which most are, become one. */
    @SuppressWarnings("unchecked")
    private long appendMaps(Column.Objects column, int first, ColumnBuffer.Maps buffer) {
        long taken = 0;
        for (int i = 0; i < column.size(); i++) {
            Map<?, ?> map = (Map<?, ?>) column.values()[i];
            if (map != null) {
                Map<?, ?> shared = maps.get(map);
                if (shared == null) {
                    shared = map;
                    if (maps.size() < SHARED_MAPS) {
                        maps.put(map, map);
                    }
                    taken += 64 + 160L * map.size();
                }
                buffer.add(first + i, (Map<String, String>) shared);
                taken += Integer.BYTES;
            }
        }
        return taken;
    }

    private int group(Columns columns, PartitionRows rows, ParquetFileWriter out, FileStatistics statistics) throws IOException {
        int size = rows.size();
        if (size > 0) {
            out.startBlock(size);
            try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(compressor, columns.message(),
                    HeapByteBufferAllocator.getInstance(), DataFileWriter.BOUND_LENGTH, true)) {
                writer.writeGroup(columns, rows, 0, size, new int[columns.size()], true, pages, statistics);
                pages.flushToFileWriter(out);
            }
            out.endBlock();
            statistics.addRows(size);
            rows.clear();
            maps.clear();
        }
        return size;
    }

    @Override
    public void close() {
        compressor.release();
    }
}
