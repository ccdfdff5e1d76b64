package dev.tidemark.ui.alerts;

import dev.tidemark.lake.Lake;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Annotations;
import dev.tidemark.ui.task.Tasks;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The alerts of the open lake, as they are or as they were at the version that is shown, and what an operator can do about them. Belongs to
 * the thread that owns the screen; knows no control.
 *
 * <p>While the charts are taken to where an alert was raised, the list stays that of now: whoever works through it must not lose it.
 */
public final class AlertsModel {

    /** What stands where the alerts are. */
    public enum State {
        /** No lake is open. */
        NOTHING,
        /** They are being read. */
        LOADING,
        /** The lake has no table of alerts. */
        NO_TABLE,
        /** Alerts, or none to deal with. */
        SHOWN,
        /** They cannot be read; {@link #problemProperty()} says why. */
        CANNOT_READ
    }

    private final TravelModel travel;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Visit visit;
    private final Logbook logbook;

    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<AlertBoard> board = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<AlertBoard> current = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper past = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Instant> now = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Map<String, Annotations>> annotations = new ReadOnlyObjectWrapper<>(Map.of());
    private final BooleanProperty streamed = new SimpleBooleanProperty();
    private final StringProperty selected = new SimpleStringProperty("");
    private final AlertList panel = new AlertList();
    private final AlertList list = new AlertList();

    private AlertFeed feed;
    private List<String> chosen = List.of();
    private Runnable onChosen = () -> { };
    private Duration period = Duration.ofDays(1);
    private State present = State.NOTHING;
    private String presentProblem = "";
    private Consumer<List<Alert>> onRaised = alerts -> { };

    /**
     * @param live     the charts that are taken to an alert
     * @param settings the desktop's own folder, for what the lake does not take
     * @param operator who sits here
     */
    public AlertsModel(LiveModel live, TravelModel travel, Tasks tasks, InstantSource clock, Path settings, String operator) {
        this.travel = travel;
        this.tasks = tasks;
        this.clock = clock;
        this.logbook = new Logbook(tasks, clock, settings, operator);
        logbook.closedProperty().bind(past);
        // First to hear of a move: the list must know whether a visit made it.
        this.visit = new Visit(live, travel);
        now.set(clock.instant());
        travel.positionProperty().addListener((property, before, position) -> moved());
        visit.tripProperty().addListener((property, before, trip) -> {
            // A visit that begins moves the position next.
            if (trip == null) {
                moved();
            }
        });
        selected.addListener((property, before, id) -> annotate());
        live.annotationsProperty().bind(annotations);
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why alerts cannot be read; "" while they can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The alerts that are shown; null before they were read. */
    public ReadOnlyObjectProperty<AlertBoard> boardProperty() {
        return board.getReadOnlyProperty();
    }

    /** The alerts of now, whatever is shown; null before they were read. */
    public ReadOnlyObjectProperty<AlertBoard> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Whether what is shown is not now: then nothing can be done about it. */
    public ReadOnlyBooleanProperty pastProperty() {
        return past.getReadOnlyProperty();
    }

    /** The time for which alerts are shown: the clock once a second, or that of the version. */
    public ReadOnlyObjectProperty<Instant> nowProperty() {
        return now.getReadOnlyProperty();
    }

    /** Whether the streamer writes the lake: then it is what makes the table of alerts. */
    public BooleanProperty streamedProperty() {
        return streamed;
    }

    /** Id of the alert that is selected; "" for none. */
    public StringProperty selectedProperty() {
        return selected;
    }

    /** What operators do about them. */
    public Logbook logbook() {
        return logbook;
    }

    /** What is to be dealt with, for the panel beside the charts. */
    public AlertList panel() {
        return panel;
    }

    /** The list of the page, with what the operator chose. */
    public AlertList list() {
        return list;
    }

    /** What the charts were taken to; null if to nothing. */
    ReadOnlyObjectProperty<Visit.Trip> tripProperty() {
        return visit.tripProperty();
    }

    /** How many must be acknowledged now, in at most two figures; "" for none. For the rail. */
    public String waiting() {
        int count = current.get() == null ? 0 : current.get().unacknowledged();
        return count == 0 ? "" : count > 99 ? "99+" : String.valueOf(count);
    }

    /** Hears what was raised since it was last told, as it happens; what was there when the lake was opened is no news. */
    public void setOnRaised(Consumer<List<Alert>> listener) {
        onRaised = listener;
    }

    /** Chooses lines: what is done next is about their alerts. One alert alone is selected. */
    public void choose(List<AlertLine> lines) {
        chosen = lines.stream().flatMap(line -> line.alerts().stream()).map(Alert::id).distinct().toList();
        selected.set(lines.size() == 1 && lines.get(0) instanceof AlertLine.One one ? one.alert().id() : "");
        onChosen.run();
    }

    /** Hears that others are chosen. */
    void setOnChosen(Runnable listener) {
        onChosen = listener;
    }

    /** The alerts that are chosen, as they stand. */
    public List<Alert> chosen() {
        AlertBoard shown = board.get();
        return shown == null ? List.of() : chosen.stream().flatMap(id -> shown.alert(id).stream()).toList();
    }

    /** The selected alert, as it is shown. */
    public Optional<Alert> selection() {
        return Optional.ofNullable(board.get()).flatMap(shown -> shown.alert(selected.get()));
    }

    /** Length of the time that the figures are about. */
    public Duration period() {
        return period;
    }

    /** Chooses it; at most {@value AlertFeed#DAYS} days are known. */
    public void period(Duration length) {
        period = length;
        if (feed != null) {
            feed.figuresOver(length);
            moved();
        }
    }

    /** Shows the alerts of a lake. */
    public void open(Lake lake) {
        close();
        feed = new AlertFeed(lake, tasks, clock, new Ear());
        Outbox outbox = logbook.open(lake, feed::add);
        present(State.LOADING, "");
        feed.figuresOver(period);
        feed.start(outbox::waiting);
        logbook.resume();
    }

    /** Shows nothing any more. */
    public void close() {
        if (feed != null) {
            feed.close();
            logbook.close();
            feed = null;
        }
        visit.forget();
        choose(List.of());
        current.set(null);
        past.set(false);
        show(null);
        present(State.NOTHING, "");
    }

    /** Once a second. */
    public void tick() {
        if (!past.get()) {
            now.set(clock.instant());
        }
        if (feed != null) {
            feed.tick();
            logbook.tick();
        }
    }

    /** Reads again what could not be read. */
    public void retry() {
        if (feed != null) {
            present(State.LOADING, "");
            feed.retry();
            moved();
        }
    }

    /** Selects an alert, takes the charts to its time and pins the version at which it was raised. */
    public void visit(Alert alert) {
        choose(List.of(new AlertLine.One(alert)));
        visit.begin(alert);
    }

    /** Takes the charts back to where they were. */
    public void comeBack() {
        visit.end();
    }

    /** Whether the charts are where an alert was raised. */
    public boolean visiting() {
        return visit.isOn();
    }

    /** What is known now goes on screen, unless the page is at a version of the past. */
    private void moved() {
        if (feed == null) {
            return;
        }
        boolean then = travel.position() instanceof Position.At && !visit.isOn();
        if (!then) {
            feed.now();
            past.set(false);
            now.set(clock.instant());
            present(present, presentProblem);
            if (board.get() != current.get()) {
                show(current.get());
            }
            return;
        }
        past.set(true);
        travel.shown().ifPresent(mark -> {
            now.set(mark.time());
            feed.at(mark.time(), answer -> {
                if (past.get()) {
                    // Without a table nothing is known of then, either.
                    boolean table = present != State.NO_TABLE;
                    state.set(table ? State.SHOWN : State.NO_TABLE);
                    problem.set("");
                    show(table ? answer : null);
                }
            }, why -> {
                if (past.get()) {
                    show(null);
                    state.set(State.CANNOT_READ);
                    problem.set(why);
                }
            });
        });
    }

    private void present(State found, String why) {
        present = found;
        presentProblem = why;
        if (!past.get()) {
            state.set(found);
            problem.set(why);
        }
    }

    private void show(AlertBoard shown) {
        board.set(shown);
        panel.show(shown);
        list.show(shown);
        annotate();
    }

    private void annotate() {
        annotations.set(board.get() == null ? Map.of() : AlertMarks.of(board.get(), selected.get()));
    }

    /** Hears the feed. */
    private final class Ear implements AlertFeed.Listener {
        private final Set<String> heard = new HashSet<>();
        private boolean first = true;

        @Override
        public void shown(AlertBoard fresh) {
            List<Alert> news = fresh.alerts().stream().filter(alert -> alert.state() == AlertState.UNACKNOWLEDGED && !heard.contains(alert.id())).toList();
            heard.clear();
            fresh.alerts().forEach(alert -> heard.add(alert.id()));
            current.set(fresh);
            present(State.SHOWN, "");
            if (!past.get()) {
                show(fresh);
            }
            if (!first && !news.isEmpty()) {
                onRaised.accept(news);
            }
            first = false;
        }

        @Override
        public void absent() {
            current.set(null);
            present(State.NO_TABLE, "");
            if (!past.get()) {
                show(null);
            }
            // What the first commits bring is news.
            first = false;
        }

        @Override
        public void failed(String why) {
            present(State.CANNOT_READ, why);
        }
    }
}
