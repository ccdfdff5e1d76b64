package dev.tidemark.stream.table;

import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes the rows of one partition as one Parquet file, a column at a time. Not thread-safe; used for many files. */
final class DataFileWriter {

    /**
     * Below this many rows compression costs more time than it saves space. Above it Zstandard at its first level: half of Snappy's size for a
     * fifth of a microsecond more a row.
     */
    private static final int SMALL = 2_000;
    private static final long ROW_GROUP_BYTES = 128L << 20;
    /** Bounds in footer and column index are cut to this length, so that bodies of messages do not end up there. */
    static final int BOUND_LENGTH = 64;
    static final int MAX_PADDING = 8 << 20;

    private final Map<CompressionCodecName, BytesInputCompressor> compressors = new EnumMap<>(CompressionCodecName.class);
    private final ChunkWriter chunks = new ChunkWriter();
    private final MapWriter maps = new MapWriter();
    private final long rowGroupBytes;

    DataFileWriter() {
        this(ROW_GROUP_BYTES);
    }

    /** @param rowGroupBytes how large a row group may be, before compression */
    DataFileWriter(long rowGroupBytes) {
        this.rowGroupBytes = rowGroupBytes;
    }

    /** The codec for this many rows. */
    static CompressionCodecName codec(int rows) {
        return rows < SMALL ? CompressionCodecName.UNCOMPRESSED : CompressionCodecName.ZSTD;
    }

    /**
     * Writes a file and closes it. What was written of it before an exception is the caller's to delete.
     *
     * @return its size, and what the log says of its columns
     */
    Result write(Columns columns, PartitionRows rows, OutputFile file) throws IOException {
        CompressionCodecName codec = codec(rows.size());
        boolean small = codec == CompressionCodecName.UNCOMPRESSED;
        BytesInputCompressor compressor = compressors.computeIfAbsent(codec, PageCompressor::new);
        MessageType message = columns.message();
        FileStatistics statistics = new FileStatistics(columns, rows.size());
        int[] cursors = new int[columns.size()];
        int groupRows = groupRows(rows);
        try (ParquetFileWriter writer = new ParquetFileWriter(file, message, ParquetFileWriter.Mode.CREATE, rowGroupBytes,
                MAX_PADDING, BOUND_LENGTH, BOUND_LENGTH, true)) {
            writer.start();
            for (int from = 0; from < rows.size(); from += groupRows) {
                int to = Math.min(from + groupRows, rows.size());
                writer.startBlock(to - from);
                try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(compressor, message,
                        HeapByteBufferAllocator.getInstance(), BOUND_LENGTH, true)) {
                    writeGroup(columns, rows, from, to, cursors, !small, pages, statistics);
                    pages.flushToFileWriter(writer);
                }
                writer.endBlock();
            }
            writer.end(Map.of());
            return new Result(writer.getPos(), statistics);
        }
    }

    /**
     * A written file.
     *
     * @param size bytes
     */
    record Result(long size, FileStatistics statistics) {
    }

    /**
     * Writes the pages of a row group.
     *
     * @param from    first row, a multiple of 64
     * @param cursors for each column where among its values those of {@code from} begin; moved on here
     */
    void writeGroup(Columns columns, PartitionRows rows, int from, int to, int[] cursors, boolean dictionary,
                            PageWriteStore pages, FileStatistics statistics) throws IOException {
        List<ColumnDescriptor> leaves = columns.message().getColumns();
        int leaf = 0;
        for (int i = 0; i < columns.data().length; i++) {
            int column = columns.data()[i];
            if (columns.kind(column) == Kind.MAP) {
                cursors[column] = maps.write(leaves.get(leaf), leaves.get(leaf + 1), (ColumnBuffer.Maps) rows.buffer(column), from, to, cursors[column],
                        dictionary, pages.getPageWriter(leaves.get(leaf)), pages.getPageWriter(leaves.get(leaf + 1)));
                leaf += 2;
            } else {
                ColumnDescriptor descriptor = leaves.get(leaf++);
                cursors[column] = chunks.write(descriptor, columns.kind(column), column, rows.buffer(column), from, to,
                        cursors[column], dictionary, pages.getPageWriter(descriptor), statistics);
            }
        }
    }

    /** Rows of a row group, a multiple of 64: encoded they take no more than they do in memory. */
    private int groupRows(PartitionRows rows) {
        long groups = rows.bytes() / rowGroupBytes + 1;
        return (int) Math.max(64, (rows.size() / groups + 63) / 64 * 64);
    }
}
