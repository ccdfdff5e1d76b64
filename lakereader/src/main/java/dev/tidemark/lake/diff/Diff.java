package dev.tidemark.lake.diff;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.LakeException.Reason;
import dev.tidemark.lake.Schema;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.scan.Scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What differs between two versions of a table: rows that came, went, or have other cells under the same key. Files that both versions have are not read, and
 * files that hold the same rows in another arrangement give no difference. Immutable.
 *
 * <p>Without a key rows are compared whole, each as often as it is there. Rows that share a key (which a good key does not let happen) are paired in the order in
 * which they come. A column, or a field of a struct, that was renamed between them is the same; one that a version does not have is null there. Memory is bounded; what does not fit goes to temporary files.
 */
public final class Diff {

    /** Hears how far it is, on the thread that compares. */
    public interface Progress {
        /** {@code rows} read so far, of {@code total} (-1 if unknown), both versions together. */
        void advanced(long rows, long total);
    }

    /**
     * How it went.
     *
     * @param read   data files that were read
     * @param shared data files that both versions have
     */
    public record Summary(long added, long removed, long changed, int read, int shared) {
        /** Whether there was no difference. */
        public boolean isEmpty() {
            return added + removed + changed == 0;
        }
    }

    private static final long MEMORY = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final Scan before;
    private final Scan after;
    private final List<String> key;

    private Diff(Scan before, Scan after, List<String> key) {
        this.before = before;
        this.after = after;
        this.key = key;
    }

    /** All columns of all rows of two versions, by the key that {@link RowKey} knows for the table. */
    public static Diff between(Snapshot before, Snapshot after) {
        return between(Scan.of(before), Scan.of(after));
    }

    /** What two scans of one table answer, of all its columns. */
    public static Diff between(Scan before, Scan after) {
        return new Diff(before, after, RowKey.of(after.snapshot().schema()));
    }

    /** By another key; empty for none. LakeException INVALID for a column that neither version has. */
    public Diff key(List<String> columns) {
        List<String> known = new ArrayList<>();
        for (String name : columns) {
            known.add(after.snapshot().schema().field(name).or(() -> before.snapshot().schema().field(name)).map(Schema.Field::name).orElseThrow(() ->
                    new LakeException(Reason.INVALID, "Cannot compare by " + name + ": the table has no such column (expected some of "
                            + after.snapshot().schema().names() + ")")));
        }
        return new Diff(before, after, List.copyOf(known));
    }

    /**
     * Only rows that satisfy a condition, as {@link dev.tidemark.lake.scan.Where} reads it: in either version, by the names of {@link #columns()}; what a version does not
     * have is null there.
     *
     * @param zone where times lie that name no zone
     * @throws LakeException INVALID; the message says what is wrong, and at which character
     */
    public Diff where(String condition, ZoneId zone) {
        List<Counterpart> columns = compared();
        return new Diff(before.where(SharedCondition.of(condition, zone, columns, RowSet.BEFORE)), after.where(SharedCondition.of(condition, zone, columns, RowSet.AFTER)), key);
    }

    /** The columns that rows are told apart by; empty if there are none. */
    public List<String> key() {
        return key;
    }

    /** Names of the columns of each {@link RowChange}, those of the key first; of a renamed one the name after. */
    public List<String> columns() {
        return compared().stream().map(Counterpart::name).toList();
    }

    private List<Counterpart> compared() {
        List<Counterpart> columns = new ArrayList<>(Counterpart.of(before.snapshot().schema().fields(), after.snapshot().schema().fields()));
        columns.sort(Comparator.comparingInt(column -> {
            int place = key.indexOf(column.name());
            return place < 0 ? key.size() : place;
        }));
        return columns;
    }

    /**
     * Compares, on the caller's thread. Differences come key by key in an order that is the same each time, but is none of the table's.
     * An interrupt ends it with a {@link java.util.concurrent.CancellationException}.
     *
     * @throws LakeException if a version cannot be read, or UNREACHABLE if temporary files cannot be written
     */
    public Summary run(Consumer<RowChange> consumer, Progress progress) {
        return run(consumer, progress, MEMORY, Path.of(System.getProperty("java.io.tmpdir")));
    }

    Summary run(Consumer<RowChange> consumer, Progress progress, long memory, Path folder) {
        List<DataFile> old = before.filesToRead();
        List<DataFile> now = after.filesToRead();
        Set<String> shared = new HashSet<>(old.stream().map(DataFile::id).toList());
        shared.retainAll(now.stream().map(DataFile::id).toList());
        old = old.stream().filter(file -> !shared.contains(file.id())).toList();
        now = now.stream().filter(file -> !shared.contains(file.id())).toList();
        List<Counterpart> columns = compared();
        Comparison comparison = new Comparison(columns.size(), key.size(), consumer);
        try (Rows older = new Rows(before.files(old), columns, key.size(), RowSet.BEFORE);
             Rows newer = new Rows(after.files(now), columns, key.size(), RowSet.AFTER)) {
            comparison.of(older, newer, progress, memory, folder);
        } catch (IOException e) {
            throw unwritable(e, folder);
        } catch (UncheckedIOException e) {
            throw unwritable(e.getCause(), folder);
        }
        return new Summary(comparison.added(), comparison.removed(), comparison.changed(), old.size() + now.size(), shared.size());
    }

    private static LakeException unwritable(IOException e, Path folder) {
        return new LakeException(Reason.UNREACHABLE, "Cannot compare: more rows differ than there is memory for, and temporary files cannot be kept in " + folder + " ("
                + e.getMessage() + "). Make room there, give more memory, or compare fewer rows", e);
    }
}
