package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.column.Footer;

import java.util.concurrent.CancellationException;

/** One data file as a scan sees it: opened only for what the cache does not have. Not thread-safe. */
final class FileScan implements AutoCloseable {

    private final DataFile file;
    private final ColumnCache cache;
    private final Footer footer;
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

    boolean canHold(int group, Filter filter) {
        return footer.bounds(group, filter.path()).map(bounds -> filter.canHold(bounds, footer.rows(group))).orElse(true);
    }

    /** A decoded column. @throws CancellationException if this thread was interrupted */
    Column column(int group, FieldPath path) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Reading " + file.location() + " was interrupted");
        }
        Column column = cache.column(file, group, path);
        if (column == null) {
            if (reader == null) {
                reader = DataFileReader.open(file, footer);
            }
            column = reader.read(group, path);
            cache.keep(file, group, path, column);
        }
        return column;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
