package dev.tidemark.stream.window;

import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

/**
 * The open sessions of one measure of one subject, and how far the closed ones reach. Events at most the gap apart are in one session; so sessions lie further
 * apart than that. A session is its aggregate: it begins with the first event and ends the gap after the last.
 *
 * <p>An event is late if it joins no open session and one of its own, from its time to the gap after it, would be closed; or if with it a session would begin
 * before the floor. The floor is the end of the last closed session, so that no two ever overlap. It is forgotten when it lies two gaps behind the
 * watermark: a session that begins when no other is open does not reach further back than that.
 */
final class Sessions {

    static final long NEVER = Long.MAX_VALUE;

    final Subject subject;
    final int measure;
    /** When they are looked at next: no session ends before. */
    long due = NEVER;

    private Session newest;
    private long floor = Long.MIN_VALUE;

    private static final class Session {

        private final Aggregate aggregate;
        private Session older;

        Session(Aggregate aggregate, Session older) {
            this.aggregate = aggregate;
            this.older = older;
        }
    }

    /** Takes sessions. */
    interface Visitor {
        void visit(Sessions of, Aggregate session);
    }

    Sessions(Subject subject, int measure) {
        this.subject = subject;
        this.measure = measure;
    }

    /**
     * Adds a value to the session that it joins, which may join that one with the one before, or to a new session.
     *
     * @return false if it is late
     */
    boolean add(double value, String unit, long time, long gap, long watermark) {
        Session newer = null;
        Session found = newest;
        while (found != null && found.aggregate.firstTime() - gap > time) {
            newer = found;
            found = found.older;
        }
        if (found == null || found.aggregate.lastTime() + gap < time) {
            if (time + gap <= watermark || time < floor) {
                return false;
            }
            if (newest == null && watermark != Watermarks.NONE) {
                floor = Math.max(floor, watermark - 2 * gap);
            }
            found = new Session(new Aggregate(), found);
            link(newer, found);
        } else if (time < found.aggregate.firstTime() && time < floor) {
            return false;
        }
        found.aggregate.add(value, time);
        found.aggregate.unit(unit);
        Session older = found.older;
        if (older != null && older.aggregate.lastTime() + gap >= found.aggregate.firstTime()) {
            older.aggregate.merge(found.aggregate);
            link(newer, older);
        }
        return true;
    }

    private void link(Session newer, Session session) {
        if (newer == null) {
            newest = session;
        } else {
            newer.older = session;
        }
    }

    /**
     * Closes the sessions that end at or before the watermark.
     *
     * @return when to do so next; {@link #NEVER} if there is nothing to remember any more
     */
    long close(long gap, long watermark, Visitor closed) {
        Session open = null;
        Session session = newest;
        while (session != null && session.aggregate.lastTime() + gap > watermark) {
            open = session;
            session = session.older;
        }
        if (session != null) {
            floor = Math.max(floor, session.aggregate.lastTime() + gap);
            link(open, null);
            visit(session, closed);
        }
        if (open != null) {
            return open.aggregate.lastTime() + gap;
        }
        return floor + 2 * gap > watermark ? floor + 2 * gap : NEVER;
    }

    /** Shows the open sessions, the oldest first. */
    void open(Visitor visitor) {
        visit(newest, visitor);
    }

    private void visit(Session session, Visitor visitor) {
        if (session != null) {
            visit(session.older, visitor);
            visitor.visit(this, session.aggregate);
        }
    }

    /** End of the newest session; the watermark's beginning if none is open. */
    long end(long gap) {
        return newest == null ? Long.MIN_VALUE : newest.aggregate.lastTime() + gap;
    }

    void write(StateWriter out) {
        out.number(floor);
        int count = 0;
        for (Session session = newest; session != null; session = session.older) {
            count++;
        }
        out.number(count);
        for (Session session = newest; session != null; session = session.older) {
            session.aggregate.write(out);
        }
    }

    void read(StateReader in) {
        floor = in.longNumber();
        Session newer = null;
        for (int i = in.count(80); i > 0; i--) {
            Session session = new Session(Aggregate.read(in), null);
            link(newer, session);
            newer = session;
        }
    }
}
