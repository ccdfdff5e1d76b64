package dev.tidemark.ui.live;

import dev.tidemark.lake.LakeException;
import dev.tidemark.lake.Table;
import dev.tidemark.ui.chart.SeriesData;
import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.text.Micros;
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
import javafx.collections.ObservableSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

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
        /** It cannot be opened. */
        CANNOT_OPEN
    }

    /** More lines than this on one chart are not read any more; the others wait to be switched on. */
    private static final int MOST_LINES = 12;
    private static final int FIRST_LINES = 8;

    private final TravelModel travel;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Heartbeat heartbeat = new Heartbeat();
    private final TimeView view;

    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ObjectProperty<Absence> absence = new SimpleObjectProperty<>(Absence.NO_LAKE);
    private final StringProperty absent = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Frame> frame = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>();
    private final DoubleProperty progress = new SimpleDoubleProperty(-1);
    private final ObservableList<Notice> notices = FXCollections.observableArrayList();
    private final ObservableList<SeriesRow> series = FXCollections.observableArrayList();
    /** Kept: a view that nobody holds takes its listeners with it. */
    private final ObservableList<Notice> noticesView = FXCollections.unmodifiableObservableList(notices);
    private final ObservableList<SeriesRow> seriesView = FXCollections.unmodifiableObservableList(series);
    private final ObservableSet<String> hidden = FXCollections.observableSet(new TreeSet<>());
    private final Map<String, Integer> colours = new LinkedHashMap<>();

    private Table table;
    private Feed feed;
    private Question question = Question.ANY;
    private Optional<LakeException> trouble = Optional.empty();
    private Optional<String> warning = Optional.empty();
    /** Whether the view is being moved by this model, not by the operator. */
    private boolean moving;
    /** Whether the operator has zoomed or panned. */
    private final ReadOnlyBooleanWrapper zoomed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();

    /** A page without a table. */
    public LiveModel(TravelModel travel, Tasks tasks, InstantSource clock) {
        this.travel = travel;
        this.tasks = tasks;
        this.clock = clock;
        this.view = new TimeView(Micros.of(clock.instant()), Micros.of(Duration.ofMinutes(15)));
        now.set(clock.instant());
        travel.positionProperty().addListener((property, before, position) -> moved(before, position));
        view.followingProperty().addListener((property, before, following) -> {
            if (!following && !moving) {
                zoomed.set(true);
                travel.hold();
            }
        });
        view.rangeProperty().addListener((property, before, range) -> {
            if (!moving && !view.isFollowing()) {
                zoomed.set(true);
            }
        });
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
        return zoomed.getReadOnlyProperty();
    }

    /** What is not as it should be. */
    public ObservableList<Notice> notices() {
        return noticesView;
    }

    /** The series of the charts, by name. */
    public ObservableList<SeriesRow> series() {
        return seriesView;
    }

    /** Keys of the series that are not drawn. */
    public ObservableSet<String> hidden() {
        return hidden;
    }

    /** The range of time the charts share. */
    public TimeView view() {
        return view;
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
        return heartbeat.last().map(last -> Duration.between(last, now.get())).map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    /** The usual time between commits; empty until there were a few. */
    public Optional<Duration> cadence() {
        return heartbeat.usual();
    }

    /**
     * Shows a table, live.
     *
     * @param openWindows where its windows stand that are still open
     */
    public void open(Table chosen, Optional<Table> openWindows) {
        close();
        table = chosen;
        question = Question.ANY;
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
        trouble = Optional.empty();
        heartbeat.reset();
        colours.clear();
        hidden.clear();
        series.clear();
        notices.clear();
        frame.set(null);
        zoomed.set(false);
        travel.clear();
        state.set(State.NOTHING);
    }

    /** Asks for something else; the charts stay until the answer is there. */
    public void ask(Question wanted) {
        if (feed == null || wanted.equals(question)) {
            return;
        }
        if (!Objects.equals(wanted.split(), question.split())) {
            colours.clear();
            hidden.clear();
        }
        zoomed.set(false);
        question = wanted;
        reask();
    }

    /** Looks at another stretch of time; what was stopped only to look closer goes on. */
    public void choose(Question.Range range) {
        zoomed.set(false);
        Question wanted = question.withRange(range);
        if (travel.position() instanceof Position.Held) {
            travel.goLive();
        }
        if (wanted.equals(question) && frame.get() != null) {
            place(frame.get());
        } else {
            ask(wanted);
        }
    }

    /** Reads again what could not be read. */
    public void retry() {
        if (feed != null) {
            state.set(State.LOADING);
            reask();
        }
    }

    /** Ends a long read; what was shown before stays. */
    public void cancel() {
        if (feed != null) {
            feed.cancel();
            state.set(frame.get() == null ? State.CANNOT_READ : State.SHOWN);
            problem.set(frame.get() == null ? Messages.text("live.cancelled") : "");
        }
    }

    /** One step of zooming back; the first one brings back the whole range, and live if it was live. */
    public void undoZoom() {
        if (frame.get() == null || !zoomed.get()) {
            return;
        }
        move(view::undo);
        TimeRange whole = frame.get().asked().range();
        if (view.isFollowing() || view.getRange().span() >= whole.span()) {
            zoomed.set(false);
            if (travel.position() instanceof Position.Held) {
                travel.goLive();
            }
        }
    }

    /** Once a second: what depends on the time alone. */
    public void tick() {
        now.set(clock.instant());
        if (frame.get() != null && travel.position().follows()) {
            move(() -> view.setEdge(edge(frame.get())));
        }
        observe();
    }

    /** Something the operator must know and that the tables do not tell. */
    public void warn(String text) {
        warning = Optional.of(text);
        observe();
    }

    /** Shows or hides a series on all charts. */
    public void toggle(String key) {
        if (!hidden.remove(key)) {
            hidden.add(key);
        }
    }

    /** Shows one series alone; again, all of them. */
    public void isolate(String key) {
        List<String> others = series.stream().map(SeriesRow::key).filter(other -> !other.equals(key)).toList();
        boolean alone = hidden.containsAll(others);
        hidden.clear();
        if (!alone) {
            hidden.addAll(others);
        }
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
            move(view::pause);
        } else if (position instanceof Position.Held) {
            feed.ask(question, position);
            move(view::pause);
        } else {
            zoomed.set(false);
            feed.ask(question, position);
            if (frame.get() != null) {
                place(frame.get());
            }
        }
        observe();
    }

    private void show(Frame shown) {
        boolean other = frame.get() == null || !frame.get().asked().range().equals(shown.asked().range())
                || !frame.get().asked().wanted().equals(shown.asked().wanted());
        name(shown);
        frame.set(shown);
        problem.set("");
        if (other && !zoomed.get()) {
            place(shown);
        } else if (travel.position().follows()) {
            move(() -> view.setEdge(edge(shown)));
        }
        state.set(!shown.isEmpty() ? State.SHOWN : shown.newest() == Long.MIN_VALUE && shown.choices().extent().isEmpty()
                ? State.NO_ROWS : State.NO_DATA_IN_RANGE);
        observe();
    }

    /** Brings the view to where the answer lies. A version of the past that lies in the view leaves it where it is. */
    private void place(Frame shown) {
        TimeRange range = shown.asked().range();
        if (shown.asked().wanted() instanceof Question.Between || !travel.position().follows()) {
            boolean inView = range.to() > view.getRange().from() + view.getRange().span() / 8 && range.to() <= view.getRange().to() + 1
                    && range.span() <= view.getRange().span() * 1.01 && range.span() >= view.getRange().span() * 0.97;
            if (!inView || shown.asked().wanted() instanceof Question.Between) {
                move(() -> view.show(range));
            }
        } else {
            move(() -> {
                view.setEdge(edge(shown));
                // The view keeps a little room at its right: all there is must fit beside it.
                view.follow(shown.asked().wanted() instanceof Question.All ? range.span() + range.span() / 60 : range.span());
            });
        }
    }

    private long edge(Frame shown) {
        return shown.asked().slides() ? Math.max(Micros.of(now.get()), shown.newest()) : Math.max(shown.asked().range().to(), shown.newest());
    }

    private void move(Runnable body) {
        moving = true;
        try {
            body.run();
        } finally {
            moving = false;
        }
    }

    private void name(Frame shown) {
        TreeSet<String> keys = new TreeSet<>();
        shown.lines().values().forEach(lines -> keys.addAll(lines.keySet()));
        boolean first = colours.isEmpty();
        for (String key : keys) {
            colours.computeIfAbsent(key, name -> colours.size());
            if (first && keys.size() > MOST_LINES && colours.size() > FIRST_LINES) {
                hidden.add(key);
            }
        }
        List<SeriesRow> rows = new ArrayList<>();
        for (String key : keys) {
            List<Double> latest = new ArrayList<>();
            long time = Long.MIN_VALUE;
            for (Map<String, SeriesData> lines : shown.lines().values()) {
                SeriesData data = lines.getOrDefault(key, SeriesData.EMPTY);
                latest.add(data.size() == 0 ? Double.NaN : data.value(data.size() - 1));
                time = data.size() == 0 ? time : Math.max(time, data.time(data.size() - 1));
            }
            if (time != Long.MIN_VALUE) {
                rows.add(new SeriesRow(key, key.isEmpty() ? Messages.text("live.series.unnamed") : key, colours.get(key), latest, time));
            }
        }
        series.setAll(rows);
    }

    private void observe() {
        List<Notice> found = new ArrayList<>();
        warning.ifPresent(text -> found.add(new Notice(Notice.Kind.ATTENTION, text)));
        trouble.ifPresent(told -> found.add(new Notice(Notice.Kind.CANNOT_READ, told.getMessage())));
        Frame shown = frame.get();
        if (shown != null && travel.position().follows()) {
            if (trouble.isEmpty()) {
                heartbeat.stalled(now.get()).ifPresent(silence -> found.add(new Notice(Notice.Kind.PIPELINE_STALLED,
                        Messages.text("notice.stalled", Format.age(silence)))));
            }
            List<String> silent = shown.figures().silent();
            if (!silent.isEmpty() && shown.asked().slides()) {
                String names = String.join(", ", silent.subList(0, Math.min(3, silent.size())));
                found.add(new Notice(Notice.Kind.SENSOR_SILENT, Messages.text(silent.size() > 3 ? "notice.silent.many" : "notice.silent",
                        silent.size(), shown.figures().devices(), names, silent.size() - 3)));
            }
        }
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
                marks.stream().skip(Math.max(0, marks.size() - 4)).forEach(mark -> heartbeat.beat(mark.time()));
            }
        }

        @Override
        public void committed(Mark mark) {
            if (mine()) {
                travel.committed(mark);
            }
        }

        @Override
        public void alive(Instant committedAt) {
            if (mine()) {
                heartbeat.beat(committedAt);
                observe();
            }
        }

        @Override
        public void shown(Frame shown) {
            if (mine()) {
                if (heartbeat.last().isEmpty()) {
                    heartbeat.beat(shown.committedAt());
                }
                show(shown);
            }
        }

        @Override
        public void failed(LakeException told) {
            if (mine()) {
                problem.set(told.getMessage());
                state.set(told.reason() == LakeException.Reason.NOT_FOUND ? State.VANISHED : State.CANNOT_READ);
            }
        }

        @Override
        public void trouble(Optional<LakeException> told) {
            if (mine()) {
                trouble = told;
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
