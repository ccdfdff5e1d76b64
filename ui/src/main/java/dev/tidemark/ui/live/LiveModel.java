package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.lake.Versions;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
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

    /** What stands where the charts are. */
    public enum State {
        /** No table is open. */
        NOTHING,
        /** The table is being read. */
        LOADING,
        /** Charts. */
        SHOWN,
        /** The table holds no rows yet. */
        NO_ROWS,
        /** It holds rows, but none in this range. */
        NO_DATA_IN_RANGE,
        /** It cannot be read; {@link #problemProperty()} says why. */
        CANNOT_READ,
        /** It was there and is not any more. */
        VANISHED
    }

    /** Why no table is open, while none is. */
    public enum Absence {
        /** Nobody has opened a lake. */
        NO_LAKE,
        /** Its tables are being looked for. */
        OPENING,
        /** It has none to draw yet. */
        WAITING,
        /** It has tables, but none of them can be drawn. */
        UNDRAWABLE,
        /** It cannot be opened. */
        CANNOT_OPEN
    }

    private final TravelModel travel;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Watch watch = new Watch();
    private final Viewport viewport;
    private final SeriesModel series = new SeriesModel();

    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ObjectProperty<Absence> absence = new SimpleObjectProperty<>(Absence.NO_LAKE);
    private final StringProperty absent = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private LakeException.Reason reason;
    private final ReadOnlyObjectWrapper<Frame> frame = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<PickedPoint> picked = new SimpleObjectProperty<>();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<Notice> noticesView = FXCollections.unmodifiableObservableList(notices);

    private final ObjectProperty<Map<String, Annotations>> annotations = new SimpleObjectProperty<>(Map.of());

    private Table table;
    private Feed feed;
    /** The series to show alone when its frame comes; null for none. */
    private String alone;
    private Question question = Question.ANY;
    private Runnable onReopen = () -> { };
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();

    /** A page without a table. */
    public LiveModel(TravelModel travel, Tasks tasks, InstantSource clock) {
        this.travel = travel;
        this.tasks = tasks;
        this.clock = clock;
        now.set(clock.instant());
        this.viewport = new Viewport(now.get(), travel::hold);
        travel.positionProperty().addListener((property, before, position) -> moved(before, position));
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why no table is open. */
    public ObjectProperty<Absence> absenceProperty() {
        return absence;
    }

    /** What belongs to it: the lake's root, or why it cannot be opened. */
    public StringProperty absentProperty() {
        return absent;
    }

    /** Why the table cannot be read, in words for the operator; "" while it can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What stands in the way while the table cannot be read, if that is known. */
    public Optional<LakeException.Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** What is shown; null before the first answer. */
    public ReadOnlyObjectProperty<Frame> frameProperty() {
        return frame.getReadOnlyProperty();
    }

    /** The clock, once a second. */
    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    /** How far reading is, from 0 to 1; negative while that is not known. */
    public DoubleProperty progressProperty() {
        return progress;
    }

    /** Whether the table is being read. */
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Whether the operator looks at a part of the range. */
    public ReadOnlyBooleanProperty zoomedProperty() {
        return viewport.zoomedProperty();
    }

    /** What is not as it should be. */
    public ObservableList<Notice> notices() {
        return noticesView;
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

    /** How long ago something was last written to the table; empty if that is not known. */
    public Optional<Duration> age() {
        return watch.age(now.get());
    }

    /** The usual time between commits; empty until there were a few. */
    public Optional<Duration> cadence() {
        return watch.cadence();
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
        progress.bind(Bindings.createDoubleBinding(
                () -> travel.position() instanceof Position.At ? feed.past().progressProperty().get() : feed.present().progressProperty().get(),
                feed.past().progressProperty(), feed.present().progressProperty(), travel.positionProperty()));
        reading.bind(feed.past().busyProperty().or(feed.present().busyProperty()));
        state.set(State.LOADING);
        feed.ask(question, Position.LIVE);
    }

    /** Shows nothing any more. */
    public void close() {
        progress.unbind();
        reading.unbind();
        reading.set(false);
        if (feed != null) {
            feed.close();
            feed = null;
        }
        table = null;
        watch.reset();
        series.clear();
        notices.clear();
        frame.set(null);
        picked.set(null);
        viewport.reset();
        travel.clear();
        state.set(State.NOTHING);
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
        question = wanted;
        alone = series;
        if (target.equals(travel.position())) {
            reask();
        } else if (target instanceof Position.At at) {
            travel.goTo(at.version());
        } else {
            travel.goLive();
        }
    }

    /** What opens the lake again that could not be opened. */
    public void setOnReopen(Runnable body) {
        onReopen = body;
    }

    /** Tries again to open the lake that could not be opened. */
    public void reopen() {
        onReopen.run();
    }

    /** Reads again what could not be read. */
    public void retry() {
        if (feed != null) {
            state.set(State.LOADING);
            reask();
        }
    }

    /** Ends a long read; what was shown before stays, visibly paused. */
    public void cancel() {
        if (feed != null && reading.get()) {
            feed.cancel();
            reason = null;
            problem.set(Messages.text("live.cancelled"));
            if (frame.get() == null) {
                state.set(State.CANNOT_READ);
            } else {
                travel.hold();
            }
        }
    }

    /** One step of zooming back; the last one brings back the whole range, and live if it was live. */
    public void undoZoom() {
        if (frame.get() != null && viewport.zoomedProperty().get() && viewport.undo(frame.get().asked().range())
                && travel.position() instanceof Position.Held) {
            travel.goLive();
        }
    }

    /** Once a second: what depends on the time alone. */
    public void tick() {
        now.set(clock.instant());
        if (frame.get() != null && travel.position().follows()) {
            viewport.follow(frame.get(), now.get());
        }
        observe();
    }

    /** Something the operator must know and that the tables do not tell. */
    public void warn(String text) {
        watch.warn(text);
        observe();
    }

    private Question pinned() {
        return frame.get() == null || question.range() != null ? question : question.withRange(frame.get().asked().wanted());
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
            feed.ask(pinned(), position);
            viewport.pause();
        } else if (position instanceof Position.Held) {
            feed.ask(question, position);
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
        series.show(shown);
        if (alone != null && series.rows().stream().anyMatch(row -> row.key().equals(alone))) {
            series.isolate(alone);
            alone = null;
        }
        frame.set(shown);
        problem.set("");
        if (other) {
            viewport.show(shown, now.get(), travel.position().follows());
        } else if (travel.position().follows()) {
            viewport.follow(shown, now.get());
        }
        state.set(!shown.isEmpty() ? State.SHOWN : shown.choices().extent().isEmpty() ? State.NO_ROWS : State.NO_DATA_IN_RANGE);
        observe();
    }

    private void observe() {
        List<Notice> found = watch.notices(travel.position().follows() ? Optional.ofNullable(frame.get()) : Optional.empty(), now.get());
        if (!found.equals(notices)) {
            notices.setAll(found);
        }
    }

    /** Hears the feed on the thread that owns the screen. */
    private final class Ear implements Feed.Listener {
        private final Table heard = table;

        private boolean mine() {
            return heard == table;
        }

        @Override
        public void history(List<Mark> marks) {
            if (mine()) {
                travel.history(marks);
                watch.history(marks, clock.instant());
            }
        }

        @Override
        public void readable(Versions versions) {
            if (mine()) {
                travel.readable(versions);
            }
        }

        @Override
        public void committed(Mark mark) {
            if (mine()) {
                travel.committed(mark);
                watch.committed(mark, now.get());
            }
        }

        @Override
        public void alive(Instant committedAt) {
            if (mine()) {
                watch.alive(committedAt);
                observe();
            }
        }

        @Override
        public void shown(Frame shown) {
            if (mine()) {
                if (watch.age(now.get()).isEmpty()) {
                    watch.alive(shown.committedAt());
                }
                show(shown);
            }
        }

        @Override
        public void failed(LakeException told) {
            if (mine()) {
                reason = told.reason();
                problem.set(told.getMessage());
                state.set(told.reason() == LakeException.Reason.NOT_FOUND ? State.VANISHED : State.CANNOT_READ);
            }
        }

        @Override
        public void trouble(Optional<LakeException> told) {
            if (mine()) {
                watch.trouble(told);
                if (told.isPresent() && told.get().reason() == LakeException.Reason.NOT_FOUND) {
                    problem.set(told.get().getMessage());
                    state.set(State.VANISHED);
                } else if (told.isEmpty() && state.get() == State.VANISHED) {
                    retry();
                }
                observe();
            }
        }
    }
}
