package dev.tidemark.ui.alerts;

import java.util.List;
import java.util.Optional;

/**
 * All alerts as they stood at one moment. Immutable.
 *
 * @param alerts  those that are open, those that operators have hidden, and what happened of late
 * @param floods  when there were too many
 * @param figures how the alarm system does
 * @param at      that moment, microseconds since 1970-01-01T00:00Z
 */
public record AlertBoard(List<Alert> alerts, List<Floods.Flood> floods, AlarmFigures figures, long at) {

    public AlertBoard {
        alerts = List.copyOf(alerts);
        floods = List.copyOf(floods);
    }

    /**
     * The board of a book.
     *
     * @param period length in microseconds of what the figures are about
     */
    static AlertBoard of(AlertBook book, long now, long period) {
        List<Alert> alerts = book.alerts(now);
        return new AlertBoard(alerts, Floods.of(alerts.stream().mapToLong(Alert::began).toArray()),
                AlarmFigures.of(alerts, now - period, now + 1), now);
    }

    /** The alert of an id, if it is known. */
    public Optional<Alert> alert(String id) {
        return alerts.stream().filter(alert -> alert.id().equals(id)).findFirst();
    }

    /** How many stand on the list of what is to be dealt with. */
    public int open() {
        return (int) alerts.stream().filter(alert -> alert.state().isOpen()).count();
    }

    /** How many somebody must still acknowledge. */
    public int unacknowledged() {
        return (int) alerts.stream().filter(alert -> alert.state().wantsAcknowledging()).count();
    }
}
