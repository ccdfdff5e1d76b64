package dev.tidemark.ui;

import dev.tidemark.ui.live.Standing;
import dev.tidemark.ui.text.Format;
import dev.tidemark.ui.text.Messages;
import dev.tidemark.ui.travel.Position;

/**
 * What the badge at the top says: whether what is on screen is the newest there is, and if not, what it is instead. Immutable.
 *
 * @param text  in words
 * @param style class of the style sheet: {@code abnormal}, {@code idle}, or "" where all is as it should be
 */
record Badge(String text, String style) {

    private static final String ABNORMAL = "abnormal";
    private static final String IDLE = "idle";

    /**
     * What it says.
     *
     * @param state    how it stands with the table
     * @param absence  why none is open, while none is, or that this one cannot be drawn
     * @param shown    whether something of it is on screen
     * @param rests    whether nobody writes to it any more
     * @param position where the desktop stands among its versions
     * @param version  that is shown
     * @param newer    versions that came since it was stopped
     */
    static Badge of(Standing.State state, Standing.Absence absence, boolean shown, boolean rests, Position position, long version, long newer) {
        boolean lost = state == Standing.State.VANISHED || state == Standing.State.CANNOT_READ;
        if (!shown || lost) {
            boolean closed = state == Standing.State.NOTHING;
            boolean reading = state == Standing.State.LOADING || closed && absence == Standing.Absence.OPENING;
            return new Badge(Messages.text(reading ? "badge.reading" : (closed || lost) && absence == Standing.Absence.UNDRAWABLE ? "badge.undrawable"
                    : closed && absence == Standing.Absence.WAITING ? "badge.waiting" : "badge.idle"),
                    lost || closed && absence == Standing.Absence.CANNOT_OPEN ? ABNORMAL : IDLE);
        }
        if (position instanceof Position.At) {
            return new Badge(Messages.text("badge.asof", Format.whole(version)), ABNORMAL);
        }
        if (position instanceof Position.Held) {
            return new Badge(newer == 0 ? Messages.text("badge.paused") : Messages.text("badge.paused.newer", Format.whole(newer)), ABNORMAL);
        }
        return rests ? new Badge(Messages.text("badge.rest"), IDLE) : new Badge(Messages.text("badge.live"), "");
    }
}
