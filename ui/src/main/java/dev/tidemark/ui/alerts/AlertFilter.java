package dev.tidemark.ui.alerts;

import dev.tidemark.ui.chart.Severity;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which alerts are listed. Immutable.
 *
 * @param show       which states
 * @param severities those that are wanted
 * @param text       every word of it must occur in message, device, location, measure, rule or comments; letter case does not count
 */
public record AlertFilter(Show show, Set<Severity> severities, String text) {

    /** States that belong together on a list. */
    public enum Show {
        /** What is to be dealt with. */
        OPEN,
        /** What somebody must still acknowledge. */
        UNACKNOWLEDGED,
        /** What operators have hidden. */
        SUPPRESSED,
        /** All that is known, what is over too. */
        ALL;

        boolean holds(AlertState state) {
            return switch (this) {
                case OPEN -> state.isOpen();
                case UNACKNOWLEDGED -> state.wantsAcknowledging();
                case SUPPRESSED -> state.isSuppressed();
                case ALL -> true;
            };
        }
    }

    /** Everything that is open. */
    public static final AlertFilter OPEN = new AlertFilter(Show.OPEN, EnumSet.allOf(Severity.class), "");

    public AlertFilter {
        severities = Set.copyOf(severities);
        text = text.strip();
    }

    public AlertFilter withShow(Show states) {
        return new AlertFilter(states, severities, text);
    }

    public AlertFilter withText(String words) {
        return new AlertFilter(show, severities, words);
    }

    /** With a severity wanted, or not. */
    public AlertFilter with(Severity severity, boolean wanted) {
        Set<Severity> chosen = EnumSet.noneOf(Severity.class);
        chosen.addAll(severities);
        if (wanted) {
            chosen.add(severity);
        } else {
            chosen.remove(severity);
        }
        return new AlertFilter(show, chosen, text);
    }

    /** Whether an alert is listed. */
    public boolean holds(Alert alert) {
        if (!show.holds(alert.state()) || !severities.contains(alert.severity())) {
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        StringBuilder all = new StringBuilder();
        for (String part : List.of(alert.message(), alert.alarm().device(), alert.location(), alert.alarm().measure(), alert.alarm().rule())) {
            all.append(part).append('\n');
        }
        alert.acts().forEach(act -> all.append(act.comment()).append('\n'));
        String searched = all.toString().toLowerCase(Locale.ROOT);
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!searched.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
