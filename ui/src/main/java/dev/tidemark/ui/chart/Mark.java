package dev.tidemark.ui.chart;

/**
 * Something that happened, such as an alert: a vertical line, or a tinted band if it lasted.
 *
 * @param from     first instant, µs UTC
 * @param to       last instant, µs UTC; equal to {@code from} for a point in time
 * @param label    told in the readout when the crosshair is on it
 * @param severity its colour
 * @param stressed whether it stands out among the others
 */
public record Mark(long from, long to, String label, Severity severity, boolean stressed) {

    /** One that stands out. */
    public Mark(long from, long to, String label, Severity severity) {
        this(from, to, label, severity, true);
    }

    /** @throws IllegalArgumentException if it ends before it begins */
    public Mark {
        if (to < from) {
            throw new IllegalArgumentException("Cannot mark a range that ends before it begins (from " + from + " µs to " + to + " µs)");
        }
    }
}
