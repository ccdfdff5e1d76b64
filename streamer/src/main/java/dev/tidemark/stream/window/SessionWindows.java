package dev.tidemark.stream.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * All sessions of one specification: for every measure of a device its own, and for every measure of a location its own over the events of all its devices.
 * The latter are no sums of the former: a session of a location goes on when one device is silent, and may take an event that is late for the device.
 */
final class SessionWindows {

    private final WindowSpec spec;
    private final int number;
    private final long gap;
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparingLong(Due::time));

    /** Sessions and when they are looked at; out of date if they are to be looked at at another time. */
    private record Due(long time, Sessions of) {
    }

    SessionWindows(WindowSpec spec, int number) {
        this.spec = spec;
        this.number = number;
        this.gap = spec.length();
    }

    /** Adds a value; false if it is late. */
    boolean add(Subject subject, int measure, double value, String unit, long time, long watermark) {
        Sessions sessions = subject.sessions(number, measure);
        if (sessions == null) {
            if (time + gap <= watermark) {
                return false;
            }
            sessions = subject.begin(number, measure);
        }
        if (!sessions.add(value, unit, time, gap, watermark)) {
            return false;
        }
        if (time + gap > watermark) {
            enqueue(sessions, time + gap);
        }
        return true;
    }

    private void enqueue(Sessions sessions, long due) {
        if (due < sessions.due) {
            sessions.due = due;
            queue.add(new Due(due, sessions));
        }
    }

    /** Takes in sessions that were read. */
    void restored(Sessions sessions) {
        enqueue(sessions, Long.MIN_VALUE);
    }

    /**
     * Closes the sessions that end at or before the watermark.
     *
     * @param forgotten subjects of which nothing is left
     */
    void advance(long watermark, Consumer<WindowRow> closed, Consumer<Subject> forgotten) {
        List<WindowRow> rows = new ArrayList<>();
        while (!queue.isEmpty() && queue.peek().time <= watermark) {
            Due due = queue.poll();
            Sessions sessions = due.of;
            if (sessions.due != due.time) {
                continue;
            }
            sessions.due = Sessions.NEVER;
            long next = sessions.close(gap, watermark, (of, session) -> rows.add(row(of, session)));
            if (next == Sessions.NEVER) {
                sessions.subject.end(number, sessions);
                if (sessions.subject.isIdle()) {
                    forgotten.accept(sessions.subject);
                }
            } else {
                enqueue(sessions, next);
            }
        }
        rows.sort(ORDER);
        rows.forEach(closed);
    }

    private static final Comparator<String> NULL_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<WindowRow> ORDER = Comparator.comparing(WindowRow::grain)
            .thenComparing(WindowRow::deviceId, NULL_FIRST).thenComparing(WindowRow::location, NULL_FIRST)
            .thenComparing(WindowRow::measure).thenComparingLong(WindowRow::start);

    private WindowRow row(Sessions of, Aggregate session) {
        return session.row(spec.name(), session.firstTime(), session.lastTime() + gap, of.subject, of.measure);
    }

    /** The rows of a subject's open sessions, by measure, then start. */
    void open(Subject subject, Consumer<WindowRow> rows) {
        for (int measure : subject.measuresByName()) {
            Sessions sessions = subject.sessions(number, measure);
            if (sessions != null) {
                sessions.open((of, session) -> rows.accept(row(of, session)));
            }
        }
    }

    /** When the last session ends as it is now; the beginning of time if none is open. */
    long end() {
        long end = Long.MIN_VALUE;
        for (Due due : queue) {
            end = Math.max(end, due.of.end(gap));
        }
        return end;
    }
}
