package dev.tidemark.ui.live;

import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Bounds;
import dev.tidemark.lake.scan.ColumnCache;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.task.Slot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A pass over the rows of a scan, a row group at a time: so progress can be told, a cancel is heard, and memory is bounded however large the table is. Blocking.
 *
 * @param time column by whose values row groups are cut into pieces that are too large; null for none
 */
record Sweep(Scan scan, String time) {

    private static final int ROWS_AT_ONCE = 500_000;
    /** A row group that is ordered otherwise is gone through as often: not too often. */
    private static final int MOST_PIECES = 16;
    /** Backwards, a moment of the table may be cut in two by the end of a row group. */
    private static final int GROUPS_AFTER_FIRST = 2;
    private static final double STEP = 0.01;

    /** All rows, in the order of the files. Tells progress from one fraction to another, by the bytes of the files. */
    void forward(Consumer<Batch> consumer, Slot.Progress progress, double from, double to) {
        List<DataFile> files = scan.filesToRead();
        Scan passing = fits(files) ? scan : scan.once();
        double all = Math.max(1, files.stream().mapToLong(DataFile::size).sum());
        double done = 0;
        double told = 0;
        for (DataFile file : files) {
            try (Scan.RowGroups groups = passing.groups(file)) {
                for (int group = 0; group < groups.size(); group++) {
                    read(passing, file, groups, group, consumer);
                    double reached = (done + file.size() * (group + 1.0) / groups.size()) / all;
                    if (reached - told >= STEP) {
                        told = reached;
                        progress.reached(from + (to - from) * reached);
                    }
                }
            }
            done += file.size();
        }
        progress.reached(to);
    }

    /**
     * The newest rows: files from the newest back, each from its end, until so many rows were gone through and enough was found.
     *
     * @param found whether something of what is looked for has been among them
     * @param most  rows after which it ends even if nothing was found
     */
    void backward(Consumer<Batch> consumer, long enough, BooleanSupplier found, long most) {
        List<DataFile> files = new ArrayList<>(scan.filesToRead());
        files.sort(Comparator.comparing(this::newest).thenComparing(file -> file.modified() == null ? Instant.EPOCH : file.modified()).reversed());
        long looked = 0;
        int since = 0;
        for (DataFile file : files) {
            try (Scan.RowGroups groups = scan.groups(file)) {
                for (int group = groups.size() - 1; group >= 0; group--) {
                    looked += groups.rows(group);
                    read(scan, file, groups, group, consumer);
                    since += found.getAsBoolean() ? 1 : 0;
                    if (looked >= enough && since >= GROUPS_AFTER_FIRST || looked >= most) {
                        return;
                    }
                }
            }
        }
    }

    private long newest(DataFile file) {
        return time != null && file.statistics().isPresent() && file.statistics().get().max().get(time) instanceof Long last ? last : Long.MIN_VALUE;
    }

    /** Whether the cache can hold what is read, and something else beside it. */
    private boolean fits(List<DataFile> files) {
        int columns = scan.schema().fields().size();
        return files.stream().mapToDouble(file -> file.statistics().map(told -> 8.0 * columns * told.rows()).orElse(4.0 * file.size())).sum() < ColumnCache.shared().limit() / 2;
    }

    private void read(Scan from, DataFile file, Scan.RowGroups groups, int group, Consumer<Batch> consumer) {
        List<Condition.Range> pieces = groups.rows(group) < 2 * ROWS_AT_ONCE ? List.of() : pieces(groups, group);
        if (pieces.isEmpty()) {
            groups.read(group).ifPresent(consumer);
        }
        for (Condition.Range piece : pieces) {
            try (Scan.RowGroups part = from.where(piece).groups(file)) {
                part.read(group).ifPresent(consumer);
            }
        }
    }

    /** The pieces of a large row group: if it is ordered by time, each lies on pages of its own. */
    private List<Condition.Range> pieces(Scan.RowGroups groups, int group) {
        Optional<Bounds> bounds = time == null ? Optional.empty() : groups.bounds(group, time);
        if (bounds.isEmpty() || !(bounds.get().min() instanceof Long first) || !(bounds.get().max() instanceof Long last) || last <= first) {
            return List.of();
        }
        int count = Math.min(MOST_PIECES, groups.rows(group) / ROWS_AT_ONCE);
        List<Condition.Range> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(new Condition.Range(time, i == 0 ? null : (Long) (first + (last - first) / count * i), i == count - 1 ? null : (Long) (first + (last - first) / count * (i + 1))));
        }
        return pieces;
    }
}
