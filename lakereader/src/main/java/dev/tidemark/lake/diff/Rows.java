package dev.tidemark.lake.diff;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The rows of one version, a row group at a time. Not thread-safe; holds one file open. */
final class Rows implements AutoCloseable {

    private final Scan scan;
    private final List<Counterpart> columns;
    private final List<String> known;
    private final List<DataFile> files;
    private final RowCode code;
    private final byte side;
    private int next;
    private int group;
    private Scan.RowGroups open;
    private long read;

    /**
     * @param scan    of the files to read
     * @param columns those wanted, in order; the cells of one that this side does not have are null
     * @param keys    how many of them are the key
     */
    Rows(Scan scan, List<Counterpart> columns, int keys, byte side) {
        this.columns = columns;
        this.known = columns.stream().map(column -> column.on(side)).filter(Objects::nonNull).map(Schema.Field::name).toList();
        this.scan = scan.columns(known);
        this.files = scan.filesToRead();
        this.code = new RowCode(keys, columns.stream().map(column -> column.on(side) == null ? Spelling.PLAIN : Spelling.of(column, side)).toList());
        this.side = side;
    }

    /** Rows given so far. */
    long read() {
        return read;
    }

    /** Rows there are, by statistics; -1 if unknown. */
    long total() {
        return files.stream().allMatch(file -> file.statistics().isPresent()) ? files.stream().mapToLong(file -> file.statistics().get().rows()).sum() : -1;
    }

    /** Gives the rows of the next row group; false if there is none. */
    boolean next(RowSet.Rows taker) throws IOException {
        while (open == null || group == open.size()) {
            close();
            if (next == files.size()) {
                return false;
            }
            open = scan.groups(files.get(next++));
            group = 0;
        }
        Optional<Batch> batch = open.read(group++);
        if (batch.isPresent()) {
            code.bind(widened(batch.get()));
            for (int row = 0; row < batch.get().rows(); row++) {
                code.encode(row);
                taker.row(side, code.buffer(), 0, code.length(), code.keyLength(), 1);
            }
            read += batch.get().rows();
        }
        return true;
    }

    private Batch widened(Batch batch) {
        if (known.size() == columns.size()) {
            return batch;
        }
        List<Column> all = new ArrayList<>();
        int next = 0;
        for (Counterpart column : columns) {
            all.add(column.on(side) != null ? batch.columns().get(next++) : Column.constant(Type.Primitive.BINARY, null, batch.rows()));
        }
        return new Batch(batch.rows(), columns.stream().map(Counterpart::name).toList(), all);
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
