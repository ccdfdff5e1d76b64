package dev.tidemark.ui.alerts;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that an operator did: a row of {@code ops/acks}. Times are microseconds since 1970-01-01T00:00Z.
 *
 * @param id      unique; a row that came twice counts once
 * @param alertId the alert that was on screen
 * @param alarm   what raised it
 * @param comment what the operator wrote, "" for nothing
 * @param until   end of shelving; {@link #NEVER} for none
 * @param actor   who, such as {@code ann@control-room-2}
 * @param at      when, by the clock of the desktop
 */
public record Act(String id, String alertId, AlarmKey alarm, Kind kind, String comment, long until, String actor, long at) {

    /** No time. */
    public static final long NEVER = Long.MIN_VALUE;

    /** What was done. */
    public enum Kind {
        /** I have seen this alert. */
        ACKNOWLEDGE,
        /** Do not show me what this alarm raises, until then. */
        SHELVE,
        /** Show me again. */
        UNSHELVE,
        /** This alarm means nothing while its device is being worked on. */
        OUT_OF_SERVICE,
        /** It means something again. */
        IN_SERVICE,
        /** A remark. */
        COMMENT;

        /** As in the table. */
        public String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Back from the table; empty for an action of a later release. */
        public static Optional<Kind> of(String written) {
            for (Kind kind : values()) {
                if (kind.written().equalsIgnoreCase(written)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    public Act {
        comment = comment == null ? "" : comment.strip();
    }
}
