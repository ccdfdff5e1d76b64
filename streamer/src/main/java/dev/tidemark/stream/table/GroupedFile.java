package dev.tidemark.stream.table;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;

import java.io.IOException;
import java.util.Map;

/**
 * One data file that is written row group by row group: the rows of a group gather in memory, and no more than one is there, whatever the file's size.
 * Not thread-safe.
 */
final class GroupedFile implements AutoCloseable {

    private final Columns columns;
    private final Pages pages;
    private final Limits limits;
    private final Progress progress;
    private final FileStatistics statistics;
    private final PartitionRows rows;
    private final ParquetFileWriter out;
    private long written;

    /** What turns columns into pages; used for many files, one after the other. */
    record Pages(PageCompressor compressor, DataFileWriter writer) {
    }

    /**
     * When a row group is full.
     *
     * @param rows  it never has more
     * @param bytes that its rows take in memory; it has little more
     */
    record Limits(int rows, long bytes) {
    }

    /** Hears of every row group that is written. */
    interface Progress {
        /** What it throws ends the writing. */
        void written() throws IOException;
    }

    /**
     * A written file.
     *
     * @param size bytes
     */
    record Result(long size, long rows, FileStatistics statistics) {
    }

    GroupedFile(Columns columns, OutputFile file, Pages pages, Limits limits, Progress progress) throws IOException {
        this.columns = columns;
        this.pages = pages;
        this.limits = limits;
        this.progress = progress;
        this.statistics = new FileStatistics(columns, 0);
        this.rows = new PartitionRows(columns, new Object[0]);
        this.out = new ParquetFileWriter(file, columns.message(), ParquetFileWriter.Mode.CREATE, limits.bytes, DataFileWriter.MAX_PADDING,
                DataFileWriter.BOUND_LENGTH, DataFileWriter.BOUND_LENGTH, true);
        out.start();
    }

    /** Rows to which others may be added once there is {@linkplain #makeRoom room}. */
    PartitionRows rows() {
        return rows;
    }

    /** Makes room for some rows, no more than a group may have. Returns whether a group was written for it. */
    boolean makeRoom(int more) throws IOException {
        if (rows.bytes() < limits.bytes && rows.size() + more <= limits.rows) {
            return false;
        }
        group();
        progress.written();
        return true;
    }

    /** Bytes of the file so far, without the rows that gather. */
    long size() throws IOException {
        return out.getPos();
    }

    private void group() throws IOException {
        int size = rows.size();
        if (size > 0) {
            out.startBlock(size);
            try (ColumnChunkPageWriteStore store = new ColumnChunkPageWriteStore(pages.compressor, columns.message(), HeapByteBufferAllocator.getInstance(),
                    DataFileWriter.BOUND_LENGTH, true)) {
                pages.writer.writeGroup(columns, rows, 0, size, new int[columns.size()], true, store, statistics);
                store.flushToFileWriter(out);
            }
            out.endBlock();
            statistics.addRows(size);
            written += size;
            rows.clear();
        }
    }

    /** Writes what has gathered, and the end of the file. */
    Result finish() throws IOException {
        group();
        out.end(Map.of());
        return new Result(out.getPos(), written, statistics);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
