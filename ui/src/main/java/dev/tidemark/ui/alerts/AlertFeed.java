package dev.tidemark.ui.alerts;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.Lake;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.ui.task.Newest;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Failure;
import dev.tidemark.ui.text.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps a board up to date with {@code gold/alerts} and {@code ops/acks}: reads what is open and what happened of late, then adds what each commit
 * brings. Beside it answers for times of the past. Methods are called on the thread that owns the screen, and the listener hears there; the book
 * lives on one lane.
 */
final class AlertFeed implements AutoCloseable {

    /** So far back what is over is history that is still known. */
    static final int DAYS = 7;

    private static final Duration HISTORY = Duration.ofDays(DAYS);

    /** So long after they could not be read alerts are read again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);

    /** What the page hears; nothing any more once the feed is closed. */
    interface Listener {
        /** How alerts stand now. */
        void shown(AlertBoard board);

        /** There is no table of alerts, now. */
        void absent();

        /** Alerts cannot be read, for this reason; told once until {@link #shown} or {@link #absent}. */
        void failed(String problem);
    }

    private final Table alerts;
    private final Table acks;
    private final Tasks tasks;
    private final Tasks lane;
    private final Slot past;
    private final InstantSource clock;
    private final Listener listener;
    private final Newest<AlertBoard> published;
    private volatile long period = Micros.of(Duration.ofDays(1));
    private boolean closed;

    // Of the lane:
    private AlertBook book = new AlertBook();
    private boolean loaded;
    private long nextChange = Long.MAX_VALUE;
    private long nextTry = Long.MAX_VALUE;
    /** Whether {@code ops/acks} holds what is not in the book because it could not be read. */
    private boolean actsMissing;
    private Tail alertTail;
    private Tail ackTail;

    AlertFeed(Lake lake, Tasks tasks, InstantSource clock, Listener listener) {
        this.alerts = lake.table(AlertTable.PATH);
        this.acks = lake.table(ActTable.PATH);
        this.tasks = tasks;
        this.lane = tasks.lane("tidemark-alerts");
        this.past = new Slot(tasks);
        this.clock = clock;
        this.listener = listener;
        this.published = new Newest<>(tasks, board -> ifOpen(() -> listener.shown(board)));
    }

    /** Begins. @param notHandedIn what operators did and the lake does not hold; asked on the lane */
    void start(Supplier<List<Act>> notHandedIn) {
        lane.start(() -> guarded(() -> {
            notHandedIn.get().forEach(book::add);
            // Its first commit makes the table too: a tail from the beginning hears it.
            Optional<Snapshot> done = snapshot(acks);
            readActs(done);
            ackTail = acks.follow(done.map(Snapshot::version).orElse(-1L), new Follower(this::acted, false));
            load();
        }));
    }

    /** Takes at once what an operator does on this desktop. */
    void add(List<Act> acts) {
        lane.start(() -> {
            acts.forEach(book::add);
            publish();
        });
    }

    /** How long the time is that figures are about. */
    void figuresOver(Duration length) {
        period = Micros.of(length);
        lane.start(this::publish);
    }

    /** The clock, once a second: shelves end by themselves, and what cannot be read may be readable later. */
    void tick() {
        long now = Micros.of(clock.instant());
        lane.start(() -> guarded(() -> {
            if (now >= nextTry) {
                load();
            } else if (now >= nextChange) {
                publish();
            }
        }));
    }

    /** Tries again what could not be read. */
    void retry() {
        lane.start(() -> guarded(this::load));
    }

    /**
     * Answers for a time of the past; what was asked before is not answered any more.
     *
     * @param time commits after it are not seen
     */
    void at(Instant time, Consumer<AlertBoard> answer, Consumer<String> failure) {
        long micros = Micros.of(time);
        long length = period;
        past.ask(progress -> {
            AlertBook then = new AlertBook();
            if (alerts.exists()) {
                before(time).ifPresent(snapshot -> AlertTable.read(snapshot, micros - Micros.of(HISTORY), progress, then::add));
            }
            snapshot(acks).ifPresent(snapshot -> ActTable.read(snapshot, act -> {
                if (act.at() <= micros) {
                    then.add(act);
                }
            }));
            return AlertBoard.of(then, micros, length);
        }, answer, problem -> failure.accept(Failure.words(problem, "failure.read", alerts.location())));
    }

    /** No longer of the past. */
    void now() {
        past.cancel();
    }

    /** The table as of a time; empty if it was made later. */
    private Optional<Snapshot> before(Instant time) {
        try {
            return Optional.of(alerts.snapshot(time));
        } catch (LakeException gone) {
            if (gone.reason() == LakeException.Reason.VERSION_GONE && alerts.earliestVersion() == 0) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private void ifOpen(Runnable body) {
        if (!closed) {
            body.run();
        }
    }

    // ---- on the lane ----

    private void tell(Runnable body) {
        tasks.onScreen(() -> ifOpen(body));
    }

    private Optional<Snapshot> snapshot(Table table) {
        try {
            return table.exists() ? Optional.of(table.snapshot()) : Optional.empty();
        } catch (LakeException problem) {
            if (problem.reason() != LakeException.Reason.NOT_FOUND && problem.reason() != LakeException.Reason.NOT_A_TABLE) {
                LOG.info("{}", problem.getMessage());
            }
            return Optional.empty();
        }
    }

    private void load() {
        if (actsMissing) {
            readActs(snapshot(acks));
        }
        AlertBook fresh = new AlertBook();
        book.acts().forEach(fresh::add);
        long version = -1;
        boolean there = alerts.exists();
        if (there) {
            Snapshot snapshot = alerts.snapshot();
            version = snapshot.version();
            AlertTable.read(snapshot, Micros.of(clock.instant()) - Micros.of(HISTORY), fraction -> { }, fresh::add);
        }
        book = fresh;
        loaded = there;
        nextTry = Long.MAX_VALUE;
        if (alertTail == null) {
            alertTail = alerts.follow(version, new Follower(this::told, true));
        }
        if (there) {
            publish();
        } else {
            tell(listener::absent);
        }
    }

    /** All that operators did. Where it cannot be read alerts are shown without: an alert too many is better than none. */
    private void readActs(Optional<Snapshot> done) {
        try {
            done.ifPresent(snapshot -> ActTable.read(snapshot, book::add));
            actsMissing = false;
        } catch (LakeException problem) {
            LOG.warn("Cannot read what operators did: {}", problem.getMessage());
            actsMissing = true;
        }
    }

    /** The book may lack an alert: nothing is shown of it until all is read again. */
    private void lost(RuntimeException problem) {
        loaded = false;
        nextTry = Micros.of(clock.instant().plus(AGAIN));
        String why = Failure.words(problem, "failure.read", alerts.location());
        tell(() -> listener.failed(why));
    }

    private void told(Commit commit) {
        switch (commit.kind()) {
            case APPEND -> {
                if (loaded) {
                    AlertTable.read(alerts.snapshot(commit.version()), commit.added(), book::add);
                    publish();
                } else {
                    load();
                }
            }
            case CHANGE, SCHEMA -> load();
            case REWRITE, MAINTENANCE -> { }
        }
    }

    private void acted(Commit commit) {
        if (actsMissing) {
            readActs(snapshot(acks));
            publish();
        } else if (commit.dataChange() && !commit.added().isEmpty()) {
            try {
                ActTable.read(acks.snapshot(commit.version()), commit.added(), book::add);
            } catch (LakeException problem) {
                LOG.warn("Cannot read what operators did: {}", problem.getMessage());
                actsMissing = true;
            }
            publish();
        }
    }

    private void publish() {
        if (!loaded) {
            return;
        }
        long now = Micros.of(clock.instant());
        book.forget(now - Micros.of(HISTORY));
        nextChange = book.nextChange(now);
        published.offer(AlertBoard.of(book, now, period));
    }

    private void guarded(Runnable body) {
        try {
            body.run();
        } catch (RuntimeException problem) {
            lost(problem);
        }
    }

    @Override
    public void close() {
        closed = true;
        past.cancel();
        lane.start(() -> {
            if (alertTail != null) {
                alertTail.close();
            }
            if (ackTail != null) {
                ackTail.close();
            }
            lane.close();
        });
    }

    /** Hears of a table on its tail's thread and hands it over to the lane. */
    private final class Follower implements Tail.Listener {
        private final Consumer<Commit> taker;
        private final boolean ofAlerts;

        Follower(Consumer<Commit> taker, boolean ofAlerts) {
            this.taker = taker;
            this.ofAlerts = ofAlerts;
        }

        @Override
        public void committed(Commit commit) {
            lane.start(() -> guarded(() -> taker.accept(commit)));
        }

        @Override
        public void fellBehind(long resumeAt) {
            lane.start(() -> guarded(() -> {
                actsMissing |= !ofAlerts;
                load();
            }));
        }

        @Override
        public void failed(LakeException problem) {
            if (ofAlerts && problem.reason() == LakeException.Reason.NOT_FOUND) {
                lane.start(() -> loaded = false);
                tell(listener::absent);
            } else if (ofAlerts) {
                tell(() -> listener.failed(problem.getMessage()));
            }
        }

        @Override
        public void recovered() {
            if (ofAlerts) {
                lane.start(() -> guarded(AlertFeed.this::load));
            }
        }

        @Override
        public void ended(Throwable cause) {
            Tail.Listener.super.ended(cause);
            if (ofAlerts) {
                lane.start(() -> {
                    // The next try follows it anew.
                    alertTail.close();
                    alertTail = null;
                    lost(cause instanceof RuntimeException told ? told : new IllegalStateException(cause));
                });
            }
        }
    }
}
