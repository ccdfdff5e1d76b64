package dev.tidemark.stream.window;

/**
 * One kind of window. Lengths are microseconds. Tumbling and sliding windows are {@code [start, end)} and aligned to
 * 1970-01-01T00:00Z, before 1970 too. Immutable.
 *
 * @param name   what {@code gold/windows.window} holds, as configured: {@code 5m}, {@code 5m/1m}, {@code session-10m}
 * @param kind   how windows follow each other
 * @param length how long a window is; for a session the gap that ends it
 * @param step   from the start of one window to that of the next; the length for a tumbling window, 0 for a session
 */
public record WindowSpec(String name, Kind kind, long length, long step) {

    private static final String SESSION = "session-";
    private static final long SHORTEST = 1_000L;

    /** How the windows of one kind follow each other. */
    public enum Kind {
        /** One after the other: an event is in one of them. */
        TUMBLING,
        /** Overlapping: an event is in several. */
        SLIDING,
        /** From the first event to a gap without one. */
        SESSION
    }

    /**
     * Reads {@code LENGTH} (tumbling), {@code LENGTH/STEP} (sliding) or {@code session-GAP}.
     *
     * @throws IllegalArgumentException with a message for the user if the text is no window
     */
    public static WindowSpec parse(String text) {
        String name = text.strip();
        if (name.startsWith(SESSION)) {
            return new WindowSpec(name, Kind.SESSION, span(name, name.substring(SESSION.length())), 0);
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            long length = span(name, name);
            return new WindowSpec(name, Kind.TUMBLING, length, length);
        }
        long length = span(name, name.substring(0, slash));
        long step = span(name, name.substring(slash + 1));
        if (step > length) {
            throw new IllegalArgumentException("not a window (expected a step of at most the length, actual \"" + name + "\")");
        }
        return new WindowSpec(name, step == length ? Kind.TUMBLING : Kind.SLIDING, length, step);
    }

    private static long span(String name, String text) {
        try {
            long micros = TimeSpan.parse(text).micros();
            if (micros >= SHORTEST) {
                return micros;
            }
        } catch (IllegalArgumentException e) {
            // told below, with the forms a window can have
        }
        throw new IllegalArgumentException("not a window (expected a length such as 5m, a length and a step such as 5m/1m, or session-10m; actual \""
                + name + "\")");
    }

    /** Start of the latest window that holds this instant; earlier ones lie {@link #step} apart. Not for sessions. */
    public long latestStart(long time) {
        return time - Math.floorMod(time, step);
    }
}
