package dev.tidemark.ui.live;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What the page asks a table for. A null {@code window}, {@code split}, {@code measures}, {@code range} or {@code series} means "whatever suits":
 * the answer says what was taken.
 *
 * @param window   name of the window length, for tables of windows
 * @param split    the key column that makes the series
 * @param measures what to draw, one chart each, in this order
 * @param range    the time to look at
 * @param series   which of them to read where there are too many to read all; where there are few all are read
 * @param roles    what the operator says that columns mean, where that was recognised otherwise
 */
public record Question(String window, String split, List<String> measures, Range range, List<String> series, Roles roles) {

    /** Everything as it suits the table. */
    public static final Question ANY = new Question(null, null, null, null, null);

    public Question {
        measures = measures == null ? null : List.copyOf(measures);
        series = series == null ? null : List.copyOf(series);
    }

    /** With columns as they are recognised. */
    public Question(String window, String split, List<String> measures, Range range, List<String> series) {
        this(window, split, measures, range, series, Roles.ANY);
    }

    /** With series as it suits. */
    public Question(String window, String split, List<String> measures, Range range) {
        this(window, split, measures, range, null);
    }

    /**
     * What columns mean. A null stands for "as it is recognised".
     *
     * @param time  path of the column of time
     * @param name  column that names the measure of a row; {@link #NO_NAME} where each column of numbers is one
     * @param value column that holds its value
     */
    public record Roles(String time, String name, String value) {

        /** Everything as it is recognised. */
        public static final Roles ANY = new Roles(null, null, null);
        /** No column names the measure. */
        public static final String NO_NAME = "";

        public Roles withTime(String path) {
            return new Roles(path, name, value);
        }

        public Roles withName(String column) {
            return new Roles(time, column, value);
        }

        public Roles withValue(String column) {
            return new Roles(time, name, column);
        }
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
        return new Question(name, split, measures, range, series, roles);
    }

    /** By another column: what series there are changes with it. */
    public Question withSplit(String column) {
        return new Question(window, column, measures, range, column != null && column.equals(split) ? series : null, roles);
    }

    public Question withMeasures(List<String> names) {
        return new Question(window, split, names, range, series, roles);
    }

    public Question withRange(Range stretch) {
        return new Question(window, split, measures, stretch, series, roles);
    }

    public Question withSeries(List<String> names) {
        return new Question(window, split, measures, range, names, roles);
    }

    /** With columns that mean something else: what else was chosen of them is no more. */
    public Question withRoles(Roles others) {
        return new Question(window, null, null, Objects.equals(others.time(), roles.time()) ? range : null, null, others);
    }
}
