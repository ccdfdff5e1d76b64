package dev.tidemark.ui.live;

import dev.tidemark.ui.chart.TimeRange;
import dev.tidemark.ui.chart.TimeView;
import dev.tidemark.ui.text.Micros;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

import java.time.Duration;
import java.time.Instant;

/**
 * Brings the charts' common range to where an answer lies, and leaves it alone once the operator has zoomed or panned. Belongs to the
 * thread that owns the screen.
 */
final class Viewport {

    private final TimeView view;
    private final ReadOnlyBooleanWrapper zoomed = new ReadOnlyBooleanWrapper();
    /** Whether the view is being moved from here, not by the operator. */
    private boolean moving;

    /** @param onZoom runs when the operator zooms or pans a view that followed */
    Viewport(Instant now, Runnable onZoom) {
        view = new TimeView(Micros.of(now), Micros.of(Duration.ofMinutes(15)));
        view.followingProperty().addListener((property, before, following) -> {
            if (!following && !moving) {
                zoomed.set(true);
                onZoom.run();
            }
        });
        view.rangeProperty().addListener((property, before, range) -> {
            if (!moving && !view.isFollowing()) {
                zoomed.set(true);
            }
        });
    }

    TimeView view() {
        return view;
    }

    /** Whether the operator looks at a part of the range. */
    ReadOnlyBooleanProperty zoomedProperty() {
        return zoomed.getReadOnlyProperty();
    }

    /** The next answer decides what is seen. */
    void reset() {
        zoomed.set(false);
    }

    /** Stops where it is. */
    void pause() {
        move(view::pause);
    }

    /** Goes on with the newest data. */
    void follow(Frame frame, Instant now) {
        move(() -> view.setEdge(edge(frame, now)));
    }

    /**
     * Shows where an answer lies.
     *
     * @param live whether it is the newest version. A version of the past that lies in the view leaves the view where it is.
     */
    void show(Frame frame, Instant now, boolean live) {
        if (zoomed.get()) {
            return;
        }
        TimeRange range = frame.asked().range();
        if (frame.asked().wanted() instanceof Question.Between) {
            move(() -> view.show(range));
        } else if (live) {
            move(() -> {
                view.setEdge(edge(frame, now));
                // The view keeps a little room at its right: all there is must fit beside it.
                view.follow(frame.asked().wanted() instanceof Question.All ? range.span() + range.span() / 60 : range.span());
            });
        } else if (!holds(range)) {
            move(() -> view.show(range));
        }
    }

    /**
     * Takes one step of zooming back.
     *
     * @param whole the range of the answer
     * @return whether the whole of it is seen again
     */
    boolean undo(TimeRange whole) {
        move(view::undo);
        if (view.isFollowing() || view.getRange().span() >= whole.span()) {
            zoomed.set(false);
        }
        return !zoomed.get();
    }

    private boolean holds(TimeRange range) {
        TimeRange seen = view.getRange();
        double spans = (double) range.span() / seen.span();
        return range.to() > seen.from() + seen.span() / 8 && range.to() <= seen.to() + 1 && spans > 0.97 && spans < 1.01;
    }

    private static long edge(Frame frame, Instant now) {
        return Math.max(frame.current() ? Micros.of(now) : frame.asked().range().to(), frame.newest());
    }

    private void move(Runnable body) {
        moving = true;
        try {
            body.run();
        } finally {
            moving = false;
        }
    }
}
