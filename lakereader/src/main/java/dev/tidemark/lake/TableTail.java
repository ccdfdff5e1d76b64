package dev.tidemark.lake;

import dev.tidemark.lake.log.CommitFile;
import dev.tidemark.lake.tail.Follower;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A tail of a table: what its {@link Follower} hears, understood. */
final class TableTail implements Tail, Follower.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TableTail.class);

    private final Table table;
    private final Listener listener;
    private Follower follower;
    private StatisticsText statistics;

    private TableTail(Table table, Listener listener) {
        this.table = table;
        this.listener = listener;
    }

    static Tail start(Table table, long version, Listener listener, Clock clock) {
        TableTail tail = new TableTail(table, listener);
        // Holds back what the thread hears until the tail knows its follower.
        synchronized (tail) {
            tail.follower = Follower.start(table.log(), version, tail, clock);
        }
        return tail;
    }

    @Override
    public synchronized long version() {
        return follower.version();
    }

    @Override
    public synchronized Pulse pulse() {
        Follower.Health health = follower.health();
        if (health.end() != null) {
            return new Pulse(health.version(), Instant.ofEpochMilli(health.committedAt()), health.answeredAt(), Optional.of(end(health.end())), Optional.of(health.end().at()), true);
        }
        Optional<Follower.Trouble> trouble = Optional.ofNullable(health.trouble());
        return new Pulse(health.version(), Instant.ofEpochMilli(health.committedAt()), health.answeredAt(),
                trouble.map(found -> Failure.of(table.place(), found.problem())), trouble.map(Follower.Trouble::since), false);
    }

    private LakeException end(Follower.End end) {
        return new LakeException(LakeException.Reason.INVALID, "Cannot go on following " + table.location() + ": its listener failed ("
                + String.valueOf(end.cause().getMessage() == null ? end.cause().getClass().getSimpleName() : end.cause().getMessage()).lines().findFirst().orElse("")
                + "). Follow it anew", end.cause());
    }

    @Override
    public void close() {
        follower.close();
    }

    @Override
    public void committed(CommitFile file) {
        try {
            table.latestVersion();
        } catch (LakeException vanished) {
            // The commit is read; that the table is gone since is for the follower to tell.
            LOG.debug("Cannot look at {} just now", table.location(), vanished);
        }
        if (statistics == null) {
            statistics = table.statisticsBefore(file.version());
        }
        Step step = table.understand(file, statistics);
        if (step.metadata() != null) {
            statistics = StatisticsText.of(step.metadata());
        }
        listener.committed(step.commit());
    }

    @Override
    public void fellBehind(long lastHeard, long resumeAt) {
        statistics = null;
        Snapshot state;
        try {
            state = table.snapshot(resumeAt);
        } catch (LakeException unreadable) {
            // A protocol that we do not know, say: the listener may still be content with the commits.
            listener.fellBehind(resumeAt);
            return;
        }
        listener.fellBehind(lastHeard, state);
    }

    @Override
    public void failed(IOException problem) {
        listener.failed(Failure.of(table.place(), problem));
    }

    @Override
    public void recovered() {
        listener.recovered();
    }

    @Override
    public void ended(Throwable cause) {
        listener.ended(cause);
    }
}
