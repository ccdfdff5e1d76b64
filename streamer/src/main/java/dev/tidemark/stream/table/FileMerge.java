package dev.tidemark.stream.table;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes one data file with the rows of others, in their order; columns that a file lacks are null. Each file is read once, a column of some rows at
 * a time, and no more than a row group of the new one is in memory, whatever the files' sizes. Not thread-safe; used for many files.
 */
final class FileMerge implements AutoCloseable {

    /** Rows of a row group at most, and bytes that they take in memory: what a reader of one minute of a day has to decode. */
    private static final int GROUP_ROWS = 1 << 17;
    private static final long GROUP_BYTES = 20L << 20;
    private static final GroupedFile.Limits LIMITS = new GroupedFile.Limits(GROUP_ROWS, GROUP_BYTES);
    /** Of a larger row group only so many bytes, before compression, are decoded at once. */
    private static final long SLICE_BYTES = 4L << 20;
    private static final int SHARED_MAPS = 1 << 12;

    private final PageCompressor compressor = new PageCompressor(CompressionCodecName.ZSTD);
    private final GroupedFile.Pages pages = new GroupedFile.Pages(compressor, new DataFileWriter());
    private final Map<Map<?, ?>, Map<?, ?>> maps = new HashMap<>();

    /**
     * Writes the file and closes it. What was written of it before an exception is the caller's to delete.
     *
     * @throws dev.tidemark.lake.LakeException if a file cannot be read
     */
    GroupedFile.Result write(Columns columns, List<DataFile> inputs, OutputFile file, GroupedFile.Progress progress) throws IOException {
        try (GroupedFile out = new GroupedFile(columns, file, pages, LIMITS, progress)) {
            for (DataFile input : inputs) {
                copy(columns, input, null, out);
            }
            maps.clear();
            return out.finish();
        }
    }

    /** The same of one file without some of its rows, by their numbers in it. */
    GroupedFile.Result write(Columns columns, DataFile input, BitSet without, OutputFile file, GroupedFile.Progress progress) throws IOException {
        try (GroupedFile out = new GroupedFile(columns, file, pages, LIMITS, progress)) {
            copy(columns, input, without, out);
            maps.clear();
            return out.finish();
        }
    }

    private void copy(Columns columns, DataFile input, BitSet without, GroupedFile out) throws IOException {
        FieldPath[] paths = paths(columns);
        try (DataFileReader reader = DataFileReader.open(input)) {
            int before = 0;
            for (int group = 0; group < reader.footer().groups(); group++) {
                int size = reader.footer().rows(group);
                int slice = slice(reader.footer().bytes(group), size);
                for (int from = 0; from < size; from += slice) {
                    int to = Math.min(from + slice, size);
                    if (out.makeRoom(to - from)) {
                        maps.clear();
                    }
                    take(columns, paths, reader, group, from, to, kept(without, before + from, to - from), out.rows());
                }
                before += size;
            }
        }
    }

    /** Which of some rows are not left out; null if all are kept. */
    private static int[] kept(BitSet without, int first, int rows) {
        if (without == null || without.nextSetBit(first) < 0 || without.nextSetBit(first) >= first + rows) {
            return null;
        }
        return IntStream.range(0, rows).filter(row -> !without.get(first + row)).toArray();
    }

    /** Where the columns that can be written are in a data file. */
    static FieldPath[] paths(Columns columns) {
        return Arrays.stream(columns.data()).mapToObj(column ->
                new FieldPath(List.of(columns.name(column)), columns.schema().fields().get(column).type())).toArray(FieldPath[]::new);
    }

    /** Of a row group of so many bytes, before compression, so many rows are decoded at once. */
    static int slice(long bytes, int rows) {
        long slices = bytes / SLICE_BYTES + 1;
        return Math.max(1, Math.min(GROUP_ROWS, (int) (rows / slices) + 1));
    }

    private void take(Columns columns, FieldPath[] paths, DataFileReader reader, int group, int from, int to, int[] kept, PartitionRows rows) {
        long taken = 0;
        for (int i = 0; i < paths.length; i++) {
            Column column = columns.kind(columns.data()[i]) == Kind.TEXT ? reader.utf8(group, paths[i], from, to) : reader.read(group, paths[i], from, to);
            taken += append(kept == null ? column : column.select(kept), rows, columns.data()[i]);
        }
        rows.endRows(kept == null ? to - from : kept.length, taken);
    }

    private long append(Column column, PartitionRows rows, int to) {
        int first = rows.size();
        if (column instanceof Column.Longs longs) {
            ColumnBuffer.Longs buffer = (ColumnBuffer.Longs) rows.make(to);
            if (longs.nulls() == null) {
                buffer.add(first, longs.values(), 0, longs.values().length);
                return (long) Long.BYTES * column.size();
            }
            for (int i = 0; i < longs.values().length; i++) {
                if (!longs.isNull(i)) {
                    buffer.add(first + i, longs.values()[i]);
                }
            }
            return (long) Long.BYTES * column.size();
        } else if (column instanceof Column.Doubles doubles) {
            ColumnBuffer.Doubles buffer = (ColumnBuffer.Doubles) rows.make(to);
            if (doubles.nulls() == null) {
                buffer.addAll(first, doubles.values());
                return (long) Double.BYTES * column.size();
            }
            for (int i = 0; i < doubles.values().length; i++) {
                if (!doubles.isNull(i)) {
                    buffer.add(first + i, doubles.values()[i]);
                }
            }
            return (long) Double.BYTES * column.size();
        } else if (column instanceof Column.Utf8 texts) {
            return ((Texts) rows.make(to)).addAll(first, texts);
        } else if (column instanceof Column.Booleans booleans) {
            ColumnBuffer.Booleans buffer = (ColumnBuffer.Booleans) rows.make(to);
            if (booleans.nulls() == null) {
                buffer.addAll(first, booleans.values());
                return column.size();
            }
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

    @Override
    public void close() {
        compressor.release();
    }
}
