package dev.tidemark.ui.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The range of time that the charts of a page show together, whether it follows the newest data, and how it came about (undo).
 * Whatever the operator does to the range stops the following, so that nothing moves under the hand; {@link #follow()} goes back
 * to live. For one thread, which is the FX thread once a chart listens; needs no toolkit itself.
 */
public final class TimeView {

    private static final int REMEMBERED = 100;
    /** Free space after the newest instant, as a part of the span, so that the last point is not cut. */
    private static final double MARGIN = 1.0 / 64;
    /** Time constant of the glide towards a new edge. */
    private static final double GLIDE_SECONDS = 0.12;

    private record Step(TimeRange range, boolean following) { }

    private final ReadOnlyObjectWrapper<TimeRange> range;
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following", true);
    private final ReadOnlyBooleanWrapper undoable = new ReadOnlyBooleanWrapper(this, "undoable", false);
    private final ReadOnlyBooleanWrapper gliding = new ReadOnlyBooleanWrapper(this, "gliding", false);
    private final Deque<Step> history = new ArrayDeque<>();
    private Object gesture;
    private long edge;
    private long glidedAt = Long.MIN_VALUE;

    /** A view that follows, at first up to {@code edge}, over {@code span}; both in µs. */
    public TimeView(long edge, long span) {
        this.edge = edge;
        this.range = new ReadOnlyObjectWrapper<>(this, "range", live(span));
    }

    /** What is shown. */
    public ReadOnlyObjectProperty<TimeRange> rangeProperty() {
        return range.getReadOnlyProperty();
    }

    /** What is shown. */
    public TimeRange getRange() {
        return range.get();
    }

    /** Whether the range moves with the newest data; otherwise the page is paused and says so. */
    public ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    /** Whether the range moves with the newest data. */
    public boolean isFollowing() {
        return following.get();
    }

    /** Whether there is a step to undo. */
    public ReadOnlyBooleanProperty undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    /** Whether the range is on its way to the newest edge; while it is, someone has to call {@link #glide} at each pulse. */
    public ReadOnlyBooleanProperty glidingProperty() {
        return gliding.getReadOnlyProperty();
    }

    /** The newest instant, µs UTC: of the data when a recording is replayed, else the present. A following view glides there. */
    public void setEdge(long micros) {
        edge = micros;
        if (isFollowing()) {
            double distance = live(getRange().span()).to() - getRange().to();
            if (distance < 0 || distance > getRange().span()) {
                settle();
            } else if (distance > 0) {
                gliding.set(true);
            }
        }
    }

    /** The newest instant, µs UTC. */
    public long getEdge() {
        return edge;
    }

    /**
     * Moves a following view on towards the edge. Several charts may call it at one pulse; only the first call moves.
     *
     * @param nanos time of the pulse
     */
    public void glide(long nanos) {
        if (!gliding.get() || nanos == glidedAt) {
            return;
        }
        double seconds = glidedAt == Long.MIN_VALUE ? 1 / 60.0 : Math.min(0.1, (nanos - glidedAt) / 1e9);
        glidedAt = nanos;
        double distance = live(getRange().span()).to() - getRange().to();
        double step = distance * (1 - Math.exp(-seconds / GLIDE_SECONDS));
        if (distance - step < getRange().span() / 8192.0) {
            settle();
        } else {
            range.set(getRange().shifted(step));
        }
    }

    /** Goes back to live with the span as it is; one step of undo. */
    public void follow() {
        follow(getRange().span());
    }

    /** Follows over another span, in µs; one step of undo if the view was paused. */
    public void follow(long span) {
        if (!isFollowing()) {
            remember(null);
        }
        following.set(true);
        range.set(live(span));
        settle();
    }

    /** Stops following where it is; one step of undo. */
    public void pause() {
        if (isFollowing()) {
            remember(null);
            stop();
        }
    }

    /** Shows a range and pauses; one step of undo. */
    public void show(TimeRange wanted) {
        move(wanted, null);
    }

    /**
     * Zooms and pauses.
     *
     * @param factor  new span over old; below 1 is closer
     * @param anchor  the instant that stays where it is on the screen, µs UTC
     * @param gesture what the step belongs to: consecutive steps of one gesture are undone together; null stands alone
     */
    public void zoom(double factor, long anchor, Object gesture) {
        move(getRange().scaled(factor, anchor), gesture);
    }

    /** Moves the range by {@code micros} (later is positive) and pauses; {@code gesture} as in {@link #zoom}. */
    public void pan(double micros, Object gesture) {
        move(getRange().shifted(micros), gesture);
    }

    /**
     * Takes the last step back; a view that was following before follows again.
     *
     * @return false if there was none
     */
    public boolean undo() {
        Step step = history.pollLast();
        gesture = null;
        undoable.set(!history.isEmpty());
        if (step == null) {
            return false;
        }
        following.set(step.following);
        range.set(step.following ? live(step.range.span()) : step.range);
        settle();
        return true;
    }

    private void move(TimeRange wanted, Object by) {
        if (wanted.equals(getRange())) {
            return;
        }
        remember(by);
        stop();
        range.set(wanted);
    }

    private void stop() {
        following.set(false);
        gliding.set(false);
    }

    private void settle() {
        gliding.set(false);
        glidedAt = Long.MIN_VALUE;
        if (isFollowing()) {
            range.set(live(getRange().span()));
        }
    }

    private void remember(Object by) {
        if (by == null || by != gesture) {
            history.addLast(new Step(getRange(), isFollowing()));
            if (history.size() > REMEMBERED) {
                history.removeFirst();
            }
            undoable.set(true);
        }
        gesture = by;
    }

    private TimeRange live(long span) {
        double to = edge + span * MARGIN;
        return TimeRange.near(to - span, to);
    }
}
