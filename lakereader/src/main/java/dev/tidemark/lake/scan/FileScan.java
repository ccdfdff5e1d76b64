package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.column.BloomFilter;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.DataFileReader;
import dev.tidemark.lake.column.DeletedRows;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.column.Footer;
import dev.tidemark.lake.column.PageIndex;
import dev.tidemark.lake.column.RowRanges;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** One data file as a scan sees it: opened only for what the cache does not have. Not thread-safe. */
final class FileScan implements AutoCloseable {

    /** Runs of wanted rows are read as one where fewer than this lie between them: to decode a few rows costs less than to keep them apart. */
    private static final int GAP = 1024;
    /** So few rows are decoded sooner than an index is read. */
    private static final int FEW_ROWS = 2048;
    /** What a request to a remote store costs, in bytes. */
    private static final int REQUEST = 1 << 20;

    private final DataFile file;
    private final Set<FieldPath> texts;
    private final ColumnCache cache;
    private final boolean once;
    private final Footer footer;
    private final Function<FieldPath, Optional<Schema.Field>> partition;
    /** Columns of the current rows: what a condition was asked of need not be decoded again if the cache is full. */
    private final Map<FieldPath, Column> columns = new HashMap<>();
    private int currentGroup = -1;
    private RowRanges currentRows;
    private DataFileReader reader;
    private DeletedRows deleted;

    /**
     * @param texts     columns of text of which no strings are made
     * @param once      whether decoded columns are not put into the cache
     * @param partition the partition column that a path means, if it means one: its value is the log's, not the file's
     */
    FileScan(DataFile file, Set<FieldPath> texts, ColumnCache cache, boolean once, Function<FieldPath, Optional<Schema.Field>> partition) {
        this.file = file;
        this.texts = texts;
        this.cache = cache;
        this.once = once;
        this.partition = partition;
        Footer known = cache.footer(file);
        if (known == null) {
            reader = DataFileReader.open(file);
            known = reader.footer();
            cache.keep(file, known);
        }
        this.footer = known;
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

    /** Which rows of a row group are wanted: those at {@code picked} among {@code ranges}, in their order; null for all of these. */
    record Selection(RowRanges ranges, int[] picked) {
        int count() {
            return picked == null ? ranges.count() : picked.length;
        }

        private boolean few() {
            return picked != null && picked.length < ranges.count() / 2;
        }
    }

    /**
     * Asks a row group, least effort first: bounds in the footer, Bloom filters, bounds of pages, values.
     *
     * @param filters what must hold
     * @param sieves  what must hold too
     * @param wanted  the columns that will be read of the rows that are left
     * @param atMost  how many rows are enough, if nothing is asked of them
     */
    Selection select(int group, List<Filter> filters, List<Sieve> sieves, List<FieldPath> wanted, long atMost) {
        RowRanges rows = footer.all(group);
        at(group, rows);
        List<Filter> open = filters.stream().filter(filter -> partition.apply(filter.path()).isEmpty()).toList();
        Selection none = new Selection(RowRanges.of(0, 0), null);
        if (!filters.stream().allMatch(filter -> partition.apply(filter.path()).map(column -> PartitionValue.satisfies(filter, file, column)).orElse(true))
                || !open.stream().allMatch(filter -> footer.bounds(group, filter.path()).map(bounds -> filter.canHold(bounds, footer.rows(group))).orElse(true))
                || !sieves.stream().allMatch(sieve -> sieve.canHold(path -> boundsOf(group, path), footer.rows(group)))) {
            return none;
        }
        if (open.isEmpty() && sieves.isEmpty() || rows.count() == 0) {
            RowRanges enough = atMost < rows.count() && file.deletions().isEmpty() ? RowRanges.of(0, (int) atMost) : rows;
            return new Selection(enough, left(group, enough));
        }
        Set<FieldPath> asked = new LinkedHashSet<>();
        open.forEach(filter -> asked.add(filter.path()));
        sieves.forEach(sieve -> sieve.paths(asked::add));
        Set<FieldPath> paths = new LinkedHashSet<>(asked);
        paths.addAll(wanted);
        boolean paging = worthPaging(group, paths);
        if (paging) {
            if (open.stream().anyMatch(filter -> ruledOut(group, filter))) {
                return none;
            }
            for (Filter filter : open) {
                Optional<PageIndex> pages = pages(group, filter.path());
                rows = pages.isEmpty() ? rows : rows.and(pages.get().rows(filter::canHold));
            }
            for (Sieve sieve : sieves) {
                rows = rows.and(sieve.rows(path -> pages(group, path), footer.all(group)));
            }
            // Most of it is read as all of it, which is then in the cache for other questions too.
            rows = rows.count() > footer.rows(group) / 4 * 3 ? footer.all(group) : rows;
        }
        RowRanges left = rows;
        expect(group, List.copyOf(asked), left);
        int[] picked = left(group, left);
        for (Filter filter : open) {
            if (picked == null || picked.length > 0) {
                picked = filter.select(column(group, filter.path(), left), picked);
            }
        }
        for (Sieve sieve : sieves) {
            int[] before = picked == null ? Sieve.every(left.count()) : picked;
            int[] passed = sieve.select(path -> column(group, path, left), before);
            picked = passed.length == left.count() ? null : passed;
        }
        Selection selection = new Selection(left, picked);
        return paging && selection.count() > 0 && selection.few() ? narrowed(selection) : selection;
    }

    /** Which of some rows are not deleted; null for all of them. */
    private int[] left(int group, RowRanges rows) {
        if (file.deletions().isEmpty()) {
            return null;
        }
        if (deleted == null) {
            deleted = DeletedRows.of(file, footer.rows());
        }
        return deleted.left(footer.first(group), rows);
    }

    /** The bounds of a column of the file or of the log. */
    private Optional<Bounds> boundsOf(int group, FieldPath path) {
        return partition.apply(path).map(column -> {
            Object value = PartitionValue.of(file, column);
            return Optional.of(new Bounds(value, value, value == null ? footer.rows(group) : 0));
        }).orElseGet(() -> footer.bounds(group, path));
    }

    private boolean ruledOut(int group, Filter filter) {
        return filter.values().isPresent() && noted(BloomFilter.class, group, filter.path(), DataFileReader::bloomFilter, BloomFilter::weight)
                .map(bloom -> !bloom.canHold(filter.values().get())).orElse(false);
    }

    private Optional<PageIndex> pages(int group, FieldPath path) {
        return partition.apply(path).isPresent() ? Optional.empty() : noted(PageIndex.class, group, path, DataFileReader::pageIndex, PageIndex::weight);
    }

    /** The same rows among fewer: of the columns that no condition was asked of, the pages without a wanted row are not read. */
    private static Selection narrowed(Selection selection) {
        int[] all = selection.ranges.rows();
        int[] rows = new int[selection.picked.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = all[selection.picked[i]];
        }
        RowRanges narrow = RowRanges.around(rows, GAP);
        return narrow.count() == rows.length ? new Selection(narrow, null) : new Selection(narrow, narrow.positions(rows));
    }

    /** Whether to read some rows of these columns instead of all can be worth the look at a row group's indexes. */
    private boolean worthPaging(int group, Set<FieldPath> paths) {
        boolean known = paths.stream().allMatch(path -> partition.apply(path).isPresent() || cache.column(file, group, path, null) != null);
        return !known && (file.location().startsWith("file:") ? footer.rows(group) >= FEW_ROWS : footer.bytes(group, paths) > REQUEST);
    }

    private interface Note<T> {
        Optional<T> read(DataFileReader reader, int group, FieldPath path);
    }

    /** What the writer noted of a column, if it did. */
    private <T> Optional<T> noted(Class<T> kind, int group, FieldPath path, Note<T> note, ToLongFunction<T> weigher) {
        Optional<T> known = cache.noted(kind, file, group, path);
        if (known == null) {
            known = note.read(reader(), group, path);
            cache.keep(kind, file, group, path, known, known.map(weigher::applyAsLong).orElse(0L));
        }
        return known;
    }

    /** The selected rows of these columns. */
    List<Column> read(int group, List<FieldPath> paths, Selection selection) {
        expect(group, paths, selection.ranges);
        List<Column> read = new ArrayList<>(paths.size());
        for (FieldPath path : paths) {
            Column column = column(group, path, selection.ranges);
            read.add(selection.picked == null ? column : column.select(selection.picked));
        }
        return read;
    }

    /** Says which columns will be asked for next. */
    private void expect(int group, List<FieldPath> paths, RowRanges rows) {
        List<FieldPath> unknown = paths.stream().filter(path -> partition.apply(path).isEmpty() && known(group, path, rows) == null).toList();
        if (!unknown.isEmpty()) {
            reader().fetch(group, unknown, rows);
        }
    }

    private DataFileReader reader() {
        if (reader == null) {
            reader = DataFileReader.open(file, footer);
        }
        return reader;
    }

    /** A decoded column, or that of a partition. @throws CancellationException if this thread was interrupted */
    private Column column(int group, FieldPath path, RowRanges rows) {
        Optional<Schema.Field> same = partition.apply(path);
        if (same.isPresent()) {
            return Column.constant(same.get().type(), PartitionValue.of(file, same.get()), rows.count());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Reading " + file.location() + " was interrupted");
        }
        Column column = known(group, path, rows);
        if (column == null) {
            boolean bytes = texts.contains(path);
            column = bytes ? reader().utf8(group, path, rows) : reader().read(group, path, rows);
            if (!once && !bytes) {
                cache.keep(file, group, path, kept(group, rows), column);
            }
        }
        columns.put(path, column);
        return column;
    }

    /** How the cache knows these rows: null for all. */
    private RowRanges kept(int group, RowRanges rows) {
        return rows.count() == footer.rows(group) ? null : rows;
    }

    private Column known(int group, FieldPath path, RowRanges rows) {
        at(group, rows);
        Column column = columns.get(path);
        column = column != null ? column : cache.column(file, group, path, kept(group, rows));
        if (column != null || kept(group, rows) == null) {
            return column;
        }
        Column whole = cache.column(file, group, path, null);
        return whole == null ? null : whole.select(rows.rows());
    }

    /** Turns to other rows: to fewer of the same, or to those of another row group. */
    private void at(int group, RowRanges rows) {
        if (group == currentGroup && rows.equals(currentRows)) {
            return;
        }
        if (group == currentGroup && rows.count() < currentRows.count()) {
            int[] left = currentRows.positions(rows.rows());
            columns.replaceAll((path, column) -> column.select(left));
        } else {
            columns.clear();
        }
        currentGroup = group;
        currentRows = rows;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
