package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Versions;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.task.Slot;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ObservableList;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the live page shows of a table, at the newest version or at one of the past, and what can be chosen. Belongs to the thread that owns
 * the screen; knows no control.
 */
public final class LiveModel {

    private final TravelModel travel;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Watch watch = new Watch();
    private final Viewport viewport;
    private final SeriesModel series = new SeriesModel();
    private final Standing standing = new Standing();
    private final Closeup closeup;
    private final ReadOnlyObjectWrapper<Frame> frame = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<PickedPoint> picked = new SimpleObjectProperty<>();
    private final ObjectProperty<Map<String, Annotations>> annotations = new SimpleObjectProperty<>(Map.of());
    private Table table;
    private Feed feed;
    /** The series to show alone when its frame comes; null for none. */
    private String alone;
    private Question question = Question.ANY;
    /** What the frame answers. */
    private Question answered = Question.ANY;
    /** Where on the line of versions it was asked for. */
    private Position answeredAt = Position.LIVE;

    /** A page without a table. */
    public LiveModel(TravelModel travel, Tasks tasks, InstantSource clock) {
        this.travel = travel;
        this.tasks = tasks;
        this.clock = clock;
        now.set(clock.instant());
        this.viewport = new Viewport(now.get(), travel::hold);
        this.closeup = new Closeup(tasks, this::closer, this::show);
        viewport.view().rangeProperty().addListener((property, before, range) -> closeup.look(range));
        travel.positionProperty().addListener((property, before, position) -> moved(before, position));
    }

    /** How it stands with the table. */
    public Standing standing() {
        return standing;
    }

    /** What is shown; null before the first answer. */
    public ReadOnlyObjectProperty<Frame> frameProperty() {
        return frame.getReadOnlyProperty();
    }

    /** The clock, once a second. */
    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    /** Whether the operator looks at a part of the range. */
    public ReadOnlyBooleanProperty zoomedProperty() {
        return viewport.zoomedProperty();
    }

    /** What is not as it should be. */
    public ObservableList<Notice> notices() {
        return watch.notices();
    }

    /** The point of a chart that was clicked last; null if there is none, or no more. */
    public ObjectProperty<PickedPoint> pickedProperty() {
        return picked;
    }

    /** The series of the charts. */
    public SeriesModel series() {
        return series;
    }

    /** The range of time the charts share. */
    public TimeView view() {
        return viewport.view();
    }

    /** Measure → what is drawn over its lines. */
    public ObjectProperty<Map<String, Annotations>> annotationsProperty() {
        return annotations;
    }

    /** What is asked of the table; nulls stand for "as it suits". */
    public Question question() {
        return question;
    }

    /** The table that is shown, if any. */
    public Optional<Table> table() {
        return Optional.ofNullable(table);
    }

    /** When something was last written to the table, and how to take that. */
    public Freshness freshness() {
        return watch.freshness(now.get());
    }

    /**
     * Shows a table, live.
     *
     * @param openWindows where its windows stand that are still open
     */
    public void open(Table chosen, Optional<Table> openWindows) {
        open(chosen, openWindows, Question.ANY);
    }

    /** The same, with something to ask first. */
    public void open(Table chosen, Optional<Table> openWindows, Question first) {
        close();
        table = chosen;
        question = first;
        feed = new Feed(chosen, openWindows, tasks, clock, new Ear());
        Slot past = feed.past();
        Slot present = feed.present();
        Slot close = closeup.slot();
        standing.opened(Bindings.createDoubleBinding(
                () -> (close.busyProperty().get() ? close : travel.position() instanceof Position.At ? past : present).progressProperty().get(),
                past.progressProperty(), present.progressProperty(), close.progressProperty(), close.busyProperty(), travel.positionProperty()),
                past.busyProperty().or(present.busyProperty()).or(close.busyProperty()), this::reask);
        feed.ask(question, Position.LIVE);
    }

    /** Shows nothing any more. */
    public void close() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
        table = null;
        alone = null;
        watch.reset();
        series.clear();
        closeup.answered(null);
        frame.set(null);
        picked.set(null);
        viewport.reset();
        travel.clear();
        standing.closed();
    }

    /** Asks for something else; the charts stay until the answer is there. */
    public void ask(Question wanted) {
        if (feed == null || wanted.equals(question)) {
            return;
        }
        if (!Objects.equals(wanted.split(), question.split())) {
            series.forget();
        }
        viewport.reset();
        question = wanted;
        alone = null;
        reask();
    }

    /** Looks at another stretch of time; what was stopped only to look closer goes on. */
    public void choose(Question.Range range) {
        viewport.reset();
        Question wanted = question.withRange(range);
        if (travel.position() instanceof Position.Held) {
            travel.goLive();
        }
        if (wanted.equals(question) && frame.get() != null) {
            viewport.show(frame.get(), now.get(), travel.position().follows());
        } else {
            ask(wanted);
        }
    }

    /**
     * Puts something else on the page at once: what is asked, and where on the line of versions.
     *
     * @param series the series to show alone, if it is among those of the answer; null for all
     */
    public void visit(Question wanted, Position target, String series) {
        if (feed == null) {
            return;
        }
        if (!Objects.equals(wanted.split(), question.split()) || series != null) {
            this.series.forget();
        }
        viewport.reset();
        // Of thousands it alone is read; of few it is shown alone.
        question = series == null ? wanted : wanted.withSeries(List.of(series));
        alone = series;
        if (target.equals(travel.position())) {
            reask();
        } else if (target instanceof Position.At at) {
            travel.goTo(at.version());
        } else {
            travel.goLive();
        }
    }

    /** Reads again what could not be read. */
    public void retry() {
        if (feed != null) {
            standing.loading();
            reask();
        }
    }

    /** Ends a long read; what was shown before stays, visibly paused. */
    public void cancel() {
        if (feed != null && standing.readingProperty().get()) {
            question = frame.get() == null ? question : answered;
            alone = null;
            feed.cancel();
            standing.cancelled(frame.get() == null);
            if (frame.get() != null) {
                // The line of versions tells what the charts show, not what they were to show.
                travel.hold(answeredAt);
            }
        }
    }

    /** One step of zooming back; the last one brings back the whole range, and live if it was live. */
    public void undoZoom() {
        if (frame.get() != null && viewport.zoomedProperty().get() && viewport.undo(frame.get().asked().range()) && travel.position() instanceof Position.Held) {
            travel.goLive();
        }
    }

    /** Once a second: what depends on the time alone. */
    public void tick() {
        now.set(clock.instant());
        if (frame.get() != null && travel.position().follows()) {
            viewport.follow(frame.get(), now.get());
        }
        standing.tick();
        observe();
    }

    /** Something the operator must know and that the tables do not tell. */
    public void warn(String text) {
        watch.warn(text);
        observe();
    }

    private Slot.Body<Frame> closer(Frame whole, TimeRange stretch) {
        Table of = table;
        Question asked = whole.pinned(question).withRange(new Question.Between(stretch.from(), stretch.to()));
        return progress -> PastReading.read(of, whole.version(), asked, progress);
    }

    private Question pinned() {
        return frame.get() == null ? question : frame.get().pinned(question);
    }

    private void reask() {
        if (travel.position() instanceof Position.Live) {
            feed.ask(question, Position.LIVE);
        } else {
            travel.shown().ifPresent(mark -> feed.ask(pinned(), new Position.At(mark.version())));
        }
    }

    private void moved(Position before, Position position) {
        if (feed == null) {
            return;
        }
        if (position instanceof Position.At) {
            if (position.equals(answeredAt) && question.equals(answered) && frame.get() != null) {
                feed.past().cancel();
                standing.shown(frame.get());
            } else {
                feed.ask(pinned(), position);
            }
            viewport.pause();
        } else if (position instanceof Position.Held) {
            feed.hold();
            viewport.pause();
        } else {
            viewport.reset();
            feed.ask(question, position);
            if (frame.get() != null) {
                viewport.show(frame.get(), now.get(), true);
            }
        }
        observe();
    }

    private void show(Frame shown) {
        Frame before = frame.get();
        boolean other = before == null || !before.asked().range().equals(shown.asked().range()) || !before.asked().wanted().equals(shown.asked().wanted());
        series.show(shown.lines(), shown.asked().split() != null);
        if (alone != null && series.rows().stream().anyMatch(row -> row.key().equals(alone))) {
            series.isolate(alone);
            alone = null;
        }
        frame.set(shown);
        if (other) {
            viewport.show(shown, now.get(), travel.position().follows());
        } else if (travel.position().follows()) {
            viewport.follow(shown, now.get());
        }
        standing.shown(shown);
        observe();
    }

    private void observe() {
        boolean follows = travel.position().follows();
        long newest = follows ? Long.MAX_VALUE : frame.get() == null ? -1 : frame.get().version();
        watch.look(follows ? Optional.ofNullable(frame.get()) : Optional.empty(), newest, now.get());
    }

    /** Hears the feed on the thread that owns the screen. */
    private final class Ear implements Feed.Listener {

        @Override
        public void history(List<Mark> marks) {
            watch.history(marks, clock.instant());
            travel.history(marks);
        }

        @Override
        public void readable(Versions versions) {
            travel.readable(versions);
        }

        @Override
        public void committed(Mark mark) {
            travel.committed(mark);
            watch.committed(mark);
        }

        @Override
        public void alive(Instant writtenAt) {
            watch.alive(writtenAt, clock.instant());
            observe();
        }

        @Override
        public void shown(Frame shown) {
            answered = question;
            answeredAt = travel.position();
            closeup.answered(shown);
            show(shown);
        }

        @Override
        public void failed(LakeException told) {
            standing.failed(told);
        }

        @Override
        public void trouble(Optional<LakeException> told) {
            watch.trouble(told);
            if (told.isPresent() && told.get().reason() == LakeException.Reason.NOT_FOUND) {
                standing.vanished(told.get());
            } else if (told.isEmpty() && standing.is(Standing.State.VANISHED)) {
                retry();
            }
            observe();
        }
    }
}
