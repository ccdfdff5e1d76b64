package dev.tidemark.lake.scan;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.column.FieldPath;
import dev.tidemark.lake.column.Footer;
import dev.tidemark.lake.column.RowRanges;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decoded columns and footers of data files, least recently used first out. Data files never change, so what is in here
 * is right for ever. Thread-safe; nobody but the cache holds on to what it has let go.
 */
public final class ColumnCache {

    private static final ColumnCache SHARED = new ColumnCache(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32));

    /**
     * One column of one row group of one file; a group of -1 is the footer. Size and time tell apart a table made anew under the same names.
     *
     * @param part which rows, null for all; or the class of what is noted of them
     */
    private record Key(String location, long size, Instant modified, int group, FieldPath path, Object part) {
    }

    private record Entry(Object value, long weight) {
    }

    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long limit;
    private long weight;

    /** A cache of its own, of at most {@code limit} bytes. */
    public ColumnCache(long limit) {
        this.limit = limit;
    }

    /** The cache that all scans of this process share unless told otherwise; at first a thirty-second of the largest heap, at most 64 MB. */
    public static ColumnCache shared() {
        return SHARED;
    }

    /** Changes how many bytes may be held; what is too much is let go at once. */
    public synchronized void limit(long bytes) {
        limit = bytes;
        shrink();
    }

    /** How many bytes may be held. */
    public synchronized long limit() {
        return limit;
    }

    /** Bytes held now, roughly. */
    public synchronized long weight() {
        return weight;
    }

    Footer footer(DataFile file) {
        return (Footer) get(key(file, -1, null, null));
    }

    void keep(DataFile file, Footer footer) {
        keep(key(file, -1, null, null), footer, footer.weight());
    }

    /** A column of these rows; null for all rows. */
    Column column(DataFile file, int group, FieldPath path, RowRanges rows) {
        return (Column) get(key(file, group, path, rows));
    }

    void keep(DataFile file, int group, FieldPath path, RowRanges rows, Column column) {
        keep(key(file, group, path, rows), column, column.weight());
    }

    /** What the file notes of a column, which may be nothing; null if nobody has looked. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> noted(Class<T> kind, DataFile file, int group, FieldPath path) {
        return (Optional<T>) get(key(file, group, path, kind));
    }

    <T> void keep(Class<T> kind, DataFile file, int group, FieldPath path, Optional<T> noted, long weight) {
        keep(key(file, group, path, kind), noted, weight);
    }

    private static Key key(DataFile file, int group, FieldPath path, Object part) {
        return new Key(file.location(), file.size(), file.modified(), group, path, part);
    }

    private synchronized Object get(Key key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    private void keep(Key key, Object value, long itsWeight) {
        long added = itsWeight + 200;
        synchronized (this) {
            // One column must not push out everything else.
            if (added <= limit / 2) {
                Entry before = entries.put(key, new Entry(value, added));
                weight += added - (before == null ? 0 : before.weight);
                shrink();
            }
        }
    }

    private void shrink() {
        Iterator<Map.Entry<Key, Entry>> oldest = entries.entrySet().iterator();
        while (weight > limit && oldest.hasNext()) {
            weight -= oldest.next().getValue().weight;
            oldest.remove();
        }
    }
}
