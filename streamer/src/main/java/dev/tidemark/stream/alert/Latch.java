package dev.tidemark.stream.alert;

import dev.tidemark.stream.state.BrokenState;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

/**
 * The state machine of one alert of one device: quiet, about to be raised, raised, about to be cleared. It is driven by how far a value is beyond its
 * limit; negative: within. Raised when that has been positive for the delay, told again when it has doubled, cleared when the value has been
 * within by the dead band or more for the clear delay. Times are microseconds of event time and do not go back. Pure.
 */
final class Latch {

    /** What a step changed. */
    enum Step { NONE, RAISED, CHANGED, CLEARED }

    /** A change is told no sooner than this after the last row: a value that rises steadily must not fill the table. */
    static final long BETWEEN_CHANGES = 60_000_000L;

    private long since;
    private long clearing;
    private int count;
    private boolean open;

    /** Of the episode; null while none is open. */
    private String id;
    private String location;
    private Severity severity;
    private long raised;
    private long sequence;
    private double told;
    private long toldAt;

    /**
     * The next reading.
     *
     * @param excess how far the value is beyond the limit
     * @param band   how far it must be within it to count as back
     * @param pause  shortest time from one row to one that tells a change
     */
    Step step(double excess, double band, long time, Delay delay, Delay clearDelay, long pause) {
        if (!open) {
            if (!(excess > 0)) {
                count = 0;
                return Step.NONE;
            }
            since = count++ == 0 ? time : since;
            if (!delay.isOver(since, time, count)) {
                return Step.NONE;
            }
            open = true;
            count = 0;
            raised = time;
            sequence = 0;
            told = Math.max(excess, band);
            toldAt = time;
            return Step.RAISED;
        }
        if (excess <= -band) {
            long began = count++ == 0 ? time : clearing;
            clearing = began;
            if (!clearDelay.isOver(began, time, count)) {
                return Step.NONE;
            }
            close();
            sequence++;
            return Step.CLEARED;
        }
        count = 0;
        if (excess >= 2 * told && time - toldAt >= pause) {
            told = excess;
            toldAt = time;
            sequence++;
            return Step.CHANGED;
        }
        return Step.NONE;
    }

    /** Clears it whatever the value. */
    void close() {
        open = false;
        count = 0;
    }

    /** Names the episode that {@link Step#RAISED} began. */
    void name(String episode, String where, Severity how) {
        id = episode;
        location = where;
        severity = how;
    }

    /** It is worse than it was when raised. */
    void worsen(Severity how) {
        severity = how;
    }

    /** Goes on with an episode that the table holds, unless it is the one at hand. */
    void resume(AlertRow first, AlertRow last, double excess) {
        if (open && last.alertId().equals(id)) {
            return;
        }
        open = true;
        count = 0;
        name(last.alertId(), first.location(), last.severity());
        raised = first.eventTime();
        sequence = last.sequence();
        told = excess;
        toldAt = last.eventTime();
    }

    boolean isOpen() {
        return open;
    }

    /** Whether there is nothing to remember. */
    boolean isQuiet() {
        return !open && count == 0;
    }

    String id() {
        return id;
    }

    String location() {
        return location;
    }

    Severity severity() {
        return severity;
    }

    long sequence() {
        return sequence;
    }

    void next() {
        sequence++;
    }

    /** When the violation began that was raised. */
    long since() {
        return since;
    }

    /** Event time of the first row. */
    long raised() {
        return raised;
    }

    void write(StateWriter out) {
        out.number(since);
        out.number(count);
        out.bool(open);
        if (open) {
            out.text(id);
            out.text(location);
            out.number(severity.ordinal());
            out.number(raised);
            out.number(sequence);
            out.number(told);
            out.number(toldAt);
            out.number(clearing);
        }
    }

    private static Severity severity(int number) {
        if (number < 0 || number >= Severity.values().length) {
            throw new BrokenState("no severity (actual " + number + ")");
        }
        return Severity.values()[number];
    }

    static Latch read(StateReader in) {
        Latch latch = new Latch();
        latch.since = in.longNumber();
        latch.count = in.number();
        latch.open = in.bool();
        if (latch.open) {
            latch.id = in.text();
            latch.location = in.text();
            latch.severity = severity(in.number());
            latch.raised = in.longNumber();
            latch.sequence = in.longNumber();
            latch.told = in.doubleNumber();
            latch.toldAt = in.longNumber();
            latch.clearing = in.longNumber();
        }
        return latch;
    }
}
