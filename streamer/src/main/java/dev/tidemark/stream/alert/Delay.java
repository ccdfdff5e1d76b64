package dev.tidemark.stream.alert;

import dev.tidemark.stream.window.TimeSpan;

/**
 * For how long something must hold before it counts: a time between readings, or a number of readings in a row. Immutable.
 *
 * @param micros least event time from the first to the last of the readings
 * @param events least number of readings
 */
public record Delay(long micros, int events) {

    /** The first reading counts. */
    public static final Delay NONE = new Delay(0, 1);

    /**
     * Reads a time span such as {@code 30s}, or a number of readings such as {@code 3}.
     *
     * @throws IllegalArgumentException with a message for the user if the text is neither
     */
    public static Delay parse(String text) {
        String form = text.strip();
        if (form.matches("\\d{1,6}") && Integer.parseInt(form) > 0) {
            return new Delay(0, Integer.parseInt(form));
        }
        try {
            return new Delay(TimeSpan.parse(form).micros(), 1);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no delay (expected a time span such as 30s, or a number of readings such as 3, actual \"" + text + "\")", e);
        }
    }

    /** Whether it has held for long enough. */
    boolean isOver(long since, long time, int count) {
        return count >= events && time - since >= micros;
    }

    /** {@link #parse} reads it again. */
    @Override
    public String toString() {
        return micros > 0 ? new TimeSpan(micros).toString() : Integer.toString(events);
    }
}
