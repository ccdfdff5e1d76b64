package dev.tidemark.ui.live;

import java.time.Duration;
import java.util.List;

/**
 * What the page asks a table for. A null {@code window}, {@code split}, {@code measures}, {@code range} or {@code series} means "whatever suits":
 * the answer says what was taken.
 *
 * @param window   name of the window length, for tables of windows
 * @param split    the key column that makes the series
 * @param measures what to draw, one chart each, in this order
 * @param range    the time to look at
 * @param series   which of them to read where there are too many to read all; where there are few all are read
 */
public record Question(String window, String split, List<String> measures, Range range, List<String> series) {

    /** Everything as it suits the table. */
    public static final Question ANY = new Question(null, null, null, null, null);

    public Question {
        measures = measures == null ? null : List.copyOf(measures);
        series = series == null ? null : List.copyOf(series);
    }

    /** With series as it suits. */
    public Question(String window, String split, List<String> measures, Range range) {
        this(window, split, measures, range, null);
    }

    /** A stretch of time. */
    public sealed interface Range { }

    /** The time before the newest event, or before now while events are current. */
    public record Last(Duration length) implements Range { }

    /** From the first event to the newest. */
    public record All() implements Range { }

    /** A fixed stretch, in microseconds since 1970-01-01T00:00Z; {@code to} is not in it. */
    public record Between(long from, long to) implements Range { }

    public Question withWindow(String name) {
        return new Question(name, split, measures, range, series);
    }

    /** By another column: what series there are changes with it. */
    public Question withSplit(String column) {
        return new Question(window, column, measures, range, column != null && column.equals(split) ? series : null);
    }

    public Question withMeasures(List<String> names) {
        return new Question(window, split, names, range, series);
    }

    public Question withRange(Range stretch) {
        return new Question(window, split, measures, stretch, series);
    }

    public Question withSeries(List<String> names) {
        return new Question(window, split, measures, range, names);
    }
}
