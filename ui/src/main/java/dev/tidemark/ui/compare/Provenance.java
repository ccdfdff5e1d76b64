package dev.tidemark.ui.compare;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        TableShape shape = asked.shape();
        Scan scan = Scan.of(snapshot).columns(Stream.of(asked.timePath(), asked.split(), shape.column(point.measure()), shape.time().end()).filter(Objects::nonNull).distinct().toList())
                .where(shape.time().within(point.time(), point.time() + Math.max(1, point.span())));
        if (shape.kind() == TableShape.Kind.WINDOWS) {
            scan = scan.where(new Condition.In("window", Set.of(asked.window()))).where(new Condition.In("grain", Set.of(asked.grain())));
        }
        if (shape.named() != null) {
            scan = scan.where(new Condition.In(shape.named().by(), Set.of(point.measure())));
        }
        List<Found> found = new ArrayList<>();
        List<DataFile> files = new ArrayList<>(scan.filesToRead());
        files.sort(Comparator.comparing(DataFile::modified).reversed());
        for (DataFile file : files) {
            scan.files(List.of(file)).read(batch -> match(batch, file, point, found));
        }
        return found;
    }

    private static void match(Batch batch, DataFile file, PickedPoint point, List<Found> found) {
        TableShape shape = point.asked().shape();
        long[] times = shape.time().micros(batch.column(shape.timePath()));
        long before = point.time() + Math.max(1, point.span());
        Column ends = shape.time().end() == null ? null : batch.column(shape.time().end());
        Column keys = point.asked().split() == null ? null : batch.column(point.asked().split());
        Column values = batch.column(shape.column(point.measure()));
        for (int i = 0; i < batch.rows(); i++) {
            Object key = keys == null ? "" : keys.value(i);
            if ((key == null ? "" : key.toString()).equals(point.series()) && times[i] >= point.time() && times[i] < before && values.value(i) instanceof Number value) {
                long time = times[i];
                long end = ends != null && ends.value(i) instanceof Long told ? told : time + Micros.of(point.asked().windowLength());
                found.add(new Found(file, time, value.doubleValue(), end));
            }
        }
    }
}
