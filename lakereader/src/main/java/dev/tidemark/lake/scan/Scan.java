package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.scan.FileScan.Selection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A question to a snapshot: which columns of which rows. Immutable; each method that narrows it gives a new one. Files and row groups
 * that cannot hold an answer are not read.
 *
 * <p>A column is named as in the schema, without regard to case, or by its path through structs ({@code window.start}).
 */
public final class Scan {

    private final Snapshot snapshot;
    private final List<DataFile> files;
    private final List<FieldPath> columns;
    private final List<Filter> filters;
    /** What the filters, each of one column and all of which must hold, cannot say. */
    private final List<Sieve> sieves;
    /** Columns of text of which no strings are made. */
    private final Set<FieldPath> texts;
    private final ColumnCache cache;
    private final boolean once;
    private final long limit;

    private Scan(Snapshot snapshot, List<DataFile> files, List<FieldPath> columns, List<Filter> filters, List<Sieve> sieves, Set<FieldPath> texts, ColumnCache cache, boolean once, long limit) {
        this.snapshot = snapshot;
        this.files = files;
        this.columns = columns;
        this.filters = filters;
        this.sieves = sieves;
        this.texts = texts;
        this.cache = cache;
        this.once = once;
        this.limit = limit;
    }

    /** All columns of all rows. */
    public static Scan of(Snapshot snapshot) {
        List<FieldPath> columns = snapshot.schema().fields().stream().map(FieldPath::of).toList();
        return new Scan(snapshot, snapshot.files(), columns, List.of(), List.of(), Set.of(), ColumnCache.shared(), false, Long.MAX_VALUE);
    }

    /** Only these columns, in this order. LakeException INVALID for a name the table does not have. */
    public Scan columns(List<String> names) {
        return new Scan(snapshot, files, names.stream().map(this::path).toList(), filters, sieves, texts, cache, once, limit);
    }

    /** Only rows that satisfy this too. LakeException INVALID if the column is not there or of another type. */
    public Scan where(Condition condition) {
        List<Filter> all = new ArrayList<>(filters);
        all.add(bound(condition));
        return new Scan(snapshot, files, columns, List.copyOf(all), sieves, texts, cache, once, limit);
    }

    /** Only rows that satisfy this too. LakeException as for one condition. */
    public Scan where(Predicate predicate) {
        if (predicate instanceof Predicate.Is is) {
            return where(is.condition());
        }
        if (predicate instanceof Predicate.And and) {
            Scan narrowed = this;
            for (Predicate part : and.parts()) {
                narrowed = narrowed.where(part);
            }
            return narrowed;
        }
        List<Sieve> all = new ArrayList<>(sieves);
        all.add(Sieve.of(predicate, this::bound));
        return new Scan(snapshot, files, columns, filters, List.copyOf(all), texts, cache, once, limit);
    }

    private Filter bound(Condition condition) {
        try {
            return Filter.of(path(condition.column()), condition);
        } catch (IllegalArgumentException e) {
            throw new LakeException(Reason.INVALID, "Cannot scan " + snapshot.table() + ": " + e.getMessage(), e);
        }
    }

    /**
     * With a column of text as {@link Column.Utf8}, whose bytes are those of the file, unless it is known otherwise: for who asks each text but once, and wants no string of it. It is read anew each time, and
     * only batch by batch.
     */
    public Scan utf8(String column) {
        Set<FieldPath> all = new HashSet<>(texts);
        all.add(path(column));
        return new Scan(snapshot, files, columns, filters, sieves, Set.copyOf(all), cache, once, limit);
    }

    /** Only these files of the snapshot (what a commit added, say). */
    public Scan files(List<DataFile> files) {
        return new Scan(snapshot, List.copyOf(files), columns, filters, sieves, texts, cache, once, limit);
    }

    /** With decoded columns kept in this cache instead of the one that the process shares. */
    public Scan cache(ColumnCache cache) {
        return new Scan(snapshot, files, columns, filters, sieves, texts, cache, once, limit);
    }

    /** For what is more than the cache holds: decoded columns that are in the cache are used, others are not put there, where they would push out what is read again and again. */
    public Scan once() {
        return new Scan(snapshot, files, columns, filters, sieves, texts, cache, true, limit);
    }

    /** Only the first rows, so many; reading ends with them. Row groups that are read one by one know no limit. */
    public Scan limit(long rows) {
        return new Scan(snapshot, files, columns, filters, sieves, texts, cache, once, rows);
    }

    /** The snapshot that is asked. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** What each batch will hold, in order; a field of a struct under its path, joined by dots. */
    public Schema schema() {
        return new Schema(columns.stream().map(path -> new Schema.Field(path.toString(), path.type(), true)).toList());
    }

    private FieldPath path(String name) {
        return FieldPath.of(snapshot.schema(), name).orElseThrow(() -> new LakeException(Reason.INVALID, "Cannot scan " + snapshot.table()
                + ": it has no such column at version " + snapshot.version() + " (expected one of " + snapshot.schema().names() + ", actual " + name + ")"));
    }

    /** The files that have to be opened, after partitions and statistics have spoken. */
    public List<DataFile> filesToRead() {
        return files.stream().filter(file -> filters.stream().allMatch(filter -> canHold(filter, file))
                && sieves.stream().allMatch(sieve -> sieve.canHold(path -> bounds(file, path), file.statistics().map(DataFile.Statistics::rows).orElse(-1L)))).toList();
    }

    /** Between which values a column of a file lies, as far as the log tells. */
    private Optional<Bounds> bounds(DataFile file, FieldPath path) {
        Optional<Schema.Field> partition = partition(path);
        if (partition.isPresent()) {
            Object value = PartitionValue.of(file, partition.get());
            return value == null ? file.statistics().map(noted -> new Bounds(null, null, noted.rows())) : Optional.of(new Bounds(value, value, 0));
        }
        return file.statistics().map(noted -> {
            Long nulls = noted.nullCount().get(path.inFiles());
            return new Bounds(outwards(path, noted.min().get(path.inFiles()), -1), outwards(path, noted.max().get(path.inFiles()), 1), nulls == null ? -1 : nulls);
        });
    }

    /** What is a double now can have been a float when the file was written, whose text is shorter than its value: 0.1 stands for 0.10000000149011612. */
    private static Object outwards(FieldPath path, Object bound, int direction) {
        if (path.type() != Type.Primitive.DOUBLE || !(bound instanceof Double number)) {
            return bound;
        }
        return direction < 0 ? Math.min(number, (double) (float) (double) number) : Math.max(number, (double) (float) (double) number);
    }

    private boolean canHold(Filter filter, DataFile file) {
        Optional<Schema.Field> partition = partition(filter.path());
        if (partition.isPresent()) {
            return PartitionValue.satisfies(filter, file, partition.get());
        }
        return bounds(file, filter.path()).map(bounds -> filter.canHold(bounds, file.statistics().get().rows())).orElse(true);
    }

    private Optional<Schema.Field> partition(FieldPath path) {
        return path.names().size() == 1 && snapshot.partitionColumns().stream().anyMatch(path.names().get(0)::equalsIgnoreCase)
                ? snapshot.schema().field(path.names().get(0)) : Optional.empty();
    }

    /**
     * Reads in the order of the snapshot's files, a batch a row group, on the caller's thread. An interrupt ends it with a
     * {@link java.util.concurrent.CancellationException}.
     */
    public void read(Consumer<Batch> consumer) {
        long left = limit;
        for (DataFile file : left > 0 ? filesToRead() : List.<DataFile>of()) {
            try (RowGroups groups = groups(file)) {
                for (int group = 0; group < groups.size() && left > 0; group++) {
                    Batch batch = groups.read(group, left).orElse(null);
                    if (batch != null) {
                        Batch wanted = batch.first(left);
                        left -= wanted.rows();
                        consumer.accept(wanted);
                    }
                }
            }
            if (left <= 0) {
                return;
            }
        }
    }

    /**
     * The same batches in the same order, read ahead by so many threads of their own, at most two row groups in memory for each. They end when
     * it is closed, which must be done.
     */
    public Batches batches(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Cannot read with " + threads + " threads (expected at least 1)");
        }
        return new Batches(this, threads, limit);
    }

    /** One file of the snapshot, for whoever decides himself when to read which of its row groups. */
    public RowGroups groups(DataFile file) {
        return new RowGroups(new FileScan(file, texts, cache, once, this::partition));
    }

    /** The row groups of one file, as the scan asks of them. Not thread-safe; holds the file open. */
    public final class RowGroups implements AutoCloseable {

        private final FileScan file;
        private final List<String> names = schema().names();

        private RowGroups(FileScan file) {
            this.file = file;
        }

        /** Number of row groups. */
        public int size() {
            return file.groups();
        }

        /** Rows of a row group, whether they are wanted or not. */
        public int rows(int group) {
            return file.rows(group);
        }

        /** The smallest and largest value of a column in a row group, by the file's footer, if the writer noted them; partition columns have none. */
        public Optional<Bounds> bounds(int group, String column) {
            return file.bounds(group, path(column));
        }

        /** The wanted rows of a row group; empty if there is none. */
        public Optional<Batch> read(int group) {
            return read(group, Long.MAX_VALUE);
        }

        /**
         * The same, or only the first of them, but at least so many if there are. Where no condition is set no page beyond them is read; the dictionary of a column of
         * text is still that of the whole row group, as far as its writer kept one.
         */
        public Optional<Batch> read(int group, long atMost) {
            Selection selection = file.select(group, filters, sieves, columns, atMost);
            return selection.count() == 0 ? Optional.empty() : Optional.of(new Batch(selection.count(), names, file.read(group, columns, selection)));
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** All of it in one batch. */
    public Batch readAll() {
        List<Batch> batches = new ArrayList<>();
        read(batches::add);
        List<Column> all = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            all.add(batches.isEmpty() ? Column.constant(columns.get(i).type(), null, 0)
                    : Column.concat(columns.get(i).type(), batches.stream().map(batch -> batch.columns().get(column)).toList()));
        }
        return new Batch(Math.toIntExact(batches.stream().mapToLong(Batch::rows).sum()), schema().names(), all);
    }

    /** Number of rows, if no file need be opened to tell; else -1. */
    public long knownRows() {
        List<DataFile> chosen = filesToRead();
        boolean known = onlyPartitions() && chosen.stream().allMatch(file -> file.statistics().isPresent());
        return known ? Math.min(limit, chosen.stream().mapToLong(file -> file.statistics().get().rows()).sum()) : -1;
    }

    /** Whether what the conditions ask of a file holds for all or none of its rows. */
    private boolean onlyPartitions() {
        return sieves.isEmpty() && filters.stream().allMatch(filter -> partition(filter.path()).isPresent());
    }

    /** Number of rows; from statistics alone where no condition is set and every file has them. */
    public long count() {
        boolean everyRow = onlyPartitions();
        long count = 0;
        for (DataFile file : filesToRead()) {
            if (everyRow && file.statistics().isPresent()) {
                count += file.statistics().get().rows();
                continue;
            }
            try (FileScan scan = new FileScan(file, texts, cache, once, this::partition)) {
                for (int group = 0; group < scan.groups() && count < limit; group++) {
                    count += scan.select(group, filters, sieves, List.of(), Long.MAX_VALUE).count();
                }
            }
        }
        return Math.min(count, limit);
    }
}
