package dev.tidemark.ui.table;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.DataFile;
import dev.tidemark.lake.Snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table grew, by periods of one length without a hole, in UTC. Immutable.
 *
 * @param unit    length of a period: what suits the span of the history, a day or longer if it is of days
 * @param periods oldest first
 * @param span    from the first commit to the last
 * @param commits number of commits in it
 * @param writes  write operations of a store that counts each beginning 4 MiB, those of the log included
 * @param kept    bytes of files that went in this time: until they are vacuumed they are kept, for reading versions of the past
 */
public record Course(Duration unit, List<Period> periods, Duration span, long commits, long writes, long kept) {

    /**
     * One period.
     *
     * @param written   bytes of files that came with new rows
     * @param rewritten bytes of files that hold rows which were there before
     * @param rows      rows that came, as far as the log says
     * @param bytes     size of the table at its end
     * @param files     number of its files then
     */
    public record Period(Instant from, int commits, long written, long rewritten, long rows, long bytes, int files) {
    }

    private static final List<Duration> UNITS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(1),
            Duration.ofDays(7), Duration.ofDays(28));
    private static final int MOST = 75;
    private static final long OPERATION_BYTES = 4L << 20;

    /**
     * The course that led to a version.
     *
     * @param base    the version of the first commit
     * @param commits without a hole, oldest first
     */
    static Course of(Snapshot base, List<Commit> commits) {
        if (commits.isEmpty()) {
            return new Course(Duration.ofDays(1), List.of(), Duration.ZERO, 0, 0, 0);
        }
        Instant first = commits.get(0).writtenAt();
        Duration span = Duration.between(first, commits.get(commits.size() - 1).writtenAt());
        Duration unit = UNITS.stream().filter(each -> span.dividedBy(each) < MOST).findFirst().orElse(UNITS.get(UNITS.size() - 1));
        Map<String, Long> sizes = new HashMap<>();
        base.files().forEach(file -> sizes.put(file.location(), file.size()));
        // The first commit's own files are part of its version already.
        long bytes = base.bytes();
        int files = base.files().size();
        long writes = 0;
        long kept = 0;
        List<Period> periods = new ArrayList<>();
        Period period = new Period(start(first, unit), 0, 0, 0, 0, 0, 0);
        for (Commit commit : commits) {
            while (!commit.writtenAt().isBefore(period.from.plus(unit))) {
                periods.add(period);
                period = new Period(period.from.plus(unit), 0, 0, 0, 0, period.bytes, period.files);
            }
            if (commit != commits.get(0)) {
                for (String location : commit.removed()) {
                    Long size = sizes.remove(location);
                    bytes -= size == null ? 0 : size;
                    files -= size == null ? 0 : 1;
                    kept += size == null ? 0 : size;
                }
                for (DataFile file : commit.added()) {
                    Long before = sizes.put(file.location(), file.size());
                    bytes += file.size() - (before == null ? 0 : before);
                    files += before == null ? 1 : 0;
                }
            }
            long added = commit.added().stream().mapToLong(DataFile::size).sum();
            writes += 1 + commit.added().stream().mapToLong(file -> Math.max(1, (file.size() + OPERATION_BYTES - 1) / OPERATION_BYTES)).sum();
            boolean moved = commit.kind() == Commit.Kind.REWRITE;
            period = new Period(period.from, period.commits + 1, period.written + (moved ? 0 : added), period.rewritten + (moved ? added : 0),
                    period.rows + (moved ? 0 : Math.max(0, commit.rowsAdded())), bytes, files);
        }
        periods.add(period);
        return new Course(unit, List.copyOf(periods), span, commits.size(), writes, kept);
    }

    /** Days and longer begin at midnight UTC. */
    private static Instant start(Instant time, Duration unit) {
        long length = Math.min(unit.toMillis(), Duration.ofDays(1).toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), length) * length);
    }

    /** Something that was counted in the span, a day; NaN while there are too few commits to tell. */
    double daily(double counted) {
        return commits < 2 || span.toMillis() < 1000 ? Double.NaN : counted / (span.toMillis() / 86_400_000.0);
    }
}
