package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

import java.util.List;
import java.util.Optional;

/**
 * One alert as it stands: from its raising to its clearing. Immutable. Times are microseconds since 1970-01-01T00:00Z.
 *
 * @param severity     the highest it has had
 * @param active       whether what raised it still holds
 * @param shelvedUntil {@link Act#NEVER} unless it is shelved
 * @param changes      rows of the table, in order
 * @param acts         what operators did about it or about its alarm, in order
 */
public record Alert(String id, AlarmKey alarm, String kind, Severity severity, AlertState state, boolean active, String location,
                    long shelvedUntil, List<AlertChange> changes, List<Act> acts) {

    public Alert {
        changes = List.copyOf(changes);
        acts = List.copyOf(acts);
    }

    /** The change that raised it; of an alert whose beginning is not known, the first that is. */
    public AlertChange first() {
        return changes.get(0);
    }

    /** The newest change. */
    public AlertChange last() {
        return changes.get(changes.size() - 1);
    }

    /** When it began, by the devices' clocks. */
    public long raised() {
        return first().eventTime();
    }

    /** When it began, for what is counted over time: not after it was told, because a device's clock may be ahead. */
    public long began() {
        return Math.min(raised(), first().told());
    }

    /** When it was cleared, by the devices' clocks; {@link Act#NEVER} while it is active. */
    public long cleared() {
        return active ? Act.NEVER : last().eventTime();
    }

    /** The newest change that is not its end. */
    public AlertChange worst() {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).step() != AlertChange.Step.CLEARED) {
                return changes.get(i);
            }
        }
        return last();
    }

    /** What it says while it is active: the newest words that are not those of its end. */
    public String message() {
        return worst().sentence();
    }

    /** The limit that was passed; NaN if there is none. */
    public double limit() {
        return first().limit();
    }

    /** The last acknowledgement. */
    public Optional<Act> acknowledgement() {
        return acts.stream().filter(act -> act.kind() == Act.Kind.ACKNOWLEDGE && act.alertId().equals(id)).reduce((before, last) -> last);
    }
}
