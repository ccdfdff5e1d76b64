package dev.tidemark.ui;

import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Mark;
import dev.tidemark.ui.travel.TravelModel;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes to the version, or the time, with which the desktop was started, once the history of the first table is known. */
final class Arrival implements InvalidationListener {

    private final Optional<Long> version;
    private final Optional<Instant> timestamp;
    private final TravelModel travel;
    private final Consumer<String> warn;

    private Arrival(Optional<Long> version, Optional<Instant> timestamp, TravelModel travel, Consumer<String> warn) {
        this.version = version;
        this.timestamp = timestamp;
        this.travel = travel;
        this.warn = warn;
    }

    /**
     * Waits for it; where neither is given there is nothing to wait for.
     *
     * @param warn tells the operator that it cannot be reached
     */
    static void at(Optional<Long> version, Optional<Instant> timestamp, TravelModel travel, Consumer<String> warn) {
        if (version.isPresent() || timestamp.isPresent()) {
            travel.marks().addListener(new Arrival(version, timestamp, travel, warn));
        }
    }

    @Override
    public void invalidated(Observable list) {
        if (!travel.marks().isEmpty()) {
            travel.marks().removeListener(this);
            // Not while the list is still telling others.
            Platform.runLater(this::arrive);
        }
    }

    private void arrive() {
        Mark oldest = travel.marks().get(0);
        Mark newest = travel.marks().get(travel.marks().size() - 1);
        Optional<Mark> wanted = version.isPresent() ? travel.mark(version.get()) : travel.at(timestamp.get());
        wanted.ifPresentOrElse(mark -> travel.goTo(mark.version()), () -> warn.accept(version.isPresent()
                ? Messages.text("travel.gone", version.get(), oldest.version(), newest.version())
                : Messages.text("travel.gone.time", Format.stamp(timestamp.get()), Format.zoned(oldest.time()))));
    }
}
