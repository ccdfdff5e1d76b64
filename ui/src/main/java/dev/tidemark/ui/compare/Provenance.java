package dev.tidemark.ui.compare;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Type;
import dev.tidemark.lake.column.Batch;
import dev.tidemark.lake.column.Column;
import dev.tidemark.lake.scan.Condition;
import dev.tidemark.lake.scan.Scan;
import dev.tidemark.ui.live.Asked;
import dev.tidemark.ui.live.PickedPoint;
import dev.tidemark.ui.live.TableShape;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.text.Micros;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a point of a table came from: the commit that first had it with this value, and the file it stands in. Commits that only carried it from one file to
 * another are gone through, as far back as versions can be read. Immutable.
 *
 * @param file     it stands in now
 * @param arrived  the commit that brought it; empty if that was before the oldest version that can be read
 * @param before   the value that this commit replaced; NaN if there was none
 * @param moved    how many commits have carried it into another file since
 * @param due      the end of its window, or its own time if it has none
 */
public record Provenance(PickedPoint point, DataFile file, Optional<Commit> arrived, double before, int moved, Instant due) {

    private static final long DAY = Micros.of(Duration.ofDays(1));

    private record Found(DataFile file, long time, double value, long end) {
    }

    /**
     * The rows that a point stands for, blocking: itself, unless it brings many together. In the order of the files.
     *
     * @throws LakeException if the version cannot be read
     */
    static List<PickedPoint> under(Table table, PickedPoint point) {
        return point.span() == 0 ? List.of(point) : rows(table.snapshot(point.version()), point).stream().map(found -> point.row(found.time(), found.value())).toList();
    }

    /**
     * Looks for it, blocking. Reads the rows of one moment in one version for each commit that may have carried it.
     *
     * @return empty if the version holds no such row
     * @throws LakeException if the version cannot be read
     */
    static Optional<Provenance> find(Table table, PickedPoint point, Slot.Progress progress) throws InterruptedException {
        List<Commit> commits = table.history();
        Snapshot snapshot = table.snapshot(point.version());
        List<Found> here = rows(snapshot, point);
        if (here.isEmpty()) {
            return Optional.empty();
        }
        DataFile file = here.get(0).file();
        Instant due = Micros.instant(here.get(0).end());
        Found found = here.get(0);
        long version = point.version();
        int moved = 0;
        while (!Thread.interrupted()) {
            Optional<Commit> commit = bringer(commits, found.file(), version);
            if (commit.isEmpty()) {
                return Optional.of(new Provenance(point, file, Optional.empty(), Double.NaN, moved, due));
            }
            if (commit.get().removed().isEmpty()) {
                return Optional.of(new Provenance(point, file, commit, Double.NaN, moved, due));
            }
            List<Found> earlier;
            try {
                earlier = rows(table.snapshot(commit.get().version() - 1), point);
            } catch (LakeException gone) {
                return Optional.of(new Provenance(point, file, Optional.empty(), Double.NaN, moved, due));
            }
            double value = found.value();
            Optional<Found> same = earlier.stream().filter(each -> Double.compare(each.value(), value) == 0).findFirst();
            if (same.isEmpty()) {
                return Optional.of(new Provenance(point, file, commit, earlier.isEmpty() ? Double.NaN : earlier.get(0).value(), moved, due));
            }
            found = same.get();
            version = commit.get().version() - 1;
            moved++;
            progress.reached(-1);
        }
        throw new InterruptedException();
    }

    /** How long after it was due it arrived; less than nothing if it came before; empty if it is not known when it came. */
    Optional<Duration> late() {
        return arrived.map(commit -> Duration.between(due, commit.writtenAt()));
    }

    private static Optional<Commit> bringer(List<Commit> commits, DataFile file, long version) {
        for (int i = commits.size() - 1; i >= 0; i--) {
            Commit commit = commits.get(i);
            if (commit.version() <= version && commit.added().stream().anyMatch(added -> added.location().equals(file.location()))) {
                return Optional.of(commit);
            }
        }
        return Optional.empty();
    }

    /** The rows that make the point, with their files, the newest file first. */
    private static List<Found> rows(Snapshot snapshot, PickedPoint point) {
        Asked asked = point.asked();
        boolean windows = asked.shape().kind() == TableShape.Kind.WINDOWS;
        List<String> columns = new ArrayList<>(List.of(asked.timePath()));
        if (asked.split() != null) {
            columns.add(asked.split());
        }
        columns.add(windows ? "avg" : point.measure());
        if (windows) {
            columns.add("window_end");
        }
        Scan scan = Scan.of(snapshot).columns(columns.stream().distinct().toList());
        long end = point.time() + Math.max(1, point.span());
        boolean days = snapshot.schema().field(asked.shape().time()).orElseThrow().type() == Type.Primitive.DATE;
        scan = scan.where(days ? new Condition.Range(asked.timePath(), Math.floorDiv(point.time(), DAY), Math.floorDiv(end - 1, DAY) + 1) : new Condition.Range(asked.timePath(), point.time(), end));
        if (windows) {
            scan = scan.where(new Condition.In("window", Set.of(asked.window()))).where(new Condition.In("grain", Set.of(asked.grain())))
                    .where(new Condition.In("measure", Set.of(point.measure())));
        }
        List<Found> found = new ArrayList<>();
        List<DataFile> files = new ArrayList<>(scan.filesToRead());
        files.sort((a, b) -> a.modified() == null || b.modified() == null ? 0 : b.modified().compareTo(a.modified()));
        for (DataFile file : files) {
            scan.files(List.of(file)).read(batch -> match(batch, file, point, windows, found));
        }
        return found;
    }

    private static void match(Batch batch, DataFile file, PickedPoint point, boolean windows, List<Found> found) {
        Column times = batch.column(point.asked().timePath());
        Column keys = point.asked().split() == null ? null : batch.column(point.asked().split());
        Column values = batch.column(windows ? "avg" : point.measure());
        for (int i = 0; i < batch.rows(); i++) {
            Object key = keys == null ? "" : keys.value(i);
            if ((key == null ? "" : key.toString()).equals(point.series()) && times.value(i) instanceof Long stored && values.value(i) instanceof Number value) {
                long time = times.type() == Type.Primitive.DATE ? stored * DAY : stored;
                long end = windows && batch.column("window_end").value(i) instanceof Long ends ? ends : time + Micros.of(point.asked().windowLength());
                found.add(new Found(file, time, value.doubleValue(), end));
            }
        }
    }
}
