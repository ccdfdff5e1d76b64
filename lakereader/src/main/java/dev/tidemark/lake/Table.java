package dev.tidemark.lake;

import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.log.CommitLog;
import dev.tidemark.lake.log.Place;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * One Delta table. Thread-safe. Keeps what it has learned of the log (the newest snapshot, recent commits), so that asking again
 * costs only what is new. Every method that reads throws {@link LakeException} with a message for the user.
 */
public final class Table {

    /** Bytes that commits and snapshots of all tables of the process may take together, roughly. */
    private static final BoundedCache.Room ROOM = new BoundedCache.Room(Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16));
    /** Versions between two that are kept on the way; of large tables so many more that keeping them takes no longer than the way itself. */
    private static final int ANCHOR_EVERY = 100;
    private static final int FILES_A_COMMIT = 10;
    /**
     * Up to so many commits are rather read one by one than begun at a checkpoint. For a checkpoint delta-standalone has to
     * start, which takes as long as some ten thousand local commits; from a store each commit is a request or two.
     */
    private static final int READ_AT_ONCE_LOCAL = 5_000;
    private static final int READ_AT_ONCE_REMOTE = 20;
    private static final int ATTEMPTS = 5;

    private final String path;
    private final Place place;
    private final CommitLog log;
    private final Timeline timeline;
    private final BoundedCache<Step> steps = new BoundedCache<>(ROOM, Step::weight);
    private final BoundedCache<Snapshot> snapshots = new BoundedCache<>(ROOM, snapshot -> 2_000 + 8L * snapshot.files().size());
    private final Object loading = new Object();
    private final TimeTravel travel = new TimeTravel(this);
    /** How many tables there were at this place. */
    private final AtomicInteger tables = new AtomicInteger();

    Table(String path, Place place) {
        this.path = path;
        this.place = place;
        this.log = CommitLog.of(place);
        this.timeline = new Timeline(log, () -> {
            tables.incrementAndGet();
            forget();
            travel.forget();
        });
    }

    private void forget() {
        steps.clear();
        snapshots.clear();
    }

    /**
     * Answers a question about the newest version, one at a time. Asks again where the table was found made anew meanwhile, by whomever: what
     * was read and kept by then can be of either table.
     */
    private <T> T answer(LongFunction<T> question) {
        synchronized (loading) {
            for (int attempt = 1; ; attempt++) {
                long latest = latestVersion();
                int asked = tables.get();
                try {
                    T answer = question.apply(latest);
                    if (tables.get() == asked || attempt == ATTEMPTS) {
                        return answer;
                    }
                } catch (LakeException e) {
                    if (tables.get() == asked || attempt == ATTEMPTS) {
                        throw e;
                    }
                }
                forget();
            }
        }
    }

    /** Path below the lake's root with forward slashes; "" for the root itself. */
    public String path() {
        return path;
    }

    /** Absolute place of the table: a path for a local table, else the URL. */
    public String location() {
        return place.toString();
    }

    /** Whether there is a Delta log here now. */
    public boolean exists() {
        try {
            return log.mark(0).isPresent() || !log.list().isEmpty();
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** The newest version; asks the log only for what came after the last call. */
    public Snapshot snapshot() {
        return answer(this::load);
    }

    /** The table as of a version. VERSION_GONE says which versions are left. */
    public Snapshot snapshot(long version) {
        return answer(latest -> {
            if (version < 0 || version > latest) {
                throw gone("version " + version, null);
            }
            return load(version);
        });
    }

    /** The table as of a time: the last version committed at or before it. VERSION_GONE if there is none. */
    public Snapshot snapshot(Instant time) {
        return answer(latest -> load(versionAt(time, latest)));
    }

    /** Number of the newest version, found by asking for the next one from the last one known. */
    public long latestVersion() {
        try {
            return timeline.refresh();
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** Number of the oldest version that the log can still rebuild. */
    public long earliestVersion() {
        latestVersion();
        try {
            return timeline.earliestNow();
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** The oldest version from which on every version can be rebuilt up to the newest. */
    long oldestInOneRun() {
        try {
            return timeline.oldestInOneRun();
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** How far back the table can really be read, and how large it was. The same each time. */
    public TimeTravel travel() {
        return travel;
    }

    /** Number of the last version committed at or before a time. VERSION_GONE if there is none. */
    public long versionAt(Instant time) {
        return answer(latest -> versionAt(time, latest));
    }

    private long versionAt(Instant time, long latest) {
        long low = Math.max(firstCommit(), earliestVersion());
        long high = latest;
        // Files of a table that was copied can be younger than times that are kept in the log: the two are never compared.
        long kept = firstTimeInLog(low, high);
        if (kept <= high && !committedAt(kept).isAfter(time)) {
            low = kept;
        } else if (kept > low) {
            high = kept - 1;
        }
        if (committedAt(low).isAfter(time)) {
            throw gone("the time " + time, committedAt(low));
        }
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (committedAt(middle).isAfter(time)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The first version, of those from one to another, whose time is kept in the log, as that of every later one is; after the last one if none is. */
    private long firstTimeInLog(long from, long to) {
        if (time(to).inCommitTime().isEmpty()) {
            return to + 1;
        }
        long low = from;
        long high = to;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (time(middle).inCommitTime().isPresent()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Instant committedAt(long version) {
        return time(version).commit().committedAt();
    }

    private Step time(long version) {
        try {
            return step(version, StatisticsText.NONE).orElseThrow(() -> gone("version " + version, null));
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** All commits the log still holds, oldest first. Commits once read are kept. */
    public List<Commit> history() {
        return answer(latest -> commits(firstCommit(), latest));
    }

    private long firstCommit() {
        try {
            return timeline.firstCommitNow();
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** The commits {@code from} to {@code to}, both included, oldest first. VERSION_GONE if one of them is not there. */
    public List<Commit> history(long from, long to) {
        return answer(latest -> commits(from, to));
    }

    private List<Commit> commits(long from, long to) {
        try {
            log.expect(from, to);
            List<Commit> commits = new ArrayList<>();
            StatisticsText statistics = null;
            for (long version = from; version <= to; version++) {
                Optional<Step> cached = steps.get(version);
                if (cached.isEmpty() && statistics == null) {
                    statistics = statisticsBefore(version);
                }
                Step step = cached.isPresent() ? cached.get() : step(version, statistics)
                        .orElseThrow(() -> gone("a commit from " + from + " to " + to, null));
                if (step.metadata() != null) {
                    statistics = StatisticsText.of(step.metadata());
                }
                commits.add(step.commit());
            }
            return List.copyOf(commits);
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    /** How statistics of a commit are to be read: by the schema before it, or if that is lost, by the oldest one known. */
    StatisticsText statisticsBefore(long version) {
        if (version == 0) {
            return StatisticsText.NONE;
        }
        try {
            return new StatisticsText(snapshot(version - 1).schema());
        } catch (LakeException gone) {
            return statisticsOfOldest(version);
        }
    }

    private StatisticsText statisticsOfOldest(long version) {
        try {
            return new StatisticsText(snapshot(Math.max(version - 1, earliestVersion())).schema());
        } catch (LakeException unreadable) {
            // A history can be told of a table whose rows cannot be read.
            return StatisticsText.NONE;
        }
    }

    /**
     * Follows the table: {@code listener} hears every commit after {@code version}, in order, on a thread of the tail.
     * A new commit is noticed without listing the log. Close the tail to end it.
     *
     * @param version the last version known; -1 to hear of every commit from the first on, also of a table that is not there yet
     */
    public Tail follow(long version, Tail.Listener listener) {
        return follow(version, listener, Clock.systemUTC());
    }

    /** The same by another clock, which only {@link Tail#pulse()} looks at. */
    public Tail follow(long version, Tail.Listener listener, Clock clock) {
        return TableTail.start(this, version, listener, clock);
    }

    /** A commit read and understood; empty if there is none. */
    private Optional<Step> step(long version, StatisticsText statistics) throws IOException {
        Optional<Step> cached = steps.get(version);
        if (cached.isPresent()) {
            return cached;
        }
        Optional<CommitFile> file = log.read(version);
        return file.isPresent() ? Optional.of(understand(file.get(), statistics)) : Optional.empty();
    }

    /** Understands a commit of this table and keeps what it says. */
    Step understand(CommitFile file, StatisticsText statistics) {
        try {
            Step step = Step.of(place, file, statistics, timeline.time(file.version()));
            if (statistics != StatisticsText.NONE || file.version() == 0) {
                steps.put(file.version(), step);
            }
            return step;
        } catch (IOException e) {
            // The commit itself is read. Not kept: of its time only its own file is known, not that the one before is earlier.
            return Step.of(place, file, statistics, file.mark().modified());
        }
    }

    CommitLog log() {
        return log;
    }

    Place place() {
        return place;
    }

    /** The state at a version that the log should hold: from the nearest state known before it, and the commits between. */
    private Snapshot load(long version) {
        Optional<Snapshot> known = snapshots.get(version);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            Optional<Snapshot> rebuilt = rebuild(version);
            if (rebuilt.isEmpty() && timeline.relist()) {
                rebuilt = rebuild(version);
            }
            return rebuilt.orElseThrow(() -> gone("version " + version, null));
        } catch (IOException e) {
            throw Failure.of(place, e);
        }
    }

    private Optional<Snapshot> rebuild(long version) throws IOException {
        Optional<Snapshot> near = snapshots.atOrBefore(version);
        long at = near.map(Snapshot::version).orElse(-1L);
        OptionalLong checkpoint = timeline.listing().checkpointAt(version);
        boolean commitsWillDo = timeline.unbroken(at, version) && (checkpoint.isEmpty() || checkpoint.getAsLong() <= at
                || version - at <= (place.isLocal() ? READ_AT_ONCE_LOCAL : READ_AT_ONCE_REMOTE));
        Replay replay;
        if (commitsWillDo) {
            replay = near.isPresent() ? new Replay(place, near.get()) : new Replay(place);
        } else if (checkpoint.isPresent()) {
            at = checkpoint.getAsLong();
            try {
                replay = new Replay(place, log.checkpoint(at, timeline.listing()));
            } catch (NoSuchFileException cleaned) {
                return Optional.empty();
            }
        } else {
            return Optional.empty();
        }
        log.expect(at + 1, version);
        long anchor = at;
        while (at < version) {
            at++;
            Optional<Step> step = step(at, replay.statistics());
            if (step.isEmpty()) {
                return Optional.empty();
            }
            replay.apply(step.get());
            if (at % ANCHOR_EVERY == 0 && at - anchor >= replay.files() / FILES_A_COMMIT && at < version && replay.isReadable()) {
                keep(replay, at);
                anchor = at;
            }
        }
        return Optional.of(keep(replay, version));
    }

    private Snapshot keep(Replay replay, long version) throws IOException {
        Optional<Step> last = replay.keepsTime() ? step(version, replay.statistics()) : Optional.empty();
        Instant time = last.map(step -> step.commit().committedAt()).orElse(Instant.ofEpochMilli(timeline.time(version)));
        Snapshot snapshot = replay.snapshot(version, time);
        snapshots.put(version, snapshot);
        return snapshot;
    }

    private LakeException gone(String what, Instant since) {
        long earliest;
        try {
            earliest = timeline.earliestNow();
        } catch (IOException unreachable) {
            earliest = timeline.earliest();
        }
        return new LakeException(LakeException.Reason.VERSION_GONE, "Cannot find " + what + " of " + place + ": its log holds versions "
                + earliest + " to " + timeline.latest() + (since == null ? "" : ", the first of " + since) + ". Choose one of these");
    }
}
