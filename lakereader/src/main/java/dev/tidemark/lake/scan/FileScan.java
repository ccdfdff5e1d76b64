package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.column.Footer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One data file as a scan sees it: opened only for what the cache does not have. Not thread-safe. */
final class FileScan implements AutoCloseable {

    private final DataFile file;
    private final ColumnCache cache;
    private final Footer footer;
    /** Columns of the current row group: what a condition was asked of need not be decoded again if the cache is full. */
    private final Map<FieldPath, Column> columns = new HashMap<>();
    private int current = -1;
    private DataFileReader reader;

    FileScan(DataFile file, ColumnCache cache) {
        this.file = file;
        this.cache = cache;
        Footer known = cache.footer(file);
        if (known == null) {
            reader = DataFileReader.open(file);
            known = reader.footer();
            cache.keep(file, known);
        }
        this.footer = known;
    }

    DataFile file() {
        return file;
    }

    int groups() {
        return footer.groups();
    }

    int rows(int group) {
        return footer.rows(group);
    }

    Optional<Bounds> bounds(int group, FieldPath path) {
        return footer.bounds(group, path);
    }

    boolean canHold(int group, Filter filter) {
        return footer.bounds(group, filter.path()).map(bounds -> filter.canHold(bounds, footer.rows(group))).orElse(true);
    }

    /** Says which columns of a row group will be asked for next. */
    void expect(int group, List<FieldPath> paths) {
        List<FieldPath> unknown = paths.stream().filter(path -> known(group, path) == null).toList();
        if (!unknown.isEmpty()) {
            reader().fetch(group, unknown);
        }
    }

    private DataFileReader reader() {
        if (reader == null) {
            reader = DataFileReader.open(file, footer);
        }
        return reader;
    }

    /** A decoded column. @throws CancellationException if this thread was interrupted */
    Column column(int group, FieldPath path) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Reading " + file.location() + " was interrupted");
        }
        Column column = known(group, path);
        if (column == null) {
            column = reader().read(group, path);
            cache.keep(file, group, path, column);
        }
        columns.put(path, column);
        return column;
    }

    private Column known(int group, FieldPath path) {
        if (group != current) {
            columns.clear();
            current = group;
        }
        Column column = columns.get(path);
        return column != null ? column : cache.column(file, group, path);
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
