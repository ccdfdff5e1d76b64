package dev.tidemark.ui.live;

import dev.tidemark.lake.Commit;
import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Snapshot;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Tail;
import dev.tidemark.lake.Versions;
import dev.tidemark.ui.task.Newest;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps an answer up to date with its table: reads it once, then adds what each commit brings, and joins the closed windows with
 * those that are still open, which stand in a table of their own. Beside it answers for versions of the past.
 *
 * <p>Methods are called on the thread that owns the screen, and the listener hears there. What is read lives on one lane; what belongs
 * to the lane is marked so.
 */
final class Feed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** What the page hears; nothing any more once the feed is closed. */
    interface Listener {
        /** The commits that can be travelled to, oldest first; told once, and again if the log was cut. */
        void history(List<Mark> marks);

        /** Which of them can really be read; told after the history, and again after a vacuum. */
        void readable(Versions versions);

        /** A new commit of the table. */
        void committed(Mark mark);

        /** Something was written, to the table or to the one of open windows. */
        void alive(Instant writtenAt);

        /** The newest answer to what was asked. */
        void shown(Frame frame);

        /** What was asked cannot be answered. */
        void failed(LakeException problem);

        /** The followed table cannot be read now (present), or can be again (empty). */
        void trouble(Optional<LakeException> problem);
    }

    private final Table table;
    private final Optional<Table> openTable;
    private final InstantSource clock;
    private final Listener listener;
    private final Tasks tasks;
    private final Tasks lane;
    private final Tasks pastLane;
    private final Slot present;
    private final Slot past;
    private final History history;

    /** What the present is asked; a past version may be asked something else. */
    private Question question;
    private Position position = Position.LIVE;
    private Frame newest;
    private final Newest<Published> published;
    private boolean closed;

    // Of the lane of the past:
    private final Reader pastReader = new Reader();

    // Of the lane:
    private final Reader reader = new Reader();
    private Answer answer;
    private Question answered;
    private Tail tail;
    private Tail openTail;
    private final OpenWindows openWindows;

    /**
     * @param table     what is shown; it must exist
     * @param openTable where the windows stand that are still open
     */
    Feed(Table table, Optional<Table> openTable, Tasks tasks, InstantSource clock, Listener listener) {
        this.table = table;
        this.openTable = openTable;
        this.openWindows = new OpenWindows(openTable);
        this.clock = clock;
        this.listener = listener;
        this.tasks = tasks;
        this.published = new Newest<>(tasks, this::arrived);
        this.lane = tasks.lane("tidemark-feed");
        this.present = new Slot(lane);
        this.pastLane = tasks.lane("tidemark-past");
        this.past = new Slot(pastLane);
        this.history = new History(table, tasks, listener, this::failed);
    }

    /** The slot that reads the newest version; for its progress. */
    Slot present() {
        return present;
    }

    /** The slot that reads versions of the past; for its progress. */
    Slot past() {
        return past;
    }

    /** Asks. What was asked before is not answered any more. */
    void ask(Question asked, Position at) {
        position = at;
        past.cancel();
        if (at instanceof Position.At version) {
            past.ask(progress -> {
                Snapshot snapshot = table.snapshot(version.version());
                Instant then = Mark.writtenAt(table, snapshot);
                return pastReader.read(asked, snapshot, Optional.empty(), then, progress, lines -> { }).frame(then);
            }, listener::shown, this::failed);
        } else if (asked.equals(question) && newest != null) {
            show();
        } else {
            question = asked;
            newest = null;
            present.ask(progress -> {
                load(asked, progress);
                return null;
            }, nothing -> { }, this::failed);
        }
    }

    /** Stops where it is: what is being read is awaited, and what commits add to it is not shown. */
    void hold() {
        position = Position.HELD;
        past.cancel();
    }

    /** Ends what is being read. */
    void cancel() {
        if (present.busyProperty().get()) {
            // A part of an answer is none, and nothing would add to it.
            question = null;
            newest = null;
        }
        present.cancel();
        past.cancel();
    }

    private void tell(Runnable body) {
        tasks.onScreen(() -> {
            if (!closed) {
                body.run();
            }
        });
    }

    private void failed(Throwable problem) {
        if (problem instanceof LakeException told) {
            listener.failed(told);
        } else {
            LOG.error("Cannot answer {} of {}", question, table.location(), problem);
            listener.failed(new LakeException(LakeException.Reason.BROKEN_DATA,
                    "Cannot read " + table.location() + ": " + problem, problem));
        }
    }

    private void arrived(Published answer) {
        if (answer.of() == question) {
            newest = answer.frame();
            show();
        }
    }

    /** What was asked before it was held is shown when it comes, and what commits add to it is not. */
    private void show() {
        boolean awaited = position instanceof Position.Held && present.busyProperty().get();
        if (newest != null && (position.follows() || awaited) && !closed) {
            listener.shown(newest);
        }
    }

    // ---- on the lane ----

    private void load(Question asked, Slot.Progress progress) {
        // Until it is complete there is no answer to add to; if it is cancelled there will be none until it is asked again.
        answer = null;
        answered = null;
        try {
            Snapshot snapshot = table.snapshot();
            Optional<Snapshot> open = openWindows.snapshot();
            // Even if this version cannot be read: others may, and the next one.
            follow(snapshot.version(), open);
            Answer fresh = reader.read(asked, snapshot, open, clock.instant(), progress, lines -> published.offer(new Published(asked, lines.frame(clock.instant()))));
            openWindows.beside(open);
            answer = fresh;
            answered = asked;
        } catch (LakeException problem) {
            answered = asked;
            throw problem;
        }
        openWindows.join(answer);
        // Whatever range it found to suit now: to look again at once would find the same.
        offer(answer.frame(clock.instant()));
    }

    private void follow(long version, Optional<Snapshot> open) {
        if (tail == null) {
            tail = table.follow(version, new Follower(false));
            tell(history::read);
        }
        if (openTail == null && openTable.isPresent()) {
            // Its first commit makes the table too: a tail from the beginning hears it.
            openTail = openTable.get().follow(open.map(Snapshot::version).orElse(-1L), new Follower(true));
        }
    }

    private void committed(Commit commit) {
        Mark mark = Mark.of(commit);
        tell(() -> {
            history.came(mark);
            listener.alive(mark.time());
        });
        if (answered == null || answer != null && commit.version() <= answer.version()) {
            return;
        }
        if (answer == null || !added(commit) || measuresAppeared()) {
            reload();
            return;
        }
        openWindows.join(answer);
        publish();
    }

    /** Whether the answer holds this commit now. If it cannot be read, its rows must not be missing without a word: then all is read again. */
    private boolean added(Commit commit) {
        try {
            return answer.add(commit);
        } catch (LakeException unreadable) {
            LOG.info("Cannot add version {} of {}: {}", commit.version(), table.location(), unreadable.getMessage());
            return false;
        }
    }

    private void openCommitted(Commit commit) {
        tell(() -> listener.alive(commit.writtenAt()));
        openWindows.came(commit);
        if (answer != null && answered.measures() == null && answer.asked().measures().isEmpty()) {
            // Open windows come before the first closed ones: until now there was nothing to choose from.
            reload();
            return;
        }
        if (answer != null && openWindows.join(answer)) {
            publish();
        }
    }

    /** While nobody has chosen, a table that has just begun to fill shows what it has. */
    private boolean measuresAppeared() {
        return answered.measures() == null && answer.asked().measures().size() < reader.suitingMeasures().size()
                && answer.asked().shape().named() != null;
    }

    private void reload() {
        try {
            load(answered, fraction -> { });
        } catch (RuntimeException problem) {
            lost(problem);
        }
    }

    /** There is no answer to add to any more: it is read again by the next commit, or when somebody asks. */
    private void lost(RuntimeException problem) {
        answer = null;
        tell(() -> {
            newest = null;
            if (position.follows()) {
                failed(problem);
            }
        });
    }

    /** While nobody has chosen, a table whose old rows were shown shows the present once devices send. */
    private boolean becameCurrent(Frame frame, long now) {
        return answered.range() == null && !(answer.asked().wanted() instanceof Question.Last) && frame.newest() != Long.MIN_VALUE && Reader.current(frame.newest(), now, 0);
    }

    private void publish() {
        Instant now = clock.instant();
        Frame frame = answer.frame(now);
        if (becameCurrent(frame, Micros.of(now))) {
            reload();
            return;
        }
        offer(frame);
    }

    private void offer(Frame frame) {
        if (answer.asked().wanted() instanceof Question.Last) {
            answer.forget(frame.newest() - 2 * answer.asked().range().span());
        }
        published.offer(new Published(answered, frame));
    }

    private record Published(Question of, Frame frame) {
    }

    @Override
    public void close() {
        closed = true;
        cancel();
        history.close();
        lane.start(() -> {
            if (tail != null) {
                tail.close();
            }
            if (openTail != null) {
                openTail.close();
            }
            lane.close();
            pastLane.close();
        });
    }

    /** Hears of a followed table on its tail's thread and hands it over to the lane. */
    private final class Follower implements Tail.Listener {
        private final boolean open;

        Follower(boolean open) {
            this.open = open;
        }

        @Override
        public void committed(Commit commit) {
            lane.start(() -> guarded(() -> {
                if (open) {
                    openCommitted(commit);
                } else {
                    Feed.this.committed(commit);
                }
            }));
        }

        @Override
        public void fellBehind(long resumeAt) {
            lane.start(() -> guarded(() -> {
                if (!open) {
                    tell(history::read);
                    if (answered != null) {
                        reload();
                    }
                }
            }));
        }

        @Override
        public void failed(LakeException problem) {
            if (!open) {
                tell(() -> listener.trouble(Optional.of(problem)));
            }
        }

        @Override
        public void recovered() {
            if (!open) {
                tell(() -> listener.trouble(Optional.empty()));
            }
        }

        @Override
        public void ended(Throwable cause) {
            LOG.error("Cannot go on following {}", table.location(), cause);
            tell(() -> listener.trouble(Optional.of(new LakeException(LakeException.Reason.BROKEN_DATA,
                    "Cannot go on following " + table.location() + ": " + cause.getMessage() + ". Open the table again", cause))));
        }

        private void guarded(Runnable body) {
            try {
                body.run();
            } catch (RuntimeException problem) {
                lost(problem);
            }
        }
    }
}
