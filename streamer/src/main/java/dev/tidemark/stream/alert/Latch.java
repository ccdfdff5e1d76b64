package dev.tidemark.stream.alert;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

    private long clearing;

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

    void write(DataOutput out) throws IOException {
        out.writeLong(since);
        out.writeInt(count);
        out.writeBoolean(open);
        if (open) {
            out.writeUTF(id);
            out.writeBoolean(location != null);
            if (location != null) {
                out.writeUTF(location);
            }
            out.writeByte(severity.ordinal());
            out.writeLong(raised);
            out.writeLong(sequence);
            out.writeDouble(told);
            out.writeLong(toldAt);
            out.writeLong(clearing);
        }
    }

    static Latch read(DataInput in) throws IOException {
        Latch latch = new Latch();
        latch.since = in.readLong();
        latch.count = in.readInt();
        latch.open = in.readBoolean();
        if (latch.open) {
            latch.id = in.readUTF();
            latch.location = in.readBoolean() ? in.readUTF() : null;
            latch.severity = Severity.values()[in.readByte()];
            latch.raised = in.readLong();
            latch.sequence = in.readLong();
            latch.told = in.readDouble();
            latch.toldAt = in.readLong();
            latch.clearing = in.readLong();
        }
        return latch;
    }
}
