package dev.tidemark.ui.alerts;

import dev.tidemark.ui.live.Frame;
import dev.tidemark.ui.live.LiveModel;
import dev.tidemark.ui.live.Question;
import dev.tidemark.ui.text.Micros;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.Position;
import dev.tidemark.ui.travel.TravelModel;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the charts to where an alert was raised, in time and in versions, and back to where they were. Belongs to the thread that owns the
 * screen.
 */
final class Visit {

    private static final long SHORTEST = Micros.of(Duration.ofMinutes(15));
    private static final long LONGEST = Micros.of(Duration.ofHours(6));
    private static final int CHARTS = 4;

    /**
     * One visit.
     *
     * @param alertId  whose
     * @param position where the charts were taken; the version at which it was raised, or live where that is gone
     * @param gone     whether the log holds that version no more
     * @param before   what was asked before
     * @param from     where the charts were before
     */
    record Trip(String alertId, Position position, boolean gone, Question before, Position from) {
    }

    private final LiveModel live;
    private final TravelModel travel;
    private final ReadOnlyObjectWrapper<Trip> trip = new ReadOnlyObjectWrapper<>();

    Visit(LiveModel live, TravelModel travel) {
        this.live = live;
        this.travel = travel;
        travel.positionProperty().addListener((property, before, now) -> moved(now));
    }

    /** Where the charts are taken; null while they are where the operator put them. */
    ReadOnlyObjectProperty<Trip> tripProperty() {
        return trip.getReadOnlyProperty();
    }

    /** Whether the charts stand where a visit took them. */
    boolean isOn() {
        return trip.get() != null && trip.get().position().equals(travel.position());
    }

    /** Takes the charts to an alert. */
    void begin(Alert alert) {
        if (live.table().isEmpty() || travel.marks().isEmpty()) {
            return;
        }
        Trip on = trip.get();
        Question before = on == null ? live.question() : on.before();
        Position from = on == null ? travel.position() : on.from();
        boolean gone = isGone(alert);
        Optional<Mark> raised = gone ? Optional.empty() : raised(alert);
        Position target = raised.<Position>map(mark -> new Position.At(mark.version())).orElse(Position.LIVE);
        long span = Math.max(SHORTEST, Math.min(LONGEST, live.view().getRange().span()));
        long start = alert.raised() - span * 3 / 4;
        Question wanted = before.withRange(new Question.Between(start, start + span));
        Frame frame = live.frameProperty().get();
        String device = null;
        if (frame != null) {
            String measure = alert.alarm().measure();
            if (frame.choices().measures().contains(measure) && !frame.asked().measures().contains(measure)) {
                List<String> measures = new ArrayList<>(List.of(measure));
                frame.asked().measures().stream().limit(CHARTS - 1).forEach(measures::add);
                wanted = wanted.withMeasures(measures);
            }
            if (!alert.alarm().device().isEmpty() && frame.choices().splits().contains("device_id")) {
                wanted = wanted.withSplit("device_id");
                device = alert.alarm().device();
            }
        }
        trip.set(new Trip(alert.id(), target, gone, before, from));
        live.visit(wanted, target, device);
    }

    /** Takes the charts back. */
    void end() {
        Trip on = trip.get();
        if (on != null) {
            trip.set(null);
            live.visit(on.before(), on.from() instanceof Position.At ? on.from() : Position.LIVE, null);
        }
    }

    /** Without going back: another table is shown. */
    void forget() {
        trip.set(null);
    }

    /** Whether the log does not reach back to when it was raised. */
    private boolean isGone(Alert alert) {
        Mark oldest = travel.marks().get(0);
        return oldest.version() > 0 && Micros.of(oldest.time()) > alert.first().told();
    }

    /** The first commit after it was found; empty if there was none yet. */
    private Optional<Mark> raised(Alert alert) {
        return travel.marks().stream().filter(mark -> Micros.of(mark.time()) >= alert.first().told()).findFirst();
    }

    /** Back to live, by whatever key, is back to what was asked before too. */
    private void moved(Position now) {
        Trip on = trip.get();
        if (on != null && now.follows() && !on.position().follows()) {
            trip.set(null);
            live.visit(on.before(), Position.LIVE, null);
        }
    }
}
